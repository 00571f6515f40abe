#include "tools/bench_geocode/register.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "geo/study_area.h"
#include "maps/address_extent.h"
#include "maps/register_input.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {

BenchTable MalmoTable() {
  BenchTable table{.code = "malmo", .town = "Malmö"};
  table.columns.table.delimiter = ',';
  table.columns.street = "gata";
  table.columns.number = "gatunummer";
  table.columns.postcode = "postnummer";
  table.columns.easting = "easting_3006";
  table.columns.northing = "northing_3006";
  table.columns.municipality_code = "1280";
  return table;
}

BenchTable ElverumTable() {
  BenchTable table{.code = "elverum", .town = "Elverum", .style = "no", .plane = geo::Epsg{25833}};
  table.columns.table.delimiter = ',';
  table.columns.street = "gata";
  table.columns.number = "nummer";
  table.columns.letter = "bokstav";
  table.columns.postcode = "postnummer";
  table.columns.postal_town = "poststed";
  table.columns.easting = "easting_25833";
  table.columns.northing = "northing_25833";
  table.columns.coordinates = geo::Epsg{25833};
  table.columns.municipality_code = "3420";
  return table;
}

BenchTable PhiladelphiaTable() {
  BenchTable table{
      .code = "philadelphia", .town = "Philadelphia", .style = "us-block", .plane = geo::Epsg{26918}};
  table.columns.table.delimiter = ',';
  table.columns.street = "street";
  table.columns.number = "block_start";
  table.columns.easting = "lon";
  table.columns.northing = "lat";
  table.columns.coordinates = geo::Epsg{4326};
  table.columns.accuracy_radius = geo::Meters{75};
  table.columns.block_size = 100;
  table.columns.municipality_code = "PHL";
  return table;
}

void FillPostalTown(BenchRegister& of) {
  for (geo::Address& address : of.gazetteer.addresses)
    if (address.postal_town.empty()) address.postal_town = of.town;
}

BenchRegister ReadBenchTable(const std::filesystem::path& file, const BenchTable& table) {
  const geo::StudyArea area = maps::ReadAddressExtent(file, table.columns, table.plane);
  maps::AddressRegisterFile read =
      maps::ReadAddressTable(file, table.columns, table.plane, area, *geo::FindAddressStyle(table.style));
  BenchRegister result{.code = table.code, .town = table.town, .gazetteer = {}};
  result.gazetteer.crs = table.plane;
  result.gazetteer.address_style = table.style;
  result.gazetteer.addresses = std::move(read.addresses);
  return result;
}

BenchRegister ReadBenchGeoPackage(const std::filesystem::path& file) {
  maps::AddressRegisterFile read = maps::ReadAddressRegister(file);
  BenchRegister result{.code = file.stem().string(), .town = "", .gazetteer = {}};
  result.gazetteer.crs = read.crs;
  result.gazetteer.addresses = std::move(read.addresses);
  return result;
}

int BenchStreet::Below(int number) const {
  for (auto it = numbers.lower_bound(number); it != numbers.begin();)
    if ((--it)->first % 2 == number % 2) return it->first;
  return 0;
}

int BenchStreet::Above(int number) const {
  for (auto it = numbers.upper_bound(number); it != numbers.end(); ++it)
    if (it->first % 2 == number % 2) return it->first;
  return 0;
}

RegisterView::RegisterView(const geo::Gazetteer& gazetteer) : gazetteer_(gazetteer) {
  std::map<std::pair<std::string, std::string>, int> streets;
  std::map<std::u32string, int> uses;
  street_of_.assign(gazetteer.addresses.size(), -1);
  for (int i = 0; i < static_cast<int>(gazetteer.addresses.size()); ++i) {
    const geo::Address& a = address(i);
    if (a.number <= 0) continue;
    const std::string& place = a.locality.empty() ? a.postal_town : a.locality;
    const auto [found, added] = streets.try_emplace({a.area, place}, static_cast<int>(streets_.size()));
    if (added) {
      streets_.push_back({.name = a.area,
                          .place = place,
                          .plain = Plain(a.area),
                          .lower = Letters(LowerText(a.area)),
                          .numbers = {}});
      ++uses[streets_.back().lower];
    }
    street_of_[static_cast<std::size_t>(i)] = found->second;
    streets_[static_cast<std::size_t>(found->second)].numbers[a.number].push_back(i);
    numbered_.push_back(i);
  }
  for (BenchStreet& street : streets_) street.has_namesake = uses[street.lower] > 1;
}

geo::PlanePoint RegisterView::Middle(const BenchStreet& street, int number) const {
  double e = 0, n = 0;
  const std::vector<int>& bearers = street.numbers.at(number);
  for (const int i : bearers) {
    e += address(i).position.easting.value();
    n += address(i).position.northing.value();
  }
  const auto count = static_cast<double>(bearers.size());
  return {geo::Meters{e / count}, geo::Meters{n / count}};
}

double Distance(geo::PlanePoint a, geo::PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

geo::Gazetteer Without(const geo::Gazetteer& gazetteer, const std::set<int>& left_out) {
  geo::Gazetteer rest = gazetteer;
  rest.addresses.clear();
  for (int i = 0; i < static_cast<int>(gazetteer.addresses.size()); ++i)
    if (!left_out.contains(i)) rest.addresses.push_back(gazetteer.addresses[static_cast<std::size_t>(i)]);
  return rest;
}

geo::Gazetteer Scaled(const geo::Gazetteer& gazetteer, std::size_t size) {
  static constexpr std::array<const char*, 8> kBeginnings{"Ny",  "Berg", "Ek",  "Lund",
                                                          "Små", "Höga", "Ler", "Ask"};
  geo::Gazetteer scaled = gazetteer;
  scaled.addresses.clear();
  scaled.addresses.reserve(size);
  for (std::size_t copy = 0; scaled.addresses.size() < size && !gazetteer.addresses.empty(); ++copy) {
    std::string beginning;
    for (std::size_t left = copy; left > 0; left /= kBeginnings.size())
      beginning += beginning.empty() ? kBeginnings[left % kBeginnings.size()]
                                     : LowerText(kBeginnings[left % kBeginnings.size()]);
    for (const geo::Address& address : gazetteer.addresses) {
      if (scaled.addresses.size() == size) break;
      geo::Address moved = address;
      if (copy > 0) {
        moved.area = beginning + LowerText(address.area);
        moved.id += " " + std::to_string(copy);
        moved.position.easting =
            geo::Meters{address.position.easting.value() + 100'000.0 * static_cast<double>(copy)};
      }
      scaled.addresses.push_back(std::move(moved));
    }
  }
  return scaled;
}

}  // namespace lagesbild::tools::bench
