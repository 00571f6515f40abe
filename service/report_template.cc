#include "service/report_template.h"

#include <algorithm>

#include "geo/age.h"
#include "geo/category.h"
#include "service/errors.h"
#include "service/import_persons.h"

namespace lagesbild::service {
namespace {

using Column = maps::TemplateColumn;
using Kind = maps::TemplateColumn::Kind;

constexpr const char* kSheet = "Händelser";
constexpr const char* kKey = "Ärendenummer";
constexpr const char* kDate = "Datum";
constexpr const char* kTime = "Tid";
constexpr const char* kCategory = "Händelse";
constexpr const char* kPlace = "Plats";
constexpr const char* kLocality = "Ort";
constexpr double kShort = 12, kMiddle = 20, kLong = 36;

/// Persons of one role: two pairs of columns, as one incident may have two ages.
struct RoleColumns {
  const char *code, *one, *several, *help;
};
constexpr RoleColumns kVictims{"victim", "Utsatt", "utsatta", "Den som utsattes."};
constexpr RoleColumns kSuspects{"suspect", "Misstänkt", "misstänkta", "Den som är skäligen misstänkt."};
constexpr RoleColumns kInvolved{"involved", "Inblandad", "inblandade",
                                "Den som var med, utan att vara utsatt eller misstänkt."};
constexpr int kPairsPerRole = 2;

std::string AgeHeader(const RoleColumns& role, int pair) {
  return std::string(role.one) + " " + std::to_string(pair) + ", ålder";
}
std::string CountHeader(const RoleColumns& role, int pair) {
  return "Antal " + std::string(role.several) + " " + std::to_string(pair);
}

std::vector<RoleColumns> RolesOf(ReporterKind kind) {
  if (!MayDeliverDwellings(kind)) return {};
  if (kind == ReporterKind::kPolice) return {kVictims, kSuspects, kInvolved};
  return {kVictims, kInvolved};
}

/// "13–14 år", "15 år", "26 år och äldre": what service/age_text reads.
std::string AgesSv(int first, int last) {
  if (last >= geo::kOpenAge) return std::to_string(first) + " år och äldre";
  if (first == last) return std::to_string(first) + " år";
  return std::to_string(first) + "–" + std::to_string(last) + " år";
}

std::vector<std::string> AgeChoices() {
  std::vector<std::string> choices;
  const auto add = [&](const std::string& text) {
    if (std::find(choices.begin(), choices.end(), text) == choices.end()) choices.push_back(text);
  };
  const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  for (const geo::AtomicBand& band : scheme.bands) add(AgesSv(band.first_age, band.last_age));
  for (const geo::AgeGroup& group : scheme.groups)
    if (group.kind == geo::AgeGroupKind::kHeadline) add(AgesSv(group.first_age, group.last_age));
  return choices;
}

bool Asked(const geo::CategoryInfo& category, ReporterKind kind) {
  return MayDeliverDwellings(kind) || !category.sensitive;
}

std::vector<std::string> CategoryChoices(ReporterKind kind) {
  std::vector<std::string> choices;
  for (const geo::CategoryInfo& category : geo::Categories())
    if (Asked(category, kind)) choices.emplace_back(category.label_sv);
  return choices;
}

Column PlaceColumn(ReporterKind kind) {
  Column column{.header = kPlace, .width = kLong};
  column.help = MayDeliverDwellings(kind)
                    ? "Gata och nummer, eller platsens namn. Skriv internet om det hände på nätet."
                    : "Gata eller platsens namn, aldrig husnummer. Skriv internet om det hände på nätet.";
  return column;
}

std::vector<Column> ColumnsOf(ReporterKind kind) {
  std::vector<Column> columns{
      {.header = kKey,
       .kind = Kind::kText,
       .help = "Ert eget nummer på händelsen, samma varje gång: då kan ni rätta den senare. Aldrig "
               "personnummer.",
       .choices = {},
       .width = kMiddle},
      {.header = kDate, .kind = Kind::kDate, .help = "Dagen då det hände.", .choices = {}, .required = true},
      {.header = kTime, .kind = Kind::kTime, .help = "Klockslag, om det är känt.", .choices = {}},
      {.header = kCategory,
       .kind = Kind::kChoice,
       .help = "Välj i listan.",
       .choices = CategoryChoices(kind),
       .required = true,
       .width = kLong},
      PlaceColumn(kind),
      {.header = kLocality,
       .kind = Kind::kText,
       .help = "Tätort eller by.",
       .choices = {},
       .width = kMiddle}};
  for (const RoleColumns& role : RolesOf(kind))
    for (int pair = 1; pair <= kPairsPerRole; ++pair) {
      columns.push_back({.header = AgeHeader(role, pair),
                         .kind = Kind::kChoice,
                         .help = std::string(role.help) + " Välj ålder; lämna tomt om den är okänd.",
                         .choices = AgeChoices(),
                         .only_choices = false});
      columns.push_back({.header = CountHeader(role, pair),
                         .kind = Kind::kCount,
                         .help =
                             "Hur många av den åldern; tomt betyder en. Med tom ålder: hur många av okänd "
                             "ålder.",
                         .choices = {},
                         .width = kShort});
    }
  return columns;
}

std::vector<std::pair<std::string, std::string>> InstructionsFor(ReporterKind kind) {
  std::vector<std::pair<std::string, std::string>> lines{
      {"Så fyller du i", "Mall för " + TemplateTitleSv(kind) + ". En händelse per rad på bladet " + kSheet +
                             ". Kolumner med gul rubrik måste fyllas i."},
      {"Inga personuppgifter",
       "Skriv aldrig namn, personnummer, telefonnummer eller e-postadresser, inte "
       "heller i egna kolumner. En sådan rad stoppas och dess text sparas inte."},
      {"Rätta en händelse",
       "Skicka raden igen med samma ärendenummer i en ny fil; den senaste gäller. Två "
       "olika rader med samma nummer i en fil: den första gäller och den andra stoppas."},
      {"Ingenting att rapportera",
       "Säg det till kommunen i stället för att skicka en tom fil: tystnad är "
       "inte detsamma som att inget hände."},
      {"Ändra inte", "Rubrikerna på bladet " + std::string(kSheet) +
                         " och bladens namn. Egna kolumner till höger läses inte, men får inte heller ha "
                         "personuppgifter."}};
  if (!MayDeliverDwellings(kind))
    lines.emplace_back("Plats",
                       "Skriv gatan eller platsens namn. Händelsen läggs på gatan, aldrig vid en "
                       "bostad, och inga åldrar samlas in.");
  if (!RolesOf(kind).empty())
    lines.emplace_back("Ålder",
                       "Åldern vid händelsen. Flera åldrar i samma roll: använd det andra "
                       "kolumnparet. Okänd ålder: lämna åldern tom och skriv antalet.");
  lines.emplace_back("", "");
  lines.emplace_back("Kolumner", "");
  return lines;
}

std::vector<std::string> ExampleFor(ReporterKind kind) {
  std::vector<std::string> row{"2026-0014",
                               "2026-09-14",
                               "21:30",
                               "skadegörelse",
                               MayDeliverDwellings(kind) ? "Storgatan 12" : "Storgatan",
                               "Heby"};
  if (!RolesOf(kind).empty()) row.insert(row.end(), {"13–14 år", "2"});
  return row;
}

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

/// How much a kind of reporter is asked for.
int Reach(ReporterKind kind) { return static_cast<int>(RolesOf(kind).size()); }

std::string WordSv(ReporterKind kind) {
  std::string word(ReporterKindCode(kind));
  for (char& c : word) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return word;
}

}  // namespace

const std::vector<ReporterKind>& TemplateKinds() {
  static const std::vector<ReporterKind> kKinds{ReporterKind::kPolice,         ReporterKind::kSchool,
                                                ReporterKind::kSocialServices, ReporterKind::kHousing,
                                                ReporterKind::kCompany,        ReporterKind::kAssociation,
                                                ReporterKind::kMunicipality};
  return kKinds;
}

std::string TemplateTitleSv(ReporterKind kind) {
  switch (kind) {
    case ReporterKind::kPolice:
      return "polisen";
    case ReporterKind::kSchool:
      return "skolan";
    case ReporterKind::kSocialServices:
      return "socialtjänsten";
    case ReporterKind::kHousing:
      return "bostadsföretag";
    case ReporterKind::kCompany:
      return "företag";
    case ReporterKind::kAssociation:
      return "föreningar";
    case ReporterKind::kMunicipality:
      return "kommunens verksamheter";
  }
  return {};
}

maps::ExcelTemplate TemplateFor(ReporterKind kind) {
  maps::ExcelTemplate result;
  result.id = {std::string(ReporterKindCode(kind)), kTemplateVersion};
  result.title = "Lagesbild: mall för " + TemplateTitleSv(kind);
  result.sheet = kSheet;
  result.help_sheet = "Så fyller du i";
  result.columns = ColumnsOf(kind);
  result.instructions = InstructionsFor(kind);
  result.example = {ExampleFor(kind)};
  return result;
}

std::string TemplateMapping(ReporterKind kind) {
  std::string toml = "[mapping]\nversion = 1\nname = " +
                     Quoted("mall " + WordSv(kind) + " " + std::to_string(kTemplateVersion)) +
                     "\n[file]\nformat = \"xlsx\"\nsheet = " + Quoted(kSheet) +
                     "\n[columns]\nincident_key = " + Quoted(kKey) + "\ndate = " + Quoted(kDate) +
                     "\ntime = " + Quoted(kTime) + "\ncategory = " + Quoted(kCategory) + "\naddress = [" +
                     Quoted(kPlace) + "]\nlocality = " + Quoted(kLocality) +
                     "\n[time]\nformats = [\"%Y-%m-%d\"]\nzone = \"Europe/Stockholm\"\n[category.values]\n";
  for (const geo::CategoryInfo& category : geo::Categories())
    if (Asked(category, kind))
      toml += Quoted(std::string(category.label_sv)) + " = " + Quoted(std::string(category.code)) + "\n";
  toml +=
      "[place]\ndigital = [\"internet\", \"nätet\", \"på nätet\", \"sociala medier\", \"digitalt\"]\n"
      "[age]\nmissing = [\"\", \"-\", \"okänd\", \"okänt\", \"okänd ålder\", \"vet ej\"]\n";
  for (const RoleColumns& role : RolesOf(kind))
    for (int pair = 1; pair <= kPairsPerRole; ++pair)
      toml += "[[persons]]\nrole = " + Quoted(role.code) + "\nage = " + Quoted(AgeHeader(role, pair)) +
              "\ncount = " + Quoted(CountHeader(role, pair)) + "\n";
  return toml;
}

bool MayUseTemplate(ReporterKind reporter, ReporterKind of_template) {
  return reporter == of_template || Reach(of_template) < Reach(reporter);
}

std::string MappingOfTemplate(const std::filesystem::path& file, ReporterKind reporter) {
  const auto need_mapping = [](const std::string& what, const std::string& what_sv) {
    return InvalidRequest(
        "header.mapping_toml",
        "is missing, and " + what +
            "; give the reporter's mapping file (tools/mapping.md), or fill in a workbook made by "
            "`lagesbild template`",
        "Mappning saknas, och " + what_sv +
            "; ange uppgiftslämnarens mappningsfil, eller fyll i en mall från "
            "`lagesbild template`.");
  };
  if (file.extension() != ".xlsx")
    throw need_mapping("the file is no XLSX workbook", "filen är ingen arbetsbok i XLSX");
  const std::optional<maps::TemplateId> id = maps::ReadTemplateId(file);
  if (!id) throw need_mapping("the workbook is no template of ours", "arbetsboken är ingen av våra mallar");
  const auto kind = ParseReporterKind(id->kind);
  if (!kind || id->version < 1 || id->version > kTemplateVersion)
    throw InvalidRequest("chunk",
                         "the workbook's template is not one that this program knows; write a new one with "
                         "`lagesbild template`, or start a newer program",
                         "Arbetsbokens mall är inte känd; hämta en ny med `lagesbild template`.");
  if (!MayUseTemplate(reporter, *kind))
    throw InvalidRequest(
        "chunk",
        "the workbook is the template " + WordSv(*kind) + ", which asks for more than a reporter of kind " +
            WordSv(reporter) + " may deliver; fill in `lagesbild template --kind " + WordSv(reporter) + "`",
        "Arbetsboken är mallen för " + TemplateTitleSv(*kind) + ", men uppgiftslämnaren är av slaget " +
            TemplateTitleSv(reporter) + "; fyll i den mallen i stället.");
  return TemplateMapping(*kind);
}

}  // namespace lagesbild::service
