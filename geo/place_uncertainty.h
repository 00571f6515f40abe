#pragma once

#include <span>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// How an incident's mass lies around its position. The accuracy radius is the one inside which 90 % of true
/// positions lie: kNormal has 90 % of the mass inside it, kDisc all, evenly.
enum class PlaceSpread { kNormal, kDisc };

struct PlaceUncertaintyOptions {
  PlaceSpread spread = PlaceSpread::kNormal;
  /// An incident becomes so many points that they lie about this far apart: a third of the bandwidth's
  /// standard deviation keeps the surface within 1 % of its peak.
  Meters spacing{50};
  int max_points = 1000;  ///< of one incident, 2 or more: then they lie further apart, and `coarse` counts it
  /// An incident inside it did happen inside: its mass is shared by those of its points that are. Null: no
  /// limit.
  const StudyArea* study_area = nullptr;
};

struct SpreadIncidents {
  std::vector<PlanePoint> points;
  std::vector<double> weights;
  std::vector<std::size_t> incident;  ///< whose point each is; ascending
  int coarse = 0;                     ///< incidents that would have needed more than `max_points`
};

/// Replaces every incident by points on its accuracy radius: pairs opposite to each other on a sunflower
/// spiral, each with the same share of the weight. Mass is kept, without study area the centroid too. An
/// accuracy radius of 0 keeps the position.
///
/// Throws InvalidInput: another number of radii or weights than points, a radius negative or not finite, a
/// weight negative or not finite, a coordinate not finite, spacing not positive and finite, max_points
/// under 2.
SpreadIncidents SpreadOverAccuracy(std::span<const PlanePoint> points, std::span<const double> weights,
                                   std::span<const Meters> accuracy_radii,
                                   const PlaceUncertaintyOptions& options);

struct PlaceUncertaintySurfaces {
  DensitySurface<double> plain, spread;
  Grid<double> difference;  ///< spread - plain, incidents per km²; NaN where they are
  int coarse = 0;
};

/// The density with places as they are known, beside the plain one. `options` has one bandwidth; its spacing
/// is taken from it. Throws as above and as ComputeDensity.
PlaceUncertaintySurfaces DensityWithPlaceUncertainty(std::span<const PlanePoint> points,
                                                     std::span<const double> weights,
                                                     std::span<const Meters> accuracy_radii,
                                                     const GridSpec& grid, const DensityOptions& options,
                                                     PlaceSpread spread = PlaceSpread::kNormal);

}  // namespace lagesbild::geo
