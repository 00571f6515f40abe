#include "service/register_index_cache.h"

#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "geo/packed_gazetteer.h"
#include "maps/errors.h"
#include "service/hashing.h"
#include "service/private_files.h"
#include "service/register_index_file.h"
#include "service/runs.h"

namespace lagesbild::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeginning = "register-", kEnd = ".lbidx", kKeyKind = "key";

/// The key stands in the file too: a name can be given to any file.
RegisterIndexAbout AboutOf(const Municipality& municipality, const std::string& key) {
  RegisterIndexAbout about;
  about.program = ProgramVersion();
  about.synthetic = municipality.synthetic;
  for (const RegisterVersion& version : municipality.registers)
    about.sources.push_back({version.kind, version.sha256, version.dated_on});
  about.sources.push_back({std::string(kKeyKind), key, ""});
  return about;
}

bool Fits(const RegisterIndexFile& file, const Municipality& municipality, const std::string& key) {
  return !file.about.sources.empty() && file.about.sources.back().kind == kKeyKind &&
         file.about.sources.back().sha256 == key && file.geocoder.packed().crs == municipality.gazetteer.crs;
}

/// Empty with the reason in `refusal` when the file cannot be used.
std::optional<geo::Geocoder> Open(const fs::path& file, const Municipality& municipality,
                                  const std::string& key, std::string& refusal) {
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  try {
    RegisterIndexFile opened = ReadRegisterIndex(file);
    if (Fits(opened, municipality, key)) return std::move(opened.geocoder);
    refusal = "is the index of other registers";
  } catch (const maps::IoError& e) {
    refusal = e.reason;
  }
  return std::nullopt;
}

void RemoveOthers(const fs::path& folder, const fs::path& current) {
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(kBeginning) && name.ends_with(kEnd) && name != current.filename().string()) {
      std::error_code in_use;
      fs::remove(it->path(), in_use);
    }
  }
}

}  // namespace

std::string RegisterIndexKey(const Municipality& municipality) {
  Sha256 hash;
  hash.UpdateField(ProgramVersion());
  hash.UpdateField(municipality.gazetteer.address_style);
  for (const RegisterVersion& version : municipality.registers)
    for (const std::string& field :
         {version.kind, version.part, std::to_string(version.id), version.sha256, version.imported_at})
      hash.UpdateField(field);
  return Hex(hash.Digest());
}

CachedIndex OpenOrBuildIndex(const fs::path& folder, const Municipality& municipality) {
  const std::string key = RegisterIndexKey(municipality);
  const fs::path file = folder / (std::string(kBeginning) + key.substr(0, 40) + std::string(kEnd));
  std::string refusal;
  if (auto opened = Open(file, municipality, key, refusal)) {
    RemoveOthers(folder, file);
    return {std::move(*opened), true, false, "", ""};
  }
  CachedIndex index{geo::Geocoder(municipality.gazetteer), false, true, std::move(refusal), ""};
  try {
    MakePrivateFolder(folder);
    WriteRegisterIndex(file, index.geocoder, AboutOf(municipality, key));
    MakePrivateFile(file);
    RemoveOthers(folder, file);
    // What is mapped, the system can take back when memory runs short.
    if (auto opened = Open(file, municipality, key, index.unsaved)) {
      index.geocoder = std::move(*opened);
      index.mapped = true;
    }
  } catch (const maps::IoError& e) {
    index.unsaved = e.reason;
  }
  return index;
}

}  // namespace lagesbild::service
