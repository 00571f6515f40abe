#include "tools/demo_data/demo_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/messy.h"
#include "tools/demo_data/vector_file.h"
#include "tools/demo_data/vocabulary.h"

namespace lagesbild::tools::demo {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::uint64_t kSeed = 331;

std::string Bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::map<std::string, std::string> AllBytes(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).generic_string()] = Bytes(entry.path());
  return files;
}

/// A demo written once for all tests of this file.
class Demo : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    root_ = fs::temp_directory_path() / ("lagesbild_demo_test_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    summary_ = std::make_unique<DemoSummary>(WriteDemoData(kSeed, root_ / "a"));
    world_ = std::make_unique<World>(MakeWorld(kSeed));
    story_ = std::make_unique<Story>(MakeStory(kSeed, *world_));
    deliveries_ = MakeDeliveries(kSeed, *world_, *story_);
  }
  static void TearDownTestSuite() {
    fs::remove_all(root_);
    summary_.reset();
    world_.reset();
    story_.reset();
    deliveries_.clear();
  }
  static fs::path folder() { return root_ / "a"; }

  static fs::path root_;
  static std::unique_ptr<DemoSummary> summary_;
  static std::unique_ptr<World> world_;
  static std::unique_ptr<Story> story_;
  static std::vector<Delivery> deliveries_;
};

fs::path Demo::root_;
std::unique_ptr<DemoSummary> Demo::summary_;
std::unique_ptr<World> Demo::world_;
std::unique_ptr<Story> Demo::story_;
std::vector<Delivery> Demo::deliveries_;

using DemoMunicipality = Demo;
using DemoReports = Demo;
using DemoFiles = Demo;

TEST_F(DemoMunicipality, HasAboutSixThousandAddressesOfAllFourTypes) {
  EXPECT_NEAR(summary_->addresses, 6000, 300);
  EXPECT_GT(summary_->not_in_force, 0);
  std::map<AddressType, int> types;
  for (const DemoAddress& address : world_->addresses) ++types[address.type];
  for (const AddressType type :
       {AddressType::kStreet, AddressType::kMetric, AddressType::kVillage, AddressType::kFarm})
    EXPECT_GT(types[type], 100);
}

TEST_F(DemoMunicipality, HasEveryInhabitantAndSixtyOnePercentInLocalities) {
  EXPECT_EQ(summary_->inhabitants, 14421);
  int inside = 0;
  for (std::size_t a = 0; a < world_->addresses.size(); ++a)
    for (const Locality& locality : world_->localities)
      if (Inside(locality.outline, world_->addresses[a].position))
        inside += static_cast<int>(world_->ages[a].size());
  EXPECT_NEAR(100.0 * inside / summary_->inhabitants, 61, 1);
  EXPECT_EQ(inside, summary_->inhabitants_in_localities);
}

TEST_F(DemoMunicipality, GivesInhabitantsToAddressesInForceOnly) {
  for (std::size_t a = 0; a < world_->addresses.size(); ++a)
    if (!world_->addresses[a].in_force) {
      EXPECT_THAT(world_->ages[a], IsEmpty()) << world_->addresses[a].id;
    }
}

TEST_F(DemoMunicipality, LiesWithinTheRealExtentAndCoversAboutTwelveHundredSquareKilometers) {
  const OGRPolygon polygon = OgrPolygon(world_->boundary);
  OGREnvelope box;
  polygon.getEnvelope(&box);
  EXPECT_DOUBLE_EQ(box.MinX, 594250);
  EXPECT_DOUBLE_EQ(box.MaxX, 631584);
  EXPECT_DOUBLE_EQ(box.MinY, 6634072);
  EXPECT_DOUBLE_EQ(box.MaxY, 6687268);
  EXPECT_TRUE(polygon.IsValid());
  EXPECT_NEAR(summary_->area_km2, 1200, 60);
}

