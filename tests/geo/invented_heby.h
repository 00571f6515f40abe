#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "geo/gazetteer.h"

/// An invented register around real town names: streets and houses are made up.
namespace lagesbild::geo::invented {

inline PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

struct Town {
  const char *name, *postcode, *district;
};
inline constexpr Town kHeby{"Heby", "74431", "Västerlövsta"}, kOstervala{"Östervåla", "74046", "Östervåla"},
    kHarbo{"Harbo", "74045", "Harbo"};

inline Address House(const Town& town, const char* street, int number, PlanePoint position) {
  Address a;
  a.id = std::string(street) + std::to_string(number) + town.name;
  a.area = street;
  a.number = number;
  a.postal_town = town.name;
  a.postcode = town.postcode;
  a.district = town.district;
  a.position = position;
  a.accuracy_radius = Meters{10};
  return a;
}

inline Place Named(const char* name, const char* kind, const char* locality, PlanePoint position,
                   double radius_m = 50, std::vector<std::string> aliases = {}) {
  Place p;
  p.id = std::string(name) + locality;
  p.name = name;
  p.aliases = std::move(aliases);
  p.kind = kind;
  p.locality = locality;
  p.position = position;
  p.accuracy_radius = Meters{radius_m};
  return p;
}

/// In Heby Storgatan runs east and Tingsgatan north, and they meet at (604000, 6646000); in Östervåla they
/// run side by side. Road 56 runs north past Runhällen, 272 east from there past Harbo to Östervåla.
inline Gazetteer Heby() {
  Gazetteer g;
  for (int n = 1; n <= 20; ++n) {
    const double along_m = 10.0 * n - 95, side_m = n % 2 == 0 ? 10 : -10;
    g.addresses.push_back(House(kHeby, "Storgatan", n, At(604000 + along_m, 6646000 + side_m)));
    g.addresses.push_back(House(kHeby, "Tingsgatan", n, At(604000 + side_m, 6646000 + along_m)));
    g.addresses.push_back(House(kOstervala, "Storgatan", n, At(625000 + along_m, 6655200 + side_m)));
  }
  for (int n = 2; n <= 20; n += 2)
    g.addresses.push_back(House(kOstervala, "Tingsgatan", 100 + n, At(625000 + 10.0 * n, 6655900)));
  for (int n = 1; n <= 9; n += 2)
    g.addresses.push_back(House(kHeby, "Kvarnvägen", n, At(605000, 6645000 + 20.0 * n)));
  for (const int n : {2, 8})
    g.addresses.push_back(House(kHeby, "Kvarnvägen", n, At(605020, 6645000 + 20.0 * n)));
  for (const int n : {2, 4, 11}) {
    for (const char* village : {"Skegarn", "Tinbacken"}) {
      g.addresses.push_back(House(kHarbo, village, n, At(616000 + 40.0 * n, 6656000)));
      g.addresses.back().kind = AddressKind::kVillage;
    }
  }
  g.addresses.push_back(House(kHarbo, "Norrbo Lillgården", 0, At(616500, 6656500)));
  g.addresses.back().kind = AddressKind::kFarm;
  g.addresses.push_back(House(kHarbo, "Härsvägen", 1250, At(616800, 6656800)));
  g.addresses.back().kind = AddressKind::kMetric;

  Place library = Named("Biblioteket", "library", "Heby", At(604300, 6646100), 40, {"Bibblan"});
  library.valid_from = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
  g.places = {library, Named("Heby skola", "school", "Heby", At(604500, 6646300), 80, {"Hebyskolan"}),
              Named("Påhittsköp Heby", "shop", "Heby", At(604100, 6645900)),
              Named("Påhittsköp Östervåla", "shop", "Östervåla", At(625100, 6655300)),
              Named("Sporthallen i Östervåla", "sports_hall", "Östervåla", At(625300, 6655500)),
              Named("Heby station", "station", "Heby", At(603900, 6645700)),
              // As the register's popularnamn of Tinbacken 11.
              Named("Lilla Hibacka", "farm", "Harbo", At(616440, 6656000), 25)};
  g.localities = {Named("Heby", "locality", "", At(604000, 6646000), 900),
                  Named("Runhällen", "locality", "", At(600000, 6655000), 400),
                  Named("Harbo", "locality", "", At(615000, 6655100), 600),
                  Named("Östervåla", "locality", "", At(625000, 6655100), 800),
                  Named("Östervåla", "district", "", At(624000, 6656000), 6000)};
  g.neighbors = {"Sala", "Uppsala"};
  g.roads = {{"r1", "", "56", {At(600500, 6640000), At(600500, 6670000)}},
             {"r2", "", "272", {At(600500, 6655000), At(625000, 6655000)}},
             {"r3", "Storgatan", "", {At(603800, 6646000), At(604200, 6646000)}},
             {"r4", "Tingsgatan", "", {At(604000, 6645800), At(604000, 6646200)}},
             {"r5",
              "Slingan",
              "",
              {At(603900, 6645850), At(604080, 6645850), At(604080, 6646150), At(603900, 6646150)}}};
  g.properties = {{"HEBY HORRSTA 1:23", At(606000, 6648000), 31415.9},
                  {"HEBY HORRSTA S:1", At(606500, 6648500), 1000},
                  {"HEBY HORRSTA GA:2", At(606600, 6648600), 1000}};
  return g;
}

}  // namespace lagesbild::geo::invented
