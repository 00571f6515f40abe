#include "tools/geocode_bench/queries.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "tools/geocode_bench/crossings.h"
#include "tools/geocode_bench/decoys.h"
#include "tools/geocode_bench/rivals.h"
#include "tools/geocode_bench/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr double kTolerance = 50;
constexpr double kCrossingTolerance = 75;  // the truth itself is an estimate

/// Writes queries of one class from one stream of random numbers.
class Writer {
 public:
  Writer(const RegisterView& view, const LeftOut& left_out, const Rivals& rivals, const Decoys& decoys,
         const std::vector<StreetCrossing>& crossings, const QueryPlan& plan, const std::string& query_class)
      : view_(view),
        left_out_(left_out),
        rivals_(rivals),
        decoys_(decoys),
        crossings_(crossings),
        plan_(plan),
        rng_(SeedOf(plan.set), plan.code + "/" + query_class) {}

  using Draw = std::optional<BenchQuery> (Writer::*)();

  std::optional<BenchQuery> Exact() {
    const int address = Draws();
    return Written(address, street(address).name, WrittenAs::kName);
  }
  std::optional<BenchQuery> WithoutMarks() { return Changed(WrittenAs::kName, MarksDropped); }
  std::optional<BenchQuery> WithDigraphs() { return Changed(WrittenAs::kDigraphs, Digraphs); }
  std::optional<BenchQuery> LetterCase() {
    return Changed(WrittenAs::kName, [&](const std::string& name) { return OtherCase(name, rng_); });
  }
  std::optional<BenchQuery> Abbreviation() {
    return Changed(WrittenAs::kAbbreviation, [&](const std::string& name) { return Shortened(name); });
  }
  std::optional<BenchQuery> OneEdit() {
    return Changed(WrittenAs::kName, [&](const std::string& name) { return Typed(name, 1); });
  }
  std::optional<BenchQuery> TwoEdits() {
    return Changed(WrittenAs::kName, [&](const std::string& name) { return Typed(name, 2); });
  }
  /// A slip in the name that was shortened afterwards; what shortens it is as it should be.
  std::optional<BenchQuery> AbbreviationAndEdit() {
    return Changed(WrittenAs::kAbbreviation, [&](const std::string& name) -> std::optional<std::string> {
      const std::string suffix = StreetSuffix(name, plan_.language);
      const std::size_t stem = name.size() - suffix.size();
      const auto slipped = suffix.empty() ? std::nullopt : Typed(name.substr(0, stem), 1);
      return slipped ? Shortened(*slipped + name.substr(stem)) : std::nullopt;
    });
  }
  /// A slip anywhere in what is left after shortening: it may hit the one letter that stands for the type.
  std::optional<BenchQuery> AbbreviationEditAnywhere() {
    return Changed(WrittenAs::kAbbreviation, [&](const std::string& name) -> std::optional<std::string> {
      const auto shortened = Shortened(name);
      return shortened ? Typed(*shortened, 1) : std::nullopt;
    });
  }
  std::optional<BenchQuery> Clutter() { return Wrapped(Exact(), WithClutter); }
  std::optional<BenchQuery> TwoEditsAndClutter() { return Wrapped(TwoEdits(), WithClutter); }
  std::optional<BenchQuery> Compound() {
    return Changed(WrittenAs::kSqueezed,
                   [&](const std::string& name) { return CompoundMoved(name, plan_.language, rng_); });
  }
  std::optional<BenchQuery> Sentence() { return Wrapped(Exact(), InSentence); }

