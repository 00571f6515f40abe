#include "tools/demo_data/story.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "tools/demo_data/random.h"
#include "tools/demo_data/vocabulary.h"

namespace lagesbild::tools::demo {
namespace {

using std::chrono::sys_days;

struct Resident {
  std::size_t address = 0;
  int age = 0;
};

/// Everyone at an address that can be written plainly.
std::vector<Resident> Residents(const World& world) {
  std::vector<Resident> residents;
  for (std::size_t a = 0; a < world.addresses.size(); ++a) {
    const DemoAddress& address = world.addresses[a];
    if (!address.in_force || !address.addition.empty() || !address.deviating.empty()) continue;
    for (const int age : world.ages[a]) residents.push_back({a, age});
  }
  return residents;
}

/// Writes the story quarter by quarter. Who it happens to, and so where, is drawn among the inhabitants:
/// that is the null hypothesis of the hotspot test.
class Writer {
 public:
  Writer(std::uint64_t seed, const World& world) : world_(world), seed_(seed), residents_(Residents(world)) {}

  Story Write() {
    story_.hotspots = PlanHotspots(world_);
    for (int q = 0; q < kQuarters; ++q) {
      Rng random(seed_, "story " + QuarterAt(q).code());
      random_ = &random;
      quarter_ = q;
      first_of_quarter_ = story_.events.size();
      Plant();
      PoliceQuarter();
      SchoolQuarter(Teller::kHebySchool, "Heby");
      SchoolQuarter(Teller::kOstervalaSchool, "Östervåla");
      OthersQuarter();
      FaultyRows();
      TellTwice();
    }
    return std::move(story_);
  }

 private:
  sys_days FirstDay() const { return sys_days(QuarterAt(quarter_).first_day()); }
  int Days() const {
    return static_cast<int>((sys_days(QuarterAt(quarter_).last_day()) - FirstDay()).count()) + 1;
  }

  Event& Add(Teller teller, Spot spot, geo::Category category) {
    Event event;
    event.id = static_cast<int>(story_.events.size());
    event.quarter = quarter_;
    event.date = FirstDay() + std::chrono::days(random_->Int(0, Days() - 1));
    event.minute_of_day = 5 * random_->Int(7 * 12, 23 * 12);
    event.category = category;
    event.spot = spot;
    event.teller = teller;
    story_.events.push_back(std::move(event));
    return story_.events.back();
  }

  Resident DrawResident(int first_age, int last_age, int locality_index = -2) {
    std::vector<Resident> fitting;
    for (const Resident& r : residents_)
      if (r.age >= first_age && r.age <= last_age &&
          (locality_index == -2 || world_.addresses[r.address].locality_index == locality_index))
        fitting.push_back(r);
    return random_->Pick(fitting);
  }

  void PutAt(Event& event, std::size_t address) {
    event.index = address;
    event.position = world_.addresses[address].position;
  }
  void PutAtPlace(Event& event, const std::string& name) {
    const DemoPlace& place = world_.place(name);
    event.index = static_cast<std::size_t>(&place - world_.places.data());
    event.position = place.position;
  }
  int LocalityIndex(const std::string& name) const {
    for (std::size_t i = 0; i < world_.localities.size(); ++i)
      if (world_.localities[i].name == name) return static_cast<int>(i);
    throw std::logic_error("no such demo locality: " + name);
  }

  /// Victims mostly; suspects are 15 or older. Some events have both.
  void AddPersons(Event& event, int age) {
    const bool suspect = age >= 15 && random_->Chance(age < 25 ? 0.4 : 0.15);
    event.persons.push_back({suspect ? geo::AgeRole::kSuspect : geo::AgeRole::kVictim, age});
    if (suspect && random_->Chance(0.2))
      event.persons.push_back({geo::AgeRole::kVictim, random_->Int(26, 70)});
  }

  // ---- planted -------------------------------------------------------------------------------------------

  std::vector<std::size_t> SpreadAddresses(const PlantedHotspot& hotspot) {
    std::vector<std::size_t> near, chosen;
    for (const Resident& r : residents_)
      if (Distance(world_.addresses[r.address].position, hotspot.center) < hotspot.radius - 60 &&
          world_.addresses[r.address].locality_index >= 0 && (near.empty() || near.back() != r.address))
        near.push_back(r.address);
    random_->Shuffle(near);
    for (const std::size_t candidate : near) {
      const bool apart = std::none_of(chosen.begin(), chosen.end(), [&](std::size_t other) {
        return Distance(world_.addresses[candidate].position, world_.addresses[other].position) < 30;
      });
      if (apart) chosen.push_back(candidate);
      if (static_cast<int>(chosen.size()) == hotspot.planned) return chosen;
    }
    throw std::logic_error("too few addresses around " + hotspot.name);
  }

