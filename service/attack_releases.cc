#include "service/attack_releases.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>
#include <utility>

#include "geo/errors.h"
#include "geo/released_density.h"
#include "maps/class_polygons.h"
#include "maps/released_density_reader.h"
#include "maps/released_layers.h"
#include "service/errors.h"
#include "service/released_run.h"
#include "service/released_summary.h"
#include "service/run_content.h"

namespace lagesbild::service {
namespace {

constexpr int kPicturesAtOnce = 200;
constexpr std::size_t kMostDwellings = 20'000;  // of one attack

/// Releases by quarter and audience; of drafts the newest one. Counts those that are left out.
std::vector<PictureRecord> ReleasesOf(Store& store, int& replaced_drafts) {
  std::vector<PictureRecord> releases;
  std::map<std::pair<std::string, std::string>, std::size_t> drafts;
  std::int64_t after = 0;
  do {
    const Page<PictureRecord> page = store.ListPictures("internal", after, kPicturesAtOnce);
    for (const PictureRecord& picture : page.items) {
      if (picture.audience == "internal") continue;
      if (picture.published) {
        releases.push_back(picture);
        continue;
      }
      const auto [draft, added] = drafts.try_emplace({picture.quarter, picture.audience}, releases.size());
      if (added) {
        releases.push_back(picture);
      } else {
        releases[draft->second] = picture;  // pages list the first made first
        ++replaced_drafts;
      }
    }
    after = page.next_after;
  } while (after != 0);
  std::stable_sort(releases.begin(), releases.end(), [](const PictureRecord& a, const PictureRecord& b) {
    return std::tie(a.quarter, a.audience) < std::tie(b.quarter, b.audience);
  });
  return releases;
}

/// What the attacker knows, and the truth.
class Attacker {
 public:
  Attacker(Store& store, geo::CalendarQuarter last, std::filesystem::path folder, std::uint64_t seed)
      : folder_(std::move(folder)),
        content_(Load(store, last)),
        area_(content_.municipality.boundary),
        lattice_(LatticeOfRelease(content_.municipality, area_, rules_)),
        groups_(geo::PublishedGroups(content_.scheme, rules_.open)),
        grid_(geo::CoveringGrid(area_.south_west(), area_.north_east(), options_.density_cell)),
        upper_(maps::BreaksOf(maps::ReleasedDensityClassesOf(
            maps::MakeLegend(options_.kernel, options_.bandwidth, options_.test)))) {
    for (std::size_t i = 0; i < lattice_.areas().size(); ++i)
      area_of_code_[lattice_.areas()[i].code] = static_cast<int>(i);
    for (const geo::Address& address : content_.municipality.gazetteer.addresses) {
      const auto leaf = lattice_.LeafOf(address.position, geo::LatticeGrain::kFine);
      if (leaf && dwelling_at_.try_emplace(Place(address.position), dwellings_.size()).second) {
        dwellings_.push_back(address.position);
        leaf_of_dwelling_.push_back(*leaf);
      }
    }
    Shuffle(seed);
  }

  const geo::Lattice& lattice() const { return lattice_; }
  const std::vector<geo::PublishedGroup>& groups() const { return groups_; }

  std::vector<DensityAttackOfLayer> Attack(const PictureRecord& release, const geo::ReleasedPicture& picture,
                                           const std::stop_token& stop) const {
    std::vector<DensityAttackOfLayer> attacks;
    for (std::size_t i = 0; i < picture.layers.size(); ++i) {
      const geo::ReleasedLayer& layer = picture.layers[i];
      const bool any = std::any_of(layer.areas.begin(), layer.areas.end(), [](const geo::ReleasedArea& one) {
        return std::holds_alternative<double>(one.incidents);
      });
      if (any) attacks.push_back(AttackLayer(layer, FileOf(release), maps::DensityTable(picture, i), stop));
    }
    return attacks;
  }

 private:
  using PlaceKey = std::pair<long long, long long>;
  static PlaceKey Place(geo::PlanePoint point) {
    return {std::llround(point.easting.value() * 100), std::llround(point.northing.value() * 100)};
  }

  static RunContent Load(Store& store, geo::CalendarQuarter last) {
    const std::vector<std::string> quarters = store.QuartersWithIncidents();
    const auto first = quarters.empty() ? std::nullopt : geo::ParseQuarter(quarters.front());
    if (!first) throw NotReady("NO_DATA", "no delivery has been stored; import reports first");
    IncidentSelection selection;
    selection.first = std::min(*first, last);
    selection.last = last;
    return LoadRun(store, selection);
  }

