#include "geo/coordinate_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kLongest = 120;

/// Names of systems, the longer first, blanks taken away; 0 = said but not which.
constexpr std::array<std::pair<std::string_view, int>, 14> kSystems{{{"sweref99tm", 3006},
                                                                     {"sweref991630", 3010},
                                                                     {"sweref991800", 3011},
                                                                     {"sweref99", 0},
                                                                     {"sweref", 0},
                                                                     {"rt902.5gonv", 3021},
                                                                     {"rt902,5gonv", 3021},
                                                                     {"rt90", 3021},
                                                                     {"epsg:3006", 3006},
                                                                     {"epsg:3021", 3021},
                                                                     {"epsg:4326", 4326},
                                                                     {"wgs84", 4326},
                                                                     {"wgs-84", 4326},
                                                                     {"gps", 0}}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes the name of a system out of the text, blanks inside it or not.
void TakeSystem(std::string& text, std::optional<Epsg>& declared) {
  for (const auto& [name, code] : kSystems)
    for (std::size_t from = 0; from < text.size(); ++from) {
      std::size_t at = from, matched = 0;
      while (at < text.size() && matched < name.size()) {
        if (text[at] == name[matched])
          ++matched;
        else if (text[at] != ' ' || matched == 0)
          break;
        ++at;
      }
      if (matched < name.size()) continue;
      text.replace(from, at - from, " ");
      if (code != 0) declared = Epsg{code};
      return;
    }
}

/// Words that say which axis; the rest that may stand there says nothing.
char AxisOf(std::string_view word) {
  constexpr std::array<std::string_view, 6> kNorth{"n", "nord", "lat", "latitud", "latitude", "northing"};
  constexpr std::array<std::string_view, 9> kEast{"e",   "ö",    "o",        "öst",    "ost",
                                                  "lon", "long", "longitud", "easting"};
  if (std::find(kNorth.begin(), kNorth.end(), word) != kNorth.end()) return 'N';
  return std::find(kEast.begin(), kEast.end(), word) != kEast.end() ? 'E' : 0;
}

bool IsLabel(std::string_view word) {
  constexpr std::array<std::string_view, 12> kLabels{"x",        "y",     "koordinat", "koordinater",
                                                     "position", "pos",   "och",       "longitude",
                                                     "läge",     "plats", "punkt",     "wgs"};
  return std::find(kLabels.begin(), kLabels.end(), word) != kLabels.end();
}

struct Number {
  double value = 0, step = 1;
  std::size_t digits = 0;  ///< before the decimal point
  bool decimals = false;
  char mark = 0;  ///< 'd', 'm', 's' after it; 0 = none
  char axis = 0;  ///< of a letter beside it
  std::string text;
};

std::optional<Number> NumberOf(std::string text) {
  Number number;
  std::replace(text.begin(), text.end(), ',', '.');
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const std::size_t point = text.find('.');
  number.decimals = point != std::string::npos;
  number.digits = number.decimals ? point : text.size();
  if (number.decimals) number.step = std::pow(10.0, -static_cast<double>(text.size() - point - 1));
  number.text = std::move(text);
  return number;
}

/// A comma is a decimal comma when digits follow it at once, and no point stands in the same number.
std::vector<std::string> NumberTexts(const std::string& run) {
  std::vector<std::string> texts;
  if (run.find('.') != std::string::npos || std::count(run.begin(), run.end(), ',') > 1) {
    // "59.9381,16.8622" and "59,9381,16,8622".
    const bool points = run.find('.') != std::string::npos;
    const auto commas = std::count(run.begin(), run.end(), ',');
    if (points || commas != 3) {
      std::size_t from = 0;
      for (std::size_t comma; (comma = run.find(',', from)) != std::string::npos; from = comma + 1)
        texts.push_back(run.substr(from, comma - from));
      texts.push_back(run.substr(from));
      return texts;
    }
    const std::size_t middle = run.find(',', run.find(',') + 1);
    return {run.substr(0, middle), run.substr(middle + 1)};
  }
  // "6645981,604054": the part after a decimal comma of a plane coordinate is short.
  const std::size_t comma = run.find(',');
  if (comma != std::string::npos && comma >= 5 && run.size() - comma - 1 >= 5)
    return {run.substr(0, comma), run.substr(comma + 1)};
  return {run};
}

/// Numbers with the marks and letters beside them; empty when the text holds anything else.
std::vector<Number> Numbers(const std::string& text) {
  std::vector<Number> numbers;
  char pending_axis = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    const auto mark = [&](char kind, std::size_t bytes) {
      if (!numbers.empty()) numbers.back().mark = kind;
      i += bytes;
    };
    if (IsDigit(text[i])) {
      std::size_t end = i;
      while (end < text.size() && (IsDigit(text[end]) || ((text[end] == '.' || text[end] == ',') &&
                                                          end + 1 < text.size() && IsDigit(text[end + 1]))))
        ++end;
      for (std::string& part : NumberTexts(text.substr(i, end - i))) {
        auto number = NumberOf(std::move(part));
        if (!number) return {};
        number->axis = std::exchange(pending_axis, 0);
        numbers.push_back(std::move(*number));
      }
      i = end;
    } else if (rest.starts_with("°")) {
      mark('d', std::string_view("°").size());
    } else if (rest.starts_with("″")) {
      mark('s', std::string_view("″").size());
    } else if (rest.starts_with("''")) {
      mark('s', 2);
    } else if (rest.starts_with("′")) {
      mark('m', std::string_view("′").size());
    } else if (text[i] == '"') {
      mark('s', 1);
    } else if (text[i] == '\'') {
      mark('m', 1);
    } else if (std::string_view(" ,;:=/|()+").find(text[i]) != std::string_view::npos) {
      ++i;
    } else {
      std::size_t end = i;
      while (end < text.size() && !IsDigit(text[end]) &&
             std::string_view(" ,;:=/|()+.°\"'").find(text[end]) == std::string_view::npos)
        ++end;
      if (end == i) return {};
      const std::string_view word = rest.substr(0, end - i);
      if (const char axis = AxisOf(word); axis != 0) {
        // "59.9 N, 16.8 E" or "N 59.9 E 16.8": beside a number that has none, else before the next.
        const bool after = !numbers.empty() && numbers.back().axis == 0 &&
                           (numbers.size() > 1 || pending_axis == 0) && numbers.front().axis == 0;
        const bool trailing = !numbers.empty() && numbers.front().axis == 0;
        if (after || trailing)
          numbers.back().axis = axis;
        else
          pending_axis = axis;
      } else if (!IsLabel(word)) {
        return {};
      }
      i = end;
      if (i < text.size() && text[i] == '.') ++i;
    }
  }
  return numbers;
}

