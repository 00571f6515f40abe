// Deliveries and registers that are not what they should be, as a client of the service meets them: one
// sentence in two languages, or a counted row with its place. Nothing is stored that was refused.

#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "lagesbild/v1/register_service.grpc.pb.h"
#include "maps/gdal_setup.h"
#include "service/hashing.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kHeader = "Ärende;Datum;Händelse;Gata;Ålder\n";
const std::string kGoodRow = "K0;2026-07-31;Skadegörelse;Storgatan 3;14\n";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

class BadDelivery : public RunningServer {
 protected:
  /// What a client is told of a refused call, once it is sure that nothing of it is kept.
  std::pair<std::string, std::string> Told(const grpc::Status& status) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
    EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "data/uploads"));
    EXPECT_THAT(status.error_message(),
                AllOf(Not(HasSubstr(folder.path().string())), Not(HasSubstr("anary"))));
    return {status.error_message(), DetailOf<google::rpc::LocalizedMessage>(status).message()};
  }
  std::pair<std::string, std::string> Refused(const std::string& bytes,
                                              const std::string& mapping = kPoliceMapping,
                                              const std::string& name = "polisen.csv") {
    v1::ImportIncidentsHeader header = PoliceHeader();
    header.set_mapping_toml(mapping);
    header.set_file_name(name);
    v1::ImportIncidentsResponse response;
    return Told(Import(header, bytes, &response));
  }
  /// The only rejected row beside a good one.
  v1::RejectedRow Rejected(const std::string& header_line, const std::string& good, const std::string& bad,
                           const std::string& mapping = kPoliceMapping) {
    v1::ImportIncidentsHeader header = PoliceHeader();
    header.set_mapping_toml(mapping);
    header.set_validate_only(true);
    v1::ImportIncidentsResponse response;
    const grpc::Status status = Import(header, header_line + good + bad, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const v1::Tally& rows = response.import().incidents();
    EXPECT_EQ(rows.read_count(), rows.accepted_count() + rows.rejected_count() + rows.duplicate_count());
    EXPECT_EQ(rows.accepted_count(), 1) << bad;
    EXPECT_EQ(rows.rejected_count(), 1) << bad;
    if (response.rejected_preview_size() != 1) return {};
    EXPECT_EQ(response.rejected_preview(0).row_number(), 3) << bad;
    EXPECT_FALSE(response.rejected_preview(0).message_sv().empty());
    return response.rejected_preview(0);
  }
};

TEST_F(BadDelivery, IsRefusedWhenAColumnIsMissing) {
  const auto [english, swedish] = Refused("Ärende;Datum;Händelse;Adress;Ålder\n" + kGoodRow);
  EXPECT_THAT(english, AllOf(HasSubstr("mapping.columns.address"), HasSubstr("no column 'Gata'")));
  EXPECT_THAT(swedish, HasSubstr("saknar kolumnen ”Gata”"));
}

TEST_F(BadDelivery, IsRefusedWithTheDelimiterThatItLooksLike) {
  struct Case {
    char used;
    const char *mapped, *english, *swedish;
  };
  for (const Case& c : std::vector<Case>{{',', ";", "comma (,)", "komma (,)"},
                                         {'\t', ";", "tab", "tabb"},
                                         {'|', ";", "bar (|)", "lodstreck (|)"},
                                         {';', ",", "semicolon (;)", "semikolon (;)"},
                                         {';', "\\t", "semicolon (;)", "semikolon (;)"}}) {
    std::string file = kHeader + kGoodRow;
    std::replace(file.begin(), file.end(), ';', c.used);
    const auto [english, swedish] = Refused(
        file, Replaced(kPoliceMapping, "delimiter = \";\"", std::string("delimiter = \"") + c.mapped + "\""));
    EXPECT_THAT(english, AllOf(HasSubstr("looks separated by " + std::string(c.english)),
                               HasSubstr("mapping.file.delimiter")));
    EXPECT_THAT(swedish, HasSubstr("ser ut att vara " + std::string(c.swedish)));
  }
  const auto [english, swedish] = Refused("Ärende;\"Datum, dag\";Händelse\n",
                                          Replaced(kPoliceMapping, "delimiter = \";\"", "delimiter = \",\""));
  EXPECT_THAT(english, HasSubstr("semicolon (;)")) << "a comma in a name makes a second column";
  EXPECT_THAT(swedish, HasSubstr("semikolon (;)"));
}

