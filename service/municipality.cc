#include "service/municipality.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "geo/area_place.h"
#include "geo/place_text.h"
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

std::string Folded(const std::string& name) { return geo::LowerCase(geo::CleanText(name)); }

void AddLayers(const std::vector<RegisterLayer>& layers, Municipality& reference) {
  geo::Gazetteer& gazetteer = reference.gazetteer;
  gazetteer.roads.clear();
  gazetteer.properties.clear();
  gazetteer.neighbors.clear();
  std::set<std::string> localities;  // a parish of one name does not stand for its village
  for (const geo::NamedArea& locality : reference.localities) localities.insert(Folded(locality.name));
  std::vector<geo::Place> more;
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (const RegisterLayer& layer : layers) {
    std::set<std::string> added;  // two hamlets of one name in one file both count; a second file's do not
    for (const geo::Place& place : layer.places) {
      if (place.kind != "locality") {
        gazetteer.places.push_back(place);
      } else if (!localities.contains(Folded(place.name))) {
        more.push_back(place);
        added.insert(Folded(place.name));
      }
    }
    localities.merge(added);
    append(gazetteer.roads, layer.roads);
    append(gazetteer.properties, layer.properties);
    append(gazetteer.neighbors, layer.neighbors);
  }
  // Before the districts, like the reference file's.
  gazetteer.localities.insert(
      gazetteer.localities.begin() + static_cast<std::ptrdiff_t>(reference.localities.size()), more.begin(),
      more.end());
  // A village here that has a namesake beyond the boundary is the one here.
  for (const geo::NamedArea& district : reference.districts) localities.insert(Folded(district.name));
  std::erase_if(gazetteer.neighbors,
                [&](const std::string& name) { return localities.contains(Folded(name)); });
  std::sort(gazetteer.neighbors.begin(), gazetteer.neighbors.end());
  gazetteer.neighbors.erase(std::unique(gazetteer.neighbors.begin(), gazetteer.neighbors.end()),
                            gazetteer.neighbors.end());
}

}  // namespace

Municipality AssembleMunicipality(Municipality reference, std::vector<geo::Address> addresses,
                                  const std::vector<Store::PopulationEntry>& population,
                                  const std::vector<RegisterVersion>& versions,
                                  const std::vector<RegisterLayer>& layers) {
  std::vector<geo::Place>& places = reference.gazetteer.places;
  if (reference.reference_places && places.size() > *reference.reference_places)
    places.erase(places.begin() + static_cast<std::ptrdiff_t>(*reference.reference_places), places.end());
  reference.reference_places = places.size();
  reference.synthetic =
      std::any_of(versions.begin(), versions.end(), [](const RegisterVersion& v) { return v.synthetic; });
  reference.inhabitants = Join(addresses, population);
  reference.gazetteer.crs = reference.crs;
  reference.gazetteer.addresses = std::move(addresses);
  reference.gazetteer.localities = PlacesOfAreas(reference);
  AddLayers(layers, reference);
  reference.register_hash = RegisterHash(versions);
  reference.registers = versions;
  return reference;
}

std::vector<geo::Place> ShownPlaces(const Municipality& municipality) {
  const std::vector<geo::Place>& all = municipality.gazetteer.places;
  const std::size_t own = std::min(all.size(), municipality.reference_places.value_or(all.size()));
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(own)};
}

std::vector<std::string> Attributions(const std::vector<RegisterVersion>& versions) {
  std::vector<std::string> all;
  for (const RegisterVersion& version : versions)
    if (!version.attribution.empty() && std::find(all.begin(), all.end(), version.attribution) == all.end())
      all.push_back(version.attribution);
  return all;
}

}  // namespace lagesbild::service
