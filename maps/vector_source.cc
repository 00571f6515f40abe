#include "maps/vector_source.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

constexpr std::int64_t kMostBytes = std::int64_t{2} << 30;
constexpr std::size_t kMostMembers = 10'000;

std::string LowerExtension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return extension;
}

/// The members of the zip that are read, by their name without folders.
std::map<std::string, std::string> Members(const std::filesystem::path& zip, const std::string& inside) {
  const CPLStringList names(VSIReadDirRecursive(inside.c_str()));
  std::map<std::string, std::string> members;
  for (int i = 0; i < names.Count(); ++i) {
    const std::filesystem::path member = names[i];
    const std::string extension = LowerExtension(member);
    if (extension != ".gpkg" && extension != ".shp" && extension != ".shx" && extension != ".dbf" &&
        extension != ".prj" && extension != ".cpg")
      continue;
    if (members.size() > kMostMembers) throw IoError(zip.string(), "holds too many files");
    // GDAL finds the parts of a shapefile by lower-case endings.
    members.emplace(member.stem().string() + extension, names[i]);
  }
  return members;
}

void TakeOut(const std::filesystem::path& zip, const std::string& member, const std::filesystem::path& to,
             std::int64_t& left) {
  VSILFILE* in = VSIFOpenL(member.c_str(), "rb");
  if (in == nullptr) throw IoError(zip.string(), "holds a file that cannot be taken out of it");
  std::ofstream out(to, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  std::size_t read = 0;
  while ((read = VSIFReadL(buffer.data(), 1, buffer.size(), in)) > 0 && out && left >= 0) {
    left -= static_cast<std::int64_t>(read);
    out.write(buffer.data(), static_cast<std::streamsize>(read));
  }
  VSIFCloseL(in);
  out.close();
  if (left < 0) throw IoError(zip.string(), "holds more than 2 GiB");
  if (!out) throw WriteFailed(zip.string(), "cannot be unpacked beside itself; is the disk full?");
}

/// The one file of the kind, or the one that the mapping names.
std::string Chosen(const std::filesystem::path& zip, const std::map<std::string, std::string>& members,
                   const std::string& layer) {
  std::vector<std::string> packages, shapes;
  for (const auto& [name, member] : members) {
    if (name.ends_with(".gpkg")) packages.push_back(name);
    if (name.ends_with(".shp")) shapes.push_back(name);
  }
  if (packages.size() == 1 && shapes.empty()) return packages.front();
  if (packages.empty() && shapes.size() == 1) return shapes.front();
  if (packages.empty() && std::find(shapes.begin(), shapes.end(), layer + ".shp") != shapes.end())
    return layer + ".shp";
  throw IoError(zip.string(), "must hold one GeoPackage or one shapefile; it holds " +
                                  std::to_string(packages.size()) + " and " + std::to_string(shapes.size()) +
                                  " (name the shapefile to use by layer.name in a mapping)");
}

std::filesystem::path Unpacked(const std::filesystem::path& zip, const std::filesystem::path& into,
                               const std::string& layer) {
  SetUpGdal();
  const GdalErrors errors;
  const std::string inside = "/vsizip/{" + std::filesystem::absolute(zip).string() + "}";
  const std::map<std::string, std::string> members = Members(zip, inside);
  const std::string chosen = Chosen(zip, members, layer);
  const std::string stem = std::filesystem::path(chosen).stem().string();
  std::int64_t left = kMostBytes;
  for (const auto& [name, member] : members)
    if (std::filesystem::path(name).stem().string() == stem)
      TakeOut(zip, inside + "/" + member, into / ("layer" + LowerExtension(name)), left);
  return into / ("layer" + LowerExtension(chosen));
}

}  // namespace

ScratchFolder::ScratchFolder(const std::filesystem::path& beside) {
  static std::atomic<unsigned> counter{0};
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(beside, error);
  path_ = absolute.parent_path() / ("." + absolute.filename().string() + "." + std::to_string(::getpid()) +
                                    "." + std::to_string(++counter));
  if (error || ::mkdir(path_.c_str(), S_IRWXU) != 0) {
    // The file's own folder may be read-only; a library of files often is.
    path_ = std::filesystem::temp_directory_path(error) / path_.filename();
    if (error || ::mkdir(path_.c_str(), S_IRWXU) != 0)
      throw WriteFailed(beside.string(), "no folder can be made for what is unpacked");
  }
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

VectorSource OpenVectorSource(const std::filesystem::path& file, const std::string& layer) {
  VectorSource source;
  std::filesystem::path path = file;
  std::error_code error;
  if (LowerExtension(file) == ".zip" && std::filesystem::is_regular_file(file, error)) {
    source.scratch = std::make_unique<ScratchFolder>(file);
    path = Unpacked(file, source.scratch->path(), layer);
  }
  const std::string extension = LowerExtension(path);
  source.geojson = extension == ".geojson" || extension == ".json";
  try {
    source.dataset = OpenReadOnly(path, source.geojson        ? "GeoJSON"
                                        : extension == ".shp" ? "ESRI Shapefile"
                                                              : "GPKG");
  } catch (const IoError& fault) {
    throw IoError(file.string(), fault.reason);  // not the name of our own copy
  }
  return source;
}

}  // namespace lagesbild::maps
