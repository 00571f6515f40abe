#include "tools/demo_data/score.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/age.h"
#include "geo/calendar.h"
#include "tools/demo_data/format.h"

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

/// "2026K3", as everywhere else where people read.
std::string SwedishQuarter(const std::string& code) {
  const auto quarter = geo::ParseQuarter(code);
  return quarter ? quarter->swedish_code() : code;
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

std::string HotspotLine(const ScoredHotspot& hotspot) {
  std::string line = SwedishQuarter(hotspot.truth.quarter) + "  " + hotspot.truth.group + ", " +
                     hotspot.truth.place + ", " + std::to_string(hotspot.truth.incidents) +
                     " extra: " + Verdict(hotspot);
  for (std::size_t i = 0; i < hotspot.also_in.size(); ++i)
    line += (i == 0 ? "; även i " : ", ") + hotspot.also_in[i];
  return line;
}

std::string FalseLine(const FalseCluster& cluster) {
  return SwedishQuarter(cluster.quarter) + "  " + cluster.group +
         (cluster.headline ? "" : " (utanför familjen)") + ": falsk, " + std::to_string(cluster.cells) +
         (cluster.cells == 1 ? " ruta" : " rutor") + " kring E " + Decimals(cluster.center.e, 0) + " N " +
         Decimals(cluster.center.n, 0);
}

}  // namespace

Score ScorePictures(const std::vector<TrueHotspot>& truth, const std::vector<HotLayer>& layers) {
  Score score;
  std::set<std::string> quarters;
  for (const HotLayer& layer : layers) quarters.insert(layer.quarter);
  score.quarters.assign(quarters.begin(), quarters.end());
  for (const TrueHotspot& hotspot : truth)
    if (quarters.contains(hotspot.quarter)) score.hotspots.push_back(ScoreOne(hotspot, layers));
  for (const HotLayer& layer : layers) CollectFalse(truth, layer, score.false_clusters);
  std::stable_sort(score.false_clusters.begin(), score.false_clusters.end(),
                   [](const FalseCluster& a, const FalseCluster& b) { return a.quarter < b.quarter; });
  return score;
}

std::string ScoreText(const Score& score) {
  std::string text =
      "Planterade hotspots (påhittade data; hittad = ruta med klass 95 % eller 99 % invid platsen)\n";
  std::size_t found = 0, false_headline = 0;
  for (const std::string& quarter : score.quarters) {
    bool any = false;
    for (const ScoredHotspot& hotspot : score.hotspots) {
      if (hotspot.truth.quarter != quarter) continue;
      any = true;
      found += hotspot.found ? 1U : 0U;
      text += "  " + HotspotLine(hotspot) + "\n";
    }
    if (!any) text += "  " + SwedishQuarter(quarter) + "  ingen planterad\n";
    for (const FalseCluster& cluster : score.false_clusters) {
      if (cluster.quarter != quarter) continue;
      false_headline += cluster.headline ? 1U : 0U;
      text += "  " + FalseLine(cluster) + "\n";
    }
  }
  return text + "Hittade " + std::to_string(found) + " av " + std::to_string(score.hotspots.size()) +
         "; falska " + std::to_string(false_headline) + " i åldersgrupperna, " +
         std::to_string(score.false_clusters.size() - false_headline) +
         " i delsummor, okänd ålder och alla åldrar\n";
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
