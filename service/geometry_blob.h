#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/polygon.h"

namespace lagesbild::service {

/// Polygons as bytes, little-endian whatever the machine: byte 1 (form), u32 polygons; per polygon u32 rings
/// (outer first); per ring u32 points; per point f64 easting, f64 northing. Exact: what comes out is bit for
/// bit what went in.
std::string EncodePolygons(const geo::MultiPolygon& polygons);
/// Throws StoreUnavailable when the bytes are no such encoding.
geo::MultiPolygon DecodePolygons(std::string_view bytes);

/// A line in the same way: byte 2 (form), u32 points, points.
std::string EncodeLine(const std::vector<geo::PlanePoint>& line);
/// Throws StoreUnavailable when the bytes are no such encoding.
std::vector<geo::PlanePoint> DecodeLine(std::string_view bytes);

}  // namespace lagesbild::service
