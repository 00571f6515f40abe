#pragma once

#include <vector>

#include "service/store.h"

namespace lagesbild::service {

/// Puts a municipality together from what a store holds: adds localities and districts to the gazetteer
/// (localities first, so that a name that is both is found as the locality), joins inhabitants to the
/// positions of their addresses (rows without a known address are left out; the import has counted them) and
/// hashes the registers. Adds the layers: places after the reference file's own, localities that it does not
/// name, neighbors that are no locality of the municipality. Of `reference`, places beyond `reference_places`
/// are an earlier assembly's and are dropped. Cost: O(addresses + population).
Municipality AssembleMunicipality(Municipality reference, std::vector<geo::Address> addresses,
                                  const std::vector<Store::PopulationEntry>& population,
                                  const std::vector<RegisterVersion>& versions,
                                  const std::vector<RegisterLayer>& layers = {});

/// Places that maps show: the reference file's. Names for the geocoder's sake are too many for that.
std::vector<geo::Place> ShownPlaces(const Municipality& municipality);

/// Whose the registers' data are, each once, in the order of the registers.
std::vector<std::string> Attributions(const std::vector<RegisterVersion>& versions);

}  // namespace lagesbild::service
