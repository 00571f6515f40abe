#include "geo/geocoder.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/address_parser.h"
#include "geo/crossing_search.h"
#include "geo/exact_address.h"
#include "geo/match_description.h"
#include "geo/match_fault.h"
#include "geo/part_choice.h"
#include "geo/place_choice.h"
#include "geo/place_search.h"
#include "geo/place_text.h"
#include "geo/register_index.h"
#include "geo/road_search.h"
#include "geo/text_breaks.h"
#include "geo/town_doubt.h"

namespace lagesbild::geo {
namespace {

/// No place is described in more bytes than this.
constexpr std::size_t kMaxBytes = 4000;

GeocodeMatch Unplaced(UnplacedReason reason) {
  GeocodeMatch match;
  match.reason = reason;
  return match;
}

std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  for (const std::string& word : SplitWords(CleanText(text.substr(0, kMaxBytes))))
    words.push_back({word, LowerCase(word)});
  return words;
}

/// What the report's own columns say of the place, and the locality that nobody here knows.
struct Columns {
  PlaceContext context;
  std::vector<Word> unknown_locality;
};

Columns ReadColumns(const RegisterIndex& index, const PlaceSearch& search, const PlaceQuery& query) {
  Columns columns;
  std::vector<Word> words = WordsOf(query.locality);
  columns.context = index.localities.Read(words, 0);
  if (!words.empty() && columns.context.words == 0 && search.MayBeElsewhere(words, 0))
    columns.unknown_locality = std::move(words);
  const std::string postcode = ReadPostcode(CleanText(query.postcode.substr(0, kMaxBytes)), *index.style);
  if (!postcode.empty()) columns.context.postcodes = {postcode};
  return columns;
}

/// "Östervåal" after a comma: the locality it must mean; -1 when the words may be a place of their own.
int NearLocality(const RegisterIndex& index, const PlaceSearch& search, const AddressPart& part) {
  // A number ends no locality's name, whatever letters are wrong.
  const char last = part.words.back().lower[0];
  const bool numbered = part.words.size() > 1 && last >= '0' && last <= '9';
  if (numbered || part.bracketed || !part.relation.empty() || !search.MayBeElsewhere(part.words, 0))
    return -1;
  return index.localities.Near(part.words, 0, part.words.size());
}

/// A crossing, unless what follows it names a town that nobody here knows.
Finding FindCrossing(const RegisterIndex& index, const PlaceSearch& search, const Surroundings& around,
                     const ParsedAddress& parsed, const std::vector<const AddressPart*>& places) {
  Finding crossing = CrossingSearch(index, around).Find(parsed.whole);
  for (const AddressPart* part : places) {
    if (!crossing.match.placed()) break;
    if (part->bracketed || part->label || !part->relation.empty() ||
        part->words.front().at.begin < crossing.name.end)
      continue;
    PlaceContext context = index.localities.Read(part->words, 0);
    const std::size_t read = context.words;
    AddTo(context, around.explicit_context);
    if (search.MayBeElsewhere(part->words, read))
      crossing = WithDoubt(std::move(crossing), DoubtOf(index, part->words, read, context.postcodes));
  }
  return crossing;
}

Finding FindPlace(const RegisterIndex& index, const ParsedAddress& parsed, const PlaceQuery& query) {
  Surroundings around;
  const PlaceSearch search(index, around);
  const Columns columns = ReadColumns(index, search, query);
  around.weak_context = columns.context;
  around.date = query.date;
  std::vector<const AddressPart*> places;
  for (const AddressPart& part : parsed.parts) {
    const PlaceContext context = index.localities.Read(part.words, 0);
    if (context.words == part.words.size()) {
      AddTo(around.explicit_context, context);
      around.locality_given = around.locality_given || !context.terms.empty();
    } else if (const int near = NearLocality(index, search, part); near >= 0) {
      around.explicit_context.terms.push_back(near);
      around.locality_edit = true;
    } else {
      // "217 71 Malmö", "Östervåla sent i går": what is understood says where, whatever follows.
      if (context.words > 0 &&
          (!context.postcodes.empty() || !BeginsWithCapital(part.words[context.words].text)))
        AddTo(around.explicit_context, context);
      places.push_back(&part);
    }
  }
  if (places.empty()) {
    AddressPart whole;
    whole.words = parsed.whole;
    Finding place = search.WholeText(whole.words);
    return place.rank != Rank::kNothing ? place
                                        : PlaceChoice(index, around).AreaAlone(around.explicit_context);
  }

  if (Finding road = RoadSearch(index, around).Find(parsed.whole); road.rank != Rank::kNothing) return road;
  std::vector<PartFinding> found;
  if (Finding whole = search.WholeText(parsed.whole); whole.rank != Rank::kNothing)
    found.push_back({places.front(), std::move(whole)});
  Finding best;
  if (found.empty()) best = FindCrossing(index, search, around, parsed, places);
  if (best.rank == Rank::kNothing) {
    for (const AddressPart* part : places) found.push_back({part, search.Part(*part)});
    best = UnlessBetween(parsed.whole, CheckRemarks(index, search, around, found, BestOf(found)));
  }
  if (around.locality_edit && best.rank != Rank::kNothing) AddFault(best.match.faults, "LOCALITY_EDIT");
  if (best.rank >= Rank::kElsewhere && NamesNeighbor(index, parsed.whole)) return Outside(std::move(best));
  if (!best.match.placed() || !around.explicit_context.terms.empty() || columns.unknown_locality.empty())
    return best;
  return WithDoubt(std::move(best),
                   DoubtOf(index, columns.unknown_locality, 0, around.weak_context.postcodes));
}

}  // namespace