  /// Distinct addresses and days, so that collapsing repeats takes nothing away.
  void Plant() {
    static const std::vector<geo::Category> kinds = {
        geo::Category::kDisorder, geo::Category::kVandalism,      geo::Category::kMolestation,
        geo::Category::kAssault,  geo::Category::kUnlawfulThreat, geo::Category::kDrugs};
    for (std::size_t h = 0; h < story_.hotspots.size(); ++h) {
      PlantedHotspot& hotspot = story_.hotspots[h];
      if (hotspot.quarter != quarter_) continue;
      hotspot.addresses = SpreadAddresses(hotspot);
      const double slot = static_cast<double>(Days()) / hotspot.planned;
      for (int i = 0; i < hotspot.planned; ++i) {
        const std::string& locality =
            world_.addresses[hotspot.addresses[static_cast<std::size_t>(i)]].locality;
        const bool has_school = locality == "Heby" || locality == "Östervåla";
        const bool school = hotspot.group == "UNGDOM" && has_school && random_->Chance(0.3);
        const Teller teller = !school              ? Teller::kPolice
                              : locality == "Heby" ? Teller::kHebySchool
                                                   : Teller::kOstervalaSchool;
        Event& event = Add(teller, Spot::kAddress, kinds[static_cast<std::size_t>(i) % kinds.size()]);
        event.date = FirstDay() + std::chrono::days(static_cast<int>(slot * (i + random_->Range(0.2, 0.6))));
        PutAt(event, hotspot.addresses[static_cast<std::size_t>(i)]);
        const int age = random_->Int(hotspot.first_age, school ? 15 : hotspot.last_age);
        if (school)
          event.persons = {{geo::AgeRole::kVictim, age}};
        else
          AddPersons(event, age);
        event.hotspot = static_cast<int>(h);
        hotspot.events.push_back(event.id);
      }
    }
  }

  // ---- police --------------------------------------------------------------------------------------------

  /// What the police write about someone of that age: drugs and traffic are no offences against a child.
  geo::Category PoliceCategory(int age, bool digital) {
    for (;;) {
      const geo::Category category = DrawCategory(Teller::kPolice, digital, *random_);
      if (age >= 15 || (category != geo::Category::kDrugs && category != geo::Category::kTraffic))
        return category;
    }
  }

  void PoliceAt(int first_age, int last_age, bool age_told) {
    const Resident resident = DrawResident(first_age, last_age);
    Event& event = Add(Teller::kPolice, Spot::kAddress, PoliceCategory(resident.age, false));
    PutAt(event, resident.address);
    if (age_told) AddPersons(event, resident.age);
  }

  /// An event at the address of an earlier one of the quarter: the neighbor dispute that comes back.
  void PoliceRepeat() {
    std::vector<int> earlier;
    for (std::size_t i = first_of_quarter_; i < story_.events.size(); ++i)
      if (story_.events[i].spot == Spot::kAddress && story_.events[i].hotspot < 0)
        earlier.push_back(static_cast<int>(i));
    const Event first = story_.events[static_cast<std::size_t>(random_->Pick(earlier))];
    Event& event = Add(Teller::kPolice, Spot::kAddress, first.category);
    PutAt(event, first.index);
    event.persons = first.persons;
  }

  void PoliceElsewhere(Spot spot, int first_age, int last_age) {
    const Resident resident = DrawResident(first_age, last_age, spot == Spot::kStreet ? 0 : -2);
    Event& event = Add(Teller::kPolice, spot, PoliceCategory(resident.age, spot == Spot::kDigital));
    PutAt(event, resident.address);
    event.persons = {{geo::AgeRole::kVictim, resident.age}};
    if (spot == Spot::kDefault) PutAtPlace(event, "Polisstationen Heby");
    if (spot == Spot::kOutside) event.position = DrawOutside();
  }

