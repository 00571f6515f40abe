#include <algorithm>
#include <array>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo::personal_data {
namespace {

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// Month and day as in a personal identity number; a co-ordination number's day is 60 higher.
/// `year` of two digits stands for several centuries, one of which has the leap day.
bool IsDateOfBirth(std::string_view year, std::string_view month, std::string_view day) {
  const int y = Number(year), m = Number(month);
  int d = Number(day);
  if (year.size() == 4 && (y < 1850 || y > 2199)) return false;
  if (d > 60) d -= 60;
  constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (m < 1 || m > 12 || d < 1 || d > kDays[static_cast<std::size_t>(m - 1)]) return false;
  const bool leap = year.size() == 2 ? y % 4 == 0 : (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  return m != 2 || d < 29 || leap;
}

/// The check digit of ten digits (Luhn).
bool HasValidCheckDigit(std::string_view ten) {
  int sum = 0;
  for (std::size_t i = 0; i < ten.size(); ++i) {
    const int doubled = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled / 10 + doubled % 10;
  }
  return sum % 10 == 0;
}

bool ChecksOut(std::string_view date, std::string_view four) {
  return HasValidCheckDigit(std::string(date.substr(date.size() - 6)) + std::string(four));
}

bool IsBare(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 12) return false;
  const std::string_view date = digits.substr(0, digits.size() - 4);
  return IsBirthDate(date) && ChecksOut(date, digits.substr(digits.size() - 4));
}

bool IsBlank(std::string_view gap) { return gap.find_first_not_of(' ') == std::string_view::npos; }

/// "-" or "+", with blanks or without: what belongs between date and serial number.
bool IsOfficialSeparator(std::string_view gap) {
  if (gap.size() > 3) return false;
  const std::size_t mark = gap.find_first_not_of(' ');
  return mark != std::string_view::npos && (gap[mark] == '-' || gap[mark] == '+') &&
         IsBlank(gap.substr(mark + 1));
}

class Search {
 public:
  Search(std::string_view text, const std::vector<DigitGroup>& groups) : text_(text), groups_(groups) {}

  bool Found() const {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      if (IsBare(groups_[i].digits) || IsInParts(i)) return true;
      if (IsBirthDate(groups_[i].digits) && (IsTemporary(i) || HasSerial(i))) return true;
    }
    return false;
  }

 private:
  std::string_view digits(std::size_t i) const { return groups_[i].digits; }
  /// Between group `i` and the next.
  std::string_view gap(std::size_t i) const { return Gap(text_, groups_[i], groups_[i + 1]); }
  bool Sizes(std::size_t i, std::initializer_list<std::size_t> sizes) const {
    for (const std::size_t size : sizes)
      if (i >= groups_.size() || digits(i++).size() != size) return false;
    return true;
  }

  bool StandsAlone(std::size_t first, std::size_t last) const {
    const std::size_t begin = groups_[first].begin;
    const bool letter_before = begin > 0 && IsLetter(text_[begin - 1]);
    return !letter_before && !ContinuesAt(text_, groups_[last].end);
  }

  /// "2025-12-31/2026-01-01": the four digits are the next date's year.
  bool BeginsADate(std::size_t i) const {
    if (!Sizes(i, {4, 2, 2}) || gap(i) != gap(i + 1) || gap(i).size() != 1) return false;
    const int year = Number(digits(i));
    return year >= 1850 && year <= 2199 && IsDateOfBirth(digits(i), digits(i + 1), digits(i + 2));
  }

  /// "22 30" and "2230".
  static bool LooksLikeTime(const std::string& four) {
    return Number(four.substr(0, 2)) < 24 && Number(four.substr(2)) < 60;
  }

  /// Date in one piece, then four digits, in one piece or in several.
  bool HasSerial(std::size_t i) const {
    if (i + 1 >= groups_.size() || !IsWideGap(gap(i))) return false;
    if (digits(i + 1).size() == 4) {
      if (BeginsADate(i + 1)) return false;
      // With anything but an official separator a date and a time look alike, and within a longer identifier
      // ("5e700331-0000- 4000") any digits do: there the check digit must hold.
      return (IsOfficialSeparator(gap(i)) && StandsAlone(i, i + 1)) || ChecksOut(digits(i), digits(i + 1));
    }
    std::string four(digits(i + 1));
    std::size_t last = i + 1;
    bool blanks = true;
    while (four.size() < 4 && last + 1 < groups_.size() && IsWideGap(gap(last))) {
      blanks = blanks && IsBlank(gap(last));
      four += digits(++last);
    }
    if (four.size() != 4 || !ChecksOut(digits(i), four)) return false;
    // "260314 22:30" and "260314 22 30 15" are instants; hours and dates go on in pairs, too.
    const bool goes_on = last + 1 < groups_.size() && IsWideGap(gap(last));
    return !LooksLikeTime(four) || !Sizes(i + 1, {2, 2}) || (blanks && !goes_on);
  }

  /// "900101-T385": a number given for the time being has a letter in place of its seventh digit.
  bool IsTemporary(std::size_t i) const {
    if (i + 1 >= groups_.size() || digits(i + 1).size() != 3) return false;
    const std::string_view between = gap(i);
    if (between.size() < 2) return false;
    const char letter = between.back();
    const std::size_t end = groups_[i + 1].end;
    return std::string_view("TRSUWXJKLMNtrsuwxjklmn").find(letter) != std::string_view::npos &&
           IsOfficialSeparator(between.substr(0, between.size() - 1)) && StandsAlone(i, i + 1) &&
           (end >= text_.size() || !IsLetter(text_[end]));
  }

  /// "1990-01-01-1234", "90.01.01-1234", "1990 01 01 1234": the check digit must hold, as times look alike.
  bool IsInParts(std::size_t i) const {
    if (!Sizes(i, {4, 2, 2, 4}) && !Sizes(i, {2, 2, 2, 4})) return false;
    for (std::size_t k = 0; k < 3; ++k)
      if (!IsWideGap(gap(i + k))) return false;
    const std::string date = std::string(digits(i)) + std::string(digits(i + 1)) + std::string(digits(i + 2));
    const std::string four(digits(i + 3));
    if (!IsBirthDate(date) || !ChecksOut(date, four) || BeginsADate(i + 3)) return false;
    const auto usual = [&](std::size_t k) { return IsBlank(gap(k)) || IsOfficialSeparator(gap(k)); };
    if (usual(i) && usual(i + 1) && usual(i + 2)) return true;
    // "14.03.26 2230" is a day and an hour, "02-03/04.2026" a span of days.
    return gap(i) == gap(i + 1) && !(IsBlank(gap(i + 2)) && LooksLikeTime(four));
  }

  std::string_view text_;
  const std::vector<DigitGroup>& groups_;
};

}  // namespace

bool IsBirthDate(std::string_view digits) {
  if (digits.size() != 6 && digits.size() != 8) return false;
  const std::size_t year = digits.size() - 4;
  return IsDateOfBirth(digits.substr(0, year), digits.substr(year, 2), digits.substr(year + 2, 2));
}

bool HoldsPersonalNumber(std::string_view text, const std::vector<DigitGroup>& groups) {
  return Search(text, groups).Found();
}

}  // namespace lagesbild::geo::personal_data
