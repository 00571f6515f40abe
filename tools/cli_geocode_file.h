#pragma once

#include <string>

#include "tools/file_register.h"
#include "tools/geocode_table.h"

namespace CLI {
class App;
}

namespace lagesbild::tools {

class Session;

/// What `lagesbild geocode --register ... --in ... --out ...` was given.
struct GeocodeFileOptions {
  FileRegister source;
  std::string mapping;  ///< file
  GeocodeTable table;   ///< threads 0: all
  bool any() const { return !source.file.empty() || !table.in.empty() || !table.out.empty(); }
};

void AddGeocodeFileOptions(CLI::App& command, GeocodeFileOptions& options);
/// Throws BadInput when an option is missing; otherwise as OpenFileRegister and GeocodeTableFile.
void GeocodeFile(Session& session, GeocodeFileOptions options);

}  // namespace lagesbild::tools
