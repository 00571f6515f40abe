#include "service/age_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "geo/place_text.h"

namespace lagesbild::service {
namespace {

constexpr int kOldest = 120;
constexpr std::size_t kLongestCell = 60;
constexpr const char* kNoAge = "the age must be a number, a band as \"13-17\", or a word of the mapping";
constexpr const char* kOutside = "the age must be between 0 and 120 completed years";

enum class Meaning { kAge, kDecimal, kBand, kFrom, kAbove, kTo, kBelow };

/// A way of writing an age, every number as "#". No form is also another.
struct AgeForm {
  std::string_view form;
  Meaning meaning;
};
constexpr std::array<AgeForm, 41> kForms{{{"#", Meaning::kAge},
                                          {"#-åring", Meaning::kAge},
                                          {"# åring", Meaning::kAge},
                                          {"#åring", Meaning::kAge},
                                          {"#-årsåldern", Meaning::kAge},
                                          {"i #-årsåldern", Meaning::kAge},
                                          {"i #årsåldern", Meaning::kAge},
                                          {"#.#", Meaning::kDecimal},
                                          {"#,#", Meaning::kDecimal},
                                          {"#-#", Meaning::kBand},
                                          {"# till #", Meaning::kBand},
                                          {"# to #", Meaning::kBand},
                                          {"mellan # och #", Meaning::kBand},
                                          {"#+", Meaning::kFrom},
                                          {"minst #", Meaning::kFrom},
                                          {"från #", Meaning::kFrom},
                                          {"fr o m #", Meaning::kFrom},
                                          {">=#", Meaning::kFrom},
                                          {"≥ #", Meaning::kFrom},
                                          {"≥#", Meaning::kFrom},
                                          {"# och äldre", Meaning::kFrom},
                                          {"# eller äldre", Meaning::kFrom},
                                          {"# och över", Meaning::kFrom},
                                          {"# och uppåt", Meaning::kFrom},
                                          {"över #", Meaning::kAbove},
                                          {"äldre än #", Meaning::kAbove},
                                          {">#", Meaning::kAbove},
                                          {"högst #", Meaning::kTo},
                                          {"max #", Meaning::kTo},
                                          {"upp till #", Meaning::kTo},
                                          {"t o m #", Meaning::kTo},
                                          {"till #", Meaning::kTo},
                                          {"<=#", Meaning::kTo},
                                          {"≤ #", Meaning::kTo},
                                          {"≤#", Meaning::kTo},
                                          {"# och yngre", Meaning::kTo},
                                          {"# eller yngre", Meaning::kTo},
                                          {"# och under", Meaning::kTo},
                                          {"under #", Meaning::kBelow},
                                          {"yngre än #", Meaning::kBelow},
                                          {"<#", Meaning::kBelow}}};

constexpr std::array<std::string_view, 11> kEstimates{
    "ca. ", "ca.", "ca ", "c:a ", "cirka ", "circa ", "ungefär ", "omkring ", "runt ", "uppskattningsvis ",
    "~"};
/// Longer before shorter. In the middle too: "26 år och äldre".
constexpr std::array<std::string_view, 9> kUnits{" år gammal", " år fyllda", " årig", "årig", " years",
                                                 " yrs",       " y",         " år",   "år"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// A cell with its numbers taken out: "13 - 17" is "#-#" and 13, 17. Empty when a number has over four
/// digits.
struct Skeleton {
  std::string text;
  std::vector<int> numbers;
};

Skeleton SkeletonOf(std::string_view cell) {
  Skeleton skeleton;
  if (cell.find('#') != std::string_view::npos) return skeleton;
  for (std::size_t i = 0; i < cell.size();) {
    if (!IsDigit(cell[i])) {
      skeleton.text += cell[i++];
      continue;
    }
    int number = 0;
    const std::size_t begin = i;
    while (i < cell.size() && IsDigit(cell[i]) && i - begin < 5) number = number * 10 + (cell[i++] - '0');
    if (i - begin > 4) return {};
    skeleton.numbers.push_back(number);
    skeleton.text += '#';
  }
  return skeleton;
}

/// "13 - 17", "26 +" and "> 25" without the blanks.
void CloseSigns(std::string& text) {
  std::string closed;
  const auto is_sign = [](char c) { return std::string_view("-+<>=~").find(c) != std::string_view::npos; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool beside_sign =
        (!closed.empty() && is_sign(closed.back())) || (i + 1 < text.size() && is_sign(text[i + 1]));
    if (text[i] != ' ' || !beside_sign) closed += text[i];
  }
  text = std::move(closed);
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// Cuts "ca", "cirka", "~" off the front and "?" off the end.
bool CutEstimate(std::string& text) {
  bool estimated = text.find("årsålder") != std::string::npos;
  if (text.size() > 1 && text.back() == '?') {
    text.resize(text.find_last_not_of("? ") == std::string::npos ? 0 : text.find_last_not_of("? ") + 1);
    estimated = true;
  }
  for (const std::string_view word : kEstimates)
    if (StartsWith(text, word)) {
      text.erase(0, word.size());
      return true;
    }
  return estimated;
}

/// Takes the unit away where it follows a number and a blank or the end follows it.
void CutUnit(std::string& text) {
  const std::size_t number = text.rfind('#');
  if (number == std::string::npos) return;
  const std::string_view rest = std::string_view(text).substr(number + 1);
  for (const std::string_view unit : kUnits)
    if (StartsWith(rest, unit) && (rest.size() == unit.size() || rest[unit.size()] == ' ')) {
      text.erase(number + 1, unit.size());
      return;
    }
}

AgeReading Error(const char* reason) {
  AgeReading reading;
  reading.error = reason;
  return reading;
}

AgeReading Span(const geo::AgeScheme& scheme, int first, int last) {
  if (first < 0 || first > kOldest || last < 0 || (last > kOldest && last != geo::kOpenAge))
    return Error(kOutside);
  if (first > last) return Error("an age band must ascend");
  AgeReading reading;
  reading.age = geo::SpanOfAges(scheme, first, last);
  return reading;
}

AgeReading Read(Meaning meaning, const std::vector<int>& numbers, const geo::AgeScheme& scheme) {
  const int first = numbers.front();
  switch (meaning) {
    case Meaning::kAge:
      return Span(scheme, first, first);
    case Meaning::kDecimal:  // "14.0" is 14; half a year is no completed age
      return numbers.back() == 0 ? Span(scheme, first, first) : Error(kNoAge);
    case Meaning::kBand:
      return Span(scheme, first, numbers.back());
    case Meaning::kFrom:
      return Span(scheme, first, geo::kOpenAge);
    case Meaning::kAbove:
      return first >= kOldest ? Error(kOutside) : Span(scheme, first + 1, geo::kOpenAge);
    case Meaning::kTo:
      return Span(scheme, 0, first);
    case Meaning::kBelow:
      return Span(scheme, 0, first - 1);
  }
  return Error(kNoAge);
}

}  // namespace

AgeReading ReadAge(std::string_view cell, const Mapping& mapping, const geo::AgeScheme& scheme) {
  if (cell.size() > kLongestCell) return Error(kNoAge);
  std::string text = geo::LowerCase(geo::CleanText(cell));
  const auto& missing = mapping.missing_words;
  if (text.empty() || std::find(missing.begin(), missing.end(), text) != missing.end()) {
    AgeReading reading;
    reading.missing = true;
    return reading;
  }
  if (const auto word = mapping.age_words.find(text); word != mapping.age_words.end())
    return Span(scheme, word->second.first, word->second.second);
  if (text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9') return Error(kOutside);
  Skeleton skeleton = SkeletonOf(text);
  CloseSigns(skeleton.text);
  const bool estimated = CutEstimate(skeleton.text);
  CutUnit(skeleton.text);
  for (const AgeForm& form : kForms) {
    if (form.form != skeleton.text) continue;
    AgeReading reading = Read(form.meaning, skeleton.numbers, scheme);
    reading.estimated = estimated && reading.error.empty();
    return reading;
  }
  return Error(kNoAge);
}

}  // namespace lagesbild::service
