#pragma once

#include <grpcpp/support/sync_stream.h>

#include <memory>

#include "geo/errors.h"
#include "service/gate.h"
#include "service/limits.h"
#include "service/upload.h"

/// Reading and writing streams so that neither a stopped peer nor one that is gone holds the server up.
namespace lagesbild::service {

/// Throws geo::Cancelled when the reader is gone or has stood still for too long.
template <class Message>
void Send(grpc::ServerWriter<Message>* writer, const Message& message, const Call& call) {
  if (call.stop().stop_requested() ||
      !call.watch.Timed(limits::kBlockedWrite, [&] { return writer->Write(message); })) {
    throw geo::Cancelled();
  }
}

/// Reads an upload: the header, which `check` looks at and answers with the file's extension, then the
/// chunks. Leaves the header in `header`. Throws InvalidRequest, Exhausted, geo::Cancelled.
template <class Request, class Header, class Check>
std::unique_ptr<Upload> Receive(grpc::ServerReader<Request>* reader, const Call& call,
                                const std::filesystem::path& folder, Header& header, Check&& check) {
  Request message;
  const auto next = [&] {
    return call.watch.Timed(limits::kIdleUpload, [&] { return reader->Read(&message); });
  };
  const auto stop_if_gone = [&] {
    if (call.gone()) {
      throw geo::Cancelled();
    }
  };
  if (!next() || !message.has_header()) {
    stop_if_gone();
    throw InvalidRequest("header", "is missing; the first message must hold it");
  }
  header = message.header();
  Violations violations;
  const std::string extension = check(header, violations);
  violations.ThrowIfAny();
  auto upload = std::make_unique<Upload>(folder, extension);
  while (next()) {
    if (!message.has_chunk()) {
      throw InvalidRequest("chunk", "is missing; every message after the first must hold one");
    }
    upload->Append(message.chunk());
  }
  stop_if_gone();
  upload->Finish(header.size_bytes(), header.sha256());
  return upload;
}

}  // namespace lagesbild::service
