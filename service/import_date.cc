#include "service/import_date.h"

#include <absl/time/time.h>

#include <array>
#include <cctype>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

using std::chrono::year_month_day;

struct Written {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  bool has_clock = false;
  std::optional<int> offset_seconds;  ///< only after a clock time
};

/// Swedish and English names of the months, lower case; three letters are enough.
constexpr std::array<std::pair<std::string_view, int>, 17> kMonths{{{"januari", 1},
                                                                    {"january", 1},
                                                                    {"februari", 2},
                                                                    {"february", 2},
                                                                    {"mars", 3},
                                                                    {"march", 3},
                                                                    {"april", 4},
                                                                    {"maj", 5},
                                                                    {"may", 5},
                                                                    {"juni", 6},
                                                                    {"juli", 7},
                                                                    {"augusti", 8},
                                                                    {"september", 9},
                                                                    {"oktober", 10},
                                                                    {"october", 10},
                                                                    {"november", 11},
                                                                    {"december", 12}}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Takes from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Number(int at_least, int at_most, int& value) {
    int digits = 0, number = 0;
    while (digits < at_most && static_cast<std::size_t>(digits) < rest_.size() &&
           IsDigit(rest_[static_cast<std::size_t>(digits)]))
      number = number * 10 + (rest_[static_cast<std::size_t>(digits++)] - '0');
    if (digits < at_least) return false;
    rest_.remove_prefix(static_cast<std::size_t>(digits));
    value = number;
    return true;
  }
  bool Month(int& value) {
    std::string word;
    while (word.size() < rest_.size() && IsLetter(rest_[word.size()]))
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(rest_[word.size()])));
    for (const auto& [name, number] : kMonths) {
      if (word.size() < 3 || name.substr(0, word.size()) != word) continue;
      rest_.remove_prefix(word.size());
      Take('.');
      value = number;
      return true;
    }
    return false;
  }
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Blanks() {
    while (Take(' ')) {
    }
  }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool TakeField(Scanner& text, char field, Written& written) {
  switch (field) {
    case 'Y':
      return text.Number(4, 4, written.year);
    case 'y':
      if (!text.Number(2, 2, written.year)) return false;
      written.year += written.year < 70 ? 2000 : 1900;
      return true;
    case 'm':
      return text.Number(1, 2, written.month);
    case 'd':
      return text.Number(1, 2, written.day);
    case 'H':
      written.has_clock = true;
      return text.Number(1, 2, written.hour) && written.hour < 24;
    case 'M':
      return text.Number(2, 2, written.minute) && written.minute < 60;
    case 'S':
      return text.Number(2, 2, written.second) && written.second < 61;
    case 'b':
    case 'B':
      return text.Month(written.month);
    case 'T':
      return TakeField(text, 'H', written) && text.Take(':') && TakeField(text, 'M', written) &&
             text.Take(':') && TakeField(text, 'S', written);
    case 'F':
      return TakeField(text, 'Y', written) && text.Take('-') && TakeField(text, 'm', written) &&
             text.Take('-') && TakeField(text, 'd', written);
    default:
      return text.Take(field);
  }
}

/// ".123", "Z", "+02:00", "+0200", "+02": all may be absent.
bool TakeOffset(Scanner& text, Written& written) {
  if (!written.has_clock) return true;
  int ignored = 0;
  if (text.Take('.') && !text.Number(1, 9, ignored)) return false;
  text.Blanks();
  if (text.Take('Z') || text.Take('z')) {
    written.offset_seconds = 0;
    return true;
  }
  const bool plus = text.Take('+');
  if (!plus && !text.Take('-')) return true;
  int hours = 0, minutes = 0;
  if (!text.Number(2, 2, hours)) return false;
  text.Take(':');
  text.Number(2, 2, minutes);
  if (hours > 14 || minutes > 59) return false;
  written.offset_seconds = (plus ? 1 : -1) * (hours * 3600 + minutes * 60);
  return true;
}

bool Matches(std::string_view text, std::string_view format, Written& written) {
  Scanner scanner(text);
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == ' ') {
      scanner.Blanks();
    } else if (format[i] == '%' && i + 1 < format.size()) {
      if (!TakeField(scanner, format[++i], written)) return false;
    } else if (!scanner.Take(format[i])) {
      return false;
    }
  }
  return TakeOffset(scanner, written) && scanner.empty();
}

