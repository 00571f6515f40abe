#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/incident.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {

/// The reporters, in the order of their deliveries.
enum class Teller { kPolice, kHebySchool, kOstervalaSchool, kHousing, kShops, kBuses, kSports, kWatch };
inline constexpr int kTellers = 8;

inline constexpr int kQuarters = 12;
geo::CalendarQuarter QuarterAt(int index);  ///< 0 = 2023Q4, 11 = 2026Q3
inline constexpr int kJoinedHalfway = 6;    ///< 2025Q2: the first quarter of kBuses and kWatch

/// How the place of an event is told.
enum class Spot {
  kAddress,   ///< street or farm and number
  kStreet,    ///< the street alone: too coarse for density
  kPlace,     ///< a school, station, shop ... by name
  kDefault,   ///< the police station's name where the true place was not written down
  kMisspelt,  ///< an address with slips of the pen
  kInvented,  ///< a street that does not exist
  kOutside,   ///< coordinates beyond the boundary
  kDigital,   ///< Snapchat and the like
  kNone,      ///< no place at all
};

/// What is wrong with the row on purpose.
enum class Fault { kNone, kBadDate, kBadAge, kPhone, kEmail, kPersonalNumber };

struct TruePerson {
  geo::AgeRole role = geo::AgeRole::kVictim;
  int age = 0;
};

/// What truly happened, before anyone wrote it down.
struct Event {
  int id = 0, quarter = 0;
  std::chrono::year_month_day date;
  int minute_of_day = 0;
  geo::Category category = geo::Category::kOther;
  Spot spot = Spot::kAddress;
  std::size_t index = 0;  ///< into addresses or places, by `spot`
  Xy position;            ///< true position; meaningless for kDigital, kNone, kInvented, kDefault
  std::vector<TruePerson> persons;
  Fault fault = Fault::kNone;
  int hotspot = -1;  ///< planted hotspot that it belongs to
  Teller teller = Teller::kPolice;
  int second_teller = -1;  ///< the reporter that tells it once more
};

/// A concentration put there on purpose: incidents beside those that follow the population.
struct PlantedHotspot {
  int quarter = 0;
  std::string group;  ///< AgeGroup::code
  int first_age = 0, last_age = 0;
  std::string name;
  Xy center;
  double radius = 300;  ///< meters; every incident lies within
  int planned = 0;      ///< extra incidents
  std::vector<std::size_t> addresses;
  std::vector<int> events;
};

struct Story {
  std::vector<Event> events;  ///< by quarter; Event::id is the index
  std::vector<PlantedHotspot> hotspots;
};

/// Same seed and world, same story.
Story MakeStory(std::uint64_t seed, const World& world);

/// The plan of the planted hotspots, without addresses and events.
std::vector<PlantedHotspot> PlanHotspots(const World& world);

}  // namespace lagesbild::tools::demo