  /// Reports are typed in haste: a slip, an abbreviation or small letters inside a sentence.
  std::optional<BenchQuery> SentenceNoisy() {
    const double kind = rng_.Unit();
    return Wrapped(kind < 0.4 ? OneEdit() : kind < 0.7 ? Abbreviation() : LetterCase(), InSentence);
  }
  std::optional<BenchQuery> DecomposedMarks() { return Changed(WrittenAs::kName, Decomposed); }
  std::optional<BenchQuery> NumberStyle() {
    const int address = Draws();
    const BenchStreet& of = street(address);
    auto query = Written(address, of.name, WrittenAs::kName);
    if (!query || of.has_namesake) return std::nullopt;
    query->address = of.name + NumberInOtherWords(Designation(view_.address(address)), plan_.set, rng_);
    return query;
  }
  /// No number at all: the street as a whole, and no more than that.
  std::optional<BenchQuery> StreetOnly() {
    const BenchStreet& of = street(Draws());
    if (of.has_namesake) return std::nullopt;
    BenchQuery query;
    const double way = rng_.Unit();
    query.address = way < 0.4   ? of.name
                    : way < 0.7 ? InSentence(of.name, plan_.language, plan_.set, rng_)
                                : WithClutter(of.name, plan_.language, plan_.set, rng_);
    query.expect = Expect::kCoarse;
    for (const auto& [number, bearers] : of.numbers)
      for (const int bearer : bearers) query.truths.push_back(view_.address(bearer).position);
    return query;
  }

  std::optional<BenchQuery> SentenceNowhere() {
    return Nothing(SentenceWithoutPlace(plan_.language, plan_.set, rng_));
  }

  std::optional<BenchQuery> FirstWord() {
    const int address = Draws();
    const auto rest = FirstWordDropped(street(address).name);
    if (!rest) return std::nullopt;
    return Relaxed(address, *rest, [](const BenchStreet& other, const std::u32string& written) {
      return other.plain.ends_with(U" " + written);
    });
  }
  std::optional<BenchQuery> Suffix() {
    const int address = Draws();
    const auto other = OtherSuffix(street(address).name, plan_.language, rng_);
    if (!other) return std::nullopt;
    const std::u32string stem = StemOf(*other);
    return Relaxed(address, *other, [&](const BenchStreet& theirs, const std::u32string&) {
      return StemOf(theirs.name) == stem;
    });
  }

  std::optional<BenchQuery> Context() {
    const int address = Draws();
    const std::string context = ContextOf(view_.address(address));
    if (context.empty() || street(address).has_namesake) return std::nullopt;
    auto query = Written(address, street(address).name, WrittenAs::kName);
    query->address += ", " + context;
    if (rng_.Chance(0.5)) query->address = UpperText(query->address);
    return query;
  }
  std::optional<BenchQuery> WrongContext() {
    const int address = Draws(), other = Draws();
    const geo::Address &a = view_.address(address), &b = view_.address(other);
    const std::string context = ContextOf(b);
    if (context.empty() || street(address).has_namesake ||
        (b.postcode.empty() ? a.postal_town == b.postal_town : a.postcode == b.postcode))
      return std::nullopt;
    auto query = Written(address, street(address).name, WrittenAs::kName);
    if (rng_.Chance(0.3)) {
      query->postcode = b.postcode;
      query->locality = b.locality.empty() ? b.postal_town : b.locality;
    } else {
      query->address += ", " + context;
    }
    return query;
  }

  std::optional<BenchQuery> LeftOutNumbers() {
    if (next_left_out_ >= left_out_.numbers.size()) return std::nullopt;
    return LeftOutQuery(left_out_.numbers[next_left_out_++]);
  }
  std::optional<BenchQuery> LetterMissing() {
    const int address = Draws();
    const BenchStreet& of = street(address);
    const int number = view_.address(address).number;
    for (const int bearer : of.numbers.at(number))
      if (view_.address(bearer).letter.empty()) return std::nullopt;
    BenchQuery query;
    query.address = of.name + " " + std::to_string(number) + PlaceOf(of);
    query.truths = {view_.Middle(of, number)};
    return query;
  }
  std::optional<BenchQuery> Range();
  std::optional<BenchQuery> LetterRange(int address);
  std::optional<BenchQuery> NumberFar();

