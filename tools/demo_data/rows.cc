#include <cmath>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/format.h"
#include "tools/demo_data/messy.h"
#include "tools/demo_data/vocabulary.h"

namespace lagesbild::tools::demo {
namespace {

struct DateParts {
  std::string year, month, day;
};
DateParts PartsOf(const Event& event) {
  return {Padded(static_cast<int>(event.date.year()), 4),
          Padded(static_cast<unsigned>(event.date.month()), 2),
          Padded(static_cast<unsigned>(event.date.day()), 2)};
}
std::string IsoDay(const Event& event) {
  const DateParts parts = PartsOf(event);
  return parts.year + "-" + parts.month + "-" + parts.day;
}
std::string DayFirst(const Event& event, const std::string& separator) {
  const DateParts parts = PartsOf(event);
  return parts.day + separator + parts.month + separator + parts.year;
}

/// Invented so that no one has them: a film number, an example domain, Tolvan Tolvansson.
std::string Note(const Event& event, Rng& random) {
  switch (event.fault) {
    case Fault::kPhone:
      return "Ring vaktmästaren på 070-174 06 05";
    case Fault::kEmail:
      return "Kontakta hyresgast@example.com";
    case Fault::kPersonalNumber:
      return "Gäller 19121212-1212";
    case Fault::kBadDate:
    case Fault::kBadAge:
    case Fault::kNone:
      break;
  }
  static const std::vector<std::string> notes = {
      "", "", "", "upprepat", "vaktmästare meddelad", "ingen skadad", "se även föregående"};
  return random.Pick(notes);
}

std::string DigitalWord(Rng& random) {
  static const std::vector<std::string> words = {"Snapchat", "Instagram", "TikTok", "sociala medier",
                                                 "Internet"};
  return random.Pick(words);
}

int AgeOf(const Event& event, geo::AgeRole role) {
  for (const TruePerson& person : event.persons)
    if (person.role == role) return person.age;
  return -1;
}

// ---- police
// ------------------------------------------------------------------------------------------------

/// Mostly the number, sometimes a band.
std::string PoliceAge(int age, Rng& random) {
  if (age < 0) return random.Chance(0.6) ? "" : random.Chance(0.5) ? "-" : "okänd";
  if (random.Chance(0.85)) return std::to_string(age);
  if (age >= 26) return "26+";
  if (age >= 18 && age <= 24) return "18-24";
  if (age >= 13 && age <= 17) return random.Chance(0.5) ? "13–17 år" : "13-17";
  return std::to_string(age) + " år";
}

std::string TownBeyond(Xy p) {
  if (p.n < 6640000) return "Enköping";
  if (p.e < 602000) return "Sala";
  return p.n > 6684000 ? "Gävle" : "Uppsala";
}

struct PolicePlace {
  std::string street, number, town, easting, northing;
};

std::string WholeMeters(double value, Rng& random) {
  return std::to_string(static_cast<long>(std::lround(value + random.Range(-4, 4))));
}

PolicePlace PolicePlaceOf(const Event& event, const World& world, Rng& random) {
  PolicePlace place;
  switch (event.spot) {
    case Spot::kAddress: {
      const DemoAddress& address = world.addresses[event.index];
      place = {MessyStreet(address, random), MessyNumber(address, random), address.postal_town, "", ""};
      if (event.hotspot < 0 && random.Chance(0.05))
        place.number += random.Chance(0.5) ? " lgh 1102" : ", c/o Exempel";
      if (random.Chance(0.2)) {
        place.easting = WholeMeters(event.position.e, random);
        place.northing = WholeMeters(event.position.n, random);
      }
      return place;
    }
    case Spot::kMisspelt: {
      const DemoAddress& address = world.addresses[event.index];
      return {Misspelt(StreetOf(address), random), NumberOf(address), address.postal_town, "", ""};
    }
    case Spot::kStreet:
      return {StreetOf(world.addresses[event.index]), "", world.addresses[event.index].postal_town, "", ""};
    case Spot::kPlace:
    case Spot::kDefault:
      return {world.places[event.index].name, "", world.places[event.index].locality, "", ""};
    case Spot::kInvented:
      return {"Finnsintegatan", std::to_string(random.Int(1, 60)), "Heby", "", ""};
    case Spot::kOutside:
      return {"", "", TownBeyond(event.position), WholeMeters(event.position.e, random),
              WholeMeters(event.position.n, random)};
    case Spot::kDigital:
      return {DigitalWord(random), "", "", "", ""};
    case Spot::kNone:
      return {};
  }
  return place;
}

std::vector<std::string> PoliceRow(const Event& event, const World& world, Rng& random) {
  const std::string time = Padded(event.minute_of_day / 60, 2) + ":" + Padded(event.minute_of_day % 60, 2);
  const std::string key = "SYN-" + PartsOf(event).year.substr(2) + "-" + Padded(event.id + 1, 5);
  const std::string word = WordFor(Teller::kPolice, event.category, random);
  const PolicePlace place = PolicePlaceOf(event, world, random);
  std::string victim = PoliceAge(AgeOf(event, geo::AgeRole::kVictim), random);
  const int suspect_age = AgeOf(event, geo::AgeRole::kSuspect);
  std::string suspect = suspect_age < 0 ? "" : PoliceAge(suspect_age, random);
  if (event.fault == Fault::kBadAge) victim = "17b";
  const std::string date = event.fault == Fault::kBadDate ? PartsOf(event).year + "-02-30" : IsoDay(event);
  return {key,           word,           date,   time,    place.street,        place.number, place.town,
          place.easting, place.northing, victim, suspect, Note(event, random), "SYNTETISK"};
}

// ---- schools
// -----------------------------------------------------------------------------------------------

std::string SchoolPlace(const Event& event, const World& world, Rng& random) {
  if (event.spot == Spot::kDigital) return DigitalWord(random);
  if (event.spot == Spot::kPlace) {
    const std::string& name = world.places[event.index].name;
    return random.Chance(0.3) ? LowerSwedish(name) : name;
  }
  const DemoAddress& address = world.addresses[event.index];
  return MessyStreet(address, random) + " " + MessyNumber(address, random);
}

std::string StageWord(int age) {
  if (age < 0) return "";
  return age <= 9 ? "lågstadiet" : age <= 12 ? "mellanstadiet" : "högstadiet";
}

std::string GradeWord(int age, Rng& random) {
  if (age < 0) return random.Chance(0.5) ? "" : "vet ej";
  if (age <= 9) return "åk 1-3";
  if (age <= 12) return "åk 4-6";
  if (random.Chance(0.3)) return "åk 7-9";
  return age == 13 ? "åk 7" : age == 14 ? "åk 8" : "åk 9";
}

/// The victim's age, or where the police had a suspect alone that person's: the school knows its pupil.
int PupilAge(const Event& event) {
  for (const TruePerson& person : event.persons)
    if (person.role != geo::AgeRole::kInvolved && person.age < 18) return person.age;
  return -1;
}

std::vector<std::string> HebySchoolRow(const Event& event, const World& world, Rng& random) {
  const std::string date = event.fault == Fault::kBadDate ? "" : IsoDay(event);
  const std::string word = WordFor(Teller::kHebySchool, event.category, random);
  const std::string place = SchoolPlace(event, world, random);
  return {std::to_string(event.id + 1),
          date,
          word,
          place,
          StageWord(PupilAge(event)),
          "1",
          StageWord(AgeOf(event, geo::AgeRole::kInvolved)),
          Note(event, random),
          "SYNTETISK"};
}

std::vector<std::string> OstervalaSchoolRow(const Event& event, const World& world, Rng& random) {
  const std::string word = WordFor(Teller::kOstervalaSchool, event.category, random);
  const std::string place = SchoolPlace(event, world, random);
  const std::string grade = GradeWord(PupilAge(event), random);
  return {IsoDay(event), word, place, grade, Note(event, random), "SYNTETISK"};
}

// ---- companies and associations
// ----------------------------------------------------------------------------

/// Street or place by name; never a number, so never a dwelling.
std::string CoarsePlace(const Event& event, const World& world) {
  if (event.spot == Spot::kNone) return "";
  return event.spot == Spot::kPlace ? world.places[event.index].name : world.addresses[event.index].area;
}
std::string CoarseTown(const Event& event, const World& world) {
  if (event.spot == Spot::kNone) return "";
  return event.spot == Spot::kPlace ? world.places[event.index].locality
                                    : world.addresses[event.index].locality;
}

std::vector<std::string> HousingRow(const Event& event, const World& world, Rng& random) {
  const std::string date = event.fault == Fault::kBadDate ? "okänt datum" : IsoDay(event);
  const std::string word = WordFor(Teller::kHousing, event.category, random);
  return {date,
          word,
          CoarsePlace(event, world),
          CoarseTown(event, world),
          std::to_string(random.Int(1, 3)),
          Note(event, random),
          "SYNTETISK"};
}

std::vector<std::string> ShopRow(const Event& event, const World& world, Rng& random) {
  const std::string date =
      event.fault == Fault::kBadDate ? "31/31/" + PartsOf(event).year : DayFirst(event, "/");
  const std::string word = WordFor(Teller::kShops, event.category, random);
  return {date, CoarsePlace(event, world), word,
          random.Chance(0.2) ? "butiken stängde tidigare; personal meddelad" : "", "SYNTETISK"};
}

std::vector<std::string> BusRow(const Event& event, const World& world, Rng& random) {
  const std::string word = WordFor(Teller::kBuses, event.category, random);
  return {DayFirst(event, "."), CoarsePlace(event, world), CoarseTown(event, world), word, "SYNTETISK"};
}

std::vector<std::string> SportsRow(const Event& event, const World& world, Rng& random) {
  const std::string word = WordFor(Teller::kSports, event.category, random);
  return {IsoDay(event), CoarsePlace(event, world), word, "SYNTETISK"};
}

std::vector<std::string> WatchRow(const Event& event, const World& world, Rng& random) {
  const std::string word = WordFor(Teller::kWatch, event.category, random);
  return {IsoDay(event), word, CoarsePlace(event, world), CoarseTown(event, world), "SYNTETISK"};
}

}  // namespace

std::vector<Column> ColumnsOf(Teller teller) {
  using enum ColumnType;
  switch (teller) {
    case Teller::kPolice:
      return {{"Ärendenr"},
              {"Brott"},
              {"Brottsdatum"},
              {"Brottstid"},
              {"Gata"},
              {"Nr"},
              {"Ort"},
              {"SWEREF E"},
              {"SWEREF N"},
              {"Målsägande ålder"},
              {"Misstänkt ålder"},
              {"Anteckning"},
              {"Källa"}};
    case Teller::kHebySchool:
      return {{"Löpnr", kInteger},
              {"Datum", kDate},
              {"Typ av händelse"},
              {"Plats"},
              {"Stadium utsatt"},
              {"Antal utsatta", kInteger},
              {"Stadium inblandad"},
              {"Kommentar"},
              {"Källa"}};
    case Teller::kOstervalaSchool:
      return {{"När", kDate}, {"Vad"}, {"Var"}, {"Årskurs"}, {"Notering"}, {"Källa"}};
    case Teller::kHousing:
      return {{"Rapportdatum"}, {"Typ"}, {"Gata"}, {"Ort"}, {"Antal"}, {"Anmärkning"}, {"Källa"}};
    case Teller::kShops:
      return {{"Datum"}, {"Butik"}, {"Händelse"}, {"Kommentar"}, {"Källa"}};
    case Teller::kBuses:
      return {{"Trafikdygn"}, {"Hållplats"}, {"Ort"}, {"Avvikelse"}, {"Källa"}};
    case Teller::kSports:
      return {{"Datum", kDate}, {"Anläggning"}, {"Vad hände"}, {"Källa"}};
    case Teller::kWatch:
      return {{"Datum"}, {"Iakttagelse"}, {"Plats"}, {"Ort"}, {"Källa"}};
  }
  return {};
}

std::vector<std::string> RowOf(Teller teller, const Event& event, const World& world, Rng& random) {
  switch (teller) {
    case Teller::kPolice:
      return PoliceRow(event, world, random);
    case Teller::kHebySchool:
      return HebySchoolRow(event, world, random);
    case Teller::kOstervalaSchool:
      return OstervalaSchoolRow(event, world, random);
    case Teller::kHousing:
      return HousingRow(event, world, random);
    case Teller::kShops:
      return ShopRow(event, world, random);
    case Teller::kBuses:
      return BusRow(event, world, random);
    case Teller::kSports:
      return SportsRow(event, world, random);
    case Teller::kWatch:
      return WatchRow(event, world, random);
  }
  return {};
}

}  // namespace lagesbild::tools::demo
