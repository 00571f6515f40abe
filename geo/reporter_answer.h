#pragma once

#include <span>
#include <string>
#include <string_view>

#include "geo/statistic.h"

namespace lagesbild::geo {

/// What a reporter did in one quarter. Silence is not "no crime": the four are never merged.
enum class ReporterAnswer {
  kNotAsked,         ///< and delivered nothing by itself
  kNoAnswer,         ///< asked, and neither delivered nor said that there was nothing
  kAnswered,         ///< a delivery in use touches the quarter, asked or not
  kNothingToReport,  ///< said so, and delivered nothing
};

std::string_view ReporterAnswerCode(ReporterAnswer answer);     ///< "NOT_ASKED", "NO_ANSWER", ...
std::string_view ReporterAnswerLabelSv(ReporterAnswer answer);  ///< "inte tillfrågad", "svarade inte", ...
std::string_view ReporterAnswerLabelEn(ReporterAnswer answer);

/// A delivery says more than what was written down about the reporter: it comes first.
ReporterAnswer AnswerOf(bool asked, bool nothing_to_report, bool delivered);

/// Whether the reporter is known to have looked: it answered or had nothing to report.
bool IsPresent(ReporterAnswer answer);

/// How many gave each answer in one quarter.
struct AnswerTally {
  int answered = 0, nothing_to_report = 0, no_answer = 0, not_asked = 0;
  int present() const { return answered + nothing_to_report; }
  int expected() const { return present() + no_answer; }  ///< everybody but those not asked
  friend bool operator==(const AnswerTally&, const AnswerTally&) = default;
};

AnswerTally TallyAnswers(std::span<const ReporterAnswer> answers);

/// Share of those expected who answered or had nothing to report, 0 to 1. Undefined("NOBODY_ASKED").
Statistic ResponseRate(const AnswerTally& tally);

}  // namespace lagesbild::geo
