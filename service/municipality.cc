#include "service/municipality.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "geo/area_place.h"
#include "service/data_version.h"

namespace lagesbild::service {
namespace {

std::vector<geo::Place> PlacesOfAreas(const Municipality& reference) {
  std::vector<geo::Place> places;
  for (const geo::NamedArea& area : reference.localities)
    places.push_back(geo::PlaceOfArea(area, "locality"));
  for (const geo::NamedArea& area : reference.districts) places.push_back(geo::PlaceOfArea(area, "district"));
  return places;
}

std::vector<geo::Inhabitants> Join(const std::vector<geo::Address>& addresses,
                                   const std::vector<Store::PopulationEntry>& population) {
  std::map<std::string_view, geo::PlanePoint> positions;
  for (const geo::Address& address : addresses) positions.emplace(address.id, address.position);
  std::vector<geo::Inhabitants> inhabitants;
  inhabitants.reserve(population.size());
  for (const Store::PopulationEntry& entry : population)
    if (const auto found = positions.find(entry.address_id); found != positions.end())
      inhabitants.push_back({found->second, entry.age, entry.count});
  return inhabitants;
}

}  // namespace

Municipality AssembleMunicipality(Municipality reference, std::vector<geo::Address> addresses,
                                  const std::vector<Store::PopulationEntry>& population,
                                  const std::vector<RegisterVersion>& versions) {
  reference.synthetic =
      std::any_of(versions.begin(), versions.end(), [](const RegisterVersion& v) { return v.synthetic; });
  reference.inhabitants = Join(addresses, population);
  reference.gazetteer.crs = reference.crs;
  reference.gazetteer.addresses = std::move(addresses);
  reference.gazetteer.localities = PlacesOfAreas(reference);
  reference.register_hash = RegisterHash(versions);
  reference.registers = versions;
  return reference;
}

}  // namespace lagesbild::service
