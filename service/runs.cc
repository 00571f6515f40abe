#include "service/runs.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <stdexcept>

#include "geo/errors.h"
#include "geo/study_area.h"
#include "maps/picture_files.h"
#include "maps/ranked_places.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/known_pile_ups.h"
#include "service/municipality.h"
#include "service/private_files.h"
#include "service/register_age.h"
#include "service/reporter_coverage.h"
#include "service/run_content.h"
#include "service/run_files.h"

namespace lagesbild::service {
namespace {

constexpr double kAnalysisShare = 0.7;  ///< of the progress; the rest is writing files

/// Shortest text that reads back as the same number, independent of locale.
std::string Text(double value) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, error == std::errc{} ? end : buffer};
}

geo::RoleSelection RoleOf(const PictureRequest& request) {
  return request.selection.role != geo::RoleSelection::kAny ? request.selection.role : request.options.role;
}

std::string_view RoleText(geo::RoleSelection role) {
  switch (role) {
    case geo::RoleSelection::kAny:
      return "ANY";
    case geo::RoleSelection::kVictim:
      return "VICTIM";
    case geo::RoleSelection::kSuspect:
      return "SUSPECT";
    case geo::RoleSelection::kInvolved:
      return "INVOLVED";
  }
  return "ANY";
}

/// Sorted, each once, joined by commas: the order in which a caller lists them does not matter.
std::string Joined(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ",") + text;
  return joined;
}

std::string CategoriesText(const std::vector<geo::Category>& categories) {
  std::vector<std::string> codes;
  for (const geo::Category category : categories) codes.emplace_back(geo::InfoOf(category).code);
  return Joined(std::move(codes));
}

constexpr const char* kInternalOnly = "an analysis is made for the audience internal only";

void Check(const PictureRequest& request) {
  std::vector<FieldViolation> violations;
  if (request.selection.first != request.selection.last)
    violations.push_back(
        {"selection.quarter", "a picture covers one calendar quarter; first and last must be equal"});
  if (request.audience != "internal") violations.push_back({"audience", kInternalOnly});
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
}

/// Quarters looked back at for persistence.
constexpr int kEarlierQuarters = 8;

/// Whom the picture is about.
std::vector<Reporter> AskedReporters(const RunContent& content, const PictureRequest& request) {
  const std::vector<std::string>& chosen = request.selection.reporters;
  std::vector<Reporter> asked;
  std::copy_if(content.reporters.begin(), content.reporters.end(), std::back_inserter(asked),
               [&](const Reporter& reporter) {
                 return chosen.empty() ||
                        std::find(chosen.begin(), chosen.end(), reporter.code) != chosen.end();
               });
  return asked;
}

std::vector<geo::ComparablePanel> ComparisonsOf(const RunContent& content,
                                                const std::vector<Reporter>& reporters,
                                                const PictureRequest& request) {
  std::vector<geo::ComparablePanel> comparisons;
  for (const auto& [quarter, incidents] : content.compared)
    comparisons.push_back(
        PanelOf(reporters, content.records, quarter, incidents, request.selection.first, content.incidents));
  return comparisons;
}

std::vector<geo::ReporterStanding> StandingsOf(const RunContent& content,
                                               const std::vector<Reporter>& reporters,
                                               const PictureRequest& request) {
  const std::map<std::string, int> counts = geo::IncidentsByReporter(content.incidents);
  std::vector<geo::ReporterStanding> standings;
  for (const ReporterStatus& status :
       CoverageOf(reporters, content.records, request.selection.first).reporters) {
    const auto count = counts.find(status.reporter.code);
    standings.push_back({status.reporter.code, status.answer, count == counts.end() ? 0 : count->second});
  }
  return standings;
}

/// With the pile-ups that are known, and the reporters that are new.
geo::PictureInput InputOf(const KnownRun& known, const std::vector<geo::ComparablePanel>& comparisons,
                          const PictureRequest& request, const geo::StudyArea& area) {
  geo::PictureInput input = PictureInputOf(known.run, request.selection.first, area);
  input.pile_ups = known.pile_ups;
  // Where nobody was there before, all are as new as the work itself: nothing to compare with.
  if (comparisons.front().possible()) input.new_reporters = comparisons.front().joined;
  return input;
}

geo::SituationPicture Analyze(const geo::PictureInput& input, const RunContent& content,
                              const std::vector<Reporter>& reporters,
                              std::vector<geo::ComparablePanel> comparisons, const PictureRequest& request,
                              const std::stop_token& stop,
                              const std::function<void(double, const char*)>& progress) {
  geo::PictureOptions options = request.options;
  options.role = RoleOf(request);
  geo::SituationPicture picture = geo::MakeSituationPicture(input, options, stop, progress);
  picture.comparisons = std::move(comparisons);
  picture.coverage = StandingsOf(content, reporters, request);
  return picture;
}

