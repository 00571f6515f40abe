#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/comparable_panel.h"
#include "geo/reporter_answer.h"
#include "service/errors.h"
#include "service/store.h"

namespace lagesbild::service {

/// One reporter in one quarter.
struct ReporterStatus {
  Reporter reporter;
  geo::ReporterAnswer answer = geo::ReporterAnswer::kNotAsked;
  std::string asked_on, nothing_on;  ///< ISO dates; may be empty
};

/// As of a quarter's last day: connected; of these, who answered or had nothing to report; and who was
/// disconnected since the year began.
struct ReporterCounts {
  int connected = 0, active = 0, lost = 0;
};

/// What is known of the reporters in one quarter. `reporters` are those connected at any time in it, and
/// others of whom something is recorded or delivered; by code.
struct QuarterCoverage {
  geo::CalendarQuarter quarter;
  std::vector<ReporterStatus> reporters;
  geo::AnswerTally tally;
  ReporterCounts all, companies_and_associations;
  std::optional<int> aim;  ///< companies and associations that the promise wants at the end of the year
};

/// Whether the reporter counts in any day of the quarter.
bool CountsIn(const Reporter& reporter, geo::CalendarQuarter quarter);

/// One entry per quarter from first to last. O(quarters · reporters).
std::vector<QuarterCoverage> CoverageOf(Store& store, geo::CalendarQuarter first, geo::CalendarQuarter last);

/// `records` may hold other quarters too.
QuarterCoverage CoverageOf(std::span<const Reporter> reporters, std::span<const ReporterRecord> records,
                           geo::CalendarQuarter quarter);

/// The change between two quarters on those present in both. `earlier` and `later` are the incidents of the
/// selection in each.
geo::ComparablePanel PanelOf(std::span<const Reporter> reporters, std::span<const ReporterRecord> records,
                             geo::CalendarQuarter earlier_quarter, std::span<const geo::Incident> earlier,
                             geo::CalendarQuarter later_quarter, std::span<const geo::Incident> later);

/// The same for the stored incidents of the categories (empty: all). Throws geo::InvalidInput when `earlier`
/// is not before `later`.
geo::ComparablePanel CompareQuarters(Store& store, geo::CalendarQuarter earlier, geo::CalendarQuarter later,
                                     const std::vector<geo::Category>& categories = {});

enum class AnswerRecord { kAsked, kNothingToReport, kWithdrawn };

/// Records the same of several reporters, all or none; again it changes nothing and the first date stays. No
/// code and kAsked: every reporter that counts in the quarter and has not delivered.
///
/// @param date  ISO date of the asking or answering.
/// Throws InvalidRequest (an unknown code, one that does not count in the quarter, none where some are
/// needed, nothing to report before the quarter begins) and NotReady("HAS_DELIVERED"): who delivered has
/// something to report.
void RecordAnswers(Store& store, geo::CalendarQuarter quarter, std::vector<std::string> codes,
                   AnswerRecord record, const std::string& date);

/// Areas given by code or by name become codes of districts and localities, sorted, each once; so do ages.
/// Adds what is wrong: unknown areas and ages, a day of leaving not after the one of joining, a contact role
/// that looks like a person. `municipality` may be null: then areas cannot be named.
Reporter CheckedReporter(Reporter reporter, const Municipality* municipality, const geo::AgeScheme& scheme,
                         std::vector<FieldViolation>& violations);

}  // namespace lagesbild::service
