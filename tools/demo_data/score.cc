#include "tools/demo_data/score.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/age.h"

namespace lagesbild::tools::demo {
namespace {

const geo::AgeScheme& Scheme() {
  static const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  return scheme;
}

const geo::AgeGroup* GroupNamed(const std::string& code) {
  for (const geo::AgeGroup& group : Scheme().groups)
    if (group.code == code) return &group;
  return nullptr;
}

bool IsHeadline(const std::string& code) {
  const geo::AgeGroup* group = GroupNamed(code);
  return group && group->kind == geo::AgeGroupKind::kHeadline;
}

/// Whether everyone of `inner` is also in `outer`.
bool Contains(const std::string& outer, const std::string& inner) {
  const geo::AgeGroup *o = GroupNamed(outer), *i = GroupNamed(inner);
  if (!o || !i || o->kind == geo::AgeGroupKind::kUnknown) return outer == inner;
  return o->first_age <= i->first_age && i->last_age <= o->last_age;
}

bool IsNear(const HotCell& cell, const TrueHotspot& truth) {
  return Distance(cell.center, truth.center) <= truth.radius + 1.5 * std::sqrt(2.0) * cell.size;
}

bool AnyNear(const std::vector<HotCell>& cells, const TrueHotspot& truth) {
  return std::any_of(cells.begin(), cells.end(), [&](const HotCell& cell) { return IsNear(cell, truth); });
}

/// Cells that share a side or a corner belong together.
std::vector<std::vector<HotCell>> Clusters(const std::vector<HotCell>& cells) {
  std::vector<std::vector<HotCell>> clusters;
  std::vector<bool> taken(cells.size());
  for (std::size_t start = 0; start < cells.size(); ++start) {
    if (taken[start]) continue;
    taken[start] = true;
    std::vector<std::size_t> members = {start};
    for (std::size_t m = 0; m < members.size(); ++m) {
      const HotCell& a = cells[members[m]];
      for (std::size_t k = 0; k < cells.size(); ++k) {
        const double reach = 1.01 * std::max(a.size, cells[k].size);
        if (taken[k] || std::abs(a.center.e - cells[k].center.e) > reach ||
            std::abs(a.center.n - cells[k].center.n) > reach)
          continue;
        taken[k] = true;
        members.push_back(k);
      }
    }
    clusters.emplace_back();
    for (const std::size_t m : members) clusters.back().push_back(cells[m]);
  }
  return clusters;
}

Xy Middle(const std::vector<HotCell>& cells) {
  Xy sum;
  for (const HotCell& cell : cells) sum = {sum.e + cell.center.e, sum.n + cell.center.n};
  return {sum.e / static_cast<double>(cells.size()), sum.n / static_cast<double>(cells.size())};
}

ScoredHotspot ScoreOne(const TrueHotspot& truth, const std::vector<HotLayer>& layers) {
  ScoredHotspot scored;
  scored.truth = truth;
  for (const HotLayer& layer : layers) {
    if (layer.quarter != truth.quarter) continue;
    const bool hot = AnyNear(layer.cells, truth);
    if (layer.group == truth.group) {
      scored.in_picture = true;
      scored.tested = layer.tested;
      scored.found = hot;
    } else if (hot && Contains(layer.group, truth.group)) {
      scored.also_in.push_back(layer.group);
    }
  }
  return scored;
}

void CollectFalse(const std::vector<TrueHotspot>& truth, const HotLayer& layer,
                  std::vector<FalseCluster>& out) {
  for (const std::vector<HotCell>& cluster : Clusters(layer.cells)) {
    const bool planted = std::any_of(truth.begin(), truth.end(), [&](const TrueHotspot& t) {
      return t.quarter == layer.quarter && Contains(layer.group, t.group) && AnyNear(cluster, t);
    });
    if (!planted)
      out.push_back({layer.quarter, layer.group, Middle(cluster), static_cast<int>(cluster.size()),
                     IsHeadline(layer.group)});
  }
}

std::string Verdict(const ScoredHotspot& hotspot) {
  if (hotspot.found) return "hittad";
  return hotspot.tested ? "missad" : "missad (för få, inte prövad)";
}

}  // namespace

Score ScorePictures(const std::vector<TrueHotspot>& truth, const std::vector<HotLayer>& layers) {
  Score score;
  std::set<std::string> quarters;
  for (const HotLayer& layer : layers) quarters.insert(layer.quarter);
  score.quarters.assign(quarters.begin(), quarters.end());
  for (const TrueHotspot& hotspot : truth)
    if (quarters.count(hotspot.quarter) > 0) score.hotspots.push_back(ScoreOne(hotspot, layers));
  for (const HotLayer& layer : layers) CollectFalse(truth, layer, score.false_clusters);
  std::stable_sort(score.false_clusters.begin(), score.false_clusters.end(),
                   [](const FalseCluster& a, const FalseCluster& b) { return a.quarter < b.quarter; });
  return score;
}

std::string ScoreText(const Score& score) {
  char line[512];
  std::string text =
      "Planterade hotspots (påhittade data; hittad = ruta med klass 95 % eller 99 % invid platsen)\n";
  const auto add = [&](int) { text += line; };
  int found = 0, false_headline = 0;
  for (const std::string& quarter : score.quarters) {
    bool any = false;
    for (const ScoredHotspot& hotspot : score.hotspots) {
      if (hotspot.truth.quarter != quarter) continue;
      any = true;
      found += hotspot.found;
      std::string also;
      for (const std::string& group : hotspot.also_in) also += (also.empty() ? "; även i " : ", ") + group;
      add(std::snprintf(line, sizeof line, "  %s  %s, %s, %d extra: %s%s\n", quarter.c_str(),
                        hotspot.truth.group.c_str(), hotspot.truth.place.c_str(), hotspot.truth.incidents,
                        Verdict(hotspot).c_str(), also.c_str()));
    }
    if (!any) add(std::snprintf(line, sizeof line, "  %s  ingen planterad\n", quarter.c_str()));
    for (const FalseCluster& cluster : score.false_clusters) {
      if (cluster.quarter != quarter) continue;
      false_headline += cluster.headline;
      add(std::snprintf(line, sizeof line, "  %s  %s%s: falsk, %d rutor kring E %.0f N %.0f\n",
                        quarter.c_str(), cluster.group.c_str(), cluster.headline ? "" : " (utanför familjen)",
                        cluster.cells, cluster.center.e, cluster.center.n));
    }
  }
  add(std::snprintf(
      line, sizeof line,
      "Hittade %d av %zu; falska %d i åldersgrupperna, %zu i delsummor, okänd ålder och alla åldrar\n", found,
      score.hotspots.size(), false_headline,
      score.false_clusters.size() - static_cast<std::size_t>(false_headline)));
  return text;
}

std::string ScoreJson(const Score& score) {
  nlohmann::ordered_json json;
  json["quarters"] = score.quarters;
  json["planted"] = nlohmann::ordered_json::array();
  for (const ScoredHotspot& h : score.hotspots)
    json["planted"].push_back({{"quarter", h.truth.quarter},
                               {"group", h.truth.group},
                               {"place", h.truth.place},
                               {"incidents", h.truth.incidents},
                               {"tested", h.tested},
                               {"found", h.found},
                               {"also_in", h.also_in}});
  json["false_clusters"] = nlohmann::ordered_json::array();
  for (const FalseCluster& c : score.false_clusters)
    json["false_clusters"].push_back({{"quarter", c.quarter},
                                      {"group", c.group},
                                      {"headline", c.headline},
                                      {"cells", c.cells},
                                      {"easting", c.center.e},
                                      {"northing", c.center.n}});
  return json.dump(2) + "\n";
}

}  // namespace lagesbild::tools::demo