  std::optional<BenchQuery> DecoyFar() { return Decoyed(decoys_.Far(rng_)); }
  std::optional<BenchQuery> DecoyPerson() { return Decoyed(decoys_.OtherPerson(rng_)); }
  std::optional<BenchQuery> DecoyNear() { return Decoyed(decoys_.Near(rng_)); }

  std::optional<BenchQuery> CrossingOf() {
    if (crossings_.empty()) return std::nullopt;
    const StreetCrossing& crossing = rng_.Pick(crossings_);
    const bool turned = rng_.Chance(0.5);
    const std::string &a = view_.street(crossing.a).name, &b = view_.street(crossing.b).name;
    BenchQuery query;
    query.address = AsCrossing(turned ? b : a, turned ? a : b, plan_.language, plan_.set, rng_);
    query.truths = {crossing.position};
    query.tolerance_m = kCrossingTolerance;
    query.expect = crossing.several ? Expect::kPlaceOrAmbiguous : Expect::kPlace;
    return query;
  }
  std::optional<BenchQuery> CrossingNone() {
    const auto [a, b] = StreetsApart(view_, rng_);
    if (a < 0) return std::nullopt;
    return Nothing(AsCrossing(view_.street(a).name, view_.street(b).name, plan_.language, plan_.set, rng_));
  }
  std::optional<BenchQuery> Namesakes();

 private:
  const BenchStreet& street(int address) const { return view_.street(view_.street_of(address)); }

  /// Half of the draws by address, half by street: short streets are asked for too.
  int Draws() {
    if (rng_.Chance(0.5)) return rng_.Pick(view_.numbered());
    const BenchStreet& of = view_.streets()[rng_.Index(view_.streets().size())];
    auto number = of.numbers.begin();
    std::advance(number, static_cast<std::ptrdiff_t>(rng_.Index(of.numbers.size())));
    return rng_.Pick(number->second);
  }
  std::string PlaceOf(const BenchStreet& of) const { return of.has_namesake ? ", " + of.place : ""; }
  std::u32string StemOf(const std::string& name) const {
    const std::u32string letters = Letters(LowerText(name));
    return Plain(
        Utf8(letters.substr(0, letters.size() - Letters(StreetSuffix(name, plan_.language)).size())));
  }
  /// "211 33 Malmö", "21133 Malmö", or the town alone where the register has no postcodes.
  std::string ContextOf(const geo::Address& a) {
    const std::string& town = a.postal_town.empty() ? plan_.town : a.postal_town;
    if (a.postcode.empty()) return town;
    return (rng_.Chance(0.5) ? Spaced(a.postcode) : a.postcode) + " " + town;
  }
  static std::string Spaced(const std::string& postcode) {
    return postcode.size() == 5 ? postcode.substr(0, 3) + " " + postcode.substr(3) : postcode;
  }
  std::string Designation(const geo::Address& a) {
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

  /// The address with its street written so.
  std::optional<BenchQuery> Written(int address, const std::string& name, WrittenAs as) {
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

  template <class Change>
  std::optional<BenchQuery> Changed(WrittenAs as, Change change) {
    const int address = Draws();
    const auto name = change(street(address).name);
    return name ? Written(address, *name, as) : std::nullopt;
  }
  std::optional<std::string> Shortened(const std::string& name) {
    return Abbreviated(name, plan_.language, rng_);
  }
  std::optional<std::string> Typed(const std::string& name, int edits) {
    return LongEnough(name, edits) ? Mistyped(name, edits, rng_) : std::nullopt;
  }
  /// Slips come by the letter: twelve letters seldom go without, six seldom hold two.
  bool LongEnough(const std::string& name, int edits) {
    const double length = static_cast<double>(Letters(name).size());
    return rng_.Chance(std::pow(length / 12, edits));
  }

  template <class Wrap>
  std::optional<BenchQuery> Wrapped(std::optional<BenchQuery> query, Wrap wrap) {
    if (query) query->address = wrap(query->address, plan_.language, plan_.set, rng_);
    return query;
  }
  std::optional<BenchQuery> Nothing(std::string text) {
    BenchQuery query;
    query.address = std::move(text);
    query.expect = Expect::kNothing;
    return query;
  }
  std::optional<BenchQuery> Decoyed(const std::optional<Decoys::Decoy>& decoy) {
    if (!decoy) return std::nullopt;
    auto query = Nothing(decoy->street + " " + std::to_string(decoy->number));
    const double way = rng_.Unit();
    return way < 0.6 ? query : way < 0.8 ? Wrapped(query, WithClutter) : Wrapped(query, InSentence);
  }

  /// Whether people write the name so: it is no other query then.
  bool IsForm(const std::string& name, const std::u32string& plain) const {
    const std::vector<std::string> forms = WrittenForms(name, plan_.language);
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& f) { return Plain(f) == plain; });
  }
  /// A name that some rule relates to the register's: others so related, or one letter from what was written,
  /// make it ambiguous; a street that is called so makes it another query.
  template <class Related>
  std::optional<BenchQuery> Relaxed(int address, const std::string& written, Related related) {
    const std::u32string plain = Plain(written);
    const int number = view_.address(address).number, own = view_.street_of(address);
    auto query = Written(address, written, WrittenAs::kName);
    if (!query) return std::nullopt;
    query->truths = {view_.address(address).position};
    query->expect = Expect::kPlace;
    for (int i = 0; i < static_cast<int>(view_.streets().size()); ++i) {
      const BenchStreet& other = view_.street(i);
      if (IsForm(other.name, plain)) return std::nullopt;
      if (i == own || !other.Holds(number)) continue;
      if (related(other, plain) || EditDistance(plain, other.plain, 1) <= 1)
        query->expect = Expect::kPlaceOrAmbiguous;
    }
    return query;
  }

