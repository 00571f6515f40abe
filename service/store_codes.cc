#include <array>
#include <set>
#include <utility>

#include "service/errors.h"
#include "service/store.h"

namespace lagesbild::service {
namespace {

constexpr std::array<std::pair<ReporterKind, std::string_view>, 7> kReporterKinds{{
    {ReporterKind::kPolice, "POLICE"},
    {ReporterKind::kSchool, "SCHOOL"},
    {ReporterKind::kSocialServices, "SOCIAL_SERVICES"},
    {ReporterKind::kHousing, "HOUSING"},
    {ReporterKind::kCompany, "COMPANY"},
    {ReporterKind::kAssociation, "ASSOCIATION"},
    {ReporterKind::kMunicipality, "MUNICIPALITY"},
}};

constexpr std::array<std::pair<JobState, std::string_view>, 5> kJobStates{{
    {JobState::kQueued, "QUEUED"},
    {JobState::kRunning, "RUNNING"},
    {JobState::kSucceeded, "SUCCEEDED"},
    {JobState::kFailed, "FAILED"},
    {JobState::kCancelled, "CANCELLED"},
}};

template <class Table, class Value>
std::string_view CodeIn(const Table& table, Value value) {
  for (const auto& [known, code] : table)
    if (known == value) return code;
  return {};
}

template <class Value, class Table>
std::optional<Value> ValueIn(const Table& table, std::string_view code) {
  for (const auto& [value, known] : table)
    if (known == code) return value;
  return std::nullopt;
}

}  // namespace

bool IsLayerKind(std::string_view kind) {
  return kind == "places" || kind == "roads" || kind == "properties" || kind == "neighbors";
}

std::string_view ReporterKindCode(ReporterKind kind) { return CodeIn(kReporterKinds, kind); }
std::optional<ReporterKind> ParseReporterKind(std::string_view code) {
  return ValueIn<ReporterKind>(kReporterKinds, code);
}

PictureRecord ReadablePicture(Store& store, std::int64_t id, std::string_view audience) {
  try {
    PictureRecord picture = store.GetPicture(id);
    if (MayRead(picture, audience)) return picture;
  } catch (const NotFound&) {
    // The same answer as for a picture that is there but hidden.
  }
  throw NotFound("no picture of that name");
}

std::vector<std::string> QuartersThatTellOf(const std::vector<std::string>& quarters) {
  std::set<std::string> telling;
  for (const std::string& code : quarters)
    if (const auto quarter = geo::ParseQuarter(code))
      telling.insert({quarter->code(), quarter->next().code(),
                      geo::CalendarQuarter{quarter->year + 1, quarter->number}.code()});
  return {telling.begin(), telling.end()};
}

bool MayRead(const PictureRecord& picture, std::string_view audience) {
  return audience == "internal" || (picture.audience == audience && picture.published);
}

PlaceState PlaceStateOf(const geo::Incident& incident) {
  return {incident.place,    incident.reason,       incident.level,
          incident.position, incident.has_position, incident.accuracy_radius};
}

std::string_view JobStateCode(JobState state) { return CodeIn(kJobStates, state); }
std::optional<JobState> ParseJobState(std::string_view code) { return ValueIn<JobState>(kJobStates, code); }

}  // namespace lagesbild::service
