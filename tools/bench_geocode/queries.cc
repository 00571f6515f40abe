#include "tools/bench_geocode/queries.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "tools/bench_geocode/query_classes.h"

namespace lagesbild::tools::bench {
namespace {

struct ClassOf {
  const char* code;
  ClassWriter::Draw draw;
};

constexpr std::array<ClassOf, 36> kClasses{
    {{"exact", &ClassWriter::Exact},
     {"diacritics", &ClassWriter::WithoutMarks},
     {"digraphs", &ClassWriter::WithDigraphs},
     {"decomposed", &ClassWriter::DecomposedMarks},
     {"letter_case", &ClassWriter::LetterCase},
     {"number_style", &ClassWriter::NumberStyle},
     {"abbreviation", &ClassWriter::Abbreviation},
     {"context", &ClassWriter::Context},
     {"wrong_context", &ClassWriter::WrongContext},
     {"edit_1", &ClassWriter::OneEdit},
     {"edit_2", &ClassWriter::TwoEdits},
     {"edit_1_any_letter", &ClassWriter::OneEditAnyLetter},
     {"edit_2_any_letter", &ClassWriter::TwoEditsAnyLetter},
     {"abbreviation_edit", &ClassWriter::AbbreviationAndEdit},
     {"abbreviation_edit_anywhere", &ClassWriter::AbbreviationEditAnywhere},
     {"clutter", &ClassWriter::Clutter},
     {"edit_2_clutter", &ClassWriter::TwoEditsAndClutter},
     {"compound", &ClassWriter::Compound},
     {"first_word", &ClassWriter::FirstWord},
     {"suffix", &ClassWriter::Suffix},
     {"suffix_odd", &ClassWriter::SuffixOdd},
     {"sentence", &ClassWriter::Sentence},
     {"sentence_noisy", &ClassWriter::SentenceNoisy},
     {"street_only", &ClassWriter::StreetOnly},
     {"letter_missing", &ClassWriter::LetterMissing},
     {"range", &ClassWriter::Range},
     {"left_out_number", &ClassWriter::LeftOutNumbers},
     {"crossing", &ClassWriter::CrossingOf},
     {"namesakes", &ClassWriter::Namesakes},
     {"sentence_nowhere", &ClassWriter::SentenceNowhere},
     {"crossing_nowhere", &ClassWriter::CrossingNone},
     {"decoy_far", &ClassWriter::DecoyFar},
     {"decoy_near", &ClassWriter::DecoyNear},
     {"decoy_invented", &ClassWriter::DecoyInvented},
     {"decoy_person", &ClassWriter::DecoyPerson},
     {"number_far", &ClassWriter::NumberFar}}};

}  // namespace

LeftOut LeaveOutNumbers(const RegisterView& view, double share, Rng& rng) {
  LeftOut left_out;
  for (const BenchStreet& street : view.streets()) {
    std::array<int, 2> before{};  // the last number left out on each side: its neighbors must stay
    for (const auto& [number, bearers] : street.numbers) {
      const int below = street.Below(number), above = street.Above(number);
      int& last = before[static_cast<std::size_t>(number % 2)];
      if (!rng.Chance(share) || below == 0 || above == 0 || below == last) continue;
      last = number;
      const geo::Address& asked = view.address(rng.Pick(bearers));
      left_out.numbers.push_back({.street = street.name,
                                  .place = street.place,
                                  .place_needed = street.has_namesake,
                                  .number = number,
                                  .letter = asked.letter,
                                  .position = asked.position,
                                  .gap_m = Distance(view.Middle(street, below), view.Middle(street, above)),
                                  .between = true});
      left_out.addresses.insert(bearers.begin(), bearers.end());
    }
  }
  rng.Shuffle(left_out.numbers);
  return left_out;
}

BenchQuery LeftOutQuery(const LeftOutNumber& left) {
  BenchQuery query;
  query.address = left.street + " " + std::to_string(left.number) + left.letter +
                  (left.place_needed ? ", " + left.place : "");
  query.truths = {left.position};
  query.tolerance_m = std::max(query.tolerance_m, 0.7 * left.gap_m);
  return query;
}

std::vector<BenchQuery> MakeQueries(const RegisterView& view, const LeftOut& left_out,
                                    const QueryPlan& plan) {
  std::vector<BenchQuery> queries;
  if (view.numbered().empty()) return queries;
  const Rivals rivals(view, plan.language);
  const Decoys decoys(view, rivals, plan.language);
  const std::vector<StreetCrossing> crossings = StreetCrossings(view);
  const auto write = [&](const ClassOf& of) {
    ClassWriter writer({view, left_out, rivals, decoys, crossings, plan}, of.code);
    std::set<std::string> texts;
    constexpr int kTriesEach = 60;
    for (int i = 0; i < kTriesEach * plan.per_class; ++i) {
      if (static_cast<int>(texts.size()) == plan.per_class) break;
      std::optional<BenchQuery> query = (writer.*of.draw)();
      if (!query || !texts.insert(query->address + "\t" + query->postcode).second) continue;
      query->query_class = of.code;
      queries.push_back(std::move(*query));
    }
  };
  for (const ClassOf& of : kClasses) write(of);
  return queries;
}

std::uint64_t SeedOf(QuerySet set) { return set == QuerySet::kDev ? 331 : 0x5eed'0f'0b5e'55edULL; }

WritingLanguage LanguageOf(const std::string& address_style) {
  return address_style == "no" ? WritingLanguage::kNorwegian : WritingLanguage::kSwedish;
}

}  // namespace lagesbild::tools::bench
