#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "lagesbild/v1/types.pb.h"
#include "service/limits.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// Sends a header, then the file in chunks. Returns false when the service has ended the call: its status
/// says why.
template <class Writer, class Request>
bool SendUpload(Writer& writer, Request first, const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    throw BadInput(path.string() + ": cannot be read; give the path of a file");
  }
  if (!writer.Write(first)) {
    return false;
  }
  std::string buffer(static_cast<std::size_t>(service::limits::kSentChunkBytes), '\0');
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0) {
    Request next;
    next.set_chunk(buffer.substr(0, static_cast<std::size_t>(file.gcount())));
    if (!writer.Write(next)) {
      return false;
    }
  }
  return writer.WritesDone();
}

/// Fetches a layer's file to `path`, checked by its SHA-256; it appears complete or not at all. Goes on where
/// it was when the connection breaks. Throws CallFailed, BadInput, maps::IoError.
void FetchLayer(Session& session, const std::string& name, const std::filesystem::path& path);

}  // namespace lagesbild::tools
