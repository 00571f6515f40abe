#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench_geocode/crossings.h"
#include "tools/bench_geocode/decoys.h"
#include "tools/bench_geocode/queries.h"
#include "tools/bench_geocode/rivals.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {

/// What the classes of noise write from. All must outlive the writers.
struct QueryMaterial {
  const RegisterView& view;
  const LeftOut& left_out;
  const Rivals& rivals;
  const Decoys& decoys;
  const std::vector<StreetCrossing>& crossings;
  const QueryPlan& plan;
};

/// The parts of a query that all classes share, written from one stream of random numbers.
class QueryWriter {
 public:
  QueryWriter(const QueryMaterial& material, const std::string& query_class)
      : view_(material.view),
        left_out_(material.left_out),
        rivals_(material.rivals),
        decoys_(material.decoys),
        crossings_(material.crossings),
        plan_(material.plan),
        rng_(SeedOf(material.plan.set) + material.plan.seed, material.plan.code + "/" + query_class) {}

 protected:
  const BenchStreet& street(int address) const { return view_.street(view_.street_of(address)); }

  /// Half of the draws by address, half by street: short streets are asked for too.
  int Draws();
  std::string PlaceOf(const BenchStreet& of) const { return of.has_namesake ? ", " + of.place : ""; }
  std::u32string StemOf(const std::string& name) const;
  /// "211 33 Malmö", "21133 Malmö", or the town alone where the register has no postcodes.
  std::string ContextOf(const geo::Address& a);
  static std::string Spaced(const std::string& postcode) {
    return postcode.size() == 5 ? postcode.substr(0, 3) + " " + postcode.substr(3) : postcode;
  }
  std::string Designation(const geo::Address& a);

  /// The address with its street written so.
  std::optional<BenchQuery> Written(int address, const std::string& name, WrittenAs as);

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
  std::optional<std::string> Misspelled(const std::string& name, int edits) {
    return LongEnough(name, edits) ? Misspelt(name, edits, rng_) : std::nullopt;
  }
  /// Slips come by the letter: twelve letters seldom go without, six seldom hold two.
  bool LongEnough(const std::string& name, int edits);

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
  std::optional<BenchQuery> Decoyed(const std::optional<Decoys::Decoy>& decoy);

  /// Whether people write the name so: it is no other query then.
  bool IsForm(const std::string& name, const std::u32string& plain) const;
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
};

}  // namespace lagesbild::tools::bench
