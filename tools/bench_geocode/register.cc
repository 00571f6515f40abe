#include "tools/bench_geocode/register.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/projection.h"
#include "geo/study_area.h"
#include "maps/errors.h"
#include "maps/register_input.h"
#include "maps/table_input.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr geo::Epsg kDegrees{4326};

double Number(const std::string& text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The box around a table's positions in its plane, as a municipality.
geo::StudyArea Extent(const std::filesystem::path& file, const BenchTable& table) {
  std::size_t east = std::string::npos, north = std::string::npos;
  double min_e = HUGE_VAL, min_n = HUGE_VAL, max_e = -HUGE_VAL, max_n = -HUGE_VAL;
  maps::ReadTable(
      file, table.columns.table,
      [&](const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) {
          if (header[i] == table.columns.easting) east = i;
          if (header[i] == table.columns.northing) north = i;
        }
        if (east == std::string::npos || north == std::string::npos)
          throw maps::IoError(file.string(), "lacks the columns " + table.columns.easting + " and " +
                                                 table.columns.northing + " that the mapping names");
      },
      [&](maps::TableRow&& row) {
        if (!row.error.empty()) return;
        const double e = Number(row.cells[east]), n = Number(row.cells[north]);
        if (!std::isfinite(e) || !std::isfinite(n)) return;
        min_e = std::min(min_e, e), max_e = std::max(max_e, e);
        min_n = std::min(min_n, n), max_n = std::max(max_n, n);
      });
  if (!(min_e <= max_e)) throw maps::IoError(file.string(), "holds no position");
  geo::PlanePoint low{geo::Meters{min_e}, geo::Meters{min_n}}, high{geo::Meters{max_e}, geo::Meters{max_n}};
  if (table.columns.coordinates == kDegrees) {
    const geo::Projection projection(table.plane);
    low = projection.Forward({geo::Degrees{min_e}, geo::Degrees{min_n}});
    high = projection.Forward({geo::Degrees{max_e}, geo::Degrees{max_n}});
  }
  constexpr double kMargin = 1000;
  const double w = low.easting.value() - kMargin, s = low.northing.value() - kMargin,
               e = high.easting.value() + kMargin, n = high.northing.value() + kMargin;
  const auto point = [](double x, double y) { return geo::PlanePoint{geo::Meters{x}, geo::Meters{y}}; };
  return geo::StudyArea(
      geo::MultiPolygon{{.outer = {point(w, s), point(e, s), point(e, n), point(w, n)}, .holes = {}}});
}

}  // namespace

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
  table.columns.coordinates = kDegrees;
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
  const geo::StudyArea area = Extent(file, table);
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
