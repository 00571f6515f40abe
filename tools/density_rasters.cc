#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/density_bootstrap.h"
#include "geo/density_surface.h"
#include "maps/cog.h"
#include "tools/density_files.h"

namespace lagesbild::tools {
namespace {

using geo::Meters;
using geo::PlanePoint;
using Json = nlohmann::ordered_json;

Json ToJson(PlanePoint point) {
  if (std::isnan(point.easting.value())) return nullptr;
  return {point.easting.value(), point.northing.value()};
}

class Rasters {
 public:
  Rasters(const DensityInput& input, Json& report, DensitySeconds& seconds)
      : input_(input), report_(report), seconds_(seconds) {}

  void Write() {
    Laps laps;
    std::vector<geo::DensitySurface<double>> surfaces;
    if (input_.command.adaptive) {
      const geo::AdaptiveBandwidths own = OwnBandwidths(input_, report_);
      for (std::size_t group = 0; group < input_.groups.size(); ++group)
        surfaces.push_back(geo::AdaptiveSurface(input_.groups[group].table.points,
                                                input_.groups[group].table.weights, OwnOf(input_, own, group),
                                                input_.grid, input_.Adaptive()));
    } else {
      geo::DensityOptions options = input_.Options(input_.bandwidths());
      options.progress = [&, sorted = false](double fraction) mutable {
        if (!std::exchange(sorted, true)) seconds_.sort = laps.Next();
        input_.Show(fraction);
      };
      auto result = geo::ComputeDensity<double>(input_.incidents(), input_.grid, options);
      report_["distinct_positions"] = result.distinct_positions;
      surfaces = std::move(result.surfaces);
    }
    seconds_.compute = laps.Next();
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      seconds_.error_bound = std::max(seconds_.error_bound, surfaces[i].error_bound);
      WriteSurface(surfaces[i], i % input_.groups.size(), i / input_.groups.size());
    }
    seconds_.write = laps.Next();
    surfaces.clear();
    if (!input_.command.points.radius.empty()) UncertainPlaces();
    if (input_.command.bootstrap != 0) Bands();
    seconds_.compute += laps.Next();
  }

 private:
  std::string Write(const geo::Grid<double>& values, std::size_t group, std::size_t bandwidth,
                    const std::string& what, const std::string& description_sv, const std::string& unit_sv,
                    std::vector<std::pair<std::string, std::string>> items = {}) const {
    maps::RasterText text;
    text.description_sv =
        description_sv + (input_.groups[group].label.empty() ? "" : " " + input_.groups[group].label);
    text.unit_sv = unit_sv;
    text.items = std::move(items);
    const geo::Bandwidth& used = input_.choices[bandwidth].used;
    text.items.push_back({"BANDWIDTH_SD_M", FormatNumber(used.standard_deviation.value())});
    if (used.radius) text.items.push_back({"BANDWIDTH_RADIUS_M", FormatNumber(used.radius->value())});
    const std::string label = input_.Label(group, bandwidth, what);
    const std::filesystem::path path =
        label.empty() ? std::filesystem::path(input_.command.out) : WithLabel(input_.command.out, label);
    maps::WriteCog(path, values, *input_.crs, text);
    return path.filename().string();
  }

  Json Named(std::size_t group, std::size_t bandwidth) const {
    return {{"group", input_.groups[group].label},
            {"bandwidth_asked", input_.choices[bandwidth].asked},
            {"bandwidth", BandwidthToJson(input_.choices[bandwidth].used)}};
  }

  static void AddChecks(const geo::SurfaceChecks& checks, Json& json) {
    json["mass"] = checks.mass;
    json["incident_mass"] = checks.incident_mass;
    json["mass_ratio"] = checks.incident_mass > 0 ? Json(checks.mass / checks.incident_mass) : Json(nullptr);
    json["centroid"] = ToJson(checks.centroid);
    json["incident_centroid"] = ToJson(checks.incident_centroid);
    const double apart =
        std::hypot(checks.centroid.easting.value() - checks.incident_centroid.easting.value(),
                   checks.centroid.northing.value() - checks.incident_centroid.northing.value());
    json["centroid_distance_m"] = std::isnan(apart) ? Json(nullptr) : Json(apart);
  }

