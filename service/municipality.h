#pragma once

#include <vector>

#include "service/store.h"

namespace lagesbild::service {

/// Puts a municipality together from what a store holds: adds localities and districts to the gazetteer
/// (localities first, so that a name that is both is found as the locality), joins inhabitants to the
/// positions of their addresses (rows without a known address are left out; the import has counted them) and
/// hashes the registers. Cost: O(addresses + population).
Municipality AssembleMunicipality(Municipality reference, std::vector<geo::Address> addresses,
                                  const std::vector<Store::PopulationEntry>& population,
                                  const std::vector<RegisterVersion>& versions);

}  // namespace lagesbild::service
