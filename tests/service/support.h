#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "service/store.h"

namespace lagesbild::service {

/// A folder of its own that is gone with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "lagesbild-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  /// Writes a file and gives its path.
  std::filesystem::path Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline std::string ReadBytes(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

inline geo::PlanePoint At(double easting, double northing) {
  return {geo::Meters{easting}, geo::Meters{northing}};
}

/// A rectangle from its south-west corner.
inline geo::MultiPolygon Box(double easting, double northing, double width, double height) {
  return {{{At(easting, northing), At(easting + width, northing), At(easting + width, northing + height),
            At(easting, northing + height)},
           {}}};
}

/// Storgatan 1 to 9 in Testby (600 m apart), one school, two districts, 20 km square.
inline Municipality TestReference() {
  Municipality municipality;
  municipality.code = "0331";
  municipality.name = "Testkommun";
  municipality.boundary = Box(600000, 6640000, 20000, 20000);
  municipality.districts = {{"D1", "Väster", Box(600000, 6640000, 10000, 20000)},
                            {"D2", "Öster", Box(610000, 6640000, 10000, 20000)}};
  municipality.localities = {{"T1", "Testby", Box(604000, 6649000, 2000, 2000)}};
  geo::Place school;
  school.id = "P1";
  school.name = "Testby skola";
  school.kind = "school";
  school.locality = "Testby";
  school.position = At(605500, 6650500);
  municipality.gazetteer.places = {school};
  return municipality;
}

inline std::vector<geo::Address> TestAddresses() {
  std::vector<geo::Address> addresses;
  for (int number = 1; number <= 9; ++number) {
    geo::Address address;
    address.id = "A" + std::to_string(number);
    address.area = "Storgatan";
    address.number = number;
    address.postcode = "74430";
    address.postal_town = "TESTBY";
    address.locality = "Testby";
    address.municipality_code = "0331";
    address.position = At(604000 + 200 * number, 6650000);
    address.accuracy_radius = geo::Meters{10};
    addresses.push_back(address);
  }
  return addresses;
}

inline RegisterVersion Version(const std::string& sha256) {
  RegisterVersion version;
  version.sha256 = sha256;
  version.imported_at = "2026-10-01T08:00:00Z";
  version.synthetic = true;
  return version;
}

/// Registers and the reporters polisen, skolan, butiken, bostaden, foreningen.
inline void FillRegisters(Store& store) {
  store.PutReference(Version("ref"), TestReference());
  store.PutAddresses(Version("adr"), geo::Epsg{3006}, TestAddresses());
  std::vector<Store::PopulationEntry> population;
  for (int number = 1; number <= 9; ++number)
    for (int age : {8, 14, 20, 40}) population.push_back({"A" + std::to_string(number), age, 3});
  store.PutPopulation(Version("pop"), population);
  store.PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", "2024-01-01"});
  store.PutReporter({"skolan", "Testby skola", ReporterKind::kSchool, "Testby", ""});
  store.PutReporter({"butiken", "Butiken", ReporterKind::kCompany, "Testby", ""});
  store.PutReporter({"bostaden", "Bostaden", ReporterKind::kHousing, "Testby", ""});
  store.PutReporter({"foreningen", "Föreningen", ReporterKind::kAssociation, "Testby", ""});
}

}  // namespace lagesbild::service
