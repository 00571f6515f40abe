#include "tools/bench_geocoder_registers.h"

#include <cmath>
#include <string>

#include "geo/errors.h"
#include "geo/projection.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {
namespace {

constexpr const char* kMalmo = "malmo/malmo_adresser.csv";
constexpr const char* kElverum = "elverum/elverum_no_adresser.csv";
constexpr const char* kPhiladelphia = "philadelphia/philadelphia_gazetteer_2015-2018.csv";

geo::PlanePoint Point(double easting, double northing) {
  return {geo::Meters{easting}, geo::Meters{northing}};
}

/// "12", "12A", "11A U1".
void ReadDesignation(const std::string& text, geo::Address& address) {
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9')
    address.number = address.number * 10 + (text[at++] - '0');
  while (at < text.size() && text[at] != ' ') address.letter += text[at++];
  if (at < text.size()) address.addition = text.substr(at + 1);
}

}  // namespace

void CheckBenchData(const std::filesystem::path& data) {
  for (const char* file : {kMalmo, kMalmoQueries, kElverum, kPhiladelphia, kPhiladelphiaPairs})
    if (!std::filesystem::exists(data / file))
      throw geo::InvalidInput((data / file).string() +
                              " not found: --data must be the folder of open data that holds malmo, elverum "
                              "and philadelphia");
}

geo::Gazetteer MalmoRegister(const std::filesystem::path& data) {
  const Table table = ReadTable(data / kMalmo);
  const auto street = table.texts("gata"), number = table.texts("gatunummer"),
             code = table.texts("postnummer");
  const auto easting = table.numbers("easting_3006"), northing = table.numbers("northing_3006");
  geo::Gazetteer gazetteer;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    geo::Address& a = gazetteer.addresses.emplace_back();
    a.id = std::to_string(i);
    a.area = street[i];
    ReadDesignation(number[i], a);
    a.postcode = code[i];
    a.postal_town = "Malmö";
    a.position = Point(easting[i], northing[i]);
    a.accuracy_radius = geo::Meters{10};
  }
  return gazetteer;
}

geo::Gazetteer ElverumRegister(const std::filesystem::path& data) {
  const Table table = ReadTable(data / kElverum);
  const auto street = table.texts("gata"), letter = table.texts("bokstav"), code = table.texts("postnummer"),
             town = table.texts("poststed");
  const auto number = table.numbers("nummer"), easting = table.numbers("easting_25833"),
             northing = table.numbers("northing_25833");
  geo::Gazetteer gazetteer;
  gazetteer.crs = geo::Epsg{25833};
  gazetteer.address_style = "no";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    geo::Address& a = gazetteer.addresses.emplace_back();
    a.id = std::to_string(i);
    a.area = street[i];
    a.number = std::isnan(number[i]) ? 0 : static_cast<int>(number[i]);
    a.letter = letter[i];
    a.postcode = code[i];
    a.postal_town = town[i];
    a.position = Point(easting[i], northing[i]);
    a.accuracy_radius = geo::Meters{10};
  }
  return gazetteer;
}

geo::Gazetteer PhiladelphiaRegister(const std::filesystem::path& data) {
  const Table table = ReadTable(data / kPhiladelphia);
  const auto street = table.texts("street");
  const auto block = table.numbers("block_start"), lat = table.numbers("lat"), lon = table.numbers("lon");
  const geo::Projection projection(kPhiladelphiaPlane);
  geo::Gazetteer gazetteer;
  gazetteer.crs = kPhiladelphiaPlane;
  gazetteer.address_style = "us-block";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    geo::Address& a = gazetteer.addresses.emplace_back();
    a.id = std::to_string(i);
    a.area = street[i];
    a.number = static_cast<int>(block[i]);
    a.position = projection.Forward({geo::Degrees{lon[i]}, geo::Degrees{lat[i]}});
    a.accuracy_radius = geo::Meters{120};
  }
  return gazetteer;
}

}  // namespace lagesbild::tools
