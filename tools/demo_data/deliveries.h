#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/demo_data/random.h"
#include "tools/demo_data/reporters.h"
#include "tools/demo_data/story.h"
#include "tools/demo_data/table_files.h"

namespace lagesbild::tools::demo {

/// What lies behind one row, and what an import should make of it.
struct RowTruth {
  int event = 0;
  std::string outcome;        ///< Swedish word as in sanning_handelser.csv
  bool first_telling = true;  ///< false: another reporter's row tells of the same event
  std::string earlier_row;    ///< "file:row" of the same row in an earlier delivery
};

/// One file that one reporter sends.
struct Delivery {
  Teller teller = Teller::kPolice;
  std::string path;      ///< relative to the data folder, '/' between
  int last_quarter = 0;  ///< index of the last quarter it covers
  Table table;
  std::vector<RowTruth> truths;  ///< one per row of the table
};

/// All files in the order in which they were sent. Same seed, world and story, same deliveries.
std::vector<Delivery> MakeDeliveries(std::uint64_t seed, const World& world, const Story& story);

void WriteDelivery(const std::filesystem::path& folder, const Delivery& delivery);

/// The reporter's row for one event. `table` gives the columns.
std::vector<std::string> RowOf(Teller teller, const Event& event, const World& world, Rng& random);
std::vector<Column> ColumnsOf(Teller teller);

}  // namespace lagesbild::tools::demo
