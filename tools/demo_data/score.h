#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/demo_data/plane.h"

namespace lagesbild::tools::demo {

/// One line of sanning/planterade_hotspots.csv.
struct TrueHotspot {
  std::string quarter, group, place;  ///< "2026Q3", AgeGroup::code, a name
  Xy center;
  double radius = 0;
  int incidents = 0;
};

/// A cell that a picture calls hot at 95 % or more.
struct HotCell {
  Xy center;
  double size = 0;  ///< side, meters
  int hot_class = 0;
};

/// The hot cells of one quarter and age group.
struct HotLayer {
  std::string quarter, group;
  bool tested = false;  ///< false: the picture says too few incidents
  std::vector<HotCell> cells;
};

struct ScoredHotspot {
  TrueHotspot truth;
  bool found = false, tested = false, in_picture = false;
  std::vector<std::string> also_in;  ///< wider groups (0-17, all ages ...) whose layer is hot there
};

/// Hot cells that touch each other and lie near no planted hotspot of the group.
struct FalseCluster {
  std::string quarter, group;
  Xy center;
  int cells = 0;
  bool headline = false;  ///< of a disjoint age group; else of a subtotal, the total or unknown age
};

struct Score {
  std::vector<ScoredHotspot> hotspots;
  std::vector<FalseCluster> false_clusters;
  std::vector<std::string> quarters;  ///< of the pictures
};

/// Reads the truth. Throws maps::IoError when the file is not there or not of that form.
std::vector<TrueHotspot> ReadTruth(const std::filesystem::path& folder);

/// Reads the layers hotspot_<slug> of one picture's GeoPackage.
std::vector<HotLayer> ReadHotLayers(const std::filesystem::path& geopackage);

/// A planted hotspot is found when a hot cell of its quarter and group has its center within the radius plus
/// one and a half cell diagonals. Hot clusters near no planted one are false; a wider group's cluster is not
/// false near a planted hotspot of a group inside it.
Score ScorePictures(const std::vector<TrueHotspot>& truth, const std::vector<HotLayer>& layers);

std::string ScoreText(const Score& score);  ///< for a person, Swedish
std::string ScoreJson(const Score& score);

}  // namespace lagesbild::tools::demo