TEST_F(BadDelivery, IsRefusedInOneSentence) {
  std::string wide = "k0";
  for (int i = 1; i < 100'000; ++i) wide += ";k" + std::to_string(i);
  const std::string latin1 = "\xC4rende;Datum;H\xE4ndelse;Gata;\xC5lder\n";
  const std::string utf8 = Replaced(kPoliceMapping, "delimiter", "encoding = \"utf-8\"\ndelimiter");
  const std::string xlsx = Replaced(Replaced(kPoliceMapping, "\"csv\"", "\"xlsx\""), "delimiter = \";\"", "");
  struct Case {
    std::string file, mapping, name, english, swedish;
  };
  for (const Case& c : std::vector<Case>{
           {"", kPoliceMapping, "p.csv", "the file is empty", "filen är tom"},
           {"\r\n\r\n", kPoliceMapping, "p.csv", "holds no header line", "rubrikrad saknas"},
           {"Gata;Datum;gata\nCanary;2026-07-31;x\n", kPoliceMapping, "p.csv", "column 3", "kolumn 3"},
           {latin1, utf8, "p.csv", "looks like windows-1252", "ser ut som windows-1252"},
           {kHeader + kGoodRow, Replaced(kPoliceMapping, "delimiter", "encoding = \"iso-8859-1\"\ndelimiter"),
            "p.csv", "looks like utf-8", "ser ut som utf-8"},
           {std::string(9000, '\0'), kPoliceMapping, "p.csv", "NUL", "NUL"},
           {wide + "\n", kPoliceMapping, "p.csv", "more than 1000 columns", "fler än 1000 kolumner"},
           {"Canary;\"x\n", kPoliceMapping, "p.csv", "line 1: the line opens a quote", "rad 1 öppnar"},
           {"PK\x03\x04", kPoliceMapping, "p.csv", "format = \"xlsx\"", "format = \"xlsx\""},
           {kHeader, xlsx, "p.xlsx", "is no workbook", "ingen arbetsbok"},
           {"PK\x03\x04", xlsx, "p.xlsm", "with macros are not let in", "med makron släpps inte in"},
           {kHeader, kPoliceMapping, "p.ods", "must end in one of .csv", "måste sluta på något av .csv"}}) {
    const auto [english, swedish] = Refused(c.file, c.mapping, c.name);
    EXPECT_THAT(english, HasSubstr(c.english));
    EXPECT_THAT(swedish, HasSubstr(c.swedish));
  }
  v1::ImportIncidentsResponse response;
  EXPECT_TRUE(Import(PoliceHeader(), kHeader + kGoodRow, &response).ok());
  EXPECT_EQ(response.import().incidents().accepted_count(), 1)
      << "a good file is taken as if nothing had been";
}

TEST_F(BadDelivery, IsRefusedWhenItChangedWhileItWasSent) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_sha256(Sha256Hex(kHeader + kGoodRow));
  v1::ImportIncidentsResponse response;
  const auto [english, swedish] = Told(Import(header, kHeader + kGoodRow + "K1;2026-0", &response));
  EXPECT_THAT(english, HasSubstr("header.sha256: differs"));
  EXPECT_THAT(swedish, HasSubstr("ändrades medan den skickades"));
}

TEST_F(BadDelivery, SaysInWhichEncodingItWasRead) {
  const std::string latin1 =
      "\xC4rende;Datum;H\xE4ndelse;Gata;\xC5lder\nK1;2026-07-31;Skadeg\xF6relse;Storgatan 3;14\n";
  for (const auto& [bytes, encoding] : std::vector<std::pair<std::string, std::string>>{
           {latin1, "windows-1252"}, {kHeader + kGoodRow, "utf-8"}}) {
    v1::ImportIncidentsResponse response;
    EXPECT_TRUE(Import(PoliceHeader(), bytes, &response).ok());
    EXPECT_EQ(response.encoding(), encoding);
    EXPECT_EQ(response.import().incidents().accepted_count(), 1);
  }
}