  const RegisterView& view_;
  const LeftOut& left_out_;
  const Rivals& rivals_;
  const Decoys& decoys_;
  const std::vector<StreetCrossing>& crossings_;
  const QueryPlan& plan_;
  Rng rng_;
  std::size_t next_left_out_ = 0;
};

std::optional<BenchQuery> Writer::LetterRange(int address) {
  const BenchStreet& of = street(address);
  const int number = view_.address(address).number;
  std::set<std::string> letters;
  for (const int bearer : of.numbers.at(number))
    if (view_.address(bearer).letter.size() == 1) letters.insert(view_.address(bearer).letter);
  if (letters.size() < 2) return std::nullopt;
  BenchQuery query;
  query.address = of.name + " " + std::to_string(number) + (rng_.Chance(0.5) ? " " : "") + *letters.begin() +
                  "-" + *letters.rbegin() + PlaceOf(of);
  query.truths = {view_.Middle(of, number)};
  return query;
}

std::optional<BenchQuery> Writer::Range() {
  const int address = Draws();
  if (rng_.Chance(0.3)) return LetterRange(address);
  const BenchStreet& of = street(address);
  const int from = view_.address(address).number;
  const int to = from + 2 * rng_.Int(1, 4);
  if (!of.Holds(to)) return std::nullopt;
  std::vector<geo::PlanePoint> points;
  for (const auto& [number, bearers] : of.numbers)
    if (number >= from && number <= to && number % 2 == from % 2)
      for (const int bearer : bearers) points.push_back(view_.address(bearer).position);
  double e = 0, n = 0, reach = 0;
  for (const geo::PlanePoint& p : points) e += p.easting.value(), n += p.northing.value();
  const auto count = static_cast<double>(points.size());
  const geo::PlanePoint middle{geo::Meters{e / count}, geo::Meters{n / count}};
  for (const geo::PlanePoint& p : points) reach = std::max(reach, Distance(middle, p));
  static constexpr std::array<const char*, 4> kBetween = {"-", " - ", "–", "—"};
  BenchQuery query;
  query.address = of.name + " " + std::to_string(from) + kBetween[rng_.Index(kBetween.size())] +
                  std::to_string(to) + PlaceOf(of);
  query.truths = {middle};
  query.tolerance_m = std::max(kTolerance, reach);
  return query;
}

