#include "maps/report_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "geo/polygon.h"
#include "maps/markup.h"
#include "maps/report_reporters.h"

namespace lagesbild::maps {
namespace {

constexpr double kNearPlaceMeters = 300;

double Distance(geo::PlanePoint a, geo::PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// Where `to` lies, seen from `from`.
const char* Direction(geo::PlanePoint from, geo::PlanePoint to) {
  constexpr std::array<const char*, 8> kNames = {"norr",  "nordost", "öster",  "sydost",
                                                 "söder", "sydväst", "väster", "nordväst"};
  const double angle =
      std::atan2(to.easting.value() - from.easting.value(), to.northing.value() - from.northing.value());
  const auto eighth = static_cast<int>(std::lround(angle / (std::acos(-1.0) / 4)));
  return kNames[static_cast<std::size_t>((eighth + 8) % 8)];
}

bool Contains(const geo::Polygon& polygon, geo::PlanePoint point) {
  const double x = point.easting.value(), y = point.northing.value();
  bool inside = false;
  const auto cross = [&](const geo::Ring& ring) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const double xi = ring[i].easting.value(), yi = ring[i].northing.value();
      const double xj = ring[j].easting.value(), yj = ring[j].northing.value();
      if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
    }
  };
  cross(polygon.outer);
  for (const geo::Ring& hole : polygon.holes) cross(hole);
  return inside;
}

}  // namespace

std::string GroupedNumber(double value, int decimals) {
  std::string text = SwedishNumber(value, decimals);
  std::size_t end = text.find(',');
  if (end == std::string::npos) end = text.size();
  std::size_t first = 0;
  while (first < end && (text[first] < '0' || text[first] > '9')) ++first;
  for (std::size_t at = end; at > first + 3; at -= 3) text.insert(at - 3, "\u00a0");
  return text;
}

std::string Count(std::int64_t count, const std::string& one, const std::string& many) {
  return GroupedNumber(static_cast<double>(count), 0) + " " + (count == 1 ? one : many);
}

std::string InSentence(const std::string& label) {
  std::string text = label;
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string Capitalized(const std::string& text) {
  std::string result = text;
  if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
    result[0] = static_cast<char>(result[0] - 'a' + 'A');
  return result;
}

std::string Listed(const std::vector<std::string>& texts) {
  std::string listed;
  for (std::size_t i = 0; i < texts.size(); ++i)
    listed += (i == 0 ? "" : i + 1 == texts.size() ? " och " : ", ") + texts[i];
  return listed;
}

PlaceNames::PlaceNames(const ReferenceLayers& reference) : reference_(&reference) {
  for (const geo::NamedArea& locality : reference.localities)
    centers_.push_back(geo::InnerPoint(locality.polygons));
}

std::string PlaceNames::Of(geo::PlanePoint point) const {
  std::string text;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < centers_.size(); ++i) {
    const geo::NamedArea& locality = reference_->localities[i];
    for (const geo::Polygon& polygon : locality.polygons)
      if (Contains(polygon, point)) {
        text = locality.name;
        nearest = -1;
      }
    const double distance = Distance(centers_[i], point);
    if (distance >= nearest) continue;
    nearest = distance;
    text = distance < 1000 ? "intill " + locality.name
                           : SwedishNumber(distance / 1000, 0) + " km " + Direction(centers_[i], point) +
                                 " om " + locality.name;
  }
  const geo::Place* near = nullptr;
  for (const geo::Place& place : reference_->places) {
    const double distance = Distance(place.position, point);
    if (distance <= kNearPlaceMeters && (near == nullptr || distance < Distance(near->position, point)))
      near = &place;
  }
  if (near != nullptr) text += text.empty() ? "vid " + near->name : " (vid " + near->name + ")";
  return text.empty() ? "okänt namn" : text;
}

std::string ChanceText(double maximum_p, bool several_maps) {
  const long hundredths = std::min(std::lround(maximum_p * 100), 100L);
  const std::string often =
      maximum_p < 0.01 ? "färre än 1 av 100" : "ungefär " + std::to_string(hundredths) + " av 100";
  std::string text =
      "Om händelserna bara följde var gruppen bor skulle en minst lika ovanlig plats finnas någonstans i " +
      often + (several_maps ? " lägesbilder." : " kartor.");
  if (maximum_p > 0.1) text += " Slumpen ger det så ofta att platsen ska läsas med försiktighet.";
  return text;
}

std::string ExpectedText(double expected) {
  if (expected < 0.005) return "under 0,01";
  return SwedishNumber(expected, expected < 0.95 ? 2 : 1);
}

std::string PlaceSentence(const geo::HotPlace& place, bool several_maps) {
  std::string text = Count(place.tested, "åtskild händelse", "åtskilda händelser");
  if (place.incidents != place.tested)
    text += " (" + Count(place.incidents, "rapporterad", "rapporterade") + ")";
  text += " från " + Count(place.reporters, "uppgiftslämnare", "uppgiftslämnare") + ", där " +
          ExpectedText(place.expected) + " väntades. " + ChanceText(place.maximum_p, several_maps);
  if (place.reporters == 1) text += " Med en enda uppgiftslämnare kan platsen visa vem som rapporterar.";
  text += NewReportersText(place.incidents, place.of_new);
  if (place.doubtful > 0)
    text += " Obs: " + Count(place.doubtful, "händelse", "händelser") +
            " här ligger på en misstänkt standardpunkt och har kanske hänt någon annanstans.";
  return text;
}

}  // namespace lagesbild::maps
