#pragma once

#include <array>
#include <string>

#include "tools/demo_data/story.h"

namespace lagesbild::tools::demo {

/// An organization that reports, invented or named after its kind.
struct ReporterSheet {
  Teller teller;
  std::string code, name, kind, home_locality, onboarded;
  bool half_yearly;  ///< delivers after June and December (and at the end of the story), else every quarter
  std::string extension;  ///< of its files: "csv" or "xlsx"
};

const std::array<ReporterSheet, kTellers>& Reporters();

/// The reporter's mapping file (tools/mapping.md): columns, formats, and every word of its vocabulary.
std::string MappingToml(Teller teller);

}  // namespace lagesbild::tools::demo
