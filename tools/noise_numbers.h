#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/noise_query.h"

namespace lagesbild::tools {

/// A house number with all its letters and entrances.
struct HouseNumber {
  int number = 0;
  std::vector<int> addresses;
  geo::PlanePoint middle;
};

/// Even or odd numbers of a street, ascending.
struct StreetSide {
  std::string street;
  std::vector<HouseNumber> numbers;
};

/// Every side, by street. Addresses without a number belong to none.
std::vector<StreetSide> SidesOf(const NoiseRegister& places);
/// The gazetteer without these addresses.
geo::Gazetteer Without(const geo::Gazetteer& gazetteer, const std::vector<int>& addresses);

/// "Storgatan 12" for one of 12A, 12B, 12C, where no bare 12 exists: each of them and their middle is right.
std::optional<NoisyQuery> MissingLetter(const NoiseSource& source, const geo::Address& address);
/// A number at least 200 beyond three times the street's highest; must be refused.
std::optional<NoisyQuery> FarNumber(const NoiseSource& source, const geo::Address& address);

/// Numbers taken out of the register, their two neighbors kept.
struct LeftOutNumbers {
  geo::Gazetteer rest;
  std::vector<NoisyQuery> queries;
};
LeftOutNumbers LeaveOutNumbers(const NoiseRegister& places, std::size_t count, NoiseRandom& random);

}  // namespace lagesbild::tools
