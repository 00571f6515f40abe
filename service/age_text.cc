#include "service/age_text.h"

#include <algorithm>
#include <regex>

#include "geo/place_text.h"

namespace lagesbild::service {
namespace {

constexpr int kOldest = 120;
constexpr std::size_t kLongestCell = 60;
constexpr const char* kNoAge = "the age must be a number, a band as \"13-17\", or a word of the mapping";
constexpr const char* kOutside = "the age must be between 0 and 120 completed years";

/// A form in which ages are written, its numbers as groups of one to four digits.
struct AgeForm {
  std::regex pattern;
  enum class Meaning { kAge, kBand, kFrom, kAbove, kTo, kBelow } meaning;
};

const std::vector<AgeForm>& Forms() {
  using Meaning = AgeForm::Meaning;
  // No form is ambiguous with another; the text is in lower case, dashes are "-", "år" is cut off the end.
  static const std::vector<AgeForm> kForms{
      {std::regex(R"((\d{1,4})(?:[.,]0+)?)"), Meaning::kAge},
      {std::regex(R"((?:i )?(\d{1,4})[- ]?års?(?:åldern|ålder))"), Meaning::kAge},
      {std::regex(R"((\d{1,4})[- ]?åring(?:en)?)"), Meaning::kAge},
      {std::regex(R"((\d{1,4}) ?(?:-|till|to|\.\.) ?(\d{1,4}))"), Meaning::kBand},
      {std::regex(R"(mellan (\d{1,4}) och (\d{1,4}))"), Meaning::kBand},
      {std::regex(R"((\d{1,4}) ?\+)"), Meaning::kFrom},
      {std::regex(R"((?:minst|från|fr o m|>=|≥) ?(\d{1,4}))"), Meaning::kFrom},
      {std::regex(R"((\d{1,4})(?: år)? (?:och|eller) (?:äldre|över|uppåt))"), Meaning::kFrom},
      {std::regex(R"((?:över|äldre än|>) ?(\d{1,4}))"), Meaning::kAbove},
      {std::regex(R"((?:högst|max|upp till|t o m|till|<=|≤) ?(\d{1,4}))"), Meaning::kTo},
      {std::regex(R"((\d{1,4})(?: år)? (?:och|eller) (?:yngre|under|nedåt))"), Meaning::kTo},
      {std::regex(R"((?:under|yngre än|<) ?(\d{1,4}))"), Meaning::kBelow},
  };
  return kForms;
}

/// Cuts "ca", "cirka", "~" off the front and "?" off the end.
bool CutEstimate(std::string& text) {
  static const std::regex kEstimate(
      R"((?:ca\.?|c:a|cirka|circa|ungefär|omkring|runt|uppskattningsvis|~|≈) ?(.+))");
  bool estimated = text.find("årsålder") != std::string::npos;
  if (text.size() > 1 && text.back() == '?') {
    text = text.substr(0, text.find_last_not_of("? ") + 1);
    estimated = true;
  }
  std::smatch match;
  if (!std::regex_match(text, match, kEstimate)) return estimated;
  text = match.str(1);
  return true;
}

void CutUnit(std::string& text) {
  static const std::regex kUnit(R"((.*?) ?(?:år|årig|år gammal|år fyllda|years|yrs))");
  std::smatch match;
  if (std::regex_match(text, match, kUnit) && match.length(1) > 0) text = match.str(1);
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

AgeReading Meaning(const AgeForm& form, const std::smatch& match, const geo::AgeScheme& scheme) {
  const int first = std::stoi(match.str(1));  // at most four digits
  switch (form.meaning) {
    case AgeForm::Meaning::kAge:
      return Span(scheme, first, first);
    case AgeForm::Meaning::kBand:
      return Span(scheme, first, std::stoi(match.str(2)));
    case AgeForm::Meaning::kFrom:
      return Span(scheme, first, geo::kOpenAge);
    case AgeForm::Meaning::kAbove:
      return first >= kOldest ? Error(kOutside) : Span(scheme, first + 1, geo::kOpenAge);
    case AgeForm::Meaning::kTo:
      return Span(scheme, 0, first);
    case AgeForm::Meaning::kBelow:
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
  const bool estimated = CutEstimate(text);
  CutUnit(text);
  for (const AgeForm& form : Forms()) {
    std::smatch match;
    if (!std::regex_match(text, match, form.pattern)) continue;
    AgeReading reading = Meaning(form, match, scheme);
    reading.estimated = estimated && reading.error.empty();
    return reading;
  }
  return Error(kNoAge);
}

}  // namespace lagesbild::service
