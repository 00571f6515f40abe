#pragma once

#include <string>

#include "geo/units.h"
#include "maps/layer.h"

namespace lagesbild::maps {

/// Style of a vector table as QGIS 3.22 reads it: renderer, labels, Swedish aliases, time. A table without
/// geometry gets aliases alone.
std::string VectorQml(const VectorLayer& layer);

/// The two parts of VectorQml, for a layer inside a project: attributes (with a leading space) and children.
std::string StyleAttributes(const VectorLayer& layer);
std::string StyleContent(const VectorLayer& layer);

/// The same symbols as SLD 1.0, for GeoServer and others; QGIS ignores it. Empty for a table without
/// geometry.
std::string VectorSld(const VectorLayer& layer);

/// Style of a density raster: the legend's classes over band 1, valid from `start` to `end`.
std::string DensityQml(const Legend& legend, const Instant& start, const Instant& end);

/// The two parts of DensityQml, for a raster inside a project.
inline constexpr const char* kDensityAttributes =
    " styleCategories=\"AllStyleCategories\" hasScaleBasedVisibilityFlag=\"0\" minScale=\"1e+08\" "
    "maxScale=\"0\"";
std::string DensityContent(const Legend& legend, const Instant& start, const Instant& end);

/// What a layer says about itself, in QGIS's metadata form (.qmd and gpkg_metadata). In Swedish, no person
/// named.
std::string LayerQmd(const LayerMetadata& metadata, geo::Epsg crs);

/// Its children alone, for a layer inside a project.
std::string MetadataContent(const LayerMetadata& metadata, geo::Epsg crs);

}  // namespace lagesbild::maps
