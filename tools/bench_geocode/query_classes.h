#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tools/bench_geocode/query_writer.h"

namespace lagesbild::tools::bench {

/// One function per class of noise. Nothing where the draw gives no occasion for it.
class ClassWriter : public QueryWriter {
 public:
  using QueryWriter::QueryWriter;
  using Draw = std::optional<BenchQuery> (ClassWriter::*)();

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
  std::optional<BenchQuery> OneEditAnyLetter() {
    return Changed(WrittenAs::kName, [&](const std::string& name) { return Misspelled(name, 1); });
  }
  std::optional<BenchQuery> TwoEditsAnyLetter() {
    return Changed(WrittenAs::kName, [&](const std::string& name) { return Misspelled(name, 2); });
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
  std::optional<BenchQuery> Suffix() { return WithType(OtherSuffix); }
  std::optional<BenchQuery> SuffixOdd() { return WithType(OddSuffix); }

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
  std::optional<BenchQuery> DecoyInvented() { return Decoyed(decoys_.Invented(plan_.set, rng_)); }
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
    query.tolerance_m = 75;  // the truth itself is an estimate
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
  using OtherType = std::optional<std::string> (*)(const std::string&, WritingLanguage, Rng&);
  /// Another street of the stem is as good an answer.
  std::optional<BenchQuery> WithType(OtherType other_type) {
    const int address = Draws();
    const auto other = other_type(street(address).name, plan_.language, rng_);
    if (!other) return std::nullopt;
    const std::u32string stem = StemOf(*other);
    return Relaxed(address, *other, [&](const BenchStreet& theirs, const std::u32string&) {
      return StemOf(theirs.name) == stem;
    });
  }

  std::size_t next_left_out_ = 0;
};

}  // namespace lagesbild::tools::bench
