#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "geo/coordinate_input.h"
#include "maps/feature_reader.h"
#include "maps/register_layer.h"
#include "maps/reprojection.h"

namespace lagesbild::maps {

/// Why coordinates cannot be meant, as a sentence; empty for kNone.
const char* CoordinateReason(geo::CoordinateFault fault);

/// Whether the point lies inside the municipality or at most so far outside: open boundaries differ.
bool LiesWithin(geo::PlanePoint point, const geo::StudyArea& area, double margin_m);

/// Brings positions of a register file into the analysis CRS and refuses those that cannot be meant, as
/// RowFault. Counts why, so that a file that lies altogether elsewhere can be refused with what it looks
/// like. Nothing is turned around silently.
class RegisterPositions {
 public:
  explicit RegisterPositions(const RegisterTarget& target) : target_(target) {}

  /// A point of a layer.
  geo::PlanePoint FromLayer(double x, double y, const Reprojection& into);
  /// Two cells of a table, in `epsg` (easting = longitude for 4326). Throws geo::InvalidInput when the code
  /// is unknown.
  geo::PlanePoint FromCells(std::string_view easting, std::string_view northing, geo::Epsg epsg);
  /// Throws RowFault for a point further outside than the margin.
  void RequireWithin(geo::PlanePoint point, double margin_m);

  /// What most of `read` entries look like, when none could be used; empty when positions are not the reason.
  std::string WhyNone(std::int64_t read) const;

 private:
  [[noreturn]] void Refuse(geo::CoordinateFault fault);
  bool NearMunicipality(geo::PlanePoint point) const;

  RegisterTarget target_;
  std::map<geo::Epsg, geo::CoordinateInput> inputs_;
  std::map<geo::CoordinateFault, std::int64_t> faults_;
  std::int64_t outside_ = 0;
  geo::Epsg stated_{0};  ///< what the last position was in, by its file
};

}  // namespace lagesbild::maps
