#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <cstring>
#include <thread>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/errors.h"
#include "service/import.h"
#include "service/utf8.h"
#include "tests/service/support.h"

namespace lagesbild::service {

inline constexpr const char* kPolice = R"toml(
[mapping]
version = 1
name = "polisen"
[file]
format = "csv"
delimiter = ";"
[columns]
incident_key = "Ärende"
date = "Datum"
category = "Händelse"
address = ["Gata"]
locality = "Ort"
easting = "E"
northing = "N"
[time]
formats = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
zone = "Europe/Stockholm"
[coordinates]
epsg = 3006
[category.values]
"Skadegörelse" = "VANDALISM"
"Stöld" = "THEFT"
"Nätkränkning" = "ONLINE_ABUSE"
"Otrygghet" = "PERCEIVED_UNSAFETY"
[place]
digital = ["internet", "snapchat"]
[age]
missing = ["", "-", "okänd"]
[age.words]
"högstadiet" = [13, 15]
[[persons]]
role = "victim"
age = "Ålder"
count = "Antal"
[[persons]]
role = "suspect"
age = "Misstänkt"
)toml";

inline constexpr const char* kHeader =
    "Ärende;Datum;Händelse;Gata;Ort;E;N;Ålder;Antal;Misstänkt;Anteckning\n";

/// A mapping without a case number, for reporters of any kind.
inline constexpr const char* kSimple = R"toml(
[mapping]
version = 1
name = "enkel"
[file]
format = "csv"
delimiter = ";"
[columns]
date = "Datum"
category = "Händelse"
address = ["Plats"]
[time]
formats = ["%Y-%m-%d"]
zone = "Europe/Stockholm"
[category.values]
"Skadegörelse" = "VANDALISM"
[place]
digital = []
)toml";

/// A delivery of 5 October 2026, with its file in `folder`.
inline ImportRequest Delivery(const TemporaryFolder& folder, const std::string& bytes,
                              const std::string& mapping, const std::string& reporter = "polisen") {
  ImportRequest request;
  request.reporter = reporter;
  request.file = folder.Write("delivery.csv", bytes);
  request.file_name = "Q3 rapport.csv";
  request.mapping_toml = mapping;
  request.now = "2026-10-05T08:00:00Z";
  return request;
}

inline ImportOutcome Deliver(Store& store, const TemporaryFolder& folder, const std::string& bytes,
                             const std::string& mapping, const std::string& reporter = "polisen") {
  return ImportIncidents(store, Delivery(folder, bytes, mapping, reporter));
}

/// A store of "sqlite" or "memory" with the registers and reporters of support.h.
inline std::unique_ptr<Store> FilledStore(const TemporaryFolder& folder, const std::string& kind,
                                          const std::string& name = "l.db") {
  auto store = kind == "sqlite" ? OpenSqliteStore(folder / name, "salt") : NewMemoryStore("salt");
  FillRegisters(*store);
  return store;
}

/// On both stores, which must behave alike.
class OnBothStores : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { store = FilledStore(folder, GetParam()); }
  std::vector<geo::Incident> Stored() { return store->Select({{1990, 1}, {2100, 4}, {}, {}, {}}); }
  std::vector<UnresolvedPlace> Waiting() { return store->ListUnresolved(0, 100).items; }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

class ImportIncidentsOf : public testing::Test {
 protected:
  void SetUp() override { FillRegisters(*store); }

  ImportRequest Request(const std::string& rows) { return Delivery(folder, kHeader + rows, kPolice); }
  ImportOutcome Import(const std::string& rows) { return ImportIncidents(*store, Request(rows)); }
  std::vector<geo::Incident> Stored() { return store->Select({{1990, 1}, {2100, 4}, {}, {}, {}}); }
  /// The reason for which the only row is rejected.
  RejectedImportRow Rejection(const std::string& row) {
    const ImportOutcome outcome = Import(row);
    EXPECT_EQ(outcome.batch.incidents.rejected, 1);
    EXPECT_EQ(outcome.batch.incidents.accepted, 0);
    return outcome.rejected_preview.empty() ? RejectedImportRow{} : outcome.rejected_preview.front();
  }
  geo::Incident Only(const std::string& row) {
    const ImportOutcome outcome = Import(row);
    const std::vector<geo::Incident> stored = Stored();
    EXPECT_THAT(stored, testing::SizeIs(1))
        << (outcome.rejected_preview.empty() ? "" : outcome.rejected_preview[0].message);
    return stored.empty() ? geo::Incident{} : stored.front();
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store = NewMemoryStore("salt");
};

}  // namespace lagesbild::service
