#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/gazetteer.h"
#include "geo/incident.h"
#include "geo/place_suggest.h"
#include "geo/reverse_geocoder.h"

namespace lagesbild::geo {

class PackedGazetteer;
struct RegisterCalibration;

/// A place as a reporter wrote it. All UTF-8; all optional.
struct PlaceQuery {
  std::string_view address = {};   ///< "Storgatan 12 B, Heby", "Heby skola", "Tingsg. 4"
  std::string_view locality = {};  ///< context: a column of its own, or the reporter's home locality
  std::string_view postcode = {};
  /// Day of the incident: places known by name only from or until a day are found on their days alone. 0 =
  /// any day.
  std::chrono::sys_days date = {};
};

/// How much a person should trust a match (geocoding.md 3.2).
enum class MatchCategory {
  kA,     ///< the address exists as written, but for case, marks, abbreviations and neutral additions
  kB,     ///< unique after one small repair
  kC,     ///< placed, but a person should look; never enters density by default
  kNone,  ///< not placed
};
std::string_view MatchCategoryCode(MatchCategory category);  ///< "A", "B", "C", ""

/// A stretch of the query's address, in characters (code points), half open. Empty = no one stretch.
struct TextSpan {
  std::size_t begin = 0, end = 0;
  friend constexpr bool operator==(TextSpan, TextSpan) = default;
};

struct GeocodeMatch {
  MatchLevel level = MatchLevel::kNone;
  UnplacedReason reason = UnplacedReason::kNone;  ///< set when nothing was placed
  PlanePoint position;
  Meters accuracy_radius;
  std::string matched;                  ///< the register's own spelling, "Storgatan 12B, Heby"
  std::vector<std::string> faults;      ///< named faults of geocoding.md 3.3, in order of use
  std::vector<std::string> candidates;  ///< when ambiguous: the equals, at most 10
  MatchCategory category = MatchCategory::kNone;
  int score = 0;                      ///< 100 less the faults' penalties (match_faults.md), at least 0
  TextSpan span;                      ///< of the words that were understood as the place
  std::vector<TextSpan> fault_spans;  ///< per fault of `faults`: the part of the text that it concerns
  bool placed() const { return level != MatchLevel::kNone; }
};

/// Finds what a text names in one municipality's register, in steps: as written, abbreviations expanded,
/// marks folded, letters wrong, words missing, inside a sentence (geocoding.md 4.4). A later step runs only
/// when no earlier one found anything. Never picks silently between equals, never falls to a lower level
/// without saying so by `level`, `category` and `faults`. Construction O(register), look-up O(length of the
/// text squared), whatever the register's size. Thread safe after construction.
class Geocoder {
 public:
  explicit Geocoder(const Gazetteer& gazetteer);
  /// From what Compiled gave, in memory that `keep` holds and that never changes: a mapped file. Answers byte
  /// for byte as the one that was compiled. Throws InvalidInput when anything about the bytes does not hold
  /// or they were made by other rules; no bytes that are accepted can make a question fail. O(register) for
  /// the checks, no memory worth the name.
  static Geocoder FromCompiled(std::span<const std::byte> image, std::shared_ptr<const void> keep);
  /// All of it as one piece of bytes, described in index_image.md. The same register gives the same bytes.
  std::vector<std::byte> Compiled() const;
  ~Geocoder();
  Geocoder(Geocoder&&) noexcept;
  Geocoder& operator=(Geocoder&&) noexcept;

  GeocodeMatch Geocode(const PlaceQuery& query) const;
  /// A match that points at a dwelling or a property, made as coarse as its street: the street's middle and
  /// reach, level street (a village: locality). A street of fewer than five addresses would still give the
  /// dwelling away and becomes its locality; NOT_FOUND when the register knows none. Other matches come back
  /// as they are. O(register).
  GeocodeMatch AtStreet(const GeocodeMatch& match) const;
  /// The nearest address no further than `limit`; see ReverseGeocoder.
  NearestAddress Nearest(PlanePoint point, Meters limit = Meters{200}) const;
  /// What a text that is still being typed may become; see SuggestPlaces.
  std::vector<Suggestion> Suggest(std::string_view typed, std::size_t most = 10) const;
  /// The register as it was given, but for what lies nowhere. Put together when first asked for, O(register)
  /// and as much memory again; thread safe.
  const Gazetteer& gazetteer() const;
  /// Addresses, places, roads and properties without that: counts and single ones.
  const PackedGazetteer& packed() const;
  /// How far the register's own points lie from where they would be put without them.
  const RegisterCalibration& calibration() const;

 private:
  struct Index;
  explicit Geocoder(std::unique_ptr<Index> index);
  std::unique_ptr<Index> index_;
};

/// The key that stands for an address text once the text itself is gone: NFC, lower case, å ä ö é ü folded,
/// punctuation to single spaces, abbreviations NOT expanded. Same text, same key.
std::string NormalizedPlaceKey(std::string_view address, std::string_view locality);

}  // namespace lagesbild::geo
