#include "geo/exact_address.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "geo/match_fault.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kLongest = 96;
/// From here on the register itself says that its position is approximate; the long way names that.
constexpr double kApproximate_m = 250;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Lower case into `out`: ASCII letters and digits, the letters à to ÿ, single blanks. 0 when the text holds
/// anything else, or blanks that would have to be taken away.
std::size_t Lowered(std::string_view text, std::array<char, kLongest>& out) {
  if (text.size() < 4 || text.size() > kLongest) return 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == ' ' && i > 0 && text[i - 1] != ' ')) {
      out[i] = text[i];
    } else if (c >= 'A' && c <= 'Z') {
      out[i] = static_cast<char>(c + 0x20);
    } else if (c == 0xC3 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[i + 1]);
      if (next < 0x80 || next > 0xBF || next == 0x97 || next == 0xB7) return 0;
      out[i] = text[i];
      out[i + 1] = static_cast<char>(next <= 0x9E ? next + 0x20 : next);
      ++i;
    } else {
      return 0;
    }
  }
  return text.back() == ' ' ? 0 : text.size();
}

/// How many characters; letters à to ÿ are two bytes.
std::size_t Characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool ExactAddress(const RegisterIndex& index, std::string_view text, GeocodeMatch& match) {
  if (!index.style->nordic_texts) return false;
  std::array<char, kLongest> buffer{};
  const std::size_t size = Lowered(text, buffer);
  if (size == 0) return false;
  const std::string_view lower(buffer.data(), size);
  // "name 12", "name 12b", "name 12 b": one number, at the end.
  std::size_t digits = lower.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits < 3 || lower[digits - 1] != ' ') return false;
  int number = 0;
  std::size_t at = digits;
  for (; at < size && IsDigit(lower[at]); ++at) number = number * 10 + (lower[at] - '0');
  if (at - digits > 4 || number == 0) return false;
  if (at < size && lower[at] == ' ') ++at;
  const std::string_view letter = lower.substr(at);
  if (letter.size() > 1 || (!letter.empty() && (letter[0] < 'a' || letter[0] > 'z'))) return false;
  const std::string_view name = lower.substr(0, digits - 1);
  const auto streets = index.street_names.FindKey(name);
  if (streets.size() != 1 || !index.street_names.FindKey(lower).empty()) return false;
  if (!index.gazetteer.places.empty() && !index.place_names.FindKey(lower).empty()) return false;
  const NamedAddresses street = index.streets[static_cast<std::size_t>(streets.front())];
  if (street.stretches != 1) return false;
  const auto first = std::lower_bound(street.addresses.begin(), street.addresses.end(), number,
                                      [&](int i, int n) { return index.NumberOf(i) < n; });
  std::optional<AddressView> found;
  for (auto i = first; i != street.addresses.end() && index.NumberOf(*i) == number; ++i) {
    const AddressView a = index.address(*i);
    const bool same = a.letter.size() == letter.size() &&
                      (letter.empty() || a.letter[0] == static_cast<char>(letter[0] - 'a' + 'A'));
    if (!same || !a.addition.empty()) continue;
    if (found) return false;
    found = a;
  }
  if (!found || found->accuracy_radius.value() >= kApproximate_m) return false;
  match.level = MatchLevel::kAddressPoint;
  match.position = found->position;
  match.accuracy_radius = found->accuracy_radius;
  match.matched = AddressLabel(*found);
  match.span = {0, Characters(text)};
  match.category = MatchCategory::kA;
  match.score = 100;
  return true;
}

}  // namespace lagesbild::geo
