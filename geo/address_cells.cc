#include <algorithm>
#include <array>

#include "geo/address_parser.h"
#include "geo/place_text.h"

// The part of the address parser that reads what a table has in cells of their own.

namespace lagesbild::geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string ReadPostcode(std::string_view text, const AddressStyle& style) {
  for (const std::string_view country : style.postcode_countries) {
    const auto begins = [&] {
      if (text.size() <= country.size() || text[country.size()] != '-') return false;
      return std::equal(country.begin(), country.end(), text.begin(),
                        [](char a, char b) { return a == b || a == b + ('A' - 'a'); });
    };
    if (!begins()) continue;
    text.remove_prefix(country.size() + 1);
    break;
  }
  std::string digits;
  for (const char c : text) {
    if (IsDigit(c))
      digits += c;
    else if (c != ' ')
      return {};
  }
  const bool complete = digits.size() == style.postcode_digits;
  return complete && (style.postcode_from_zero || digits.front() != '0') ? digits : std::string();
}

bool SaysNoPlace(std::string_view clean) {
  constexpr std::array<std::string_view, 16> kSayings{"",
                                                      "okänd",
                                                      "okänt",
                                                      "okänd plats",
                                                      "plats okänd",
                                                      "okänd adress",
                                                      "adress okänd",
                                                      "saknas",
                                                      "uppgift saknas",
                                                      "adress saknas",
                                                      "ej angiven",
                                                      "ej angivet",
                                                      "ingen uppgift",
                                                      "vet ej",
                                                      "n a",
                                                      "na"};
  if (std::any_of(clean.begin(), clean.end(), IsDigit)) return false;
  const std::string key = NameKey(LowerCase(clean));
  return std::find(kSayings.begin(), kSayings.end(), key) != kSayings.end();
}

}  // namespace lagesbild::geo
