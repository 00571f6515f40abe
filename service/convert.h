#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geocoder.h"
#include "geo/projection.h"
#include "geo/statistic.h"
#include "lagesbild/v1/analysis_service.pb.h"
#include "lagesbild/v1/geocoding_service.pb.h"
#include "lagesbild/v1/incident_service.pb.h"
#include "lagesbild/v1/picture.pb.h"
#include "lagesbild/v1/picture_service.pb.h"
#include "lagesbild/v1/register_service.pb.h"
#include "lagesbild/v1/reporter_service.pb.h"
#include "lagesbild/v1/types.pb.h"
#include "service/attack_releases.h"
#include "service/bandwidth_run.h"
#include "service/density_run.h"
#include "service/errors.h"
#include "service/import.h"
#include "service/register_update.h"
#include "service/reporter_coverage.h"
#include "service/risk_run.h"
#include "service/runs.h"
#include "service/store.h"

/// Between protobuf and our own types. Generated types go no further into the program than here and the
/// handlers.
namespace lagesbild::service {

/// Collects everything that is wrong with a request, so that the caller hears of all of it at once.
class Violations {
 public:
  void Add(std::string field, std::string description, std::string swedish = {}) {
    found_.push_back({std::move(field), std::move(description), std::move(swedish)});
  }
  void Add(std::vector<FieldViolation> others) { found_.insert(found_.end(), others.begin(), others.end()); }
  void Add(const Violations& others) {
    found_.insert(found_.end(), others.found_.begin(), others.found_.end());
  }
  bool empty() const { return found_.empty(); }
  /// Throws InvalidRequest when there is any.
  void ThrowIfAny() const {
    if (!found_.empty()) {
      throw InvalidRequest(found_);
    }
  }

