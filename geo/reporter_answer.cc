#include "geo/reporter_answer.h"

#include <array>

namespace lagesbild::geo {
namespace {

struct Words {
  std::string_view code, sv, en;
};

constexpr std::array<Words, 4> kWords{{
    {"NOT_ASKED", "inte tillfrågad", "not asked"},
    {"NO_ANSWER", "svarade inte", "no answer"},
    {"ANSWERED", "svarade", "answered"},
    {"NOTHING_TO_REPORT", "inget att rapportera", "nothing to report"},
}};

const Words& WordsOf(ReporterAnswer answer) { return kWords[static_cast<std::size_t>(answer)]; }

}  // namespace

std::string_view ReporterAnswerCode(ReporterAnswer answer) { return WordsOf(answer).code; }
std::string_view ReporterAnswerLabelSv(ReporterAnswer answer) { return WordsOf(answer).sv; }
std::string_view ReporterAnswerLabelEn(ReporterAnswer answer) { return WordsOf(answer).en; }

ReporterAnswer AnswerOf(bool asked, bool nothing_to_report, bool delivered) {
  if (delivered) return ReporterAnswer::kAnswered;
  if (nothing_to_report) return ReporterAnswer::kNothingToReport;
  return asked ? ReporterAnswer::kNoAnswer : ReporterAnswer::kNotAsked;
}

bool IsPresent(ReporterAnswer answer) {
  return answer == ReporterAnswer::kAnswered || answer == ReporterAnswer::kNothingToReport;
}

AnswerTally TallyAnswers(std::span<const ReporterAnswer> answers) {
  AnswerTally tally;
  for (const ReporterAnswer answer : answers) {
    int& count = answer == ReporterAnswer::kAnswered          ? tally.answered
                 : answer == ReporterAnswer::kNothingToReport ? tally.nothing_to_report
                 : answer == ReporterAnswer::kNoAnswer        ? tally.no_answer
                                                              : tally.not_asked;
    ++count;
  }
  return tally;
}

Statistic ResponseRate(const AnswerTally& tally) {
  if (tally.expected() == 0) return Undefined{"NOBODY_ASKED"};
  return static_cast<double>(tally.present()) / tally.expected();
}

}  // namespace lagesbild::geo