/// Streets by the positions of their addresses, without numbers.
std::vector<maps::NamedPoint> StreetAddresses(const Municipality& municipality) {
  std::vector<maps::NamedPoint> streets;
  for (const geo::Address& address : municipality.gazetteer.addresses)
    if (address.kind == geo::AddressKind::kStreet) streets.push_back({address.area, address.position});
  return streets;
}

/// "Testby skola (ser bara Testby; ungdomar 13–17 år)".
std::string NameWithView(const Reporter& reporter, const RunContent& content) {
  std::vector<std::string> views;
  for (const auto* areas : {&content.municipality.districts, &content.municipality.localities})
    for (const geo::NamedArea& area : *areas)
      if (std::find(reporter.areas.begin(), reporter.areas.end(), area.code) != reporter.areas.end())
        views.push_back(area.name);
  for (const geo::AgeGroup& group : content.scheme.groups)
    if (std::find(reporter.ages.begin(), reporter.ages.end(), group.code) != reporter.ages.end())
      views.push_back(group.label_sv);
  std::string text;
  for (const std::string& view : views) text += (text.empty() ? " (ser bara " : ", ") + view;
  return reporter.name + text + (text.empty() ? "" : ")");
}

maps::PictureMetadata MetadataOf(const RunContent& content, const PictureRequest& request,
                                 const geo::SituationPicture& picture, const PictureRecord& record) {
  const Municipality& municipality = content.municipality;
  maps::PictureMetadata metadata;
  metadata.municipality_code = municipality.code;
  metadata.municipality_name = municipality.name;
  metadata.synthetic = municipality.synthetic;
  metadata.crs = municipality.crs;
  metadata.run_id = record.run_id;
  metadata.data_version = record.data_version;
  metadata.program_version = record.program_version;
  metadata.audience = request.audience;
  metadata.bandwidth_reason_sv = BandwidthReasonSv(picture.options);
  for (const geo::Category category : request.selection.categories)
    metadata.category_labels_sv.emplace_back(geo::InfoOf(category).label_sv);
  std::sort(metadata.category_labels_sv.begin(), metadata.category_labels_sv.end());
  for (const Reporter& reporter : content.reporters) {
    metadata.reporter_names.emplace(reporter.code, NameWithView(reporter, content));
    if (std::binary_search(picture.reporters.begin(), picture.reporters.end(), reporter.code))
      metadata.reporters.emplace_back(reporter.code, reporter.name);
  }
  // As of the quarter, not of the day on which it is drawn: drawn again it says the same.
  metadata.warnings_sv = AgeWarningsSv(municipality.registers, geo::IsoDate(picture.quarter.last_day()));
  metadata.attributions = Attributions(municipality.registers);
  return metadata;
}

}  // namespace

geo::PictureInput PictureInputOf(const RunContent& content, geo::CalendarQuarter quarter,
                                 const geo::StudyArea& area) {
  geo::PictureInput input;
  input.quarter = quarter;
  input.scheme = content.scheme;
  input.incidents = content.incidents;
  input.study_area = &area;
  input.districts = content.municipality.districts;
  input.inhabitants = content.municipality.inhabitants;
  return input;
}

void RequireInternal(const PictureRequest& request) {
  if (request.audience != "internal") throw InvalidRequest("audience", kInternalOnly);
}

std::string BandwidthReasonSv(const geo::PictureOptions& options) {
  const geo::Bandwidth bandwidth = geo::BandwidthOf(options.kernel, options.bandwidth);
  const auto whole_meters = [](geo::Meters value) {
    return std::to_string(std::llround(value.value())) + " m";
  };
  return "En och samma bandbredd för alla åldersgrupper och alla kvartal, så att kartorna kan jämföras: " +
         (bandwidth.radius ? "radie " + whole_meters(*bandwidth.radius) + ", " : std::string()) +
         "standardavvikelse " + whole_meters(bandwidth.standard_deviation) +
         ". Händelserna är för få per kvartal för att välja bandbredd ur varje kartas egna data.";
}

