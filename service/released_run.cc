#include "service/released_run.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/errors.h"
#include "geo/lattice.h"
#include "geo/released_density.h"
#include "maps/class_polygons.h"
#include "maps/released_files.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/municipality.h"
#include "service/private_files.h"
#include "service/register_age.h"
#include "service/released_summary.h"
#include "service/reporter_coverage.h"
#include "service/run_files.h"
#include "service/runs.h"

namespace lagesbild::service {
namespace {

constexpr int kPicturesAtOnce = 200;

std::string RulesHash(const geo::DisclosureRules& rules) {
  std::string text;
  for (const geo::DisclosureRule* rule : {&rules.partner, &rules.open}) {
    text += std::string(geo::AudienceCode(rule->audience));
    for (const double field :
         {static_cast<double>(rule->version), static_cast<double>(rule->k),
          static_cast<double>(rule->lattice.min_dwellings), static_cast<double>(rule->lattice.min_persons),
          static_cast<double>(rule->protected_below_age), static_cast<double>(rule->youth_last_age),
          static_cast<double>(rule->protected_quarters), rule->min_share})
      text += ";" + std::to_string(field);
  }
  return Sha256Hex(text);
}

/// JSON with null for what does not exist.
std::string UtilityJson(const geo::DisclosureUtility& utility) {
  const auto number = [](double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
  };
  return nlohmann::json{{"share_in_released_areas", number(utility.share_in_released_areas)},
                        {"rank_correlation", number(utility.rank_correlation)},
                        {"placed", utility.placed_incidents},
                        {"unplaced", utility.unplaced_incidents}}
      .dump();
}

/// The release that was made from the data as they are now, by this program and with these rules: it need not
/// be computed again to learn its id.
std::optional<PictureRecord> MadeFromTheSame(Store& store, const ReleaseRequest& request,
                                             const std::filesystem::path& folder) {
  const DataVersion data = store.CurrentDataVersion();
  const std::string audience(geo::AudienceCode(request.audience));
  std::int64_t after = 0;
  do {
    const Page<PictureRecord> page = store.ListPictures("internal", after, kPicturesAtOnce);
    for (const PictureRecord& picture : page.items)
      if (picture.audience == audience && picture.quarter == request.quarter.code() && !picture.stale &&
          picture.data_version == data.hash && picture.program_version == ProgramVersion() &&
          picture.parameters_hash == RulesHash(request.rules))
        if (auto intact = IntactRun(store, picture.run_id, audience, folder)) return intact;
    after = page.next_after;
  } while (after != 0);
  return std::nullopt;
}

/// Not those with incidents: that somebody reported anything at all is a count over 0.
std::vector<Reporter> CountingReporters(const std::vector<Reporter>& all, geo::CalendarQuarter quarter) {
  std::vector<Reporter> counting;
  std::copy_if(all.begin(), all.end(), std::back_inserter(counting),
               [&](const Reporter& reporter) { return CountsIn(reporter, quarter); });
  return counting;
}

geo::CalendarQuarter FirstQuarter(Store& store, geo::CalendarQuarter asked) {
  if (const auto begun = geo::ParseQuarter(store.SeriesStart())) {
    if (asked < *begun)
      throw NotReady("BEFORE_SERIES", "the series of releases begins with " + begun->code() +
                                          "; earlier quarters have pictures for internal use only");
    return *begun;
  }
  const std::vector<std::string> quarters = store.QuartersWithIncidents();
  const auto first = quarters.empty() ? std::nullopt : geo::ParseQuarter(quarters.front());
  if (!first) throw NotReady("NO_DATA", "no delivery has been stored; import reports first");
  return *first;
}

maps::PictureMetadata MetadataOf(const Release& release, const std::string& release_id,
                                 const geo::PictureOptions& options) {
  maps::PictureMetadata metadata;
  metadata.municipality_code = release.municipality.code;
  metadata.municipality_name = release.municipality.name;
  metadata.synthetic = release.municipality.synthetic;
  metadata.crs = release.municipality.crs;
  metadata.run_id = release_id;
  metadata.program_version = ProgramVersion();
  metadata.audience = std::string(geo::AudienceCode(release.result.picture.rule.audience));
  metadata.bandwidth_reason_sv = BandwidthReasonSv(options);
  for (const Reporter& reporter : release.reporters)
    metadata.reporters.emplace_back(reporter.code, reporter.name);
  metadata.warnings_sv =
      AgeWarningsSv(release.municipality.registers, geo::IsoDate(release.result.picture.quarter.last_day()));
  metadata.attributions = Attributions(release.municipality.registers);
  return metadata;
}

/// Density of each layer from its released counts. The map's own grid, kernel and bandwidth.
std::vector<geo::Grid<std::int8_t>> Densities(const geo::ReleasedPicture& picture, const geo::StudyArea& area,
                                              const geo::PictureOptions& options,
                                              const std::stop_token& stop) {
  const maps::Legend legend = maps::MakeLegend(options.kernel, options.bandwidth, options.test);
  geo::ReleasedDensityOptions density;
  density.kernel = options.kernel;
  density.bandwidth = options.bandwidth;
  density.upper = maps::BreaksOf(maps::ReleasedDensityClassesOf(legend));
  const geo::GridSpec grid = geo::CoveringGrid(area.south_west(), area.north_east(), options.density_cell);
  std::vector<geo::Grid<std::int8_t>> densities;
  for (const geo::ReleasedLayer& layer : picture.layers) {
    const bool any = std::any_of(layer.areas.begin(), layer.areas.end(), [](const geo::ReleasedArea& one) {
      return std::holds_alternative<double>(one.incidents);
    });
    density.quarters = layer.period.quarters;
    densities.push_back(any ? geo::ReleasedDensityClasses(layer.areas, area, grid, density, stop)
                            : geo::Grid<std::int8_t>());
  }
  return densities;
}

}  // namespace

geo::Lattice LatticeOfRelease(const Municipality& municipality, const geo::StudyArea& area,
                              const geo::DisclosureRules& rules) {
  if (municipality.gazetteer.addresses.empty())
    throw NotReady("NO_ADDRESSES",
                   "areas for partner and public are made of dwellings; import the address register first");
  geo::LatticeInput input;
  input.boundary = &area;
  input.districts = municipality.districts;
  input.localities = municipality.localities;
  for (const geo::Address& address : municipality.gazetteer.addresses)
    input.dwellings.push_back(address.position);
  input.inhabitants = municipality.inhabitants;
  input.coarse = rules.open.lattice;
  input.fine = rules.partner.lattice;
  return geo::MakeLattice(input);
}

Release MakeRelease(Store& store, const ReleaseRequest& request, const std::stop_token& stop) {
  geo::DisclosureSeries series;
  series.first = FirstQuarter(store, request.quarter);
  IncidentSelection selection;
  selection.first = std::min(series.first, request.quarter);
  selection.last = request.quarter;
  RunContent content = LoadRun(store, selection);
  const geo::StudyArea area(content.municipality.boundary);
  series.scheme = content.scheme;
  series.max_accuracy = geo::PictureOptions{}.max_accuracy;
  series.incidents = std::move(content.incidents);
  series.inhabitants = content.municipality.inhabitants;
  const geo::Lattice lattice = LatticeOfRelease(content.municipality, area, request.rules);
  Release release;
  release.result =
      geo::MakeReleasedPicture(series, lattice, request.rules, request.audience, request.quarter, stop);
  release.reporters = CountingReporters(content.reporters, request.quarter);
  release.municipality = std::move(content.municipality);
  release.data = content.data;
  release.series_first = series.first;
  return release;
}

std::string ReleaseId(const Release& release) {
  constexpr std::size_t kDigits = 16;
  Sha256 hash;
  hash.UpdateField("release")
      .UpdateField(ReleasedSummaryJson(release))
      .UpdateField(release.municipality.register_hash)
      .UpdateField(ProgramVersion());
  // The files name the reporters, of which the summary holds the codes only.
  for (const Reporter& reporter : release.reporters) hash.UpdateField(reporter.name);
  return Hex(hash.Digest()).substr(0, kDigits);
}

PictureRecord MakeReleasedRun(Store& store, const ReleaseRequest& request,
                              const std::filesystem::path& folder, const std::string& now,
                              const std::stop_token& stop,
                              const std::function<void(double, const char*)>& progress) {
  const auto tell = [&](double fraction, const char* stage) {
    if (progress) progress(fraction, stage);
  };
  if (auto same = MadeFromTheSame(store, request, folder)) return std::move(*same);
  tell(0, "disclosure control");
  const Release release = MakeRelease(store, request, stop);
  if (store.BeginSeries(release.series_first.code()) != release.series_first.code())
    throw StoreChanged("another release began the series meanwhile; make this one again");
  const std::string id = ReleaseId(release);
  const std::string audience(geo::AudienceCode(request.audience));
  if (auto present = IntactRun(store, id, audience, folder)) return std::move(*present);

  tell(0.6, "density");
  const geo::PictureOptions options;
  const geo::StudyArea area(release.municipality.boundary);
  maps::ReleasedContent content{release.result.picture,
                                Densities(release.result.picture, area, options, stop), options.bandwidth};
  if (stop.stop_requested()) throw geo::Cancelled();
  tell(0.7, "files");
  PictureRecord record;
  record.run_id = id;
  record.quarter = request.quarter.code();
  record.audience = audience;
  record.data_version = release.data.hash;
  record.parameters_hash = RulesHash(request.rules);
  record.program_version = ProgramVersion();
  record.created_at = now;
  record.summary_json = ReleasedSummaryJson(release);
  record.utility_json = UtilityJson(release.result.utility);
  MakePrivateFolder(folder / id);
  const Municipality& municipality = release.municipality;
  const maps::ReferenceLayers reference{municipality.boundary, municipality.districts,
                                        municipality.localities, ShownPlaces(municipality)};
  record = StoreRun(
      store, std::move(record),
      maps::WriteReleasedFiles(content, MetadataOf(release, id, options), reference, folder / id), stop);
  tell(1, "done");
  return record;
}

}  // namespace lagesbild::service
