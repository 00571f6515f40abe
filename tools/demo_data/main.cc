// lagesbild-demo-data: writes the invented demo municipality.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>

#include "maps/errors.h"
#include "tools/demo_data/demo_data.h"

namespace {

int Run(int argc, char** argv) {
  CLI::App app{
      "Hittar på en kommun med adresser, invånare och tolv kvartals rapporter (writes a synthetic "
      "municipality).\n"
      "Example: lagesbild-demo-data --seed 331 --out demo/data --summary"};
  std::uint64_t seed = 331;
  std::string out;
  bool print = false;
  app.add_option("--seed", seed, "Same seed, same bytes")->capture_default_str();
  app.add_option("--out", out, "Folder to write, new or with an earlier demo")->required();
  app.add_flag("--summary", print, "Print what was made");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    const auto summary = lagesbild::tools::demo::WriteDemoData(seed, out);
    if (print) std::cout << lagesbild::tools::demo::SummaryText(summary);
    return 0;
  } catch (const lagesbild::maps::IoError& error) {
    std::cerr << "lagesbild-demo-data: " << error.what() << "\n";
    return 3;
  } catch (const std::exception& error) {
    std::cerr << "lagesbild-demo-data: " << error.what() << "\n";
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception&) {
    return 1;  // not even the options could be set up
  }
}