/// "22:30", "9.05", "22:30:15" at the beginning of a text. False when it does not begin as a clock.
bool TakeClock(std::string_view text, Written& written) {
  Scanner scanner(text);
  int digit = 0;
  if (!scanner.Number(1, 2, written.hour) || !(scanner.Take(':') || scanner.Take('.'))) return false;
  written.has_clock = true;
  if (!scanner.Number(1, 2, written.minute) || scanner.Number(1, 1, digit)) written.minute = 60;  // no clock
  if (scanner.Take(':') && !scanner.Number(1, 2, written.second)) written.second = 60;
  return true;
}

std::optional<year_month_day> RealDate(const Written& written) {
  const year_month_day date{std::chrono::year{written.year},
                            std::chrono::month{static_cast<unsigned>(written.month)},
                            std::chrono::day{static_cast<unsigned>(written.day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

struct DateReader::Zone {
  absl::TimeZone zone;

  absl::TimeZone::TimeInfo InfoAt(const Written& written) const {
    return zone.At(absl::CivilSecond(written.year, written.month, written.day, written.hour, written.minute,
                                     written.second));
  }
  int OffsetAt(const Written& written) const { return zone.At(InfoAt(written).pre).offset; }
  std::optional<year_month_day> Local(const Written& written) const {
    const auto date = RealDate(written);
    if (!date || !written.offset_seconds) return date;
    const absl::CivilSecond civil(written.year, written.month, written.day, written.hour, written.minute,
                                  written.second);
    const absl::CivilDay local(
        absl::ToCivilDay(absl::FromCivil(civil, absl::FixedTimeZone(*written.offset_seconds)), zone));
    return year_month_day{std::chrono::year{static_cast<int>(local.year())},
                          std::chrono::month{static_cast<unsigned>(local.month())},
                          std::chrono::day{static_cast<unsigned>(local.day())}};
  }
};

DateReader::DateReader(std::vector<std::string> formats, const std::string& zone)
    : formats_(std::move(formats)), zone_(std::make_unique<Zone>()) {
  if (!absl::LoadTimeZone(zone, &zone_->zone))
    throw InvalidRequest("mapping.time.zone",
                         "the time zone is not in the time zone database; name one such as Europe/Stockholm");
}
DateReader::~DateReader() = default;

std::optional<year_month_day> DateReader::Read(std::string_view date, std::string_view time) const {
  // "21:00-03:00" is rather a span of hours than a time west of Greenwich, unless the zone lies there.
  const auto is_offset = [&](Written day, const Written& clock) {
    day.hour = clock.hour, day.minute = clock.minute;
    return *clock.offset_seconds >= 0 || (RealDate(day) && zone_->OffsetAt(day) == *clock.offset_seconds);
  };
  for (const std::string& format : formats_) {
    Written written;
    if (!Matches(date, format, written)) continue;
    if (!written.offset_seconds) {
      Written clock;
      for (const char* form : {"%H:%M:%S", "%H:%M"}) {
        clock = {};
        if (Matches(time, form, clock) && clock.offset_seconds && is_offset(written, clock)) {
          written.hour = clock.hour, written.minute = clock.minute, written.second = clock.second;
          written.offset_seconds = clock.offset_seconds;
          break;
        }
      }
    }
    if (const auto local = zone_->Local(written)) return local;
  }
  return std::nullopt;
}

ClockFault DateReader::CheckClock(std::string_view date, std::string_view time) const {
  for (const std::string& format : formats_) {
    Written written;
    if (!Matches(date, format, written) || !RealDate(written)) continue;
    if (written.offset_seconds) return ClockFault::kNone;  // an instant is never skipped
    if (!written.has_clock && !TakeClock(time, written)) return ClockFault::kNone;
    if (written.hour > 23 || written.minute > 59 || written.second > 60) return ClockFault::kNoClock;
    Written whole;
    for (const char* form : {"%H:%M:%S", "%H:%M"})
      if (whole = {}; Matches(time, form, whole) && whole.offset_seconds.value_or(-1) >= 0)
        return ClockFault::kNone;
    const bool skipped = zone_->InfoAt(written).kind == absl::TimeZone::TimeInfo::SKIPPED;
    return skipped ? ClockFault::kSkipped : ClockFault::kNone;
  }
  return ClockFault::kNone;
}

std::optional<year_month_day> DateReader::LocalDate(std::string_view instant) const {
  Written written;
  if (!Matches(instant, "%FT%T", written) || !written.offset_seconds) return std::nullopt;
  return zone_->Local(written);
}

}  // namespace lagesbild::service
