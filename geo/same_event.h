#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "geo/age.h"
#include "geo/category.h"
#include "geo/units.h"

namespace lagesbild::geo {

/// One report, as far as telling whether another tells of the same event needs it.
struct ReportedEvent {
  std::string reporter;
  std::chrono::sys_days first_day, last_day;  ///< between which it happened, both included
  Category category = Category::kOther;
  bool has_position = false;
  PlanePoint position;
  Meters accuracy_radius;
  /// Of a report without a position: what it is tied to, a school's or locality's code. Empty: nothing.
  std::string area;
  std::vector<AgeSpan> ages;  ///< of its persons whose age is known
};

/// How well two reports agree in one respect. What one of them leaves out speaks neither for nor against.
enum class Agreement { kSame, kClose, kDifferent, kNotTold };

struct EventComparison {
  Agreement place = Agreement::kNotTold;     ///< within kSamePlace or the reports' own radii; within 150 m
  Agreement time = Agreement::kNotTold;      ///< days in common; a day apart
  Agreement category = Agreement::kNotTold;  ///< the same; kinds that reporters call by each other's names
  Agreement persons = Agreement::kNotTold;   ///< ages that fit one to one; some that fit
  friend bool operator==(const EventComparison&, const EventComparison&) = default;
};

/// Two reports that may tell of one event.
struct EventPair {
  int first = 0, second = 0;  ///< first < second: places in the input
  EventComparison comparison;
  double weight = 0;       ///< log2 of the likelihood ratio, Fellegi and Sunter's
  double probability = 0;  ///< that it is one event, by the weight and the expected overlap
};

struct SameEventOptions {
  Meters farthest{300};  ///< reports further apart are not compared
  int most_days = 3;     ///< days between their spans
  /// Share of the smaller reporter's events that the other tells of too, before looking. An assumption, told
  /// with the result: 0.05 is what a school and the police may share.
  double expected_overlap = 0.05;
  double least_probability = 0.2;  ///< pairs below it are not proposed
  /// Compares one reporter's own reports as well: a source that writes a row for each victim. The overlap is
  /// then the share of reports that tell of an event once more, and persons are not compared: they differ.
  bool within_reporter = false;
};

/// How often the agreement is seen in pairs of one event (`same`, assumed) and of two (`different`, from the
/// data: the share of all pairs of two reporters).
struct AgreementOdds {
  double same = 0, different = 0;
};

struct SameEventResult {
  std::vector<EventPair> pairs;  ///< the most probable first; equal ones by `first`, `second`
  double compared_pairs = 0;     ///< of different reporters, in all
  double expected_pairs = 0;     ///< of one event among them, before looking
  /// Place, time and persons by Agreement (kSame, kClose, kDifferent): what the weights are made of.
  AgreementOdds place[3], time[3], persons[3];
};

/// Pairs of reports by different reporters that may tell of the same event. Only proposes: a person merges.
///
/// Blocks by place (or by what placeless reports are tied to) and days, then adds the log-likelihood ratios
/// of place, time, category and persons. How often chance agrees is counted in the data itself; a rare
/// category that agrees tells more than a common one. How often one event's reports agree is assumed
/// (SameEventResult tells it). The parts are taken as independent, which overstates the certainty: a
/// probability here orders the pairs, it is not calibrated.
///
/// @throws InvalidInput  a span that ends before it begins, a non-finite position, a negative radius, options
///                       out of range.
/// Empty, or one reporter alone without `within_reporter`: no pairs. Cost: O(n log n + pairs within the
/// block). Source: Fellegi and Sunter (1969), JASA 64; Winkler (2000) for values' frequencies and for EM.
SameEventResult FindSameEvents(std::span<const ReportedEvent> reports, const SameEventOptions& options = {});

/// Puts proposed pairs together to events: at most one report of each reporter in one (any number with
/// `within_reporter`), the most probable pairs first. Only groups of two or more, each ascending, by their
/// first report.
std::vector<std::vector<int>> GroupSameEvents(std::span<const ReportedEvent> reports,
                                              std::span<const EventPair> pairs, double least_probability,
                                              bool within_reporter = false);

/// What two reporters have in common.
struct ReporterOverlap {
  std::string first, second;  ///< codes, first < second
  int first_reports = 0, second_reports = 0, both = 0;
};

/// For each pair of reporters, by codes: how many events both told of. Groups as GroupSameEvents gives them.
std::vector<ReporterOverlap> OverlapOfReporters(std::span<const ReportedEvent> reports,
                                                std::span<const std::vector<int>> groups);

}  // namespace lagesbild::geo