TEST_F(DemoMunicipality, IsPartitionedByItsSevenDistricts) {
  ASSERT_EQ(world_->districts.size(), 7U);
  std::vector<OGRMultiPolygon> parts;
  double sum = 0;
  for (const District& district : world_->districts) {
    parts.push_back(OgrMultiPolygon(district.polygons));
    EXPECT_TRUE(parts.back().IsValid()) << district.name;
    sum += parts.back().get_Area();
  }
  EXPECT_NEAR(sum, Area(world_->boundary), 10);  // corners are rounded to a centimeter
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      const std::unique_ptr<OGRGeometry> shared(parts[i].Intersection(&parts[j]));
      ASSERT_NE(shared, nullptr);
      const double overlap = shared->IsEmpty() || shared->getDimension() < 2
                                 ? 0
                                 : OGR_G_Area(OGRGeometry::ToHandle(shared.get()));
      EXPECT_LT(overlap, 5) << world_->districts[i].name << " and " << world_->districts[j].name;
    }
}

TEST_F(DemoMunicipality, PutsEveryAddressInsideTheBoundaryAndInItsDistrict) {
  for (const DemoAddress& address : world_->addresses) {
    EXPECT_TRUE(Inside(world_->boundary, address.position)) << address.id;
    const auto district = std::find_if(world_->districts.begin(), world_->districts.end(),
                                       [&](const District& d) { return d.name == address.district; });
    ASSERT_NE(district, world_->districts.end());
    const bool inside =
        std::any_of(district->polygons.begin(), district->polygons.end(), [&](const Outline& ring) {
          return Inside(ring, address.position) || DistanceToOutline(ring, address.position) < 0.1;
        });
    EXPECT_TRUE(inside) << address.id;
  }
}

TEST_F(DemoMunicipality, SharesStreetNamesBetweenLocalities) {
  std::map<std::string, std::set<std::string>> localities;
  for (const DemoAddress& address : world_->addresses)
    if (address.locality_index >= 0) localities[address.area].insert(address.locality);
  EXPECT_GE(localities["Storgatan"].size(), 2U);
  EXPECT_GE(localities["Skolgatan"].size(), 2U);
}

TEST_F(DemoMunicipality, GivesEveryAddressInForceADesignationOfItsOwn) {
  std::set<std::string> seen;
  for (const DemoAddress& a : world_->addresses) {
    if (!a.in_force) continue;
    const std::string designation = a.locality + "/" + StreetOf(a) + "/" + NumberOf(a) + a.addition;
    EXPECT_TRUE(seen.insert(designation + std::to_string(a.addition_number)).second) << designation;
  }
}

TEST_F(DemoReports, TellOfEveryPlantedIncident) {
  std::set<int> told;
  for (const Delivery& delivery : deliveries_)
    for (const RowTruth& truth : delivery.truths)
      if (truth.outcome == "placerad" &&
          (delivery.teller == Teller::kPolice || delivery.teller == Teller::kHebySchool ||
           delivery.teller == Teller::kOstervalaSchool))
        told.insert(truth.event);
  ASSERT_FALSE(story_->hotspots.empty());
  for (const PlantedHotspot& hotspot : story_->hotspots) {
    EXPECT_EQ(hotspot.events.size(), static_cast<std::size_t>(hotspot.planned));
    for (const int event : hotspot.events) EXPECT_THAT(told, Contains(event)) << hotspot.name;
  }
}

TEST_F(DemoReports, PlantHotspotsOnDistinctDaysAndAddressesWithinTheRadiusAndAges) {
  for (const PlantedHotspot& hotspot : story_->hotspots) {
    std::set<std::size_t> addresses;
    std::set<std::chrono::sys_days> days;
    for (const int id : hotspot.events) {
      const Event& event = story_->events[static_cast<std::size_t>(id)];
      addresses.insert(event.index);
      days.insert(event.date);
      EXPECT_LE(Distance(event.position, hotspot.center), hotspot.radius);
      EXPECT_EQ(event.quarter, hotspot.quarter);
      ASSERT_FALSE(event.persons.empty());
      EXPECT_GE(event.persons.front().age, hotspot.first_age);
      EXPECT_LE(event.persons.front().age, hotspot.last_age);
    }
    EXPECT_EQ(addresses.size(), hotspot.events.size()) << hotspot.name;
    EXPECT_EQ(days.size(), hotspot.events.size()) << hotspot.name;
  }
}