TEST_F(BadDelivery, MayHoldNoRows) {
  v1::ImportIncidentsResponse response;
  EXPECT_TRUE(Import(PoliceHeader(), kHeader + "\n;;;;\n\n", &response).ok());
  EXPECT_EQ(response.import().incidents().read_count(), 0) << "empty lines are no rows";
}

TEST_F(BadDelivery, HasDatesThatDoNotExistRejected) {
  const std::string mapping =
      Replaced(Replaced(kPoliceMapping, "[\"%Y-%m-%d\"]", "[\"%Y-%m-%d %H:%M\", \"%Y-%m-%d\"]"),
               "category =", "time = \"Tid\"\ncategory =");
  const std::string header = "Ärende;Datum;Tid;Händelse;Gata;Ålder\n";
  const std::string good = "K0;2026-10-25 02:30;;Skadegörelse;Storgatan 3;14\n";  // an hour that came twice
  struct Case {
    std::string date, time, column, told;
  };
  for (const Case& c : std::vector<Case>{{"2026-02-31", "", "Datum", "inget riktigt datum"},
                                         {"2026-09-31", "12:00", "Datum", "inget riktigt datum"},
                                         {"2026-07-31 24:61", "", "Datum", "inget riktigt datum"},
                                         {"2026-03-29 02:30", "", "Datum", "ställdes klockan fram"},
                                         {"2026-03-29", "02:30", "Tid", "ställdes klockan fram"},
                                         {"2026-03-29", "02.30-03.00", "Tid", "ställdes klockan fram"},
                                         {"2026-07-31", "24:61", "Tid", "inget riktigt klockslag"},
                                         {"0000-00-00", "", "Datum", "inget riktigt datum"}}) {
    const v1::RejectedRow row =
        Rejected(header, good, "K1;" + c.date + ";" + c.time + ";Skadegörelse;Storgatan 3;14\n", mapping);
    EXPECT_EQ(row.reason(), "BAD_DATE") << c.date << ' ' << c.time;
    EXPECT_EQ(row.column(), c.column) << c.date << ' ' << c.time;
    EXPECT_THAT(row.message_sv(), AllOf(HasSubstr(c.told), Not(HasSubstr(c.date))));
  }
}

TEST_F(BadDelivery, KeepsItsDayWhateverWordsStandForTheHour) {
  const std::string mapping = Replaced(kPoliceMapping, "category =", "time = \"Tid\"\ncategory =");
  std::string rows = "Ärende;Datum;Tid;Händelse;Gata;Ålder\n";
  int count = 0;
  for (const char* time :
       {"", "kväll", "ca 22", "22", "22:30", "21:00-03:00", "22.15", "02:30+01:00", "okänd"})
    rows += "K" + std::to_string(count++) + ";2026-09-30;" + time + ";Skadegörelse;Storgatan 3;14\n";
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_mapping_toml(mapping);
  v1::ImportIncidentsResponse response;
  EXPECT_TRUE(Import(header, rows, &response).ok());
  EXPECT_EQ(response.import().incidents().accepted_count(), count);
  ASSERT_THAT(response.import().quarters(), SizeIs(1)) << "a span of hours moves no incident into October";
  EXPECT_EQ(response.import().quarters(0).number(), 3);
}

TEST_F(BadDelivery, HasAgesThatAreNoneRejected) {
  for (const char* age : {"17b", "150", "-3", "1 7", "17,5", "17.5", "121", "17-13", "1O",
                          "99999999999999999999", "17 år och 8 månader", "barn", "1e1", "0x11", "+"}) {
    const v1::RejectedRow row =
        Rejected(kHeader, kGoodRow, std::string("K1;2026-07-31;Skadegörelse;Storgatan 3;") + age + "\n");
    EXPECT_EQ(row.reason(), "BAD_AGE") << age;
    EXPECT_EQ(row.column(), "Ålder") << age;
    if (std::string(age).size() > 2) {
      EXPECT_THAT(row.message_sv(), Not(HasSubstr(age)));
    }
  }
}

