// lagesbild-demo-data: writes the invented demo municipality.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>

#include "maps/errors.h"
#include "tools/demo_data/demo_data.h"

int main(int argc, char** argv) {
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
    if (print) std::fputs(lagesbild::tools::demo::SummaryText(summary).c_str(), stdout);
    return 0;
  } catch (const lagesbild::maps::IoError& error) {
    std::fprintf(stderr, "lagesbild-demo-data: %s\n", error.what());
    return 3;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lagesbild-demo-data: %s\n", error.what());
    return 1;
  }
}
