#include "tools/demo_data/world_files.h"

#include <map>
#include <string>

#include "tools/demo_data/format.h"
#include "tools/demo_data/table_files.h"
#include "tools/demo_data/vector_file.h"

namespace lagesbild::tools::demo {
namespace {

constexpr const char* kLabel =
    "SYNTETISK: påhittade data för demonstration av Lagesbild, inte från Lantmäteriet eller Heby kommun";
constexpr const char* kSource = "SYNTETISK";

const char* TypeText(AddressType type) {
  switch (type) {
    case AddressType::kStreet:
      return "Gatuadressplats";
    case AddressType::kMetric:
      return "Metertalsadressplats";
    case AddressType::kVillage:
      return "Byadressplats";
    case AddressType::kFarm:
      return "Gårdsadressplats";
  }
  return "";
}
const char* AreaTypeText(AddressType type) {
  switch (type) {
    case AddressType::kStreet:
      return "Gatuadressområde";
    case AddressType::kMetric:
      return "Metertalsadressområde";
    case AddressType::kVillage:
    case AddressType::kFarm:
      return "Byadressområde";
  }
  return "";
}

const std::vector<VectorField>& AddressFields() {
  static const std::vector<VectorField> fields = {{"belagenhetsadress_objektidentitet"},
                                                  {"versiongiltigfran", OFTDateTime},
                                                  {"adressplatsnummer"},
                                                  {"statusforbelagenhetsadress"},
                                                  {"bokstavstillagg"},
                                                  {"lagestillagg"},
                                                  {"lagestillaggsnummer", OFTInteger},
                                                  {"adressplatstyp"},
                                                  {"insamlingslage"},
                                                  {"avvikerfranstandarden", OFTInteger, OFSTBoolean},
                                                  {"avvikandeadressplatsbeteckning"},
                                                  {"postnummer", OFTInteger},
                                                  {"postort"},
                                                  {"popularnamn"},
                                                  {"anlaggningstyp"},
                                                  {"anlaggningstext"},
                                                  {"distriktskod"},
                                                  {"distriktsnamn"},
                                                  {"lanskod"},
                                                  {"kommunkod"},
                                                  {"kommunnamn"},
                                                  {"kommundel_faststalltnamn"},
                                                  {"adressomrade_faststalltnamn"},
                                                  {"adressomradestyp"},
                                                  {"gardsadressomrade_faststalltnamn"},
                                                  {"registerenhetsreferens_objektidentitet"}};
  return fields;
}

void SetText(OGRFeature& feature, const char* field, const std::string& value) {
  if (!value.empty()) feature.SetField(field, value.c_str());
}

void SetAddress(OGRFeature& feature, const DemoAddress& address, std::size_t serial) {
  SetText(feature, "belagenhetsadress_objektidentitet", address.id);
  feature.SetField("versiongiltigfran", 2026, 1, 1, 0, 0, 0.0f, 100);
  SetText(feature, "adressplatsnummer", std::to_string(address.number));
  SetText(feature, "statusforbelagenhetsadress", address.in_force ? "Gällande" : "Reserverad");
  SetText(feature, "bokstavstillagg", address.letter);
  SetText(feature, "lagestillagg", address.addition);
  if (address.addition_number > 0) feature.SetField("lagestillaggsnummer", address.addition_number);
  SetText(feature, "adressplatstyp", TypeText(address.type));
  SetText(feature, "insamlingslage", address.capture);
  feature.SetField("avvikerfranstandarden", address.deviating.empty() ? 0 : 1);
  SetText(feature, "avvikandeadressplatsbeteckning", address.deviating);
  feature.SetField("postnummer", address.postcode.empty() ? 0 : std::stoi(address.postcode));
  SetText(feature, "postort", address.postal_town);
  SetText(feature, "distriktskod", address.district_code);
  SetText(feature, "distriktsnamn", address.district);
  SetText(feature, "lanskod", "03");
  SetText(feature, "kommunkod", "0331");
  SetText(feature, "kommunnamn", "Heby");
  SetText(feature, "kommundel_faststalltnamn", address.locality);
  SetText(feature, "adressomrade_faststalltnamn", address.area);
  SetText(feature, "adressomradestyp", AreaTypeText(address.type));
  SetText(feature, "gardsadressomrade_faststalltnamn", address.farm);
  SetText(feature, "registerenhetsreferens_objektidentitet",
          "5e700331-0000-4000-9000-" + Padded(static_cast<long>(serial), 12));
}

}  // namespace

void WriteAddressRegister(const std::filesystem::path& path, const World& world) {
  VectorFile file(path);
  OGRLayer& layer = file.AddLayer("belagenhetsadress", kLabel, wkbPoint, "adressplatspunkt", AddressFields());
  for (std::size_t i = 0; i < world.addresses.size(); ++i) {
    OGRFeature feature(layer.GetLayerDefn());
    SetAddress(feature, world.addresses[i], i + 1);
    OGRPoint point = OgrPoint(world.addresses[i].position);
    feature.SetGeometry(&point);
    file.Add(layer, feature);
  }
  OGRLayer& remarks = file.AddLayer("adressplatsanmarkning", kLabel, wkbNone, nullptr,
                                    {{"anmarkningstyp"}, {"anmarkningstext"}, {"belagenhetsadress_id"}});
  for (const DemoAddress& address : world.addresses) {
    if (address.capture != "Ungefärligt lägesbestämd" && address.deviating.empty()) continue;
    OGRFeature feature(remarks.GetLayerDefn());
    SetText(feature, "anmarkningstyp", "Övrig anmärkning");
    SetText(feature, "anmarkningstext",
            address.deviating.empty() ? "SYNTETISK: läget är ungefärligt"
                                      : "SYNTETISK: beteckningen avviker från standarden");
    SetText(feature, "belagenhetsadress_id", address.id);
    file.Add(remarks, feature);
  }
  file.Close();
}

namespace {

void AddArea(VectorFile& file, OGRLayer& layer, const std::vector<Outline>& polygons,
             const std::vector<std::pair<const char*, std::string>>& values) {
  OGRFeature feature(layer.GetLayerDefn());
  for (const auto& [field, value] : values) SetText(feature, field, value);
  OGRMultiPolygon geometry = OgrMultiPolygon(polygons);
  feature.SetGeometry(&geometry);
  file.Add(layer, feature);
}

}  // namespace

void WriteReferenceLayers(const std::filesystem::path& path, const World& world) {
  VectorFile file(path);
  OGRLayer& boundary = file.AddLayer("kommungrans", kLabel, wkbMultiPolygon, "geom",
                                     {{"kommunkod"}, {"kommunnamn"}, {"kalla"}});
  AddArea(file, boundary, {world.boundary},
          {{"kommunkod", "0331"}, {"kommunnamn", "Heby"}, {"kalla", kSource}});

  OGRLayer& districts = file.AddLayer("distrikt", kLabel, wkbMultiPolygon, "geom",
                                      {{"distriktskod"}, {"distriktsnamn"}, {"kalla"}});
  for (const District& d : world.districts)
    AddArea(file, districts, d.polygons,
            {{"distriktskod", d.code}, {"distriktsnamn", d.name}, {"kalla", kSource}});

  OGRLayer& localities = file.AddLayer("tatort", kLabel, wkbMultiPolygon, "geom",
                                       {{"tatortskod"}, {"tatort"}, {"bef", OFTInteger}, {"kalla"}});
  for (const Locality& l : world.localities) {
    OGRFeature feature(localities.GetLayerDefn());
    SetText(feature, "tatortskod", l.code);
    SetText(feature, "tatort", l.name);
    feature.SetField("bef", l.inhabitants);
    SetText(feature, "kalla", kSource);
    OGRMultiPolygon geometry = OgrMultiPolygon({l.outline});
    feature.SetGeometry(&geometry);
    file.Add(localities, feature);
  }

  OGRLayer& places = file.AddLayer("plats", kLabel, wkbPoint, "geom",
                                   {{"platsid"}, {"namn"}, {"alias"}, {"typ"}, {"tatort"}, {"kalla"}});
  for (const DemoPlace& p : world.places) {
    OGRFeature feature(places.GetLayerDefn());
    SetText(feature, "platsid", p.id);
    SetText(feature, "namn", p.name);
    SetText(feature, "alias", p.aliases);
    SetText(feature, "typ", p.kind);
    SetText(feature, "tatort", p.locality);
    SetText(feature, "kalla", kSource);
    OGRPoint point = OgrPoint(p.position);
    feature.SetGeometry(&point);
    file.Add(places, feature);
  }
  file.Close();
}

void WritePopulation(const std::filesystem::path& path, const World& world) {
  Table table;
  table.columns = {{"objektidentitet"}, {"alder"}, {"antal"}};
  for (std::size_t a = 0; a < world.addresses.size(); ++a) {
    std::map<int, int> by_age;
    for (const int age : world.ages[a]) ++by_age[age];
    for (const auto& [age, count] : by_age)
      table.rows.push_back({world.addresses[a].id, std::to_string(age), std::to_string(count)});
  }
  WriteCsv(path, table, ',', Encoding::kUtf8);
}

}  // namespace lagesbild::tools::demo