TEST_F(DemoReports, LeaveAtLeastTwoQuartersWithoutAHotspot) {
  ASSERT_EQ(summary_->quarters.size(), 12U);
  EXPECT_EQ(summary_->quarters.front().code, "2023Q4");
  EXPECT_EQ(summary_->quarters.back().code, "2026Q3");
  const auto without = std::count_if(summary_->quarters.begin(), summary_->quarters.end(),
                                     [](const DemoSummary::Quarter& q) { return q.hotspots.empty(); });
  EXPECT_GE(without, 2);
}

TEST_F(DemoReports, PlaceAboutThirtyFiveIncidentsInAQuarterWithoutAHotspot) {
  for (const DemoSummary::Quarter& quarter : summary_->quarters) {
    if (!quarter.hotspots.empty()) continue;
    EXPECT_GE(quarter.placed, 28) << quarter.code;
    EXPECT_LE(quarter.placed, 42) << quarter.code;
    EXPECT_GE(quarter.placed_youths, 7) << quarter.code;
  }
}

TEST_F(DemoReports, HoldEveryKindOfTrouble) {
  std::map<std::string, int> outcomes;
  int told_twice = 0;
  for (const Delivery& delivery : deliveries_)
    for (const RowTruth& truth : delivery.truths) {
      ++outcomes[truth.outcome];
      told_twice += !truth.first_telling;
    }
  for (const char* outcome :
       {"placerad", "grov", "digital", "utan_plats", "felstavad", "finns_ej", "utanfor", "standardadress",
        "stoppad_personuppgift", "fel_datum", "fel_alder", "dubblett"})
    EXPECT_GT(outcomes[outcome], 0) << outcome;
  EXPECT_EQ(outcomes.size(), 12U);
  EXPECT_GE(told_twice, 12);
}

TEST_F(DemoReports, NameNoDwellingWhereTheReporterIsACompanyOrAnAssociation) {
  for (const Delivery& delivery : deliveries_) {
    if (static_cast<int>(delivery.teller) < static_cast<int>(Teller::kHousing)) continue;
    for (std::size_t c = 0; c < delivery.table.columns.size(); ++c) {
      const std::string& name = delivery.table.columns[c].name;
      EXPECT_THAT(name, Not(HasSubstr("ålder")));
      if (name != "Gata" && name != "Plats" && name != "Butik" && name != "Hållplats" && name != "Anläggning")
        continue;
      for (const auto& row : delivery.table.rows)
        EXPECT_TRUE(std::none_of(row[c].begin(), row[c].end(),
                                 [](unsigned char ch) { return std::isdigit(ch) != 0; }))
            << delivery.path << ": " << row[c];
    }
  }
}

TEST_F(DemoReports, BeginHalfwayForTwoReporters) {
  std::map<Teller, int> first;
  for (const Delivery& delivery : deliveries_)
    for (const RowTruth& truth : delivery.truths) {
      const int quarter = story_->events[static_cast<std::size_t>(truth.event)].quarter;
      first[delivery.teller] = std::min(first.emplace(delivery.teller, quarter).first->second, quarter);
    }
  ASSERT_EQ(first.size(), 8U);
  for (const auto& [teller, quarter] : first)
    EXPECT_EQ(quarter, teller == Teller::kBuses || teller == Teller::kWatch ? kJoinedHalfway : 0);
}

TEST_F(DemoReports, UseOnlyWordsThatTheMappingKnows) {
  const std::map<Teller, std::string> category_columns = {
      {Teller::kPolice, "Brott"},        {Teller::kHebySchool, "Typ av händelse"},
      {Teller::kOstervalaSchool, "Vad"}, {Teller::kHousing, "Typ"},
      {Teller::kShops, "Händelse"},      {Teller::kBuses, "Avvikelse"},
      {Teller::kSports, "Vad hände"},    {Teller::kWatch, "Iakttagelse"}};
  for (const Delivery& delivery : deliveries_) {
    const std::string mapping = MappingToml(delivery.teller);
    const std::string& wanted = category_columns.at(delivery.teller);
    const auto& columns = delivery.table.columns;
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == wanted; });
    ASSERT_NE(column, columns.end());
    for (const auto& row : delivery.table.rows)
      EXPECT_THAT(mapping,
                  HasSubstr("\"" + row[static_cast<std::size_t>(column - columns.begin())] + "\" = "));
  }
}