TEST_F(BadDelivery, HasCoordinatesThatCannotBeMeantRejected) {
  const std::string mapping =
      Replaced(Replaced(kPoliceMapping, "[time]", "[coordinates]\nepsg = 3006\n[time]"),
               "category =", "easting = \"E\"\nnorthing = \"N\"\ncategory =");
  const std::string header = "Ärende;Datum;Händelse;Gata;E;N;Ålder\n";
  const std::string good = "K0;2026-07-31;Skadegörelse;Storgatan 3;604600;6650000;14\n";
  struct Case {
    std::string easting, northing, told;
  };
  for (const Case& c : std::vector<Case>{{"6650000", "604600", "omkastade"},
                                         {"16.87", "59.97", "longitud och latitud"},
                                         {"59.97", "16.87", "longitud och latitud"},
                                         {"1555000", "6650500", "ange rätt epsg"},  // RT 90
                                         {"604600", "665000", "ange rätt epsg"},
                                         {"0", "0", "longitud och latitud"},
                                         {"6O4600", "6650000", "inte tal"},
                                         {"1e400", "6650000", "inte tal"},
                                         {"nan", "inf", "inte tal"}}) {
    const v1::RejectedRow row = Rejected(
        header, good, "K1;2026-07-31;Skadegörelse;;" + c.easting + ";" + c.northing + ";14\n", mapping);
    EXPECT_EQ(row.reason(), "BAD_COORDINATE") << c.easting << ' ' << c.northing;
    EXPECT_EQ(row.column(), "E");
    EXPECT_THAT(row.message_sv(), HasSubstr(c.told)) << c.easting << ' ' << c.northing;
  }
}

TEST_F(BadDelivery, HasRowsThatCannotBeReadRejected) {
  const std::string utf8 = Replaced(kPoliceMapping, "delimiter", "encoding = \"utf-8\"\ndelimiter");
  struct Case {
    std::string row, told;
  };
  for (const Case& c :
       std::vector<Case>{{"K1;2026-07-31;Skadegörelse;\"Canary 3;14\n", "citattecken"},
                         {"K1;2026-07-31;Skadegörelse;Canary;14;15;16\n", "7 celler"},
                         {"K1;2026-07-31\n", "2 av 5 kolumner"},
                         {std::string("K1;2026-07-31;Skadeg\0relse;Canary;14\n", 37), "NUL"},
                         {"K1;2026-07-31;Skadeg\xF6relse;Canary;14\n", "teckenkodning"},
                         {"K1;2026-07-31;Skadegörelse;" + std::string(2 << 20, 'x') + ";14\n", "1 MiB"}}) {
    const v1::RejectedRow row = Rejected(kHeader, kGoodRow, c.row, utf8);
    EXPECT_EQ(row.reason(), "BAD_ROW") << c.told;
    EXPECT_THAT(row.message_sv(), AllOf(HasSubstr(c.told), Not(HasSubstr("anary"))));
  }
}

// ---- Registers.

