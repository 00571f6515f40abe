#include "maps/address_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "geo/address_parser.h"
#include "geo/coordinate_input.h"
#include "geo/place_text.h"
#include "maps/errors.h"
#include "maps/feature_reader.h"
#include "maps/register_position.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 10'000;  // open boundaries differ, and a register may go over its own

std::string Folded(const std::string& text) { return geo::LowerCase(geo::CleanText(text)); }

/// Reads rows of one table and counts why coordinates were refused.
class AddressTableReader {
 public:
  AddressTableReader(std::string file, const AddressTable& mapping, geo::Epsg target,
                     const geo::StudyArea& area, const geo::AddressStyle& style)
      : file_(std::move(file)),
        mapping_(mapping),
        area_(area),
        style_(style),
        coordinates_(mapping.coordinates, target, area) {
    result_.crs = target;
  }

  void UseHeader(const std::vector<std::string>& header) {
    std::string lacking;
    for (const Column& column : kColumns) {
      const std::string& name = mapping_.*column.name;
      if (name.empty()) continue;
      const auto found = std::find_if(header.begin(), header.end(),
                                      [&](const std::string& cell) { return Folded(cell) == Folded(name); });
      if (found == header.end())
        lacking += (lacking.empty() ? "" : ", ") + name;
      else
        places_[column.name_of] = static_cast<std::size_t>(found - header.begin());
    }
    if (!lacking.empty()) throw IoError(file_, "lacks the columns " + lacking + " that the mapping names");
  }

  void Take(const TableRow& row) {
    ++result_.read;
    try {
      if (!row.error.empty()) throw RowFault("", row.error);
      result_.addresses.push_back(Read(row));
    } catch (const RowFault& fault) {
      result_.rejected.push_back({row.number, fault.column, fault.reason});
    }
  }

  AddressRegisterFile Finish() {
    if (result_.read == 0) throw IoError(file_, "holds no address");
    if (result_.addresses.empty()) throw IoError(file_, "cannot be used: " + WhyNone());
    result_.findings = tally_.Findings();
    return std::move(result_);
  }

 private:
  struct Column {
    const char* name_of;
    std::string AddressTable::*name;
  };
  static constexpr std::array<Column, 11> kColumns{{{"id", &AddressTable::id},
                                                    {"street", &AddressTable::street},
                                                    {"number", &AddressTable::number},
                                                    {"letter", &AddressTable::letter},
                                                    {"addition", &AddressTable::addition},
                                                    {"postcode", &AddressTable::postcode},
                                                    {"postal_town", &AddressTable::postal_town},
                                                    {"locality", &AddressTable::locality},
                                                    {"district", &AddressTable::district},
                                                    {"easting", &AddressTable::easting},
                                                    {"northing", &AddressTable::northing}}};

  std::string Cell(const TableRow& row, const char* name_of) const {
    const auto place = places_.find(name_of);
    return place == places_.end() ? std::string() : row.cells[place->second];
  }

  geo::Address Read(const TableRow& row) {
    geo::Address address;
    address.area = Cell(row, "street");
    if (address.area.empty()) throw RowFault(mapping_.street, "the name of the street is missing");
    Designate(row, address);
    for (const auto& [name, text] :
         {std::pair{"postal_town", &address.postal_town}, std::pair{"locality", &address.locality},
          std::pair{"district", &address.district}})
      *text = Cell(row, name);
    const std::string postcode = Cell(row, "postcode");
    address.postcode = geo::ReadPostcode(postcode, style_);
    if (!postcode.empty() && address.postcode.empty())
      tally_.Keep(row.number, mapping_.postcode, "the postcode cannot be read and is left out");
    address.municipality_code = mapping_.municipality_code;
    address.accuracy_radius = mapping_.accuracy_radius;
    const geo::CoordinateResult read = coordinates_.Read(Cell(row, "easting"), Cell(row, "northing"));
    if (read.fault != geo::CoordinateFault::kNone) {
      ++faults_[read.fault];
      throw RowFault(mapping_.easting, CoordinateReason(read.fault));
    }
    if (!LiesWithin(read.position, area_, kMargin_m)) {
      ++faults_[geo::CoordinateFault::kOutsideRegion];
      throw RowFault(mapping_.easting, "the position lies outside the municipality");
    }
    address.position = read.position;
    address.id = Id(row, address);
    return address;
  }

