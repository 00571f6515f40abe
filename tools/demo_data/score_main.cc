// lagesbild-demo-score: compares situation pictures of the demo with what was planted.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "maps/errors.h"
#include "tools/demo_data/score.h"

namespace {

namespace fs = std::filesystem;
using lagesbild::tools::demo::HotLayer;

/// The layers of every picture in the folder; of two pictures of one quarter the one written last.
std::vector<HotLayer> ReadPictures(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw lagesbild::maps::IoError(folder.string(), "no such folder with situation pictures");
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".gpkg") files.emplace_back(entry.last_write_time(), entry.path());
  if (files.empty()) throw lagesbild::maps::IoError(folder.string(), "holds no .gpkg of a situation picture");
  std::sort(files.begin(), files.end());
  std::map<std::string, std::vector<HotLayer>> latest;
  for (const auto& [time, path] : files) {
    std::vector<HotLayer> layers = lagesbild::tools::demo::ReadHotLayers(path);
    const std::string quarter = layers.front().quarter;
    latest[quarter] = std::move(layers);
  }
  std::vector<HotLayer> all;
  for (auto& [quarter, layers] : latest) all.insert(all.end(), layers.begin(), layers.end());
  return all;
}

int Run(int argc, char** argv) {
  CLI::App app{
      "Jämför lägesbilder med det som planterades i de påhittade data (found, missed and false hotspots).\n"
      "Example: lagesbild-demo-score --truth demo/data/sanning --pictures demo/lagesbilder"};
  std::string truth, pictures;
  bool json = false;
  app.add_option("--truth", truth, "Folder with planterade_hotspots.csv")->required();
  app.add_option("--pictures", pictures, "Folder with the pictures' GeoPackages")->required();
  app.add_flag("--json", json, "For machines");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    namespace demo = lagesbild::tools::demo;
    const demo::Score score = demo::ScorePictures(demo::ReadTruth(truth), ReadPictures(pictures));
    std::cout << (json ? demo::ScoreJson(score) : demo::ScoreText(score));
    return 0;
  } catch (const lagesbild::maps::IoError& error) {
    std::cerr << "lagesbild-demo-score: " << error.what() << "\n";
    return 3;
  } catch (const std::exception& error) {
    std::cerr << "lagesbild-demo-score: " << error.what() << "\n";
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
