#include "service/delimiter_hint.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "geo/place_text.h"

namespace lagesbild::service {
namespace {

struct Delimiter {
  char sign;
  const char *name, *name_sv, *toml;
};
constexpr std::array<Delimiter, 4> kDelimiters{{{';', "semicolon (;)", "semikolon (;)", ";"},
                                                {',', "comma (,)", "komma (,)", ","},
                                                {'\t', "tab", "tabb", "tab"},
                                                {'|', "bar (|)", "lodstreck (|)", "|"}}};

std::string Folded(std::string_view text) { return geo::LowerCase(geo::CleanText(text)); }

/// Names as they stand between delimiters, without quotes.
std::vector<std::string> Cut(const std::string& text, char delimiter) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(delimiter, at), text.size());
    std::string name = text.substr(at, end - at);
    name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
    names.push_back(Folded(name));
    at = end + 1;
  }
  return names;
}

std::int64_t CountFound(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::count_if(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(names.begin(), names.end(), Folded(name)) != names.end();
  });
}

std::string Joined(const std::vector<std::string>& header, char delimiter) {
  std::string text;
  for (std::size_t i = 0; i < header.size(); ++i)
    text += (i == 0 ? "" : std::string(1, delimiter)) + header[i];
  return text;
}

}  // namespace

std::optional<FieldViolation> WrongDelimiter(const std::vector<std::string>& header,
                                             const std::vector<std::string>& wanted, char used) {
  if (used == 0 && header.size() > 1) return std::nullopt;  // the reader has chosen the likeliest one
  const std::string text = Joined(header, used);
  const Delimiter* best = nullptr;
  std::int64_t most = CountFound(Cut(text, used), wanted);
  std::int64_t signs = 0;
  for (const Delimiter& delimiter : kDelimiters) {
    if (delimiter.sign == used) continue;
    const std::int64_t found = CountFound(Cut(text, delimiter.sign), wanted);
    const std::int64_t count = std::count(text.begin(), text.end(), delimiter.sign);
    if (found > most || (found == most && header.size() == 1 && count > signs)) {
      best = &delimiter;
      most = found;
      signs = count;
    }
  }
  const std::string one = header.size() == 1 ? "the header has 1 column; " : "";
  const std::string one_sv = header.size() == 1 ? "rubrikraden har 1 kolumn; " : "";
  if (best != nullptr)
    return FieldViolation{"mapping.file.delimiter",
                          one + "the file looks separated by " + best->name + "; set delimiter = \"" +
                              best->toml + "\" under [file] in the mapping",
                          one_sv + "filens skiljetecken ser ut att vara " + best->name_sv +
                              "; skriv delimiter = \"" + best->toml + "\" under [file] i mappningen"};
  if (header.size() == 1)
    return FieldViolation{"mapping.file.delimiter", "the header has 1 column; is the delimiter right?",
                          "rubrikraden har 1 kolumn; är skiljetecknet rätt?"};
  return std::nullopt;
}

}  // namespace lagesbild::service
