#include <algorithm>
#include <array>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo::personal_data {
namespace {

/// "70", "72", ...: a mobile number without its leading 0.
bool IsMobileWithoutZero(std::string_view digits) {
  return digits.size() >= 2 && digits[0] == '7' &&
         std::string_view("02369").find(digits[1]) != std::string_view::npos;
}

bool IsMobilePrefix(std::string_view digits) {
  return digits.size() >= 3 && digits[0] == '0' && IsMobileWithoutZero(digits.substr(1));
}

/// What may stand between the parts of a number: at most 3 bytes of " -/()", in mobile numbers up to four of
/// anything but letters.
enum class Gaps { kUsual, kWide };

bool IsPhoneGap(std::string_view gap, Gaps gaps) {
  if (gaps == Gaps::kWide) return IsWideGap(gap);
  return gap.size() <= 3 && gap.find_first_not_of(" -/()") == std::string_view::npos;
}

/// Digits from a group on with only phone gaps between.
struct DigitRun {
  std::string digits;
  std::vector<std::size_t> sizes;  ///< of the groups
  std::string separators;          ///< one for each gap, the first that is no blank
};

/// Stops before a group that would make it longer than any number.
DigitRun RunFrom(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i,
                 std::size_t most, Gaps gaps) {
  DigitRun run{std::string(groups[i].digits), {groups[i].digits.size()}, ""};
  for (std::size_t k = i + 1; k < groups.size(); ++k) {
    const std::string_view gap = Gap(text, groups[k - 1], groups[k]);
    // "0224.55512": after an area code of four digits, never within a time ("08.30-09.45").
    const bool dotted_area = k == i + 1 && gap == "." && run.digits.size() == 4 &&
                             groups[k].digits.size() != 2 && groups[k].digits.size() != 4;
    if (!(dotted_area || IsPhoneGap(gap, gaps)) || run.digits.size() + groups[k].digits.size() > most) break;
    run.digits += groups[k].digits;
    run.sizes.push_back(groups[k].digits.size());
    const auto* const mark = std::find_if(gap.begin(), gap.end(), [](char c) { return c != ' '; });
    run.separators += mark == gap.end() ? ' ' : *mark;
  }
  return run;
}

/// A number goes on to the left: a decimal, a time, a date, a case number.
bool ContinuesANumber(std::string_view text, const DigitGroup& group) {
  if (group.begin < 2) return false;
  const char before = text[group.begin - 1];
  return std::string_view(".,:/-").find(before) != std::string_view::npos && IsDigit(text[group.begin - 2]);
}

/// "08-02-2026", "08/02 2026", "08 30 - 09 45": 08 is also a day, a month and an hour, so pairs of digits
/// after it are a number only when written "08-12 34 56".
bool MayBeDateOrTime(const DigitRun& run) {
  if (run.sizes.size() < 2 || run.sizes[1] != 2) return false;
  const bool date = run.sizes.size() == 3 && run.sizes[2] == 4;
  return date || run.separators[0] != '-' || run.separators.find_first_not_of(' ', 1) != std::string::npos;
}

/// "07-03-2026 12" and "0730, 260314": a day with an hour, a time with a day.
bool IsDateAndTime(const DigitRun& run) {
  if (run.sizes == std::vector<std::size_t>{2, 2, 4, 2}) return true;
  const bool usual = run.separators.find_first_not_of(" -/()") == std::string::npos;
  return !usual && run.sizes == std::vector<std::size_t>{4, 6} && IsBirthDate(run.digits.substr(4));
}

/// 0 and area code, then five to eight digits: 9 or 10 in all, 8 to 10 in Stockholm.
bool IsSwedishNumber(const DigitRun& run) {
  const std::string& d = run.digits;
  if (d.size() < 8 || d[0] != '0' || d[1] == '0') return false;
  if (IsMobilePrefix(d)) return d.size() == 10 && !IsDateAndTime(run);
  const std::size_t area = run.sizes[0];
  if (run.sizes.size() == 1) return d.size() == 9 || d.size() == 10;
  if (area == 2) return d[1] == '8' && d.size() <= 10 && !MayBeDateOrTime(run);
  return (area == 3 || area == 4) && (d.size() == 9 || d.size() == 10) && d.size() - area >= 5;
}

/// The longest or any shorter run of whole groups that is a number: "0224-123 45 2" still holds one. A case
/// number ("0331-00123-26") holds none: it goes on after a dash.
bool HoldsSwedishNumber(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t first,
                        DigitRun run) {
  for (; !run.sizes.empty(); run.sizes.pop_back()) {
    const DigitGroup& last = groups[first + run.sizes.size() - 1];
    if (IsSwedishNumber(run) && !ContinuesAt(text, last.end)) return true;
    run.digits.resize(run.digits.size() - run.sizes.back());
    if (!run.separators.empty()) run.separators.pop_back();
  }
  return false;
}

/// "0 70 123 45 67": the zero stands apart.
bool IsMobileAfterZero(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i) {
  if (groups[i].digits != "0" || i + 1 >= groups.size() || !IsMobileWithoutZero(groups[i + 1].digits))
    return false;
  DigitRun run = RunFrom(text, groups, i, 10, Gaps::kUsual);
  return run.digits.size() == 10 && run.separators[0] != '-' && !ContinuesANumber(text, groups[i]);
}

/// "46701740605" and "46 70-174 06 05": the country's code without its plus.
bool IsMobileAfterCountry(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i) {
  const std::string_view first = groups[i].digits;
  if (first.substr(0, 2) != "46" || ContinuesANumber(text, groups[i])) return false;
  if (first.size() != 2) return first.size() == 11 && IsMobileWithoutZero(first.substr(2));
  const std::string digits = RunFrom(text, groups, i, 12, Gaps::kUsual).digits;
  return (digits.size() == 11 && IsMobileWithoutZero(std::string_view(digits).substr(2))) ||
         (digits.size() == 12 && IsMobilePrefix(std::string_view(digits).substr(2)));
}

/// "701740605" and "70-174 06 05" when nothing else stands in the text: spreadsheets drop a number's leading
/// zero. "701 234 567" may be an amount.
bool IsMobileWithoutItsZero(std::string_view text, const std::vector<DigitGroup>& groups) {
  if (groups.empty() || !IsMobileWithoutZero(groups[0].digits) ||
      std::any_of(text.begin(), text.end(), [](char c) {
        return !IsDigit(c) && std::string_view(" -/()").find(c) == std::string_view::npos;
      }))
    return false;
  const DigitRun run = RunFrom(text, groups, 0, 10, Gaps::kUsual);
  return run.sizes.size() == groups.size() && run.digits.size() == 9 &&
         run.sizes != std::vector<std::size_t>{3, 3, 3};
}

bool IsInternational(std::string_view text, const std::vector<DigitGroup>& groups, std::size_t i) {
  const DigitGroup& group = groups[i];
  const bool plus = group.begin > 0 && text[group.begin - 1] == '+' && group.digits[0] != '0';
  const std::size_t most = 16;
  if (plus) {
    // "26+1 …" goes on from a number.
    if (group.begin > 1 && IsDigit(text[group.begin - 2])) return false;
    const std::size_t digits = RunFrom(text, groups, i, most, Gaps::kUsual).digits.size();
    return digits >= 9 && digits <= 15 && group.digits.size() <= 13;
  }
  if (group.digits.substr(0, 2) != "00" || ContinuesANumber(text, group)) return false;
  const std::string digits = RunFrom(text, groups, i, most, Gaps::kUsual).digits;
  for (const std::string_view country : {"0046", "0045", "0047", "00358", "00354"})
    if (digits.substr(0, country.size()) == country) return digits.size() >= country.size() + 7;
  return false;
}

}  // namespace

bool HoldsPhoneNumber(std::string_view text, const std::vector<DigitGroup>& groups) {
  if (IsMobileWithoutItsZero(text, groups)) return true;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (IsInternational(text, groups, i) || IsMobileAfterCountry(text, groups, i) ||
        IsMobileAfterZero(text, groups, i))
      return true;
    if (groups[i].digits.size() < 2 || groups[i].digits[0] != '0' || ContinuesANumber(text, groups[i]))
      continue;
    const Gaps gaps = IsMobilePrefix(groups[i].digits) ? Gaps::kWide : Gaps::kUsual;
    if (HoldsSwedishNumber(text, groups, i, RunFrom(text, groups, i, 11, gaps))) return true;
  }
  return false;
}

}  // namespace lagesbild::geo::personal_data
