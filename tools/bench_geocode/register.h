#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "geo/gazetteer.h"
#include "maps/address_table.h"

namespace lagesbild::tools::bench {

/// A register to be asked, and what its queries need to know of it.
struct BenchRegister {
  std::string code;  ///< "malmo", "elverum", or the file's own name
  std::string town;  ///< what people write after the postcode where the register has no postal town
  geo::Gazetteer gazetteer = {};
  /// Stream of random numbers; empty = the code's. Two forms of one register are asked the same.
  std::string draws = {};
  const std::string& stream() const { return draws.empty() ? code : draws; }
};

/// How a table of addresses is read: columns, plane, grammar.
struct BenchTable {
  std::string code, town, style = "sv";
  maps::AddressTable columns = {};
  geo::Epsg plane{3006};
};

/// The tables of ../shared/data that the goals name.
BenchTable MalmoTable();
BenchTable ElverumTable();
BenchTable PhiladelphiaTable();

/// Gives every address without a postal town the register's town, as Lantmäteriet's registers do.
void FillPostalTown(BenchRegister& of);

/// Reads a table; its own extent stands for the municipality. Throws maps::IoError.
BenchRegister ReadBenchTable(const std::filesystem::path& file, const BenchTable& table);
/// Reads a Lantmäteriet GeoPackage (or the demo's). Throws maps::IoError.
BenchRegister ReadBenchGeoPackage(const std::filesystem::path& file);

/// A street (or village) at one place: numbers and the addresses that bear them.
struct BenchStreet {
  std::string name, place;  ///< place: locality, else postal town; may be empty
  std::u32string plain;     ///< Plain(name)
  std::u32string lower;
  std::map<int, std::vector<int>> numbers;  ///< number -> addresses of the gazetteer
  bool has_namesake = false;                ///< the same name at another place

  bool Holds(int number) const { return numbers.contains(number); }
  int last() const { return numbers.empty() ? 0 : numbers.rbegin()->first; }
  /// Nearest same-parity numbers on either side; 0 = none.
  int Below(int number) const;
  int Above(int number) const;
};

/// A register by streets, without what has no number. Keeps a reference to the gazetteer.
class RegisterView {
 public:
  explicit RegisterView(const geo::Gazetteer& gazetteer);

  const geo::Gazetteer& gazetteer() const { return gazetteer_; }
  const geo::Address& address(int index) const {
    return gazetteer_.addresses[static_cast<std::size_t>(index)];
  }
  const std::vector<BenchStreet>& streets() const { return streets_; }
  const BenchStreet& street(int index) const { return streets_[static_cast<std::size_t>(index)]; }
  int street_of(int address) const { return street_of_[static_cast<std::size_t>(address)]; }
  /// Addresses with a number: what can be asked for.
  const std::vector<int>& numbered() const { return numbered_; }
  /// Middle of the addresses that bear the number on the street.
  geo::PlanePoint Middle(const BenchStreet& street, int number) const;

 private:
  const geo::Gazetteer& gazetteer_;
  std::vector<BenchStreet> streets_;
  std::vector<int> street_of_, numbered_;
};

double Distance(geo::PlanePoint a, geo::PlanePoint b);

/// The register without these addresses.
geo::Gazetteer Without(const geo::Gazetteer& gazetteer, const std::set<int>& left_out);

/// The register copied, each copy with street names of its own and 100 km further east, until it has `size`
/// addresses.
geo::Gazetteer Scaled(const geo::Gazetteer& gazetteer, std::size_t size);

}  // namespace lagesbild::tools::bench
