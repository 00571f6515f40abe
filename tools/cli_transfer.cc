#include "tools/cli_transfer.h"

#include <thread>

#include "lagesbild/v1/layer_service.grpc.pb.h"
#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "service/hashing.h"

namespace lagesbild::tools {
namespace {

constexpr int kTries = 5;

/// Reads on from `size` bytes and returns the call's status.
grpc::Status ReadOn(Session& session, const std::string& name, std::ofstream& file, std::int64_t& size,
                    service::Sha256& hash, std::string& sha256) {
  const auto stub = session.Stub<v1::LayerService>();
  const auto context = session.Context(std::chrono::seconds{0});
  v1::ReadLayerRequest request;
  request.set_name(name);
  request.set_offset_bytes(size);
  const auto reader = stub->ReadLayer(context.get(), request);
  for (v1::ReadLayerResponse message; reader->Read(&message);) {
    if (!message.has_chunk()) {
      continue;
    }
    if (message.chunk().offset_bytes() != size) {
      throw std::runtime_error("the service sent a piece of the file out of order");
    }
    hash.Update(message.chunk().data());
    file.write(message.chunk().data().data(), static_cast<std::streamsize>(message.chunk().data().size()));
    size += static_cast<std::int64_t>(message.chunk().data().size());
    sha256 = message.chunk().sha256();
  }
  return reader->Finish();
}

}  // namespace

void FetchLayer(Session& session, const std::string& name, const std::filesystem::path& path) {
  maps::WriteAtomically(path, [&](const std::filesystem::path& temporary) {
    std::ofstream file(temporary, std::ios::binary);
    service::Sha256 hash;
    std::string sha256;
    std::int64_t size = 0;
    grpc::Status status;
    for (int attempt = 1; attempt <= kTries; ++attempt) {
      status = ReadOn(session, name, file, size, hash, sha256);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) {
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{200} * attempt);
    }
    session.Check(status);
    if (!file.flush()) {
      throw maps::IoError(path.string(), "cannot be written; is the disk full?");
    }
    if (service::Hex(hash.Digest()) != sha256) {
      throw maps::IoError(path.string(), "arrived damaged (its SHA-256 differs); fetch it again");
    }
  });
}

}  // namespace lagesbild::tools