std::optional<BenchQuery> Writer::NumberFar() {
  const int address = Draws();
  const BenchStreet& of = street(address);
  const int number = 2 * of.last() + 50 + rng_.Int(0, 400);
  for (const int near : rivals_.Within(of.name, 2))
    if (view_.street(near).last() + 50 >= number) return std::nullopt;
  return Nothing(of.name + " " + std::to_string(number) + PlaceOf(of));
}

std::optional<BenchQuery> Writer::Namesakes() {
  const int address = Draws();
  const geo::Address& a = view_.address(address);
  const BenchStreet& of = street(address);
  if (!of.has_namesake) return std::nullopt;
  bool twice = false;
  for (const BenchStreet& other : view_.streets()) {
    if (other.lower != of.lower || !other.Holds(a.number)) continue;
    for (const int bearer : other.numbers.at(a.number)) {
      const geo::Address& b = view_.address(bearer);
      twice = twice ||
              (a.letter == b.letter && a.addition == b.addition && Distance(a.position, b.position) > 100);
    }
  }
  if (!twice) return std::nullopt;
  BenchQuery query;
  query.address = of.name + " " + Designation(a);
  query.expect = Expect::kAmbiguous;
  return query;
}

struct ClassOf {
  const char* code;
  Writer::Draw draw;
};

constexpr std::array<ClassOf, 32> kClasses{{{"exact", &Writer::Exact},
                                            {"diacritics", &Writer::WithoutMarks},
                                            {"digraphs", &Writer::WithDigraphs},
                                            {"decomposed", &Writer::DecomposedMarks},
                                            {"letter_case", &Writer::LetterCase},
                                            {"number_style", &Writer::NumberStyle},
                                            {"abbreviation", &Writer::Abbreviation},
                                            {"context", &Writer::Context},
                                            {"wrong_context", &Writer::WrongContext},
                                            {"edit_1", &Writer::OneEdit},
                                            {"edit_2", &Writer::TwoEdits},
                                            {"abbreviation_edit", &Writer::AbbreviationAndEdit},
                                            {"abbreviation_edit_anywhere", &Writer::AbbreviationEditAnywhere},
                                            {"clutter", &Writer::Clutter},
                                            {"edit_2_clutter", &Writer::TwoEditsAndClutter},
                                            {"compound", &Writer::Compound},
                                            {"first_word", &Writer::FirstWord},
                                            {"suffix", &Writer::Suffix},
                                            {"sentence", &Writer::Sentence},
                                            {"sentence_noisy", &Writer::SentenceNoisy},
                                            {"street_only", &Writer::StreetOnly},
                                            {"letter_missing", &Writer::LetterMissing},
                                            {"range", &Writer::Range},
                                            {"left_out_number", &Writer::LeftOutNumbers},
                                            {"crossing", &Writer::CrossingOf},
                                            {"namesakes", &Writer::Namesakes},
                                            {"sentence_nowhere", &Writer::SentenceNowhere},
                                            {"crossing_nowhere", &Writer::CrossingNone},
                                            {"decoy_far", &Writer::DecoyFar},
                                            {"decoy_near", &Writer::DecoyNear},
                                            {"decoy_person", &Writer::DecoyPerson},
                                            {"number_far", &Writer::NumberFar}}};

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
  query.tolerance_m = std::max(kTolerance, 0.7 * left.gap_m);
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
    Writer writer(view, left_out, rivals, decoys, crossings, plan, of.code);
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
