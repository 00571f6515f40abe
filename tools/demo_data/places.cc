#include <algorithm>
#include <array>
#include <string>

#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

struct PlaceSketch {
  const char *locality, *name, *aliases, *kind;
  double east, north;  // meters from the center of the locality
};

// Invented, or named after the locality as such places mostly are.
constexpr auto kPlaces = std::to_array<PlaceSketch>({
    {"Heby", "Heby skola", "Hebyskolan;Heby grundskola", "school", 330, 310},
    {"Heby", "Heby station", "stationen i Heby;Heby resecentrum", "station", -120, -330},
    {"Heby", "Heby sporthall", "sporthallen i Heby", "sports_hall", 420, 180},
    {"Heby", "Fritidsgården Klossen", "Klossen", "meeting_place", 60, 190},
    {"Heby", "Exempelköp Heby", "Exempelköp i Heby", "shop", -60, 40},
    {"Heby", "Heby bibliotek", "biblioteket i Heby", "library", 90, -60},
    {"Heby", "Polisstationen Heby", "polisstationen i Heby", "police", 20, -150},
    {"Östervåla", "Östervåla skola", "Östervålaskolan;Östervåla grundskola", "school", -340, 260},
    {"Östervåla", "Östervåla busstation", "busstationen i Östervåla", "station", 70, -80},
    {"Östervåla", "Östervåla sporthall", "sporthallen i Östervåla", "sports_hall", -420, 120},
    {"Östervåla", "Fritidsgården Lyktan", "Lyktan", "meeting_place", -80, 120},
    {"Östervåla", "Exempelköp Östervåla", "Exempelköp i Östervåla", "shop", 30, 30},
    {"Morgongåva", "Morgongåva skola", "Morgongåva grundskola", "school", 300, 150},
    {"Morgongåva", "Morgongåva station", "stationen i Morgongåva", "station", -60, 200},
    {"Morgongåva", "Exempelköp Morgongåva", "Exempelköp i Morgongåva", "shop", 40, 20},
    {"Morgongåva", "Morgongåva idrottsplats", "Morgongåva IP", "sports_hall", -380, -150},
    {"Tärnsjö", "Tärnsjö skola", "Tärnsjö grundskola", "school", 220, -240},
    {"Tärnsjö", "Tärnsjö busstation", "busstationen i Tärnsjö", "station", -30, 60},
    {"Tärnsjö", "Exempelköp Tärnsjö", "Exempelköp i Tärnsjö", "shop", 50, -30},
    {"Tärnsjö", "Ungdomslokalen Ankaret", "Ankaret", "meeting_place", -160, -90},
    {"Tärnsjö", "Tärnsjö idrottsplats", "Tärnsjö IP", "sports_hall", 330, 120},
    {"Harbo", "Harbo skola", "Harbo grundskola", "school", 170, 120},
    {"Harbo", "Exempelköp Harbo", "Exempelköp i Harbo", "shop", -20, -40},
    {"Harbo", "Harbo idrottsplats", "Harbo IP", "sports_hall", -250, 160},
    {"Vittinge", "Vittinge skola", "Vittinge grundskola", "school", 120, 90},
    {"Vittinge", "Vittinge bygdegård", "bygdegården i Vittinge", "meeting_place", -80, 50},
    {"Runhällen", "Runhällens station", "stationen i Runhällen", "station", 40, -60},
    {"Huddunge", "Huddunge bygdegård", "bygdegården i Huddunge", "meeting_place", 60, 40},
});

}  // namespace

void PutPlaces(World& world) {
  int serial = 0;
  for (const PlaceSketch& sketch : kPlaces) {
    const auto locality = std::find_if(world.localities.begin(), world.localities.end(),
                                       [&](const Locality& l) { return l.name == sketch.locality; });
    world.places.push_back({"SYN-" + std::to_string(++serial),
                            sketch.name,
                            sketch.aliases,
                            sketch.kind,
                            sketch.locality,
                            {locality->center.e + sketch.east, locality->center.n + sketch.north}});
  }
}

}  // namespace lagesbild::tools::demo