std::string ParametersText(const PictureRequest& request) {
  const geo::PictureOptions& options = request.options;
  const geo::HotspotTestOptions& test = options.test;
  std::string text;
  const auto line = [&](const char* name, std::string_view value) {
    text += name;
    text += '=';
    text += value;
    text += '\n';
  };
  line("first", request.selection.first.code());
  line("last", request.selection.last.code());
  line("categories", CategoriesText(request.selection.categories));
  line("reporters", Joined(request.selection.reporters));
  line("role", RoleText(RoleOf(request)));
  line("audience", request.audience);
  line("cell_m", Text(options.cell.value()));
  line("density_cell_m", Text(options.density_cell.value()));
  line("kernel", geo::KernelCode(options.kernel));
  line("bandwidth_m", Text(options.bandwidth.value()));
  line("edge", geo::EdgeCorrectionCode(options.edge));
  line("max_accuracy_m", Text(options.max_accuracy.value()));
  line("test.min_incidents", std::to_string(test.min_incidents));
  line("test.min_cell_count", std::to_string(test.min_cell_count));
  line("test.min_expected", Text(test.min_expected));
  line("test.alpha_90", Text(test.alpha_90));
  line("test.alpha_95", Text(test.alpha_95));
  line("test.alpha_99", Text(test.alpha_99));
  line("test.permutations", std::to_string(test.permutations));
  line("test.seed", std::to_string(test.seed));
  line("repeats.same_place_m", Text(options.repeats.same_place.value()));
  line("repeats.distance_m", Text(options.repeats.distance.value()));
  line("repeats.days", std::to_string(options.repeats.days));
  return text;
}

std::string RunId(const DataVersion& data, const PictureRequest& request) {
  return RunIdOf(data, ParametersText(request));
}

PictureAnalysis AnalyzeSelection(Store& store, const PictureRequest& request, std::stop_token stop,
                                 const std::function<void(double, const char*)>& progress) {
  Check(request);
  const KnownRun known = LoadKnownRun(store, request.selection);
  const RunContent& content = known.run;
  const geo::StudyArea area(content.municipality.boundary);
  const std::vector<Reporter> reporters = AskedReporters(content, request);
  std::vector<geo::ComparablePanel> comparisons = ComparisonsOf(content, reporters, request);
  const geo::PictureInput input = InputOf(known, comparisons, request, area);
  return {content.data, content.municipality.crs,
          Analyze(input, content, reporters, std::move(comparisons), request, stop, progress)};
}

geo::SituationPicture AnalyzePicture(Store& store, const PictureRequest& request, std::stop_token stop,
                                     const std::function<void(double, const char*)>& progress) {
  return AnalyzeSelection(store, request, std::move(stop), progress).picture;
}

PictureRecord MakePicture(Store& store, const PictureRequest& request, const std::filesystem::path& folder,
                          const std::string& now, std::stop_token stop,
                          const std::function<void(double, const char*)>& progress) {
  Check(request);
  if (auto present = IntactRun(store, RunId(store.CurrentDataVersion(), request), request.audience, folder))
    return std::move(*present);

  const KnownRun known = LoadKnownRun(store, request.selection, kEarlierQuarters);
  const RunContent& content = known.run;
  PictureRecord record =
      NewRecord(content.data, ParametersText(request), request.selection.first, request.audience, now);
  const geo::StudyArea area(content.municipality.boundary);
  const std::vector<Reporter> reporters = AskedReporters(content, request);
  std::vector<geo::ComparablePanel> comparisons = ComparisonsOf(content, reporters, request);
  const geo::PictureInput input = InputOf(known, comparisons, request, area);
  const geo::SituationPicture picture = Analyze(input, content, reporters, std::move(comparisons), request,
                                                stop, [&](double fraction, const char* stage) {
                                                  if (progress) progress(kAnalysisShare * fraction, stage);
                                                });
  if (progress) progress(kAnalysisShare, "places");
  const geo::PlaceList list = geo::MakePlaceList(input, picture, content.earlier, {}, stop);
  const Municipality& municipality = content.municipality;
  std::vector<geo::NamedArea> areas = municipality.localities;
  areas.insert(areas.end(), municipality.districts.begin(), municipality.districts.end());
  if (stop.stop_requested()) throw geo::Cancelled();
  if (progress) progress(kAnalysisShare, "files");
  MakePrivateFolder(folder / record.run_id);
  const maps::ReferenceLayers reference{municipality.boundary, municipality.districts,
                                        municipality.localities, ShownPlaces(municipality),
                                        StreetAddresses(municipality)};
  const maps::PictureMetadata metadata = MetadataOf(content, request, picture, record);
  record.summary_json = PictureSummaryJson(picture, municipality.crs, areas, list,
                                           maps::RankPlaces(picture, list, metadata, reference));
  const std::vector<maps::WrittenFile> written =
      maps::WritePictureFiles(picture, metadata, reference, folder / record.run_id, list);
  record = StoreRun(store, std::move(record), written, stop);
  if (progress) progress(1, "done");
  return record;
}

}  // namespace lagesbild::service
