#pragma once

#include <random>
#include <vector>

#include "geo/grid.h"
#include "geo/incident.h"

namespace lagesbild::tools::bench {

/// How incidents fall where nothing is hot.
enum class Null {
  kUniform,     ///< evenly over the inhabited cells, two fifths of all
  kPopulation,  ///< following the population, whose center has eleven times the rest
  kRepeats,     ///< the same, and three in ten at the place of an earlier one
  kMisplaced,   ///< the same, and two in ten written down up to three cells away
};
const char* NullCode(Null null);  ///< "uniform", "population", "repeats", "misplaced"

/// Inhabitants by cell of a square of `side` cells of 250 m.
geo::Grid<double> BenchExposure(int side, Null null);

/// Incidents of one random map.
std::vector<geo::Incident> BenchIncidents(const geo::Grid<double>& exposure, Null null, int count,
                                          std::mt19937_64& random);

/// The same with `planted` of them at places of their own in two by two cells a quarter in from the corner.
std::vector<geo::Incident> PlantedIncidents(const geo::Grid<double>& exposure, int count, int planted,
                                            std::mt19937_64& random);
/// The south-western of the planted cells.
geo::CellIndex PlantedCell(const geo::GridSpec& grid);

}  // namespace lagesbild::tools::bench
