#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "geo/gazetteer.h"
#include "geo/place_list.h"
#include "geo/situation_picture.h"

namespace lagesbild::maps {

/// What the files say about themselves beside the numbers.
struct PictureMetadata {
  std::string municipality_code, municipality_name;
  bool synthetic = false;  ///< demo data: written into titles, descriptions and legends
  geo::Epsg crs{3006};
  std::string run_id;        ///< 16 hex digits
  std::string data_version;  ///< hash of the data
  std::string program_version;
  std::string audience = "internal";
  std::string bandwidth_reason_sv;                             ///< why this bandwidth
  std::vector<std::string> category_labels_sv;                 ///< empty = all categories
  std::vector<std::pair<std::string, std::string>> reporters;  ///< code, name of those in the picture
  /// Names of every reporter by code, with what it can see where that is not everything.
  std::map<std::string, std::string> reporter_names = {};
  /// What weakens the picture as a whole, a sentence each: registers that were over a year old.
  std::vector<std::string> warnings_sv = {};
  /// Whose the registers' data are, as their licenses ask to have said: "© OpenStreetMap contributors, ODbL".
  std::vector<std::string> attributions = {};
};

struct NamedPoint {
  std::string name;
  geo::PlanePoint position;
};

/// Layers for orientation that go into the same file.
struct ReferenceLayers {
  geo::MultiPolygon boundary;
  std::vector<geo::NamedArea> districts, localities;
  std::vector<geo::Place> places;
  /// Street and position of addresses: they name a place by its street, and are drawn nowhere.
  std::vector<NamedPoint> street_addresses = {};
};

struct WrittenFile {
  std::filesystem::path path;
  std::string media_type;  ///< "application/geopackage+sqlite3", "image/tiff; application=geotiff;
                           ///< profile=cloud-optimized", "application/xml",
                           ///< "text/html; charset=utf-8", "application/x-qgis-project-container"
  std::string title_sv;
  std::string layer_group;  ///< AgeGroup::code, or empty for the GeoPackage with all
};

/// Writes the picture of one quarter for one audience: a styled GeoPackage with every age layer, the report
/// and "how to read the map" as HTML, a COG with .qml and .qmd per age group that has a density, and a QGIS
/// project over all of them. Each file appears complete or not at all; the same input gives the same bytes.
/// `list` is of the same picture; an empty one leaves the ranked places and the power of the tests out.
/// Throws IoError. Returns the files in a fixed order, GeoPackage first, project last.
std::vector<WrittenFile> WritePictureFiles(const geo::SituationPicture& picture,
                                           const PictureMetadata& metadata, const ReferenceLayers& reference,
                                           const std::filesystem::path& folder,
                                           const geo::PlaceList& list = {});

}  // namespace lagesbild::maps
