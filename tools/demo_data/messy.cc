#include "tools/demo_data/messy.h"

#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

namespace lagesbild::tools::demo {
namespace {

/// Latin-1 letters take two bytes, C3 80-9E upper and C3 A0-BE lower case.
template <class Ascii>
std::string ChangeCase(std::string text, Ascii ascii, unsigned char from, int shift) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      text[i] = static_cast<char>(ascii(c));
    } else if (c == 0xC3 && i + 1 < text.size()) {
      const auto second = static_cast<unsigned char>(text[++i]);
      if (second >= from && second < from + 0x1F) text[i] = static_cast<char>(second + shift);
    }
  }
  return text;
}

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string Shortened(const std::string& street) {
  if (EndsWith(street, "gatan")) return street.substr(0, street.size() - 4) + ".";
  if (EndsWith(street, "vägen")) return street.substr(0, street.size() - 5) + ".";
  return street;
}

}  // namespace

std::string LowerSwedish(std::string text) {
  return ChangeCase(
      std::move(text), [](int c) { return std::tolower(c); }, 0x80, 0x20);
}
std::string UpperSwedish(std::string text) {
  return ChangeCase(
      std::move(text), [](int c) { return std::toupper(c); }, 0xA0, -0x20);
}

std::string StreetOf(const DemoAddress& address) {
  return address.farm.empty() ? address.area : address.area + " " + address.farm;
}
std::string NumberOf(const DemoAddress& address) { return std::to_string(address.number) + address.letter; }

std::string MessyStreet(const DemoAddress& address, Rng& random) {
  std::string street = StreetOf(address);
  const double how = random.Unit();
  if (how < 0.18) return LowerSwedish(street);
  if (how < 0.26) return UpperSwedish(street);
  if (how < 0.40 && address.type == AddressType::kStreet) return Shortened(street);
  if (how < 0.44) return " " + street + "  ";
  return street;
}

std::string MessyNumber(const DemoAddress& address, Rng& random) {
  if (address.letter.empty()) return NumberOf(address);
  const double how = random.Unit();
  if (how < 0.3) return std::to_string(address.number) + LowerSwedish(address.letter);
  if (how < 0.6) return std::to_string(address.number) + " " + address.letter;
  return NumberOf(address);
}

std::string Misspelt(const std::string& street, Rng& random) {
  std::string text = street;
  for (int tries = 0; tries < 100; ++tries) {
    const std::size_t i = 1 + random.Index(text.size() - 2);
    const auto plain = [&](std::size_t k) { return std::islower(static_cast<unsigned char>(text[k])) != 0; };
    if (!plain(i) || !plain(i + 1) || text[i] == text[i + 1]) continue;
    if (random.Chance(0.5))
      std::swap(text[i], text[i + 1]);
    else
      text.erase(i, 1);
    return text;
  }
  return text + "x";
}

}  // namespace lagesbild::tools::demo