TEST_F(DemoFiles, AreEqualByteByByteForTheSameSeed) {
  WriteDemoData(kSeed, root_ / "again");
  const auto first = AllBytes(folder()), second = AllBytes(root_ / "again");
  ASSERT_GT(first.size(), 80U);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [name, bytes] : first) EXPECT_TRUE(second.at(name) == bytes) << name;
}

TEST_F(DemoFiles, DifferForAnotherSeed) {
  WriteDemoData(kSeed + 1, root_ / "other");
  for (const char* name :
       {"syntetisk_belagenhetsadress_kn0331.gpkg", "syntetisk_referens_0331.gpkg", "syntetisk_befolkning.csv",
        "sanning/sanning_handelser.csv", "rapporter/polisen/syntetisk_polisen_2026k3.csv"})
    EXPECT_FALSE(Bytes(folder() / name) == Bytes(root_ / "other" / name)) << name;
}

TEST_F(DemoFiles, HaveLantmaterietsAddressColumns) {
  const GDALDatasetUniquePtr file =
      maps::OpenReadOnly(folder() / "syntetisk_belagenhetsadress_kn0331.gpkg", "GPKG");
  OGRLayer* layer = file->GetLayerByName("belagenhetsadress");
  ASSERT_NE(layer, nullptr);
  EXPECT_STREQ(layer->GetGeometryColumn(), "adressplatspunkt");
  EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "3006");
  EXPECT_THAT(layer->GetMetadataItem("DESCRIPTION"), HasSubstr("SYNTETISK"));
  EXPECT_EQ(layer->GetFeatureCount(), summary_->addresses);
  OGRFeatureDefn* columns = layer->GetLayerDefn();
  for (const char* name : {"belagenhetsadress_objektidentitet",
                           "versiongiltigfran",
                           "adressplatsnummer",
                           "statusforbelagenhetsadress",
                           "bokstavstillagg",
                           "lagestillagg",
                           "lagestillaggsnummer",
                           "adressplatstyp",
                           "insamlingslage",
                           "avvikerfranstandarden",
                           "avvikandeadressplatsbeteckning",
                           "postnummer",
                           "postort",
                           "popularnamn",
                           "anlaggningstyp",
                           "anlaggningstext",
                           "distriktskod",
                           "distriktsnamn",
                           "lanskod",
                           "kommunkod",
                           "kommunnamn",
                           "kommundel_faststalltnamn",
                           "adressomrade_faststalltnamn",
                           "adressomradestyp",
                           "gardsadressomrade_faststalltnamn",
                           "registerenhetsreferens_objektidentitet"})
    EXPECT_GE(columns->GetFieldIndex(name), 0) << name;
  EXPECT_EQ(columns->GetFieldDefn(columns->GetFieldIndex("postnummer"))->GetType(), OFTInteger);
  EXPECT_EQ(columns->GetFieldDefn(columns->GetFieldIndex("adressplatsnummer"))->GetType(), OFTString);
  EXPECT_NE(file->GetLayerByName("adressplatsanmarkning"), nullptr);
}

TEST_F(DemoFiles, KeepDatesAsDatesInASheet) {
  const GDALDatasetUniquePtr file = maps::OpenReadOnly(
      folder() / "rapporter/ostervala_skola/syntetisk_ostervala_skola_2025k1-k2.xlsx", "XLSX");
  OGRLayer* layer = file->GetLayerByName("Incidenter");
  ASSERT_NE(layer, nullptr);
  EXPECT_EQ(layer->GetLayerDefn()->GetFieldDefn(0)->GetType(), OFTDate);
  const auto delivery = std::find_if(deliveries_.begin(), deliveries_.end(), [](const Delivery& d) {
    return d.path == "rapporter/ostervala_skola/syntetisk_ostervala_skola_2025k1-k2.xlsx";
  });
  ASSERT_NE(delivery, deliveries_.end());
  EXPECT_EQ(layer->GetFeatureCount(), static_cast<GIntBig>(delivery->table.rows.size()));
}