  /// Beyond the boundary: mostly within the reach of a kernel, sometimes far into the neighboring
  /// municipality.
  Xy DrawOutside() {
    const double farthest = random_->Chance(0.6) ? 1500 : 6000;
    for (;;) {
      const Xy p{random_->Range(588000, 637500), random_->Range(6628000, 6692500)};
      if (Inside(world_.boundary, p)) continue;
      const double distance = DistanceToOutline(world_.boundary, p);
      if (distance > 200 && distance < farthest) return Rounded(p);
    }
  }

  void PoliceQuarter() {
    const int youths = 5, adults = 5 + random_->Int(0, 2);
    for (int i = 0; i < youths; ++i) PoliceAt(13, 17, true);
    for (int i = 0; i < 1 + random_->Int(0, 1); ++i) PoliceAt(4, 12, true);
    for (int i = 0; i < 5; ++i) PoliceAt(18, 24, true);
    for (int i = 0; i < adults; ++i) PoliceAt(25, 120, true);
    PoliceAt(0, 120, false);
    for (int i = 0; i < 3; ++i) PoliceRepeat();
    PoliceElsewhere(Spot::kDigital, 10, 17);
    PoliceElsewhere(Spot::kDigital, 13, 24);
    PoliceElsewhere(Spot::kDefault, 25, 70);
    PoliceElsewhere(Spot::kDefault, 16, 40);
    PoliceElsewhere(Spot::kOutside, 15, 60);
    PoliceElsewhere(Spot::kOutside, 15, 60);
    PoliceElsewhere(Spot::kMisspelt, 13, 60);
    PoliceElsewhere(Spot::kInvented, 20, 60);
    PoliceElsewhere(Spot::kStreet, 20, 60);
    PoliceElsewhere(Spot::kNone, 15, 60);
  }

  // ---- schools -------------------------------------------------------------------------------------------

  void SchoolEvent(Teller teller, Spot spot, const std::string& locality) {
    Event& event = Add(teller, spot, DrawCategory(teller, spot == Spot::kDigital, *random_));
    // Summer holidays: the autumn term begins in the middle of August.
    if (QuarterAt(quarter_).number == 3)
      event.date = FirstDay() + std::chrono::days(random_->Int(48, Days() - 1));
    const bool older = random_->Chance(0.7);
    const Resident pupil = DrawResident(older ? 13 : 7, older ? 15 : 12, LocalityIndex(locality));
    PutAt(event, pupil.address);
    if (spot == Spot::kPlace) PutAtPlace(event, locality + " skola");
    event.persons = {{geo::AgeRole::kVictim, pupil.age}};
    if (random_->Chance(0.25)) event.persons.push_back({geo::AgeRole::kInvolved, older ? 14 : 11});
  }

  void SchoolQuarter(Teller teller, const std::string& locality) {
    SchoolEvent(teller, Spot::kPlace, locality);
    if (random_->Chance(0.5)) SchoolEvent(teller, Spot::kPlace, locality);
    SchoolEvent(teller, Spot::kAddress, locality);
    if (random_->Chance(0.6)) SchoolEvent(teller, Spot::kAddress, locality);
    SchoolEvent(teller, Spot::kDigital, locality);
    if (random_->Chance(0.5)) SchoolEvent(teller, Spot::kDigital, locality);
  }

  // ---- companies and associations: no ages, no dwellings --------------------------------------------------

  void AtStreet(Teller teller, geo::Category category) {
    Event& event = Add(teller, Spot::kStreet, category);
    Resident resident = DrawResident(18, 120);
    while (world_.addresses[resident.address].locality_index < 0) resident = DrawResident(18, 120);
    PutAt(event, resident.address);
  }

  /// A place of the kind, in a locality drawn by inhabitants.
  void AtPlace(Teller teller, const std::string& kind, geo::Category category) {
    std::vector<const DemoPlace*> places;
    for (const DemoPlace& place : world_.places)
      if (place.kind == kind)
        for (int k = 0;
             k < world_.localities[static_cast<std::size_t>(LocalityIndex(place.locality))].inhabitants;
             k += 100)
          places.push_back(&place);
    const std::string name = random_->Pick(places)->name;
    PutAtPlace(Add(teller, Spot::kPlace, category), name);
  }