 private:
  std::vector<FieldViolation> found_;
};

// ---- Requests. Each adds to `violations` and returns something harmless where it did. No geo/ code sees
// NaN, infinities, unknown enum values or numbers outside limits.h.

/// `known` are the reporters that there are. `max_quarters` 1: a single calendar quarter.
IncidentSelection FromProto(const v1::IncidentSelection& selection, std::span<const Reporter> known,
                            int max_quarters, Violations& violations);
geo::CalendarQuarter FromProto(const v1::CalendarQuarter& quarter, const std::string& field,
                               Violations& violations);
/// Sorted, each once.
std::vector<geo::Category> CategoriesFromProto(const google::protobuf::RepeatedPtrField<std::string>& codes,
                                               const std::string& field, Violations& violations);
/// Number of quarters from first to last, both included.
int QuartersFrom(geo::CalendarQuarter first, geo::CalendarQuarter last);
geo::PictureOptions FromProto(const v1::AnalysisParameters& parameters, Violations& violations);
Reporter FromProto(const v1::Reporter& reporter, Violations& violations);
AnswerRecord FromProto(v1::AnswerRecord record, Violations& violations);
/// A day such as 2026-01-01, or `otherwise` where the text is empty.
std::string DateFromProto(const std::string& text, const std::string& field, const std::string& otherwise,
                          Violations& violations);
/// The scheme's groups that are asked for, in the scheme's order; all when none is named.
std::vector<std::string> GroupCodesFromProto(const google::protobuf::RepeatedPtrField<std::string>& codes,
                                             const geo::AgeScheme& scheme, Violations& violations);
/// Empty text or a UUID of version 4.
void CheckRequestId(const std::string& request_id, Violations& violations);
/// `path` is the query's place in the request: "query" or "queries[3]".
void CheckPlaceQuery(const v1::PlaceQuery& query, const std::string& path, Violations& violations);
void CheckStatedPosition(const v1::StatedPosition& position, const std::string& path, Violations& violations);
/// "addresses", "reference" or "population".
std::string FromProto(v1::RegisterKind kind, Violations& violations);
/// The number of "imports/3" for `collection` "imports". Throws InvalidRequest for `field`.
std::int64_t IdOfName(std::string_view name, std::string_view collection, const std::string& field);

/// Bandwidths of the densities, their limits, and everything that is computed beside the plain surfaces.
DensityRequest FromProto(const v1::ComputeDensityRequest& request, std::span<const Reporter> known,
                         const geo::AgeScheme& scheme, Violations& violations);
BandwidthRequest FromProto(const v1::SelectBandwidthRequest& request, std::span<const Reporter> known,
                           const geo::AgeScheme& scheme, Violations& violations);
RiskRequest FromProto(const v1::ComputeRelativeRiskRequest& request, std::span<const Reporter> known,
                      const geo::AgeScheme& scheme, Violations& violations);
/// A number in [low, high]; 0 gives `otherwise`.
double NumberFromProto(double value, double otherwise, double low, double high, const std::string& field,
                       const char* unit, Violations& violations);

/// Selection and parameters of a picture or analysis, checked together.
template <class Request>
PictureRequest PictureRequestFromProto(const Request& request, std::span<const Reporter> known,
                                       Violations& violations) {
  PictureRequest result;
  result.selection = FromProto(request.selection(), known, 1, violations);
  result.options = FromProto(request.parameters(), violations);
  result.options.role = result.selection.role;
  return result;
}

// ---- Replies.

/// "2026-11-25T00:00:00Z" -> instant; empty for an empty text.
std::optional<google::protobuf::Timestamp> TimeToProto(const std::string& iso);
v1::LonLat ToProto(geo::LonLat position);
v1::PlanePoint ToProto(geo::PlanePoint position);
v1::CalendarQuarter ToProto(geo::CalendarQuarter quarter);
v1::Statistic ToProto(const geo::Statistic& statistic);
v1::Tally ToProto(const geo::Tally& tally);
v1::GroupTally ToProto(const geo::GroupTally& tally);
v1::AgeGroup ToProto(const geo::AgeGroup& group);
v1::AgeScheme ToProto(const geo::AgeScheme& scheme);
v1::PlaceComparison ToProto(const geo::PlaceComparison& comparison);
v1::Category ToProto(const geo::CategoryInfo& category);
v1::RegisterVersion ToProto(const RegisterVersion& version, std::string_view now);
v1::RegisterDifference ToProto(const RegisterUpdate& update);
v1::RegisterFinding ToProto(const maps::RegisterFinding& finding);
v1::Municipality ToProto(const Municipality& municipality, double area_km2);
v1::Reporter ToProto(const Reporter& reporter);
v1::ReporterKind ToProto(ReporterKind kind);
v1::ReporterAnswer ToProto(geo::ReporterAnswer answer);
v1::QuarterAnswers ToProto(const QuarterCoverage& coverage);
v1::PanelComparison ToProto(const geo::ComparablePanel& panel);
v1::Import ToProto(const ImportBatch& batch);
v1::RejectedRow ToProto(const RejectedImportRow& row);
v1::Incident ToProto(const StoredIncident& incident, const geo::AgeScheme& scheme);
v1::UnresolvedPlace ToProto(const UnresolvedPlace& place);
/// `text` and `locality`: where an incident keeps them. `in_force`: it is the latest of its key.
v1::Resolution ToProto(const PlaceDecision& decision, bool in_force, const std::string& text,
                       const std::string& locality);
/// Code of the reason without prefix, empty when unspecified.
std::string FromProto(v1::ResolutionReason reason, Violations& violations);
v1::Job ToProto(const JobRecord& job);
v1::Layer LayerToProto(const PictureRecord& picture, const StoredFile& file);
/// `with_numbers`: its numbers too. `for_makers`: whether it is stale too, which tells of deliveries.
v1::Picture ToProto(const PictureRecord& picture, bool with_numbers, bool for_makers);
/// Of PictureRecord::summary_json. Throws NotReady("OLD_PICTURE") when it has another form than
/// PictureSummaryJson writes.
v1::PictureNumbers PictureNumbersToProto(const std::string& summary_json);
/// Of a released picture's: what ReleasedSummaryJson writes.
v1::ReleasedNumbers ReleasedNumbersToProto(const std::string& summary_json);
/// Of PictureRecord::utility_json.
v1::ReleaseUtility UtilityToProto(const std::string& utility_json);
v1::AttackReleasesResponse ToProto(const ReleaseAttackReport& report);
/// "internal" when unspecified.
std::string FromProto(v1::Audience audience, Violations& violations);
v1::GeocodeMatch ToProto(const geo::GeocodeMatch& match, const geo::Projection& projection, bool inside);
v1::Audience AudienceToProto(std::string_view audience);
v1::MatchLevel ToProto(geo::MatchLevel level);
v1::MatchCategory ToProto(geo::MatchCategory category);
v1::TextSpan ToProto(geo::TextSpan span);
v1::UnplacedReason ToProto(geo::UnplacedReason reason);
v1::SquareGrid ToProto(const geo::GridSpec& grid, geo::Epsg crs);
v1::IncidentSelection ToProto(const IncidentSelection& selection);
/// Parameters as used, defaults filled in.
v1::AnalysisParameters ToProto(const geo::PictureOptions& options);
v1::GroupResult ToProto(const geo::PictureLayer& layer, const geo::Projection& projection);
/// Without the name of the area.
v1::DoubtfulPoint ToProto(const geo::DoubtfulPoint& point);
v1::HotspotCell ToProto(const geo::PictureCell& cell, const geo::PictureLayer& layer,
                        const geo::GridSpec& grid, const geo::Projection& projection);
/// What an analysis says about itself. `parameters`: as used.
v1::AnalysisHeader HeaderToProto(const std::string& run_id, const DataVersion& data,
                                 const IncidentSelection& selection, const geo::SituationPicture& picture,
                                 const UsedBandwidth& bandwidth);
v1::Bandwidth ToProto(const UsedBandwidth& bandwidth);
v1::BandwidthSelector ToProto(geo::BandwidthSelector selector);
/// All but the cells.
v1::DensityHeader ToProto(const DensityRun& run, const DensityRequest& request);
v1::DensityAtLocations LocationsToProto(const geo::DensityLayerSet& set);
v1::SelectBandwidthResponse ToProto(const BandwidthRun& run, const BandwidthRequest& request);
/// All but the cells and contours.
v1::RelativeRiskHeader ToProto(const RiskRun& run, const RiskRequest& request);
/// Row `row` of a layer as runs of values and of cells outside the study area (NaN), appended to `runs`.
void LayerRowToProto(std::span<const double> values, int row, v1::DensityLayer layer, v1::DensityRuns& runs);
/// Row `row` of the ratios as runs, appended to `runs`.
void RiskRowToProto(const RiskRun& run, int row, v1::RelativeRiskRuns& runs);
v1::HotspotThresholds ThresholdsToProto(const geo::HotspotTestOptions& options);

}  // namespace lagesbild::service