  void Designate(const TableRow& row, geo::Address& address) const {
    const std::string number = Cell(row, "number");
    if (number.empty()) throw RowFault(mapping_.number, "the number of the address is missing");
    const std::string letter = Cell(row, "letter"), addition = Cell(row, "addition");
    if (mapping_.block_size > 0 && number.find_first_not_of('0') == std::string::npos) return;
    std::vector<geo::Word> words;
    for (const std::string& word : geo::SplitWords(geo::CleanText(number + " " + letter + " " + addition)))
      words.push_back({word, geo::LowerCase(word)});
    const auto reading = geo::ReadHouseNumber(words, 0, true);
    if (reading && reading->words == words.size() && !reading->number.range()) {
      address.number = reading->number.number;
      address.letter = reading->number.letter;
      address.addition = reading->number.addition;
    } else if (mapping_.block_size > 0) {
      throw RowFault(mapping_.number, "the block must be named by its first number");
    } else {
      address.addition = geo::CleanText(number + " " + letter + " " + addition);
      while (!address.addition.empty() && address.addition.back() == ' ') address.addition.pop_back();
    }
  }

  std::string Id(const TableRow& row, const geo::Address& address) {
    std::string id = Cell(row, "id");
    if (!id.empty()) {
      if (!ids_.insert(id).second) throw RowFault(mapping_.id, "the id stands on an earlier row");
      return id;
    }
    id = address.area + " " + std::to_string(address.number) + address.letter;
    for (const std::string* part :
         {&address.addition, &address.postcode, &address.postal_town, &address.locality})
      if (!part->empty()) id += " " + *part;
    const int repeat = ++repeats_[id];
    return repeat == 1 ? id : id + " #" + std::to_string(repeat);
  }

  std::string WhyNone() const {
    const auto count = [&](geo::CoordinateFault fault) {
      const auto found = faults_.find(fault);
      return found == faults_.end() ? 0 : found->second;
    };
    const std::string all = std::to_string(result_.read);
    const std::string code = "EPSG:" + std::to_string(static_cast<int>(mapping_.coordinates));
    if (2 * count(geo::CoordinateFault::kSwapped) > result_.read)
      return "the axes look swapped: most of its " + all +
             " positions would lie near the municipality if columns.easting (longitude) and columns.northing "
             "(latitude) were exchanged in the mapping";
    if (2 * count(geo::CoordinateFault::kDegrees) > result_.read)
      return "most of its " + all + " positions are degrees; say coordinates.epsg = 4326, not " + code;
    if (2 * count(geo::CoordinateFault::kOutsideRegion) > result_.read)
      return "its " + all + " positions do not lie near the municipality's boundary in " + code +
             "; is coordinates.epsg right, and is it this municipality's register?";
    return "all of its " + all + " rows are rejected, the first because " +
           (result_.rejected.empty() ? "of its cells" : result_.rejected.front().reason);
  }

  std::string file_;
  const AddressTable& mapping_;
  const geo::StudyArea& area_;
  const geo::AddressStyle& style_;
  geo::CoordinateInput coordinates_;
  AddressRegisterFile result_;
  FindingTally tally_;
  std::map<std::string, std::size_t> places_;
  std::map<geo::CoordinateFault, std::int64_t> faults_;
  std::set<std::string> ids_;
  std::map<std::string, int> repeats_;
};

}  // namespace

AddressRegisterFile ReadAddressTable(const std::filesystem::path& file, const AddressTable& mapping,
                                     geo::Epsg target, const geo::StudyArea& area,
                                     const geo::AddressStyle& style) {
  AddressTableReader reader(file.string(), mapping, target, area, style);
  ReadTable(
      file, mapping.table, [&](const std::vector<std::string>& header) { reader.UseHeader(header); },
      [&](TableRow&& row) { reader.Take(row); });
  return reader.Finish();
}

}  // namespace lagesbild::maps
