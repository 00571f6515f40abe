#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/address_parser.h"
#include "geo/geocoder.h"
#include "geo/register_index.h"

namespace lagesbild::geo {

/// How much a stretch of text turned out to say; the best first.
enum class Rank { kPlaced, kAmbiguous, kElsewhere, kNumberUnknown, kCoarse, kNothing };

struct Finding {
  Rank rank = Rank::kNothing;
  GeocodeMatch match;
  TextSpan name = {}, number = {};  ///< bytes of the clean text: what was read as name and as number
};

/// What is known beside the place itself: what the text says, then what the report's other columns say.
struct Surroundings {
  PlaceContext explicit_context, weak_context;
  std::chrono::sys_days date = {};  ///< of the incident; 0 = any
  bool locality_edit = false;       ///< a locality was read with a letter wrong
  bool locality_given = false;      ///< a part of the text is a locality and nothing else
};

/// How far a number may lie from those of the register: there itself or by its letters; or between two
/// others; or just beyond the end as well.
enum class NumberPolicy { kExisting, kBetween, kAny };

/// Chooses among register entries of one name: what is said around the place decides, equals are ambiguous.
/// `streets` are indices into RegisterIndex::streets; `context` is what the text says beside the name. Holds
/// references; for one query.
class PlaceChoice {
 public:
  PlaceChoice(const RegisterIndex& index, const Surroundings& around) : index_(index), around_(around) {}

  /// Rank kNumberUnknown when no street has the number to that policy.
  Finding Numbered(const std::vector<int>& streets, const HouseNumber& number, const PlaceContext& context,
                   NumberPolicy policy = NumberPolicy::kAny) const;
  /// A block of the street's continuation beyond the middle of the city, by the regularity of its blocks
  /// alone.
  Finding AcrossTheMiddle(int street, const HouseNumber& number) const;
  Finding WholeDesignation(const std::vector<int>& streets, const PlaceContext& context) const;
  /// A street or village without a number, coarse.
  Finding StreetAlone(const std::vector<int>& streets, const PlaceContext& context) const;
  /// `places` are indices into Gazetteer::places, at least one.
  Finding OnePlace(std::vector<int> places, const PlaceContext& context) const;
  /// The first locality or district of the context, coarse.
  Finding LocalityAlone(const PlaceContext& context) const;
  /// That, else the first postcode, coarser still. O(addresses) for a postcode.
  Finding AreaAlone(const PlaceContext& context) const;

 private:
  Finding InBlock(const std::vector<int>& streets, std::span<const int> addresses, const HouseNumber& number,
                  const PlaceContext& context, NumberPolicy policy) const;
  Finding OnGrid(int street, std::span<const int> addresses, const HouseNumber& number) const;
  Finding OneAddress(std::vector<int> addresses, const PlaceContext& context) const;
  Finding Center(std::vector<int> addresses, const PlaceContext& context, const HouseNumber& number,
                 const char* fault) const;
  Finding Estimated(std::span<const int> addresses, const HouseNumber& number, const PlaceContext& context,
                    NumberPolicy policy) const;
  Finding NumberUnknown(std::span<const int> addresses, const HouseNumber& number) const;
  Finding AmbiguousAddresses(const std::vector<int>& addresses, bool with_number,
                             const PlaceContext& context) const;

  NamedAddresses StreetOf(int street) const;
  std::vector<int> AddressesOf(const std::vector<int>& streets) const;
  std::vector<int> Narrow(std::vector<int> items, const WhereaboutsTable& places,
                          const PlaceContext& context) const;
  std::vector<int> NarrowToOne(std::vector<int> items, const WhereaboutsTable& places,
                               const PlaceContext& context) const;
  std::vector<int> NarrowStretches(const std::vector<int>& addresses, const PlaceContext& context) const;
  std::vector<int> StretchesOf(std::span<const int> addresses) const;
  void AddContextFaults(const Whereabouts& place, const PlaceContext& context,
                        std::vector<std::string>& faults) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
};

/// The middle of the first locality that the text, else the other columns, name; empty when none is known.
std::optional<PlanePoint> StatedLocality(const RegisterIndex& index, const PlaceContext& context,
                                         const Surroundings& around);

/// An equal candidate of an ambiguous text: ranked by its distance to the stated locality, then by its label.
struct Candidate {
  double distance_m = 0;  ///< 0 where no locality is stated
  std::string label;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};
/// Their labels in order, each once, at most ten.
std::vector<std::string> Ranked(std::vector<Candidate> candidates);

/// The street, village or locality around an address that was matched; see Geocoder::AtStreet.
GeocodeMatch CoarseAround(const RegisterIndex& index, const GeocodeMatch& match);

/// What was found, taken back: the text names a locality that the register does not know.
Finding Elsewhere(Finding placed);

}  // namespace lagesbild::geo