  std::filesystem::path FileOf(const PictureRecord& release) const {
    for (const StoredFile& file : release.files)
      if (std::filesystem::path(file.name).extension() == ".gpkg")
        return folder_ / release.run_id / file.name;
    throw NotReady("OLD_PICTURE", "a stored release has no GeoPackage; make it again");
  }

  /// Dwellings that the attack cannot tell apart are taken in their order, which must say nothing: registers
  /// are sorted by street.
  void Shuffle(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (std::size_t i = dwellings_.size(); i > 1; --i) {
      const auto other = static_cast<std::size_t>(random() % i);
      std::swap(dwellings_[i - 1], dwellings_[other]);
      std::swap(leaf_of_dwelling_[i - 1], leaf_of_dwelling_[other]);
    }
    for (std::size_t i = 0; i < dwellings_.size(); ++i) dwelling_at_[Place(dwellings_[i])] = i;
  }

  /// The map that anyone can draw who reads the layer's counts.
  geo::Grid<std::int8_t> Recomputed(const geo::ReleasedLayer& layer, const std::stop_token& stop) const {
    std::vector<geo::ReleasedArea> areas = layer.areas;
    for (geo::ReleasedArea& area : areas) {
      const int index = area_of_code_.at(area.code);
      area.geometry = lattice_.areas()[static_cast<std::size_t>(index)].geometry;
      area.inhabited = lattice_.InhabitedPart(index);
    }
    geo::ReleasedDensityOptions options;
    options.kernel = options_.kernel;
    options.bandwidth = options_.bandwidth;
    options.quarters = layer.period.quarters;
    options.upper = upper_;
    return geo::ReleasedDensityClasses(areas, area_, grid_, options, stop);
  }

  bool Counts(const geo::Incident& incident, const geo::ReleasedLayer& layer) const {
    const geo::CategoryInfo& info = geo::InfoOf(incident.category);
    const geo::CalendarQuarter quarter = geo::QuarterOf(incident.date);
    if (!info.incident || quarter < layer.period.first || quarter > layer.period.last) return false;
    if (info.sensitive && layer.categories == geo::CategoryClass::kNonSensitive) return false;
    if (incident.place != geo::PlaceKind::kPlaced || geo::TooCoarse(incident, options_.max_accuracy))
      return false;
    return layer.group.all ||
           std::any_of(layer.group.headline.begin(), layer.group.headline.end(), [&](int headline) {
             return geo::CountsInGroup(incident, content_.scheme,
                                       content_.scheme.groups[static_cast<std::size_t>(headline)],
                                       geo::RoleSelection::kAny);
           });
  }

  std::vector<int> TruthOf(const geo::ReleasedLayer& layer) const {
    std::vector<int> incidents(dwellings_.size());
    for (const geo::Incident& incident : content_.incidents) {
      if (!Counts(incident, layer)) continue;
      const auto dwelling = dwelling_at_.find(Place(incident.position));
      if (dwelling != dwelling_at_.end()) ++incidents[dwelling->second];
    }
    return incidents;
  }

  /// Empty when an area of the layer is not one of today's lattice.
  std::optional<geo::ReleasedCounts> CountsOf(const geo::ReleasedLayer& layer) const {
    geo::ReleasedCounts released;
    std::map<int, int> layer_area_of_leaf;
    for (std::size_t i = 0; i < layer.areas.size(); ++i) {
      const auto found = area_of_code_.find(layer.areas[i].code);
      if (found == area_of_code_.end()) return std::nullopt;
      const auto [first, last] = lattice_.Span(found->second);
      for (int area = first; area < last; ++area) layer_area_of_leaf[area] = static_cast<int>(i);
      released.counts.push_back(layer.areas[i].incidents);
    }
    for (const int leaf : leaf_of_dwelling_) {
      const auto found = layer_area_of_leaf.find(leaf);
      released.area_of_address.push_back(found == layer_area_of_leaf.end() ? -1 : found->second);
    }
    return released;
  }