TEST_F(DemoFiles, SayThatTheyAreSynthetic) {
  EXPECT_THAT(Bytes(folder() / "syntetisk_LAS_MIG.txt"), HasSubstr("SYNTETISKA DATA"));
  for (const auto& [name, bytes] : AllBytes(folder())) {
    const bool labelled = name.find("syntetisk") != std::string::npos ||
                          bytes.find("SYNTETISK") != std::string::npos || name == "leveranser.csv" ||
                          bytes.find("påhitta") != std::string::npos;
    EXPECT_TRUE(labelled) << name;
    EXPECT_LE(fs::path(name).filename().string().size(), 60U) << name;
  }
}

TEST_F(DemoFiles, ListEveryDelivery) {
  std::ifstream list(folder() / "leveranser.csv");
  std::string line;
  ASSERT_TRUE(std::getline(list, line));
  EXPECT_EQ(line, "file;mapping;reporter");
  int lines = 0;
  while (std::getline(list, line)) {
    std::istringstream cells(line);
    std::string file, mapping;
    std::getline(cells, file, ';');
    std::getline(cells, mapping, ';');
    EXPECT_TRUE(fs::is_regular_file(folder() / file)) << file;
    EXPECT_TRUE(fs::is_regular_file(folder() / mapping)) << mapping;
    ++lines;
  }
  EXPECT_EQ(lines, summary_->files);
}

TEST_F(DemoFiles, ReplaceAnEarlierDemo) {
  const fs::path target = root_ / "replaced";
  WriteDemoData(1, target);
  std::ofstream(target / "sanning" / "left_over.csv") << "x";
  WriteDemoData(kSeed, target);
  EXPECT_FALSE(fs::exists(target / "sanning" / "left_over.csv"));
  EXPECT_TRUE(Bytes(target / "syntetisk_befolkning.csv") == Bytes(folder() / "syntetisk_befolkning.csv"));
}

TEST_F(DemoFiles, AreRefusedAFolderThatHoldsSomethingElse) {
  const fs::path target = root_ / "precious";
  fs::create_directories(target);
  std::ofstream(target / "thesis.txt") << "years of work";
  EXPECT_THROW(WriteDemoData(kSeed, target), maps::IoError);
  EXPECT_EQ(Bytes(target / "thesis.txt"), "years of work");
  EXPECT_THROW(WriteDemoData(kSeed, target / "thesis.txt"), maps::IoError);
}

TEST(MessyText, ChangesTheCaseOfSwedishLetters) {
  EXPECT_EQ(UpperSwedish("Åkergränd é"), "ÅKERGRÄND É");
  EXPECT_EQ(LowerSwedish("ÖSTERVÅLA SKOLA"), "östervåla skola");
}

TEST(MessyText, MisspellsSoThatTheNameIsAnother) {
  Rng random(1, "test");
  for (int i = 0; i < 200; ++i) EXPECT_NE(Misspelt("Storgatan", random), "Storgatan");
}

TEST(DemoVocabulary, EndsWithAWordForOther) {
  for (int t = 0; t < kTellers; ++t)
    EXPECT_EQ(Vocabulary(static_cast<Teller>(t)).back().category, geo::Category::kOther);
}

TEST(DemoVocabulary, NeverDrawsPerceivedUnsafety) {
  Rng random(7, "test");
  for (int t = 0; t < kTellers; ++t)
    for (int i = 0; i < 300; ++i)
      EXPECT_TRUE(geo::InfoOf(DrawCategory(static_cast<Teller>(t), false, random)).incident);
}

}  // namespace
}  // namespace lagesbild::tools::demo
