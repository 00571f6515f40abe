#include <algorithm>
#include <map>

#include "geo/contact_role.h"
#include "service/reporter_coverage.h"

namespace lagesbild::service {
namespace {

/// Codes of reporters that count in the quarter and have not delivered for it.
std::vector<std::string> StillToAsk(std::span<const Reporter> reporters,
                                    const std::map<std::string, ReporterRecord>& known,
                                    geo::CalendarQuarter quarter) {
  std::vector<std::string> codes;
  for (const Reporter& reporter : reporters) {
    const auto record = known.find(reporter.code);
    if (CountsIn(reporter, quarter) && (record == known.end() || !record->second.delivered))
      codes.push_back(reporter.code);
  }
  return codes;
}

void CheckCodes(std::span<const std::string> codes, std::span<const Reporter> reporters,
                geo::CalendarQuarter quarter, AnswerRecord record, std::vector<FieldViolation>& violations) {
  if (codes.empty() && record != AnswerRecord::kAsked)
    violations.push_back({"reporter_codes", "is empty; name the reporters, ListReporters lists them"});
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto reporter = std::find_if(reporters.begin(), reporters.end(),
                                       [&](const Reporter& other) { return other.code == codes[i]; });
    const std::string field = "reporter_codes[" + std::to_string(i) + "]";
    if (reporter == reporters.end())
      violations.push_back({field, "is no known reporter; ListReporters lists them"});
    else if (record != AnswerRecord::kWithdrawn && !CountsIn(*reporter, quarter))
      violations.push_back({field, "is not connected in " + quarter.code() +
                                       "; its days of joining and leaving stand in ListReporters"});
  }
}

void Apply(ReporterRecord& record, AnswerRecord what, const std::string& date) {
  if (what == AnswerRecord::kWithdrawn) record.asked_on = record.nothing_on = std::string();
  std::string* day = what == AnswerRecord::kAsked             ? &record.asked_on
                     : what == AnswerRecord::kNothingToReport ? &record.nothing_on
                                                              : nullptr;
  if (day != nullptr && day->empty()) *day = date;
}

/// The code of the area with this code or name; empty when there is none. Districts come first.
std::string AreaCode(const Municipality& municipality, const std::string& text) {
  for (const auto* areas : {&municipality.districts, &municipality.localities})
    for (const geo::NamedArea& area : *areas)
      if (area.code == text || area.name == text) return area.code;
  return {};
}

void SortOnce(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

void CheckRole(const Reporter& reporter, const Municipality* municipality,
               std::vector<FieldViolation>& violations) {
  std::vector<std::string> places;
  if (municipality != nullptr) {
    places.push_back(municipality->name);
    for (const auto* areas : {&municipality->districts, &municipality->localities})
      for (const geo::NamedArea& area : *areas) places.push_back(area.name);
  }
  const auto fault = geo::CheckContactRole(reporter.contact_role, places);
  if (!fault) return;
  const char *english = "names no role; write one such as \"säkerhetssamordnare\", without digits",
             *swedish = "Kontaktrollen ska vara en roll, till exempel säkerhetssamordnare, utan siffror.";
  if (*fault == geo::ContactRoleFault::kPersonalData) {
    english = "holds a number, phone number or e-mail address; write a role and nothing else";
    swedish = "Kontaktrollen innehåller ett nummer, telefonnummer eller en e-postadress; skriv bara rollen.";
  } else if (*fault == geo::ContactRoleFault::kLooksLikeName) {
    english = "looks like a person's name; write a role, in small letters";
    swedish = "Kontaktrollen ser ut som ett personnamn; skriv en roll, med små bokstäver.";
  }
  violations.push_back({"reporter.contact_role", english, swedish});
}

}  // namespace

void RecordAnswers(Store& store, geo::CalendarQuarter quarter, std::vector<std::string> codes,
                   AnswerRecord record, const std::string& date) {
  // An import in between could deliver what is about to be nothing.
  const std::lock_guard<std::mutex> lock(store.import_mutex());
  const std::vector<Reporter> reporters = store.ListReporters();
  std::map<std::string, ReporterRecord> known;
  for (ReporterRecord& stored : store.ReporterRecords(quarter.code(), quarter.code()))
    known.emplace(stored.reporter, stored);
  std::vector<FieldViolation> violations;
  CheckCodes(codes, reporters, quarter, record, violations);
  if (record == AnswerRecord::kNothingToReport && date < geo::IsoDate(quarter.first_day()))
    violations.push_back({"date", "is before the quarter begins: nobody can know yet"});
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
  if (codes.empty()) codes = StillToAsk(reporters, known, quarter);
  SortOnce(codes);
  std::vector<ReporterRecord> changed;
  for (const std::string& code : codes) {
    ReporterRecord next = known.contains(code) ? known[code] : ReporterRecord{code, quarter.code()};
    if (record == AnswerRecord::kNothingToReport && next.delivered)
      throw NotReady(
          "HAS_DELIVERED",
          "the reporter " + code + " has delivered incidents of " + quarter.code() +
              "; undo that import first if it was wrong",
          "Uppgiftslämnaren har levererat händelser för kvartalet och har alltså något att rapportera.");
    const std::pair before(next.asked_on, next.nothing_on);
    Apply(next, record, date);
    if (before != std::pair(next.asked_on, next.nothing_on)) changed.push_back(std::move(next));
  }
  if (!changed.empty()) store.PutReporterRecords(changed);
}

Reporter CheckedReporter(Reporter reporter, const Municipality* municipality, const geo::AgeScheme& scheme,
                         std::vector<FieldViolation>& violations) {
  for (std::size_t i = 0; i < reporter.areas.size(); ++i) {
    std::string& area = reporter.areas[i];
    const std::string code = municipality == nullptr ? std::string() : AreaCode(*municipality, area);
    if (code.empty())
      violations.push_back(
          {"reporter.area_codes[" + std::to_string(i) + "]",
           "is no district or locality of the municipality; GetMunicipality lists them, empty means all"});
    area = code;
  }
  for (std::size_t i = 0; i < reporter.ages.size(); ++i)
    if (std::none_of(scheme.groups.begin(), scheme.groups.end(),
                     [&](const geo::AgeGroup& group) { return group.code == reporter.ages[i]; }))
      violations.push_back({"reporter.age_group_codes[" + std::to_string(i) + "]",
                            "is no age group; GetMunicipality lists them, empty means all ages"});
  SortOnce(reporter.areas);
  SortOnce(reporter.ages);
  if (!reporter.disconnected.empty() && reporter.disconnected <= reporter.onboarded)
    violations.push_back({"reporter.disconnected_date", "must be after onboarded_date"});
  CheckRole(reporter, municipality, violations);
  return reporter;
}

}  // namespace lagesbild::service
