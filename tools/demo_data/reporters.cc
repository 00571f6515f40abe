#include "tools/demo_data/reporters.h"

#include <cstddef>

#include "tools/demo_data/vocabulary.h"

namespace lagesbild::tools::demo {
namespace {

constexpr const char* kSchoolDigital =
    R"(digital = ["snapchat", "instagram", "tiktok", "sociala medier", "internet", "discord"]
)";

constexpr const char* kPolice = R"([file]
format = "csv"
delimiter = ";"
encoding = "windows-1252"

[columns]
incident_key = "Ärendenr"
date = "Brottsdatum"
time = "Brottstid"
category = "Brott"
address = ["Gata", "Nr"]
locality = "Ort"
easting = "SWEREF E"
northing = "SWEREF N"

[time]
formats = ["%Y-%m-%d"]
zone = "Europe/Stockholm"

[coordinates]
epsg = 3006

[place]
digital = ["internet", "snapchat", "sociala medier", "instagram", "tiktok"]

[age]
missing = ["", "-", "okänd", "uppgift saknas"]

[[persons]]
role = "victim"
age = "Målsägande ålder"

[[persons]]
role = "suspect"
age = "Misstänkt ålder"
)";

constexpr const char* kHebySchool = R"([file]
format = "xlsx"
sheet = "Rapport"

[columns]
date = "Datum"
category = "Typ av händelse"
address = ["Plats"]

[time]
formats = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]

[place]
default_locality = "Heby"
)";

constexpr const char* kHebySchoolAges = R"(
[age]
missing = ["", "-", "okänt", "vet ej"]
[age.words]
"lågstadiet" = [7, 9]
"mellanstadiet" = [10, 12]
"högstadiet" = [13, 15]

[[persons]]
role = "victim"
age = "Stadium utsatt"
count = "Antal utsatta"

[[persons]]
role = "involved"
age = "Stadium inblandad"
estimated = true
)";

constexpr const char* kOstervalaSchool = R"([file]
format = "xlsx"
sheet = "Incidenter"

[columns]
date = "När"
category = "Vad"
address = ["Var"]

[time]
formats = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]

[place]
default_locality = "Östervåla"
)";

constexpr const char* kOstervalaSchoolAges = R"(
[age]
missing = ["", "?", "vet ej"]
[age.words]
"åk 1-3" = [7, 9]
"åk 4-6" = [10, 12]
"åk 7" = [13, 14]
"åk 8" = [14, 15]
"åk 9" = [15, 16]
"åk 7-9" = [13, 16]

[[persons]]
role = "victim"
age = "Årskurs"
)";

constexpr const char* kHousing = R"([file]
format = "csv"
delimiter = ","
encoding = "utf-8"

[columns]
date = "Rapportdatum"
category = "Typ"
address = ["Gata"]
locality = "Ort"

[time]
formats = ["%Y-%m-%d"]
)";

constexpr const char* kShops = R"([file]
format = "csv"
delimiter = ";"
encoding = "utf-8"

[columns]
date = "Datum"
category = "Händelse"
address = ["Butik"]

[time]
formats = ["%d/%m/%Y"]
)";

constexpr const char* kBuses = R"([file]
format = "csv"
delimiter = "\t"
encoding = "iso-8859-1"

[columns]
date = "Trafikdygn"
category = "Avvikelse"
address = ["Hållplats"]
locality = "Ort"

[time]
formats = ["%d.%m.%Y"]
)";

constexpr const char* kSports = R"([file]
format = "xlsx"
sheet = "Blad1"

[columns]
date = "Datum"
category = "Vad hände"
address = ["Anläggning"]

[time]
formats = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]

[place]
default_locality = "Heby"
)";

constexpr const char* kWatch = R"([file]
format = "csv"
delimiter = ";"
encoding = "utf-8"

[columns]
date = "Datum"
category = "Iakttagelse"
address = ["Plats"]
locality = "Ort"

[time]
formats = ["%Y-%m-%d"]
)";

std::string Body(Teller teller) {
  switch (teller) {
    case Teller::kPolice:
      return kPolice;
    case Teller::kHebySchool:
      return std::string(kHebySchool) + kSchoolDigital + kHebySchoolAges;
    case Teller::kOstervalaSchool:
      return std::string(kOstervalaSchool) + kSchoolDigital + kOstervalaSchoolAges;
    case Teller::kHousing:
      return kHousing;
    case Teller::kShops:
      return kShops;
    case Teller::kBuses:
      return kBuses;
    case Teller::kSports:
      return kSports;
    case Teller::kWatch:
      return kWatch;
  }
  return {};
}

}  // namespace

const std::array<ReporterSheet, kTellers>& Reporters() {
  static const std::array<ReporterSheet, kTellers> sheets{{
      {Teller::kPolice, "polisen", "Polisen (påhittade data)", "POLICE", "", "2023-10-01", false, "csv"},
      {Teller::kHebySchool, "heby_skola", "Heby skola (påhittade data)", "SCHOOL", "Heby", "2023-10-01",
       false, "xlsx"},
      {Teller::kOstervalaSchool, "ostervala_skola", "Östervåla skola (påhittade data)", "SCHOOL", "Östervåla",
       "2023-10-01", true, "xlsx"},
      {Teller::kHousing, "exempelbostader", "Exempelbostäder AB (påhittat)", "HOUSING", "", "2023-10-01",
       false, "csv"},
      {Teller::kShops, "exempelkop", "Exempelköp AB (påhittat)", "COMPANY", "", "2023-10-01", true, "csv"},
      {Teller::kBuses, "exempelbuss", "Exempelbuss AB (påhittat)", "COMPANY", "", "2025-04-01", false, "csv"},
      {Teller::kSports, "exempel_if", "Exempel IF (påhittad)", "ASSOCIATION", "Heby", "2023-10-01", true,
       "xlsx"},
      {Teller::kWatch, "grannsamverkan", "Grannsamverkan Exempel (påhittad)", "ASSOCIATION", "", "2025-04-01",
       false, "csv"},
  }};
  return sheets;
}

std::string MappingToml(Teller teller) {
  const ReporterSheet& sheet = Reporters()[static_cast<std::size_t>(teller)];
  std::string toml =
      "# SYNTETISK: hör till påhittade data. Formen beskrivs i tools/mapping.md.\n[mapping]\nversion = "
      "1\nname = \"" +
      sheet.code + "-1\"\n\n" + Body(teller) + "\n[category.values]\n";
  for (const Term& term : Vocabulary(teller))
    toml += "\"" + term.text + "\" = \"" + std::string(geo::InfoOf(term.category).code) + "\"\n";
  return toml;
}

}  // namespace lagesbild::tools::demo
