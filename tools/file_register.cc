#include "tools/file_register.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string_view>

#include "geo/errors.h"
#include "maps/address_extent.h"
#include "maps/address_table.h"
#include "maps/register_input.h"
#include "service/register_index_file.h"
#include "service/register_mapping.h"

namespace lagesbild::tools {
namespace {

constexpr geo::Epsg kDegrees{4326}, kSweref{3006};

bool IsCompiled(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string head(service::kRegisterIndexMagic.size(), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return in && head == service::kRegisterIndexMagic;
}

std::string* ColumnOf(maps::AddressTable& table, std::string_view name) {
  const std::map<std::string_view, std::string*> columns = {
      {"street", &table.street},     {"number", &table.number},     {"letter", &table.letter},
      {"addition", &table.addition}, {"postcode", &table.postcode}, {"postal_town", &table.postal_town},
      {"city", &table.postal_town},  {"locality", &table.locality}, {"district", &table.district},
      {"x", &table.easting},         {"y", &table.northing},        {"id", &table.id}};
  const auto found = columns.find(name);
  return found == columns.end() ? nullptr : found->second;
}

/// "street=gata,number=nr": what each column of the register is called in the file.
maps::AddressTable TableOf(const std::string& columns) {
  maps::AddressTable table;
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find(',', at), columns.size());
    const std::string pair = columns.substr(at, end - at);
    const std::size_t equals = pair.find('=');
    std::string* column = equals == std::string::npos ? nullptr : ColumnOf(table, pair.substr(0, equals));
    if (column == nullptr || equals + 1 >= pair.size())
      throw geo::InvalidInput(
          "--columns takes pairs such as street=gata,number=nr,x=lon,y=lat; its names are street, number, "
          "letter, "
          "addition, postcode, postal_town, locality, district, id, x and y");
    *column = pair.substr(equals + 1);
    at = end + 1;
  }
  if (table.street.empty() || table.number.empty() || table.easting.empty() || table.northing.empty())
    throw geo::InvalidInput("--columns must name at least street, number, x and y");
  return table;
}

/// A plane for degrees: Sweden's where they lie there, else the UTM zone of the first row.
geo::Epsg PlaneFor(const std::filesystem::path& file, const maps::AddressTable& table) {
  geo::Epsg plane = kSweref;
  bool known = false;
  std::size_t x = 0, y = 0;
  const auto find = [&](const std::vector<std::string>& header) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i] == table.easting) x = i;
      if (header[i] == table.northing) y = i;
    }
  };
  maps::ReadTable(file, table.table, find, [&](maps::TableRow&& row) {
    if (known || std::max(x, y) >= row.cells.size()) return;
    const double lon = std::strtod(row.cells[x].c_str(), nullptr),
                 lat = std::strtod(row.cells[y].c_str(), nullptr);
    if (!(std::abs(lon) <= 180 && std::abs(lat) <= 84 && (lon != 0 || lat != 0))) return;
    const bool sweden = lon > 10 && lon < 25 && lat > 55 && lat < 70;
    const int zone = std::min(60, static_cast<int>((lon + 180) / 6) + 1);
    plane = sweden ? kSweref : geo::Epsg{(lat < 0 ? 32700 : 32600) + zone};
    known = true;
  });
  if (!known) throw geo::InvalidInput("the register has no row with longitude and latitude");
  return plane;
}

geo::Gazetteer ReadAddresses(const FileRegister& source, const geo::AddressStyle& style) {
  maps::AddressTable table = source.mapping_toml.empty() ? TableOf(source.columns)
                                                         : service::ParseAddressMapping(source.mapping_toml);
  if (!source.crs.empty()) table.coordinates = ParseEpsg(source.crs);
  table.block_size = style.block_size;
  geo::Epsg plane = table.coordinates;
  if (!source.plane.empty())
    plane = ParseEpsg(source.plane);
  else if (plane == kDegrees)
    plane = PlaneFor(source.file, table);
  geo::Gazetteer gazetteer;
  gazetteer.crs = plane;
  gazetteer.addresses = maps::ReadAddressTable(source.file, table, plane,
                                               maps::ReadAddressExtent(source.file, table, plane), style)
                            .addresses;
  return gazetteer;
}

geo::Gazetteer ReadPackage(const FileRegister& source) {
  maps::AddressRegisterFile read = maps::ReadAddressRegister(source.file);
  geo::Gazetteer gazetteer;
  gazetteer.crs = read.crs;
  gazetteer.addresses = std::move(read.addresses);
  gazetteer.places = std::move(read.popular_names);
  return gazetteer;
}

}  // namespace

geo::Epsg ParseEpsg(const std::string& text) {
  const std::string digits = text.starts_with("EPSG:") || text.starts_with("epsg:") ? text.substr(5) : text;
  if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
    throw geo::InvalidInput("a coordinate system is given as EPSG:3006 or 3006");
  return geo::Epsg{std::stoi(digits)};
}

geo::Geocoder OpenFileRegister(const FileRegister& source) {
  if (IsCompiled(source.file)) return service::OpenRegisterIndex(source.file);
  const geo::AddressStyle* style = geo::FindAddressStyle(source.style.empty() ? "sv" : source.style);
  if (style == nullptr)
    throw geo::InvalidInput("--style must be one of " + std::string(geo::AddressStyleCodes()));
  const bool table = !source.columns.empty() || !source.mapping_toml.empty();
  const std::string extension = source.file.extension().string();
  if (!table && extension != ".gpkg" && extension != ".zip")
    throw geo::InvalidInput("a table of addresses needs --columns or --register-mapping");
  geo::Gazetteer gazetteer = table ? ReadAddresses(source, *style) : ReadPackage(source);
  gazetteer.address_style = std::string(style->code);
  if (!source.municipality.empty())
    std::erase_if(gazetteer.addresses, [&](const geo::Address& address) {
      return address.municipality_code != source.municipality;
    });
  if (gazetteer.addresses.empty())
    throw geo::InvalidInput("the register holds no address" +
                            std::string(source.municipality.empty() ? "" : " of that municipality"));
  return geo::Geocoder(gazetteer);
}

}  // namespace lagesbild::tools