/// Degrees, minutes, seconds of `count` numbers from `at`.
std::optional<Number> Sexagesimal(const std::vector<Number>& numbers, std::size_t at, std::size_t count) {
  Number sum = numbers[at];
  double unit = 1;
  for (std::size_t i = at + 1; i < at + count; ++i) {
    if (numbers[i].value >= 60 || numbers[i - 1].decimals) return std::nullopt;
    unit /= 60;
    sum.value += numbers[i].value * unit;
    sum.step = numbers[i].step * unit;
  }
  if (sum.value > 180) return std::nullopt;
  return sum;
}

/// "6 645 981 604 054": digits in groups; the one way to two numbers of five to seven digits.
std::optional<std::pair<Number, Number>> Grouped(const std::vector<Number>& numbers) {
  std::optional<std::pair<Number, Number>> found;
  for (std::size_t split = 1; split < numbers.size(); ++split) {
    std::string first, second;
    bool grouped = true;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const bool leads = i == 0 || i == split;
      grouped = grouped && numbers[i].mark == 0 &&
                (leads ? numbers[i].digits <= 3 || numbers.size() == 2 : numbers[i].digits == 3);
      (i < split ? first : second) += numbers[i].text;
    }
    const auto a = NumberOf(first), b = NumberOf(second);
    if (!grouped || !a || !b || a->digits < 5 || b->digits < 5 || a->digits > 7 || b->digits > 7) continue;
    if (found) return std::nullopt;
    found = std::pair(*a, *b);
  }
  return found;
}

CoordinatePair PairOf(const Number& a, const Number& b, bool degrees, char axis,
                      std::optional<Epsg> declared) {
  return {a.value, b.value, a.step, b.step, degrees, axis, declared};
}

}  // namespace

std::optional<CoordinatePair> ReadCoordinateText(std::string_view clean) {
  if (clean.size() > kLongest || std::count_if(clean.begin(), clean.end(), IsDigit) < 6) return std::nullopt;
  std::string text = LowerCase(clean);
  std::optional<Epsg> declared;
  TakeSystem(text, declared);
  const std::vector<Number> numbers = Numbers(text);
  if (numbers.size() < 2 || numbers.size() > 8) return std::nullopt;
  char axis = numbers.front().axis;
  for (std::size_t i = 1; i < numbers.size() && axis == 0; ++i)
    if (numbers[i].axis != 0)
      axis = i * 2 < numbers.size() ? numbers[i].axis : numbers[i].axis == 'N' ? 'E' : 'N';
  if (numbers.size() == 2) {
    const Number &a = numbers[0], &b = numbers[1];
    const bool degrees = a.value <= 180 && b.value <= 180;
    // "12 14" are house numbers; degrees have decimals, plane coordinates five digits at least.
    if (degrees ? !(a.decimals && b.decimals) : a.digits < 5 || b.digits < 5) return std::nullopt;
    return PairOf(a, b, degrees, axis, declared);
  }
  if (const auto grouped = Grouped(numbers))
    return PairOf(grouped->first, grouped->second, false, axis, declared);
  // Degrees, minutes and perhaps seconds: as many of each. Marks or letters must say so.
  const bool said =
      axis != 0 || std::any_of(numbers.begin(), numbers.end(), [](const Number& n) { return n.mark == 'd'; });
  if (!said || numbers.size() % 2 != 0 || numbers.size() > 6) return std::nullopt;
  const std::size_t half = numbers.size() / 2;
  const auto a = Sexagesimal(numbers, 0, half), b = Sexagesimal(numbers, half, half);
  if (!a || !b) return std::nullopt;
  return PairOf(*a, *b, true, axis, declared);
}

}  // namespace lagesbild::geo