  DensityAttackOfLayer AttackLayer(const geo::ReleasedLayer& layer, const std::filesystem::path& file,
                                   const std::string& table, const std::stop_token& stop) const {
    DensityAttackOfLayer result;
    result.group = layer.group;
    result.level = layer.level;
    result.period = layer.period;
    result.dwellings = static_cast<int>(dwellings_.size());
    const auto released = CountsOf(layer);
    if (!released) {
      result.not_tested_reason_sv = "områdesindelningen är en annan än dagens register ger";
    } else if (dwellings_.size() > kMostDwellings) {
      result.not_tested_reason_sv = "fler än " + std::to_string(kMostDwellings) + " adresser";
    } else {
      const std::vector<int> truth = TruthOf(layer);
      for (const int count : truth) result.incidents += count;
      result.attack = geo::AttackReleasedClasses(maps::ReadReleasedDensity(file, table, grid_),
                                                 Recomputed(layer, stop), upper_, options_.kernel,
                                                 options_.bandwidth, dwellings_, truth, *released, stop);
    }
    return result;
  }

  std::filesystem::path folder_;
  geo::DisclosureRules rules_;
  geo::PictureOptions options_;
  RunContent content_;
  geo::StudyArea area_;
  geo::Lattice lattice_;
  std::vector<geo::PublishedGroup> groups_;
  geo::GridSpec grid_;
  std::vector<double> upper_;
  std::map<std::string, int> area_of_code_;
  std::map<PlaceKey, std::size_t> dwelling_at_;
  std::vector<geo::PlanePoint> dwellings_;
  std::vector<int> leaf_of_dwelling_;
};

void AppendValues(const geo::ReleasedPicture& picture, std::vector<geo::PublishedValue>& values) {
  const auto add = [&](const std::string& area, const geo::PublishedGroup& group,
                       geo::CategoryClass categories, const geo::Period& period,
                       const geo::Statistic& incidents) {
    if (const double* value = std::get_if<double>(&incidents))
      values.push_back({picture.rule.audience, area, group.slug, categories, period.last, period.quarters,
                        static_cast<int>(*value)});
  };
  for (const geo::ReleasedLayer& layer : picture.layers)
    for (const geo::ReleasedArea& area : layer.areas)
      add(area.code, layer.group, layer.categories, layer.period, area.incidents);
  for (const geo::ReleasedRow& row : picture.rows)
    add(row.area_code, row.group, row.categories, row.period, row.incidents);
}

}  // namespace

bool ReleaseAttackReport::leaks() const {
  for (const ReleaseAttack& release : releases)
    for (const DensityAttackOfLayer& density : release.densities)
      if (density.attack.succeeded) return true;
  return std::any_of(differencing.begin(), differencing.end(),
                     [](const DifferencingOfAudience& one) { return one.test.succeeded(); });
}

ReleaseAttackReport AttackReleases(Store& store, const std::filesystem::path& folder,
                                   const ReleaseAttackOptions& options, const std::stop_token& stop) {
  ReleaseAttackReport report;
  std::vector<PictureRecord> releases = ReleasesOf(store, report.replaced_drafts);
  if (releases.empty()) return report;
  const auto last = geo::ParseQuarter(releases.back().quarter);
  if (!last) throw NotReady("OLD_PICTURE", "a stored release is of a quarter that does not exist");
  const Attacker attacker(store, *last, folder, options.seed);
  std::vector<geo::PublishedValue> values;
  std::map<geo::Audience, int> k_of;
  for (PictureRecord& release : releases) {
    const geo::ReleasedPicture picture = PictureOfSummary(release.summary_json, attacker.groups());
    AppendValues(picture, values);
    k_of.try_emplace(picture.rule.audience, geo::DefaultRule(picture.rule.audience).k);
    std::vector<DensityAttackOfLayer> densities = attacker.Attack(release, picture, stop);
    report.releases.push_back({std::move(release), std::move(densities)});
  }
  for (const auto& [audience, k] : k_of) {
    std::vector<geo::PublishedValue> readable;
    std::copy_if(values.begin(), values.end(), std::back_inserter(readable),
                 [reader = audience](const geo::PublishedValue& value) {
                   return reader == geo::Audience::kPartner || value.audience == geo::Audience::kPublic;
                 });
    report.differencing.push_back({audience, k,
                                   geo::SubtractReleases(readable, attacker.lattice(), attacker.groups(), k,
                                                         options.pairs, options.seed, stop)});
  }
  return report;
}

}  // namespace lagesbild::service
