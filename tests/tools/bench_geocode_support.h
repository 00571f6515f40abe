#pragma once

#include <string>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::tools::bench {

inline geo::Address TestAddress(const std::string& street, int number, double easting, double northing,
                                const std::string& letter = "") {
  geo::Address address;
  address.id = street + " " + std::to_string(number) + letter;
  address.area = street;
  address.number = number;
  address.letter = letter;
  address.postcode = "74499";
  address.postal_town = "Påhittköping";
  address.position = {geo::Meters{600'000 + easting}, geo::Meters{6'600'000 + northing}};
  address.accuracy_radius = geo::Meters{10};
  return address;
}

/// An invented register: streets in a grid, 120 m apart, numbers every 15 m, odd on one side.
inline geo::Gazetteer InventedRegister() {
  static const std::vector<std::string> kAcross = {
      "Storgatan",      "Norra Vallgatan", "Södra Vallgatan", "Törngatan",     "Björkhagsvägen",
      "Ekhagsgatan",    "Björkdalsgatan",  "Ekdalsvägen",     "Lilla torg",    "Anna Bergs väg",
      "Möllehagsgatan", "Mölledalsvägen",  "Kvarnhagsstigen", "Kvarndalsgränd"};
  static const std::vector<std::string> kAlong = {"Tingsgatan",    "Åkerhagsvägen", "Åkerdalsgatan",
                                                  "Ängshagsgatan", "Ängsdalsvägen", "Östra Hamngatan",
                                                  "Solbackagatan", "Lindbackavägen"};
  geo::Gazetteer gazetteer;
  for (std::size_t s = 0; s < kAcross.size(); ++s)
    for (int number = 1; number <= 40; ++number)
      gazetteer.addresses.push_back(TestAddress(kAcross[s], number, 10 + 15 * (number / 2),
                                                120.0 * static_cast<double>(s) + (number % 2 == 0 ? 8 : -8),
                                                number % 7 == 0 ? "B" : ""));
  for (std::size_t s = 0; s < kAlong.size(); ++s)
    for (int number = 1; number <= 60; ++number)
      gazetteer.addresses.push_back(TestAddress(kAlong[s], number,
                                                120.0 * static_cast<double>(s) + (number % 2 == 0 ? 8 : -8),
                                                10 + 15 * (number / 2)));
  return gazetteer;
}

}  // namespace lagesbild::tools::bench
