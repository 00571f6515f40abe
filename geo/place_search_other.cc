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

std::vector<int> PlaceSearch::NamedIn(const std::string& word, const std::string& town,
                                      bool& other_form) const {
  std::vector<int> found;
  const auto look = [&](std::vector<std::string> name) {
    for (const int id : index_.place_names.Find(name, Spelling::kAsWritten).ids)
      if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  };
  const std::vector<std::string> of_town = SplitWords(town);
  for (const bool in : {false, true}) {
    std::vector<std::string> name{word};
    if (in) name.emplace_back("i");
    name.insert(name.end(), of_town.begin(), of_town.end());
    look(std::move(name));
  }
  other_form = found.empty();
  for (const std::string& kind : other_form ? Indefinite(word) : std::vector<std::string>{})
    for (const std::string& first : {town, town + "s"}) {
      std::vector<std::string> name = SplitWords(first);
      name.push_back(kind);
      look(std::move(name));
    }
  return found;
}

Finding PlaceSearch::OfKind(const std::string& word, int term, const PlaceContext& context) const {
  for (const int locality : index_.LocalitiesOf(term)) {
    const Place& town = index_.gazetteer.localities[static_cast<std::size_t>(locality)];
    bool other_form = false;
    std::vector<int> found = NamedIn(word, LowerCase(CleanText(town.name)), other_form);
    if (found.empty()) continue;
    // Another of its kind in the same place: either may be meant.
    const std::string kind = index_.gazetteer.places[static_cast<std::size_t>(found.front())].kind;
    for (std::size_t i = 0; other_form && !kind.empty() && i < index_.gazetteer.places.size(); ++i)
      if (index_.gazetteer.places[i].kind == kind && index_.localities.Agrees(index_.place_places[i], term) &&
          std::find(found.begin(), found.end(), static_cast<int>(i)) == found.end())
        found.push_back(static_cast<int>(i));
    Finding finding = choice_.OnePlace(found, context);
    if (finding.match.placed() && other_form) AddFault(finding.match.faults, "FIRST_WORD_MISSING");
    return finding;
  }
  return {};
}

Finding PlaceSearch::KindIn(const AddressPart& part) const {
  const std::vector<Word>& words = part.words;
  for (std::size_t at = 0; at < words.size(); ++at)
    if (BeginsWithDigit(words[at]) && !CountsSomethingElse(words, at, at + 1)) return {};
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].lower.size() < kShortestKind && words.size() > 1) continue;
    const PlaceContext rest = index_.localities.Read(words, at + 1);
    const PlaceContext stated = ContextBeside(part, 0, rest);
    const PlaceContext& context = stated.terms.empty() ? around_.weak_context : stated;
    for (const int term : context.terms)
      if (Finding finding = OfKind(words[at].lower, term, context); finding.rank != Rank::kNothing) {
        if (words.size() > 1 + rest.words) AddFault(finding.match.faults, "STREET_FROM_FREE_TEXT");
        finding.name = SpanOf(words, at, at + 1 + rest.words);
        return finding;
      }
  }
  return {};
}

}  // namespace lagesbild::geo