  void WriteSurface(const geo::DensitySurface<double>& surface, std::size_t group, std::size_t bandwidth) {
    Json one = Named(group, bandwidth);
    one["method"] = geo::DensityMethodCode(surface.method);
    one["error_bound"] = surface.error_bound;
    AddChecks(surface.checks, one);
    one["file"] = Write(surface.density, group, bandwidth, "",
                        input_.command.adaptive ? "Anpassad täthet" : "Täthet", "händelser per km²",
                        {{"METHOD", std::string(geo::DensityMethodCode(surface.method))},
                         {"ERROR_BOUND", FormatNumber(surface.error_bound)}});
    report_["surfaces"].push_back(one);
  }

  void UncertainPlaces() {
    for (std::size_t bandwidth = 0; bandwidth < input_.choices.size(); ++bandwidth)
      for (std::size_t group = 0; group < input_.groups.size(); ++group) {
        const PointTable& table = input_.groups[group].table;
        const geo::PlaceUncertaintySurfaces surfaces = geo::DensityWithPlaceUncertainty(
            table.points, table.weights, table.radii, input_.grid,
            input_.Options({input_.choices[bandwidth].value}), input_.spread());
        double rise = 0, fall = 0;
        for (const double change : surfaces.difference.values()) {
          if (std::isnan(change)) continue;
          rise = std::max(rise, change);
          fall = std::min(fall, change);
        }
        Json one = Named(group, bandwidth);
        AddChecks(surfaces.spread.checks, one);
        one["largest_rise_per_km2"] = rise;
        one["largest_fall_per_km2"] = fall;
        one["spread_coarsely"] = surfaces.coarse;
        one["file"] = Write(surfaces.spread.density, group, bandwidth, "spread",
                            "Täthet med platsernas osäkerhet", "händelser per km²");
        one["difference_file"] = Write(surfaces.difference, group, bandwidth, "difference",
                                       "Skillnad av platsernas osäkerhet", "händelser per km²");
        report_["place_uncertainty"].push_back(one);
      }
  }

  void Bands() {
    const geo::BootstrapOptions how{.resamples = input_.command.bootstrap,
                                    .level = input_.command.level,
                                    .top_share = input_.command.top_share,
                                    .seed = input_.command.seed};
    Json bands = {
        {"resamples", how.resamples}, {"seed", how.seed}, {"level", how.level}, {"top_share", how.top_share}};
    for (std::size_t group = 0; group < input_.groups.size(); ++group) {
      const PointTable& table = input_.groups[group].table;
      Json one = Named(group, 0);
      one["incidents"] = table.points.size();
      if (table.points.size() < 2 && input_.groups.size() > 1) {
        one["too_few"] = true;
        bands["surfaces"].push_back(one);
        continue;
      }
      const geo::DensityBands found = geo::BootstrapDensity(table.points, table.weights, input_.grid,
                                                            input_.Options({input_.choices[0].value}), how);
      std::size_t always = 0, ever = 0;
      for (const double share : found.share_in_top.values()) {
        always += share >= how.level;
        ever += share > 0;
      }
      one["cells_mostly_in_top"] = always;
      one["cells_ever_in_top"] = ever;
      one["lower_file"] = Write(found.lower, group, 0, "lower", "Täthetens undre gräns", "händelser per km²");
      one["upper_file"] = Write(found.upper, group, 0, "upper", "Täthetens övre gräns", "händelser per km²");
      one["share_in_top_file"] =
          Write(found.share_in_top, group, 0, "top", "Andel omdragningar bland de högsta", "andel");
      bands["surfaces"].push_back(one);
    }
    report_["bootstrap"] = bands;
  }

  const DensityInput& input_;
  Json& report_;
  DensitySeconds& seconds_;
};

}  // namespace

void WriteDensityRasters(const DensityInput& input, Json& report, DensitySeconds& seconds) {
  Rasters(input, report, seconds).Write();
}

}  // namespace lagesbild::tools