class BadRegister : public BadDelivery {
 protected:
  grpc::Status Send(v1::RegisterKind kind, const std::string& name, const std::string& bytes) {
    const auto stub = v1::RegisterService::NewStub(channel);
    const auto context = Internal();
    v1::ImportRegisterResponse response;
    const auto writer = stub->ImportRegister(context.get(), &response);
    v1::ImportRegisterRequest message;
    message.mutable_header()->set_kind(kind);
    message.mutable_header()->set_file_name(name);
    writer->Write(message);
    for (std::size_t at = 0; at < bytes.size(); at += 1 << 16) {
      message.set_chunk(bytes.substr(at, 1 << 16));
      writer->Write(message);
    }
    writer->WritesDone();
    return writer->Finish();
  }
  /// A reference file with a boundary only, in SWEREF 99 TM.
  std::string Reference(const std::string& boundary) {
    maps::SetUpGdal();
    const auto path = folder / "reference.gpkg";
    std::filesystem::remove(path);
    {
      const GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(
          path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
      OGRSpatialReference crs;
      crs.importFromEPSG(3006);
      OGRLayer* layer = dataset->CreateLayer("kommungrans", &crs, wkbPolygon, nullptr);
      for (const char* name : {"kommunkod", "kommunnamn"}) {
        OGRFieldDefn field(name, OFTString);
        EXPECT_EQ(layer->CreateField(&field), OGRERR_NONE);
      }
      OGRFeature feature(layer->GetLayerDefn());
      feature.SetField("kommunkod", "0331");
      feature.SetField("kommunnamn", "Testkommun");
      OGRGeometry* geometry = nullptr;
      OGRGeometryFactory::createFromWkt(boundary.c_str(), nullptr, &geometry);
      feature.SetGeometryDirectly(geometry);
      EXPECT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
    }
    return ReadBytes(path);
  }
};

TEST_F(BadRegister, IsRefusedWithThePlaceWhereItsBoundaryIsWrong) {
  const std::string before = store->LoadMunicipality()->register_hash;
  struct Case {
    std::string boundary, english, swedish;
  };
  for (const Case& c : std::vector<Case>{
           {"POLYGON ((600000 6640000, 620000 6660000, 620000 6640000, 600000 6660000, 600000 6640000))",
            "easting 610000", "vid easting 610000"},
           {"POLYGON ((6640000 600000, 6640000 620000, 6660000 620000, 6660000 600000, 6640000 600000))",
            "axes of kommungrans look swapped", "omkastade axlar"},
           {"POLYGON ((16.8 59.9, 17.1 59.9, 17.1 60.1, 16.8 60.1, 16.8 59.9))", "holds degrees",
            "har grader"},
           {"POLYGON ((1550000 6640000, 1570000 6640000, 1570000 6660000, 1550000 6660000, 1550000 6640000))",
            "does not lie where EPSG:3006 is meant for", "inte ligger där EPSG:3006 gäller"},
           {"POLYGON ((600000 6640000, 620000 6660000, 600000 6640000))", "fewer than three points", ""}}) {
    const auto [english, swedish] =
        Told(Send(v1::REGISTER_KIND_REFERENCE, "referens.gpkg", Reference(c.boundary)));
    EXPECT_THAT(english, HasSubstr(c.english));
    EXPECT_THAT(swedish, HasSubstr(c.swedish));
  }
  EXPECT_EQ(store->LoadMunicipality()->register_hash, before);
}

TEST_F(BadRegister, DoesNotTakeTheOldOnesPlaceWhenNoRowCanBeUsed) {
  const std::string before = store->LoadMunicipality()->register_hash;
  const auto [english, swedish] = Told(Send(v1::REGISTER_KIND_POPULATION, "befolkning.csv",
                                            "objektidentitet;alder;antal\nA1;17b;2\nA2;150;1\n"));
  EXPECT_THAT(english, HasSubstr("none of its 2 rows can be used; row 2, alder"));
  EXPECT_THAT(swedish, HasSubstr("ingen av filens 2 rader går att använda; rad 2, kolumn alder"));
  EXPECT_EQ(store->LoadMunicipality()->register_hash, before);
}

TEST_F(BadRegister, IsRefusedWhenItIsCutOff) {
  const std::string whole =
      Reference("POLYGON ((600000 6640000, 620000 6640000, 620000 6660000, 600000 6660000, 600000 6640000))");
  const std::string before = store->LoadMunicipality()->register_hash;
  for (const std::size_t size : {std::size_t{50}, whole.size() / 2, whole.size() - 4096})
    Told(Send(v1::REGISTER_KIND_REFERENCE, "referens.gpkg", whole.substr(0, size)));
  EXPECT_EQ(store->LoadMunicipality()->register_hash, before);
}

}  // namespace
}  // namespace lagesbild::service
