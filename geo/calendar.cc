#include "geo/calendar.h"

#include <cctype>
#include <cstdio>

namespace lagesbild::geo {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year_month_day;

}  // namespace

year_month_day CalendarQuarter::first_day() const {
  return {std::chrono::year{year}, month{static_cast<unsigned>(3 * (number - 1) + 1)}, day{1}};
}

year_month_day CalendarQuarter::last_day() const {
  return year_month_day{std::chrono::sys_days{next().first_day()} - std::chrono::days{1}};
}

CalendarQuarter CalendarQuarter::next() const {
  return number == 4 ? CalendarQuarter{year + 1, 1} : CalendarQuarter{year, number + 1};
}

CalendarQuarter CalendarQuarter::previous() const {
  return number == 1 ? CalendarQuarter{year - 1, 4} : CalendarQuarter{year, number - 1};
}

std::string CalendarQuarter::code() const { return std::to_string(year) + "Q" + std::to_string(number); }

std::string CalendarQuarter::swedish_code() const {
  return std::to_string(year) + "K" + std::to_string(number);
}

CalendarQuarter QuarterOf(year_month_day date) {
  return {static_cast<int>(date.year()), (static_cast<int>(static_cast<unsigned>(date.month())) - 1) / 3 + 1};
}

std::optional<CalendarQuarter> ParseQuarter(std::string_view text) {
  if (text.size() == 7 && text[4] == '-')
    return ParseQuarter(std::string(text.substr(0, 4)) + std::string(text.substr(5)));
  if (text.size() != 6) return std::nullopt;
  int parsed_year = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = text[static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') return std::nullopt;
    parsed_year = parsed_year * 10 + (c - '0');
  }
  const char letter = text[4];
  if (letter != 'Q' && letter != 'q' && letter != 'K' && letter != 'k') return std::nullopt;
  if (text[5] < '1' || text[5] > '4') return std::nullopt;
  return CalendarQuarter{parsed_year, text[5] - '0'};
}

std::string IsoDate(year_month_day date) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

int DaysBetween(year_month_day a, year_month_day b) {
  return static_cast<int>((std::chrono::sys_days{b} - std::chrono::sys_days{a}).count());
}

}  // namespace lagesbild::geo
