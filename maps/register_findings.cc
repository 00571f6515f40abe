#include "maps/register_findings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lagesbild::maps {
namespace {

constexpr std::size_t kFirstRows = 5;

/// What readers say, and the same in Swedish. A test looks for every reason of the readers here.
constexpr std::pair<std::string_view, std::string_view> kReasons[] = {
    {"the coordinates must be numbers", "koordinaterna måste vara tal"},
    {"the axes look swapped: exchanged, the coordinates would lie near the municipality",
     "axlarna ser omkastade ut: i omvänd ordning skulle koordinaterna ligga nära kommunen"},
    {"the coordinates look like degrees; they must be meters of the declared system",
     "koordinaterna ser ut som grader; de måste vara meter i det angivna systemet"},
    {"the position is not near the municipality", "läget är inte i närheten av kommunen"},
    {"the position lies outside the municipality", "läget är utanför kommunen"},
    {"the coordinate system must be an EPSG code such as 3006 or 4326",
     "koordinatsystemet måste vara en EPSG-kod, som 3006 eller 4326"},
    {"the coordinate system is not known, or is not one of meters or EPSG:4326",
     "koordinatsystemet är okänt, eller varken i meter eller EPSG:4326"},
    {"the polygon is missing", "ytan saknas"},
    {"the polygon is empty", "ytan är tom"},
    {"the polygon has no area", "ytan har ingen area"},
    {"a ring of the polygon has fewer than three points", "en ring i ytan har färre än tre punkter"},
    {"the geometry must be a polygon or a multipolygon", "geometrin måste vara en yta"},
    {"the geometry must be a point or a polygon", "geometrin måste vara en punkt eller en yta"},
    {"the geometry must be a line", "geometrin måste vara en linje"},
    {"the point is missing", "punkten saknas"},
    {"the point's coordinates are not finite", "punktens koordinater är inte ändliga tal"},
    {"the line is missing", "linjen saknas"},
    {"the name is missing", "namnet saknas"},
    {"the name is longer than 200 bytes", "namnet är längre än 200 byte"},
    {"the radius must be 1 to 5000 meters", "radien måste vara 1 till 5000 meter"},
    {"the day must be written as 2026-01-31", "dagen måste skrivas som 2026-01-31"},
    {"the last day lies before the first", "den sista dagen ligger före den första"},
    {"the same name, position and days stand on an earlier row",
     "samma namn, läge och dagar står på en tidigare rad"},
    {"the road has neither a name nor a number", "vägen har varken namn eller nummer"},
    {"the designation must end as 1:23, S:1 or GA:2", "beteckningen måste sluta som 1:23, S:1 eller GA:2"},
    {"it lies inside the municipality and is no neighbor", "den ligger i kommunen och är ingen granne"},
    {"it is farther away than 60 km", "den är längre bort än 60 km"},
    {"the address number has neither addr:street nor addr:place",
     "husnumret har varken addr:street eller addr:place"},
    {"the address has no addr:housenumber", "adressen saknar addr:housenumber"},
    {"addr:housenumber is no number, range or list of them",
     "addr:housenumber är varken nummer, intervall eller en lista av sådana"},
    {"addr:interpolation says that numbers lie between, not where; it is not used",
     "addr:interpolation säger att nummer ligger mellan, inte var; den används inte"},
    {"a business repeats the address of a building or an entrance",
     "en verksamhet upprepar adressen för en byggnad eller ingång"},
    {"the postcode is not five digits and is left out", "postnumret är inte fem siffror och utelämnas"},
    {"the postcode cannot be read and is left out", "postnumret går inte att läsa och utelämnas"},
    {"the address in force has no postcode", "adressen är gällande men saknar postnummer"},
    {"the value is not one of the specification; it is taken as the least precise position",
     "värdet finns inte i specifikationen; läget räknas som det minst noggranna"},
    {"the value is not one of the specification; it is taken as a street address",
     "värdet finns inte i specifikationen; adressen räknas som gatuadress"},
    {"the object identity stands on an earlier row at another position; it is one more point of the address",
     "objektidentiteten finns på en tidigare rad med annat läge; den är ännu en punkt för adressen"},
    {"the address has a remark in adressplatsanmarkning",
     "adressen har en anmärkning i adressplatsanmarkning"},
    {"the remark is of an address that is not there", "anmärkningen gäller en adress som inte finns"},
    {"the object identity is missing", "objektidentiteten saknas"},
    {"the object identity stands on an earlier row", "objektidentiteten står på en tidigare rad"},
    {"the name of the address area is missing", "adressområdets namn saknas"},
    {"the address deviates from the standard but has no designation",
     "adressen avviker från standarden men saknar beteckning"},
    {"the address number must be a whole number from 0 to 99999",
     "adressnumret måste vara ett heltal från 0 till 99999"},
    {"a street address must have a number", "en gatuadress måste ha ett nummer"},
    {"the position lies outside Sweden in SWEREF 99 TM; are the axes swapped?",
     "läget är utanför Sverige i SWEREF 99 TM; är axlarna omkastade?"},
    {"the status is missing", "status saknas"},
    {"the name of the street is missing", "gatans namn saknas"},
    {"the number of the address is missing", "adressens nummer saknas"},
    {"the block must be named by its first number", "kvarteret måste anges med sitt första nummer"},
    {"the id stands on an earlier row", "id:t står på en tidigare rad"},
    {"the age must be a whole number of completed years from 0 to 120",
     "åldern måste vara hela år från 0 till 120"},
    {"the count must be a whole number from 0 to 100000", "antalet måste vara ett heltal från 0 till 100000"},
    {"the address and age stand on an earlier row", "adressen och åldern står på en tidigare rad"},
    {"the reference time must be a date such as 20251231, or a year",
     "referenstiden måste vara ett datum som 20251231, eller ett år"},
    {"the line opens a quote that is not closed", "raden öppnar ett citattecken som inte stängs"},
    {"the line holds bytes that are no text in the file's encoding",
     "raden har tecken som inte finns i filens teckenkodning"},
    {"the line holds a NUL byte", "raden innehåller ett NUL-tecken"},
    {"the line is longer than 1 MiB", "raden är längre än 1 MiB"},
    {"the address is not in the register", "adressen finns inte i registret"},
};

}  // namespace

std::string ReasonInSwedish(std::string_view reason) {
  for (const auto& [english, swedish] : kReasons)
    if (english == reason) return std::string(swedish);
  if (reason.starts_with("the row has ")) return "raden har ett annat antal celler än rubriken";
  return std::string(reason);
}

void FindingTally::Add(Key key, std::int64_t row) {
  Rows& rows = rows_[std::move(key)];
  ++rows.count;
  if (rows.first.size() < kFirstRows) rows.first.push_back(row);
}

std::vector<RegisterFinding> FindingTally::Findings() const {
  std::vector<RegisterFinding> findings;
  for (const auto& [key, rows] : rows_) {
    const auto& [kept, column, reason] = key;
    findings.push_back({kept, column, reason, ReasonInSwedish(reason), rows.count, rows.first});
  }
  std::stable_sort(findings.begin(), findings.end(), [](const RegisterFinding& a, const RegisterFinding& b) {
    return a.kept != b.kept ? !a.kept : a.count > b.count;
  });
  return findings;
}

}  // namespace lagesbild::maps
