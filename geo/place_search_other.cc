#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "geo/address_clutter.h"
#include "geo/place_finding.h"
#include "geo/place_search.h"
#include "geo/place_text.h"
#include "geo/sentence_words.h"

namespace lagesbild::geo {
namespace {

/// A shorter word is as likely another.
constexpr std::size_t kShortestKind = 5;

bool BeginsWithDigit(const Word& word) { return word.lower[0] >= '0' && word.lower[0] <= '9'; }

/// "skolan" is "skola", "stationen" "station", "biblioteket" "bibliotek": the forms that may stand in a name.
std::vector<std::string> Indefinite(const std::string& word) {
  constexpr std::array<std::string_view, 4> kArticles{"n", "en", "et", "t"};
  std::vector<std::string> forms;
  for (const std::string_view article : kArticles)
    if (word.ends_with(article) && word.size() > article.size() + 2)
      forms.push_back(word.substr(0, word.size() - article.size()));
  return forms;
}

}  // namespace

Finding PlaceSearch::UnreadNumber(const AddressPart& part) const {
  const std::vector<Word>& words = part.words;
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (!BeginsWithDigit(words[at]) || CountsSomethingElse(words, at, at + 1)) continue;
    if (ReadHouseNumber(words, at, true)) continue;
    const std::vector<int> ids = index_.street_names.FindAny(LowerWords(words, 0, at));
    if (ids.empty()) continue;
    Finding finding = Unplaced(Rank::kNumberUnknown, UnplacedReason::kNumberNotFound);
    AddFault(finding.match.faults, "NUMBER_UNPARSED");
    finding.match.matched =
        index_.address(index_.streets[static_cast<std::size_t>(ids.front())].addresses.front()).area;
    finding.name = SpanOf(words, 0, at);
    finding.number = SpanOf(words, at, at + 1);
    return finding;
  }
  return {};
}

Finding PlaceSearch::OfKind(const std::string& definite, int term, const PlaceContext& context) const {
  std::vector<int> found;
  for (const int locality : index_.LocalitiesOf(term)) {
    const std::string town =
        LowerCase(CleanText(index_.gazetteer.localities[static_cast<std::size_t>(locality)].name));
    for (const std::string& kind : Indefinite(definite))
      for (const std::string& first : {town, town + "s"}) {
        std::vector<std::string> name = SplitWords(first);
        name.push_back(kind);
        for (const int id : index_.place_names.Find(name, Spelling::kAsWritten).ids)
          if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
      }
  }
  if (found.empty()) return {};
  // Another of its kind in the same place: either may be meant.
  const std::string kind = index_.gazetteer.places[static_cast<std::size_t>(found.front())].kind;
  for (std::size_t i = 0; i < index_.gazetteer.places.size(); ++i)
    if (!kind.empty() && index_.gazetteer.places[i].kind == kind &&
        index_.localities.Agrees(index_.place_places[i], term) &&
        std::find(found.begin(), found.end(), static_cast<int>(i)) == found.end())
      found.push_back(static_cast<int>(i));
  Finding finding = choice_.OnePlace(found, context);
  if (finding.match.placed()) AddFault(finding.match.faults, "FIRST_WORD_MISSING");
  return finding;
}

Finding PlaceSearch::KindIn(const AddressPart& part) const {
  const std::vector<Word>& words = part.words;
  if (std::any_of(words.begin(), words.end(), BeginsWithDigit)) return {};
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].lower.size() < kShortestKind) continue;
    const PlaceContext rest = index_.localities.Read(words, at + 1);
    const PlaceContext context = ContextBeside(part, 0, rest);
    for (const int term : context.terms)
      if (Finding finding = OfKind(words[at].lower, term, context); finding.rank != Rank::kNothing) {
        finding.name = SpanOf(words, at, at + 1 + rest.words);
        return finding;
      }
  }
  return {};
}

}  // namespace lagesbild::geo
