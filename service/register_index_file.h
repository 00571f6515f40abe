#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::service {

/// The first bytes of a compiled index.
inline constexpr std::string_view kRegisterIndexMagic{"LAGBIDX\n"};

/// Where a compiled index comes from.
struct RegisterIndexSource {
  std::string kind;      ///< "addresses", "reference", ...
  std::string sha256;    ///< of the file, 64 hexadecimal digits
  std::string dated_on;  ///< ISO day of its latest entry; empty = it does not say
};

/// What a compiled index says of itself.
struct RegisterIndexAbout {
  std::string program;  ///< version of the program that made it
  bool synthetic = false;
  std::vector<RegisterIndexSource> sources;
};

/// A compiled index as it lies in its file, checked.
struct RegisterIndexFile {
  RegisterIndexAbout about;
  std::string sha256;  ///< checksum of the file, 64 hexadecimal digits
  std::uint64_t bytes = 0;
  std::uint32_t format = 0;
  geo::Geocoder geocoder;
};

/// Writes the geocoder's index so that the file appears complete or not at all: a head of 128 bytes (magic,
/// order of bytes, format, sizes, SHA-256 of everything), the about text, the image of geo/index_image.md
/// from a multiple of 64 bytes on. Little-endian. The same register and about give the same bytes. Throws
/// maps::IoError.
void WriteRegisterIndex(const std::filesystem::path& path, const geo::Geocoder& geocoder,
                        const RegisterIndexAbout& about);

/// Maps the file read-only and checks it whole. Throws maps::IoError that says what is wrong and what to do:
/// no such file, not an index, of another format or order of bytes, cut off, altered, made by other rules.
/// The file must not be changed while it is in use; WriteRegisterIndex puts a new one in its place.
RegisterIndexFile ReadRegisterIndex(const std::filesystem::path& path);

/// The geocoder of a compiled index: for those who want nothing else of it. Throws as ReadRegisterIndex.
geo::Geocoder OpenRegisterIndex(const std::filesystem::path& path);

}  // namespace lagesbild::service
