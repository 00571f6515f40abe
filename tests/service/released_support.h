#pragma once

#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include "service/hashing.h"
#include "tests/service/support.h"

namespace lagesbild::service {

/// Three villages of 40 addresses each, 2 km apart in the west of TestReference's municipality.
inline geo::PlanePoint VillageAddress(int village, int number) {
  return At(602000 + 2000 * village + 20 * (number % 8), 6650000 + 20 * (number / 8));
}

inline void FillReleaseRegisters(Store& store) {
  FillRegisters(store);
  std::vector<geo::Address> addresses;
  std::vector<Store::PopulationEntry> population;
  for (int village = 0; village < 3; ++village)
    for (int number = 0; number < 40; ++number) {
      geo::Address address = TestAddresses().front();
      address.id = "V" + std::to_string(village) + "-" + std::to_string(number);
      address.area = "Byväg " + std::to_string(village);
      address.number = number + 1;
      address.position = VillageAddress(village, number);
      addresses.push_back(address);
      for (const int age : {8, 14, 20, 40}) population.push_back({address.id, age, 1});
    }
  store.PutAddresses(Version("villages"), geo::Epsg{3006}, addresses);
  store.PutPopulation(Version("people"), population);
}

/// `villages` lists village and number of incidents with a youth of 14, one a day from `first` on, each at an
/// address of its own.
inline void AddYouthIncidents(Store& store, const std::vector<std::pair<int, int>>& villages,
                              std::chrono::year_month_day first = std::chrono::year{2026} / 7 / 1,
                              const std::string& reporter = "polisen") {
  std::vector<StoredIncident> incidents;
  std::string content;
  for (const auto& [village, count] : villages)
    for (int i = 0; i < count; ++i) {
      StoredIncident stored;
      geo::Incident& incident = stored.incident;
      incident.reporter = reporter;
      incident.date = std::chrono::sys_days{first} + std::chrono::days{i};
      incident.category = geo::Category::kVandalism;
      incident.place = geo::PlaceKind::kPlaced;
      incident.level = geo::MatchLevel::kAddressPoint;
      incident.position = VillageAddress(village, i);
      incident.has_position = true;
      incident.accuracy_radius = geo::Meters{10};
      incident.persons = {{geo::AgeRole::kVictim, geo::SpanOfAge(geo::DefaultAgeScheme(), 14), false}};
      stored.incident_key =
          reporter + geo::IsoDate(first) + std::to_string(village) + "/" + std::to_string(i);
      content += stored.incident_key;
      incidents.push_back(stored);
    }
  ImportBatch batch;
  batch.reporter = reporter;
  batch.content_sha256 = Sha256Hex(content);
  batch.incidents.read = batch.incidents.accepted = batch.incidents.placed =
      static_cast<std::int64_t>(incidents.size());
  std::set<std::string> quarters;
  for (const StoredIncident& stored : incidents) quarters.insert(geo::QuarterOf(stored.incident.date).code());
  batch.quarters.assign(quarters.begin(), quarters.end());
  store.AddImport(batch, incidents, {}, {});
}

}  // namespace lagesbild::service