  void OthersQuarter() {
    const auto drawn = [&](Teller teller) { return DrawCategory(teller, false, *random_); };
    for (int i = 0; i < 2; ++i) AtStreet(Teller::kHousing, drawn(Teller::kHousing));
    AtStreet(Teller::kHousing, geo::Category::kPerceivedUnsafety);
    for (int i = 0; i < 2; ++i) AtPlace(Teller::kShops, "shop", drawn(Teller::kShops));
    AtPlace(Teller::kSports, "sports_hall", drawn(Teller::kSports));
    if (random_->Chance(0.6)) AtPlace(Teller::kSports, "meeting_place", drawn(Teller::kSports));
    AtPlace(Teller::kSports, "sports_hall", geo::Category::kPerceivedUnsafety);
    if (quarter_ < kJoinedHalfway) return;
    for (int i = 0; i < 2; ++i) AtPlace(Teller::kBuses, "station", drawn(Teller::kBuses));
    Add(Teller::kBuses, Spot::kNone, drawn(Teller::kBuses));
    for (int i = 0; i < 2; ++i) AtStreet(Teller::kWatch, drawn(Teller::kWatch));
    AtStreet(Teller::kWatch, geo::Category::kPerceivedUnsafety);
    AtPlace(Teller::kWatch, "station", geo::Category::kPerceivedUnsafety);
  }

  // ---- what goes wrong ------------------------------------------------------------------------------------

  void FaultyRows() {
    static constexpr std::array<Teller, 4> kBadDateTellers = {Teller::kPolice, Teller::kHousing,
                                                              Teller::kShops, Teller::kHebySchool};
    const Teller teller = kBadDateTellers[static_cast<std::size_t>(quarter_) % kBadDateTellers.size()];
    if (teller == Teller::kPolice)
      PoliceElsewhere(Spot::kAddress, 18, 70);
    else if (teller == Teller::kHousing)
      AtStreet(teller, geo::Category::kVandalism);
    else if (teller == Teller::kShops)
      AtPlace(teller, "shop", geo::Category::kTheft);
    else
      SchoolEvent(teller, Spot::kPlace, "Heby");
    story_.events.back().fault = Fault::kBadDate;

    if (quarter_ % 3 == 1) {
      PoliceElsewhere(Spot::kAddress, 17, 17);
      story_.events.back().fault = Fault::kBadAge;
    }
    if (quarter_ % 3 == 0) {
      SchoolEvent(Teller::kHebySchool, Spot::kPlace, "Heby");
      story_.events.back().fault = Fault::kPhone;
    }
    if (quarter_ % 3 == 2) {
      AtStreet(Teller::kHousing, geo::Category::kDisorder);
      story_.events.back().fault = Fault::kEmail;
    }
    if (quarter_ % 4 == 3) {
      PoliceElsewhere(Spot::kAddress, 18, 70);
      story_.events.back().fault = Fault::kPersonalNumber;
    }
  }

  /// The school tells of what the police also took down, and the housing company too.
  void TellTwice() {
    int by_school = 0, by_housing = 0;
    for (std::size_t i = first_of_quarter_; i < story_.events.size(); ++i) {
      Event& event = story_.events[i];
      if (event.teller != Teller::kPolice || event.spot != Spot::kAddress || event.fault != Fault::kNone ||
          event.persons.empty())
        continue;
      const DemoAddress& address = world_.addresses[event.index];
      if (address.locality_index < 0) continue;
      const int age = event.persons.front().age;
      const bool pupil = age >= 13 && age <= 15;
      if (by_school < 2 && pupil && (address.locality == "Heby" || address.locality == "Östervåla")) {
        event.second_teller =
            static_cast<int>(address.locality == "Heby" ? Teller::kHebySchool : Teller::kOstervalaSchool);
        ++by_school;
      } else if (by_housing < 1 && age >= 18 && event.hotspot < 0) {
        event.second_teller = static_cast<int>(Teller::kHousing);
        ++by_housing;
      }
    }
  }

  const World& world_;
  std::uint64_t seed_;
  std::vector<Resident> residents_;
  Story story_;
  Rng* random_ = nullptr;
  int quarter_ = 0;
  std::size_t first_of_quarter_ = 0;
};

}  // namespace

geo::CalendarQuarter QuarterAt(int index) {
  geo::CalendarQuarter quarter{2023, 4};
  for (int i = 0; i < index; ++i) quarter = quarter.next();
  return quarter;
}

Story MakeStory(std::uint64_t seed, const World& world) { return Writer(seed, world).Write(); }

}  // namespace lagesbild::tools::demo
