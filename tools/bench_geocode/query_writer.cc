#include "tools/bench_geocode/query_writer.h"

#include <cmath>
#include <iterator>

namespace lagesbild::tools::bench {

int QueryWriter::Draws() {
  if (rng_.Chance(0.5)) return rng_.Pick(view_.numbered());
  const BenchStreet& of = view_.streets()[rng_.Index(view_.streets().size())];
  auto number = of.numbers.begin();
  std::advance(number, static_cast<std::ptrdiff_t>(rng_.Index(of.numbers.size())));
  return rng_.Pick(number->second);
}

std::u32string QueryWriter::StemOf(const std::string& name) const {
  const std::u32string letters = Letters(LowerText(name));
  return Plain(Utf8(letters.substr(0, letters.size() - Letters(StreetSuffix(name, plan_.language)).size())));
}

std::string QueryWriter::ContextOf(const geo::Address& a) {
  const std::string& town = a.postal_town.empty() ? plan_.town : a.postal_town;
  if (a.postcode.empty()) return town;
  return (rng_.Chance(0.5) ? Spaced(a.postcode) : a.postcode) + " " + town;
}

std::string QueryWriter::Designation(const geo::Address& a) {
  std::string text = std::to_string(a.number);
  if (!a.letter.empty()) {
    const double way = rng_.Unit();
    text += way < 0.6    ? a.letter
            : way < 0.75 ? " " + a.letter
            : way < 0.9  ? LowerText(a.letter)
                         : " " + LowerText(a.letter);
  }
  return a.addition.empty() ? text : text + " " + a.addition;
}

std::optional<BenchQuery> QueryWriter::Written(int address, const std::string& name, WrittenAs as) {
  const BenchStreet& of = street(address);
  if (of.has_namesake && of.place.empty()) return std::nullopt;
  BenchQuery query;
  query.address = name + " " + Designation(view_.address(address)) + PlaceOf(of);
  rivals_.Judge(query, name, address, as, of.has_namesake);
  // The same designation twice on one street, apart from each other: either is meant.
  for (const int twin : of.numbers.at(view_.address(address).number)) {
    const geo::Address &a = view_.address(address), &b = view_.address(twin);
    if (twin == address || a.letter != b.letter || a.addition != b.addition) continue;
    query.truths.push_back(b.position);
    query.expect = Expect::kPlaceOrAmbiguous;
  }
  return query;
}

bool QueryWriter::LongEnough(const std::string& name, int edits) {
  const double length = static_cast<double>(Letters(name).size());
  return rng_.Chance(std::pow(length / 12, edits));
}

std::optional<BenchQuery> QueryWriter::Decoyed(const std::optional<Decoys::Decoy>& decoy) {
  if (!decoy) return std::nullopt;
  auto query = Nothing(decoy->street + " " + std::to_string(decoy->number));
  const double way = rng_.Unit();
  return way < 0.6 ? query : way < 0.8 ? Wrapped(query, WithClutter) : Wrapped(query, InSentence);
}

bool QueryWriter::IsForm(const std::string& name, const std::u32string& plain) const {
  const std::vector<std::string> forms = WrittenForms(name, plan_.language);
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& f) { return Plain(f) == plain; });
}

}  // namespace lagesbild::tools::bench
