#include <algorithm>
#include <fstream>

#include "service/convert.h"
#include "service/hashing.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {
namespace {

/// "pictures/12/layers/FILE" -> 12 and FILE.
std::pair<std::int64_t, std::string> PictureAndFile(const std::string& name) {
  static constexpr std::string_view kMiddle = "/layers/";
  const auto middle = name.find(kMiddle);
  if (middle == std::string::npos) {
    throw InvalidRequest("name",
                         "must be a resource name such as pictures/12/layers/FILE; ListLayers gives them");
  }
  return {IdOfName(std::string_view(name).substr(0, middle), "pictures", "name"),
          name.substr(middle + kMiddle.size())};
}

/// Sends the bytes from `offset` on, hashing all of them. Throws DataLost when they are not what was written.
void SendFile(const std::filesystem::path& path, const StoredFile& file, std::int64_t offset,
              grpc::ServerWriter<v1::ReadLayerResponse>* writer, const Call& call) {
  std::ifstream stream(path, std::ios::binary);
  Sha256 hash;
  std::string buffer(static_cast<std::size_t>(limits::kSentChunkBytes), '\0');
  for (std::int64_t at = 0;;) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const std::int64_t got = stream.gcount();
    const std::string_view data(buffer.data(), static_cast<std::size_t>(got));
    hash.Update(data);
    const bool last = at + got >= file.size;
    if (got == 0 && !last) {
      throw DataLost("the file is shorter than what was written; make the picture again");
    }
    v1::ReadLayerResponse message;
    v1::LayerChunk& chunk = *message.mutable_chunk();
    const std::int64_t skipped = std::clamp<std::int64_t>(offset - at, 0, got);
    chunk.set_offset_bytes(at + skipped);
    chunk.set_data(std::string(data.substr(static_cast<std::size_t>(skipped))));
    if (last) {
      if (at + got != file.size || stream.peek() != std::ifstream::traits_type::eof() ||
          Hex(hash.Digest()) != file.sha256) {
        throw DataLost("the file is not what was written; make the picture again");
      }
      chunk.set_sha256(file.sha256);
    }
    if (last || !chunk.data().empty()) {
      Send(writer, message, call);
    }
    if (last) {
      return;
    }
    at += got;
  }
}

}  // namespace

grpc::Status LayerServiceImpl::ListLayers(grpc::ServerContext* context, const v1::ListLayersRequest* request,
                                          v1::ListLayersResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.LayerService/ListLayers", [&](const Call& call) {
    const auto list = [&](std::int64_t after, int limit) {
      if (request->parent().empty()) {
        return with_.store.ListPictures(call.caller.audience, after, limit);
      }
      const std::int64_t id = IdOfName(request->parent(), "pictures", "parent");
      return Page<PictureRecord>{{ReadablePicture(with_.store, id, call.caller.audience)}, 0};
    };
    AnswerPage(*request, response, limits::kLayerPageSize, limits::kMaxLayerPageSize, list,
               [&](const PictureRecord& picture) {
                 for (const StoredFile& file : picture.files) {
                   *response->add_layers() = LayerToProto(picture, file);
                 }
               });
  });
}

grpc::Status LayerServiceImpl::ReadLayer(grpc::ServerContext* context, const v1::ReadLayerRequest* request,
                                         grpc::ServerWriter<v1::ReadLayerResponse>* writer) {
  return with_.gate.Run(context, "lagesbild.v1.LayerService/ReadLayer", [&](const Call& call) {
    const auto [id, file_name] = PictureAndFile(request->name());
    const PictureRecord picture = ReadablePicture(with_.store, id, call.caller.audience);
    const auto file =
        std::find_if(picture.files.begin(), picture.files.end(),
                     [&, &wanted = file_name](const StoredFile& f) { return f.name == wanted; });
    if (file == picture.files.end()) {
      throw NotFound("the picture has no such file; ListLayers lists them");
    }
    if (request->offset_bytes() < 0) {
      throw InvalidRequest("offset_bytes", "is negative; must be 0 to the file's size");
    }
    if (request->offset_bytes() > file->size) {
      throw BeyondEnd("offset_bytes is beyond the end; the file has " + std::to_string(file->size) +
                      " bytes");
    }
    v1::ReadLayerResponse header;
    *header.mutable_header() = LayerToProto(picture, *file);
    Send(writer, header, call);
    SendFile(with_.pictures / picture.run_id / file->name, *file, request->offset_bytes(), writer, call);
  });
}

}  // namespace lagesbild::service
