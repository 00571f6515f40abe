#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "geo/projection.h"

/// The real registers of ../shared/data, read where they are; never copied.
namespace lagesbild::geo::shared {

inline const std::filesystem::path kData = std::filesystem::path(LAGESBILD_SOURCE_DIR) / "../shared/data";

using Row = std::map<std::string, std::string>;

inline std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      cells.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

/// Calls `use` with each row as column name -> cell.
template <class Use>
void ForEachRow(const char* file, Use&& use) {
  std::ifstream in(kData / file);
  std::string line;
  std::getline(in, line);
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  const std::vector<std::string> header = Cells(line);
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = Cells(line);
    Row row;
    for (std::size_t i = 0; i < cells.size() && i < header.size(); ++i) row[header[i]] = cells[i];
    use(row);
  }
}

inline PlanePoint PointOf(const Row& row, const char* easting, const char* northing) {
  return {Meters{std::stod(row.at(easting))}, Meters{std::stod(row.at(northing))}};
}

inline double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// 52,861 addresses of a Swedish city; EPSG:3006.
inline Gazetteer Malmo() {
  Gazetteer gazetteer;
  ForEachRow("malmo/malmo_adresser.csv", [&](const Row& row) {
    Address a;
    a.id = std::to_string(gazetteer.addresses.size());
    a.area = row.at("gata");
    // "12", "12A", "11A U1" as the register's columns have them.
    const std::string& designation = row.at("gatunummer");
    std::size_t at = 0;
    while (at < designation.size() && designation[at] >= '0' && designation[at] <= '9')
      a.number = a.number * 10 + (designation[at++] - '0');
    while (at < designation.size() && designation[at] != ' ') a.letter += designation[at++];
    if (at < designation.size()) a.addition = designation.substr(at + 1);
    a.postcode = row.at("postnummer");
    a.postal_town = "Malmö";
    a.position = PointOf(row, "easting_3006", "northing_3006");
    a.accuracy_radius = Meters{10};
    gazetteer.addresses.push_back(a);
  });
  return gazetteer;
}

/// 10,871 addresses of a rural Norwegian municipality; EPSG:25833.
inline Gazetteer Elverum() {
  Gazetteer gazetteer;
  gazetteer.crs = Epsg{25833};
  gazetteer.address_style = "no";
  ForEachRow("elverum/elverum_no_adresser.csv", [&](const Row& row) {
    Address a;
    a.id = std::to_string(gazetteer.addresses.size());
    a.area = row.at("gata");
    a.number = row.at("nummer").empty() ? 0 : std::stoi(row.at("nummer"));
    a.letter = row.at("bokstav");
    a.postcode = row.at("postnummer");
    a.postal_town = row.at("poststed");
    a.position = PointOf(row, "easting_25833", "northing_25833");
    a.accuracy_radius = Meters{10};
    gazetteer.addresses.push_back(a);
  });
  return gazetteer;
}

inline constexpr Epsg kPhiladelphiaCrs{32618};

inline PlanePoint LonLatPoint(const Projection& projection, const Row& row) {
  return projection.Forward({Degrees{std::stod(row.at("lon"))}, Degrees{std::stod(row.at("lat"))}});
}

/// 3,098 hundred blocks; EPSG:32618.
inline Gazetteer Philadelphia() {
  Gazetteer gazetteer;
  gazetteer.crs = kPhiladelphiaCrs;
  gazetteer.address_style = "us-block";
  const Projection projection(kPhiladelphiaCrs);
  ForEachRow("philadelphia/philadelphia_gazetteer_2015-2018.csv", [&](const Row& row) {
    Address a;
    a.id = std::to_string(gazetteer.addresses.size());
    a.area = row.at("street");
    a.number = std::stoi(row.at("block_start"));
    a.position = LonLatPoint(projection, row);
    a.accuracy_radius = Meters{120};
    gazetteer.addresses.push_back(a);
  });
  return gazetteer;
}

}  // namespace lagesbild::geo::shared