std::string_view MatchCategoryCode(MatchCategory category) {
  switch (category) {
    case MatchCategory::kA:
      return "A";
    case MatchCategory::kB:
      return "B";
    case MatchCategory::kC:
      return "C";
    case MatchCategory::kNone:
      break;
  }
  return "";
}

struct Geocoder::Index : RegisterIndex {
  using RegisterIndex::RegisterIndex;
  mutable std::once_flag unpacked_once;
  mutable Gazetteer unpacked;
};

Geocoder::Geocoder(const Gazetteer& gazetteer) : index_(std::make_unique<Index>(gazetteer)) {}
Geocoder::Geocoder(std::unique_ptr<Index> index) : index_(std::move(index)) {}
Geocoder::~Geocoder() = default;
Geocoder::Geocoder(Geocoder&&) noexcept = default;
Geocoder& Geocoder::operator=(Geocoder&&) noexcept = default;

namespace {

/// What was said of the finer match holds for the coarse one: the same words, at most category C.
GeocodeMatch DescribedAs(const GeocodeMatch& fine, GeocodeMatch coarse) {
  coarse.span = fine.span;
  coarse.fault_spans = fine.fault_spans;
  coarse.fault_spans.resize(coarse.faults.size(), fine.span);
  if (!coarse.placed()) return coarse;
  coarse.category = MatchCategory::kC;
  coarse.score = fine.score;
  return coarse;
}

}  // namespace

GeocodeMatch Geocoder::AtStreet(const GeocodeMatch& match) const {
  switch (match.level) {
    case MatchLevel::kAddressPoint:
    case MatchLevel::kAddressNumber:
    case MatchLevel::kInterpolated:
    case MatchLevel::kInterpolatedEnd:
    case MatchLevel::kProperty:
      return DescribedAs(match, CoarseAround(*index_, match));
    case MatchLevel::kIntersection:
    case MatchLevel::kPoi:
    case MatchLevel::kRoadPlace:
    case MatchLevel::kStreet:
    case MatchLevel::kLocality:
    case MatchLevel::kPostcode:
    case MatchLevel::kCoordinate:
    case MatchLevel::kNone:
      break;
  }
  return match;
}

Geocoder Geocoder::FromCompiled(std::span<const std::byte> image, std::shared_ptr<const void> keep) {
  ImageReader reader(image, std::move(keep));
  return Geocoder(std::make_unique<Index>(reader));
}

std::vector<std::byte> Geocoder::Compiled() const {
  ImageWriter writer;
  index_->Write(writer);
  return writer.Finish();
}

const Gazetteer& Geocoder::gazetteer() const {
  std::call_once(index_->unpacked_once, [&] { index_->unpacked = index_->gazetteer.Unpacked(); });
  return index_->unpacked;
}

const PackedGazetteer& Geocoder::packed() const { return index_->gazetteer; }
const RegisterCalibration& Geocoder::calibration() const { return index_->calibration; }

NearestAddress Geocoder::Nearest(PlanePoint point, Meters limit) const {
  return index_->reverse->Nearest(point, limit);
}

std::vector<Suggestion> Geocoder::Suggest(std::string_view typed, std::size_t most) const {
  return SuggestPlaces(*index_, typed, most);
}

GeocodeMatch Geocoder::Geocode(const PlaceQuery& query) const {
  if (const std::string text = LinesAsCommas(query.address); !text.empty()) {
    PlaceQuery on_one_line = query;
    on_one_line.address = text;
    return Geocode(on_one_line);
  }
  const auto refuse = [](UnplacedReason reason, const char* fault) {
    GeocodeMatch match = Unplaced(reason);
    match.faults = {fault};
    match.fault_spans = {TextSpan{}};
    return match;
  };
  if (query.locality.empty() && query.postcode.empty())
    if (GeocodeMatch match; ExactAddress(*index_, query.address, match)) return match;
  if (query.address.size() > kMaxBytes) return refuse(UnplacedReason::kNotFound, "TEXT_TOO_LONG");
  const std::string clean = CleanText(query.address);
  if (SaysNoPlace(clean)) return refuse(UnplacedReason::kNoPlaceGiven, "TEXT_EMPTY");
  if (index_->coordinates)
    if (const auto pair = ReadCoordinateText(clean)) {
      GeocodeMatch match = index_->coordinates->Find(*pair);
      match.span = SpanInText(query.address, clean, {0, clean.size()});
      match.fault_spans.assign(match.faults.size(), match.span);
      Grade(match);
      return match;
    }
  const ParsedAddress parsed = ParseAddress(clean, *index_->style);
  if (parsed.too_long) return refuse(UnplacedReason::kNotFound, "TEXT_TOO_LONG");
  Finding finding;
  if (!parsed.parts.empty()) finding = FindPlace(*index_, parsed, query);
  if (finding.rank == Rank::kNothing) finding.match = Unplaced(UnplacedReason::kNotFound);
  if (!query.postcode.empty() &&
      ReadPostcode(CleanText(query.postcode.substr(0, kMaxBytes)), *index_->style).empty())
    AddFault(finding.match.faults,
             "CLUTTER_REMOVED(postcode)");  // it is no postcode: said, not silently left out
  Describe(query.address, clean, parsed, finding);
  return std::move(finding.match);
}

}  // namespace lagesbild::geo
