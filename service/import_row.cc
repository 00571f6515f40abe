#include "service/import_row.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "geo/errors.h"
#include "geo/personal_data.h"
#include "geo/place_text.h"
#include "service/delimiter_hint.h"
#include "service/errors.h"
#include "service/import_row_text.h"
#include "service/place_key.h"

namespace lagesbild::service {
namespace {

using std::chrono::year_month_day;

/// Older dates are mistyped: the service follows quarters, not history.
constexpr year_month_day kEarliest{std::chrono::year{1990}, std::chrono::month{1}, std::chrono::day{1}};

std::string Folded(std::string_view text) { return geo::LowerCase(geo::CleanText(text)); }

/// Spreadsheet dates come in ISO form whatever they look like in the sheet.
std::vector<std::string> FormatsOf(const Mapping& mapping) {
  std::vector<std::string> formats = mapping.date_formats;
  if (mapping.table.format == maps::TableFormat::kXlsx)
    for (const char* form : {"%Y-%m-%d", "%Y-%m-%d %H:%M:%S"}) formats.push_back(form);
  return formats;
}

/// "620115.2385", "-75.1635": a number with decimals, at most seven digits before them. Such a cell is kept
/// as a position only, so a date and a check digit in it mean nothing.
bool IsPlainNumber(std::string_view cell) {
  if (cell.starts_with('-')) cell.remove_prefix(1);
  const std::size_t mark = cell.find_first_not_of("0123456789");
  if (mark == std::string_view::npos) return cell.size() <= 7;
  return mark > 0 && mark <= 7 && (cell[mark] == '.' || cell[mark] == ',') &&
         cell.find_first_not_of("0123456789", mark + 1) == std::string_view::npos;
}

class Columns {
 public:
  explicit Columns(const std::vector<std::string>& header) : header_(header) {
    for (const std::string& name : header) names_.push_back(Folded(name));
  }
  /// -1 when the mapping names none; a name that the file lacks becomes a violation.
  int Find(const std::string& name, const std::string& field) {
    if (name.empty()) return -1;
    wanted_.push_back(name);
    const auto found = std::find(names_.begin(), names_.end(), Folded(name));
    if (found != names_.end()) return static_cast<int>(found - names_.begin());
    violations_.push_back({"mapping." + field,
                           "the file has no column '" + name + "' that " + field +
                               " of the mapping names; name a column of the file",
                           "filen saknar kolumnen ”" + name + "”, som mappningen anger för " + field});
    return -1;
  }
  void Check(char delimiter) {
    if (violations_.empty()) return;
    // A file cut at the wrong sign: every other fault follows from that.
    if (auto wrong = WrongDelimiter(header_, wanted_, delimiter)) {
      for (FieldViolation& violation : violations_) violation.description_sv.clear();
      violations_.insert(violations_.begin(), std::move(*wrong));
    }
    throw InvalidRequest(violations_);
  }

 private:
  const std::vector<std::string>& header_;
  std::vector<std::string> names_, wanted_;
  std::vector<FieldViolation> violations_;
};

}  // namespace

std::string PersonsText(const geo::Incident& incident, const geo::AgeScheme& scheme) {
  std::vector<std::string> lines;
  for (const geo::Person& person : incident.persons)
    lines.push_back(std::string(geo::RoleCode(person.role)) + " " + geo::SpanCode(scheme, person.age) +
                    (person.age_estimated ? " estimated\n" : "\n"));
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

RejectedImportRow ConflictingKey(const Mapping& mapping, const RowRead& row, std::int64_t first_row) {
  return {row.stored.source_row, mapping.incident_key_column, rejection::kConflictingKey,
          "Raden har samma nummer i kolumnen ”" + mapping.incident_key_column + "” som rad " +
              std::to_string(first_row) +
              " men säger något annat; den första gäller. Ge varje händelse ett eget nummer, eller låt bara "
              "den rätta raden stå kvar och skicka filen igen."};
}

RowReader::RowReader(const Context& context)
    : context_(context), dates_(FormatsOf(context.mapping), context.mapping.time_zone) {
  const auto today = dates_.LocalDate(context.now);
  if (!today) throw InvalidRequest("now", "the present must be UTC in ISO form, as 2026-11-25T00:00:00Z");
  today_ = *today;
  if (context.mapping.easting_column.empty()) return;
  try {
    coordinates_.emplace(geo::Epsg{context.mapping.coordinate_epsg}, context.crs, context.area);
  } catch (const geo::InvalidInput& error) {
    throw InvalidRequest("mapping.coordinates.epsg", error.what());
  }
}

void RowReader::UseHeader(const std::vector<std::string>& header) {
  const Mapping& mapping = context_.mapping;
  Columns columns(header);
  key_ = columns.Find(mapping.incident_key_column, "columns.incident_key");
  date_ = columns.Find(mapping.date_column, "columns.date");
  time_ = columns.Find(mapping.time_column, "columns.time");
  category_ = columns.Find(mapping.category_column, "columns.category");
  locality_ = columns.Find(mapping.locality_column, "columns.locality");
  postcode_ = columns.Find(mapping.postcode_column, "columns.postcode");
  easting_ = columns.Find(mapping.easting_column, "columns.easting");
  northing_ = columns.Find(mapping.northing_column, "columns.northing");
  for (const std::string& name : mapping.address_columns)
    address_.push_back(columns.Find(name, "columns.address"));
  for (const PersonMapping& person : mapping.persons)
    persons_.push_back({person, columns.Find(person.age_column, "persons.age"),
                        columns.Find(person.count_column, "persons.count")});
  for (const std::string& name : mapping.not_personal_columns)
    not_personal_.insert(columns.Find(name, "columns.not_personal"));
  columns.Check(mapping.table.format == maps::TableFormat::kCsv ? mapping.table.delimiter : '\0');
  // A file without a header line has its first row here: a name that is personal data must not come into
  // messages.
  for (std::size_t i = 0; i < header.size(); ++i)
    column_names_.push_back(geo::FindPersonalData(header[i], geo::PersonalText::kPlace)
                                ? "kolumn " + std::to_string(i + 1)
                                : header[i]);
}

/// The cell, or nothing where there is no such column or the cell is a word for "not known".
std::string RowReader::CellAt(const std::vector<std::string>& cells, int column) const {
  if (column < 0 || static_cast<std::size_t>(column) >= cells.size()) return {};
  const std::string& cell = cells[static_cast<std::size_t>(column)];
  const std::vector<std::string>& missing = context_.mapping.missing_words;
  return std::find(missing.begin(), missing.end(), Folded(cell)) == missing.end() ? cell : std::string();
}

void RowReader::Reject(RowRead& read, int column, const char* reason, std::string message) const {
  const bool named = column >= 0 && static_cast<std::size_t>(column) < column_names_.size();
  read.rejection = {read.stored.source_row, named ? column_names_[static_cast<std::size_t>(column)] : "",
                    reason, std::move(message)};
}

bool RowReader::FindPersonalData(const maps::TableRow& row, RowRead& read) const {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (not_personal_.contains(static_cast<int>(i))) continue;
    const auto kind = geo::FindPersonalData(row.cells[i], geo::PersonalText::kPlace);
    if (!kind) continue;
    const bool coordinate = static_cast<int>(i) == easting_ || static_cast<int>(i) == northing_;
    if (coordinate && IsPlainNumber(row.cells[i])) continue;
    Reject(read, static_cast<int>(i), rejection::kPersonalData,
           "Kolumnen ”" + column_names_.at(i) + "” innehåller " + InSwedish(*kind) +
               ". Personuppgifter får inte skickas hit, så raden har stoppats och texten har inte sparats; "
               "ta bort "
               "uppgiften och skicka raden igen.");
    return true;
  }
  return false;
}

/// A number may be spread over cells: what ends up in one text is looked at as one text. The case number is
/// left out: only its salted hash is kept. Ages, dates and coordinates are stored as what they were read as.
bool RowReader::FindPersonalDataAcross(const maps::TableRow& row, RowRead& read) const {
  std::vector<int> columns = address_;
  for (const int column : {locality_, postcode_, category_}) columns.push_back(column);
  const auto joined = [&](const std::vector<int>& chosen, const char* between) {
    std::string text;
    for (const int column : chosen)
      if (const std::string part = CellAt(row.cells, column); !part.empty())
        text += (text.empty() ? "" : between) + part;
    return text;
  };
  std::vector<int> by_place;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(by_place), [](int c) { return c >= 0; });
  std::sort(by_place.begin(), by_place.end());
  by_place.erase(std::unique(by_place.begin(), by_place.end()), by_place.end());
  std::vector<int> place = address_;
  place.insert(place.end(), {locality_, postcode_});
  for (const std::string& text : {joined(address_, " "), joined(address_, ""), joined(address_, "-"),
                                  joined(place, " "), joined(by_place, " ")}) {
    const auto kind = geo::FindPersonalData(text, geo::PersonalText::kPlace);
    if (!kind) continue;
    Reject(read, address_.empty() ? by_place.front() : address_.front(), rejection::kPersonalData,
           "Kolumnerna för plats och händelsetyp innehåller tillsammans " + InSwedish(*kind) +
               ". Personuppgifter får inte skickas hit, så raden har stoppats och texten har inte sparats; "
               "ta bort uppgiften och skicka raden igen.");
    return true;
  }
  return false;
}

bool RowReader::ReadDate(const maps::TableRow& row, RowRead& read) const {
  const std::string& column = context_.mapping.date_column;
  const std::string date = CellAt(row.cells, date_);
  const auto reject = [&](const std::string& message) {
    Reject(read, date_, rejection::kBadDate, message);
    return false;
  };
  if (date.empty()) return reject("Datum saknas i kolumnen ”" + column + "”; skriv dagen då det hände.");
  const auto local = dates_.Read(date, CellAt(row.cells, time_));
  if (!local)
    return reject(
        "Datumet i kolumnen ”" + column + "” är inget riktigt datum i något av mappningens format (" +
        (context_.mapping.date_formats.empty() ? std::string("inga") : context_.mapping.date_formats[0]) +
        "); rätta datumet eller lägg till formatet i mappningen.");
  if (*local > today_)
    return reject("Datumet i kolumnen ”" + column + "” ligger i framtiden; skriv dagen då det hände.");
  if (*local < kEarliest)
    return reject("Datumet i kolumnen ”" + column + "” ligger före 1990; skriv året med rätt siffror.");
  const std::string time = CellAt(row.cells, time_);
  const ClockFault clock = dates_.CheckClock(date, time);
  if (clock != ClockFault::kNone) {
    const bool own_column = !time.empty();
    Reject(read, own_column ? time_ : date_, rejection::kBadDate,
           "Klockslaget i kolumnen ”" + (own_column ? context_.mapping.time_column : column) + "” " +
               InSwedish(clock) + ".");
    return false;
  }
  read.stored.incident.date = *local;
  return true;
}

bool RowReader::ReadCategory(const maps::TableRow& row, RowRead& read) const {
  const Mapping& mapping = context_.mapping;
  const std::string word = Folded(CellAt(row.cells, category_));
  const auto found = mapping.categories.find(word);
  if (found != mapping.categories.end()) {
    read.stored.incident.category = found->second;
  } else if (mapping.default_category) {
    read.stored.incident.category = *mapping.default_category;
  } else {
    Reject(read, category_, rejection::kUnknownCategory,
           word.empty()
               ? "Händelsetyp saknas i kolumnen ”" + mapping.category_column + "”; skriv vad som hände."
               : "Händelsetypen i kolumnen ”" + mapping.category_column +
                     "” finns inte i mappningen; rätta ordet eller lägg till det under [category.values].");
    return false;
  }
  return true;
}

bool RowReader::ReadPlace(const maps::TableRow& row, RowRead& read) const {
  const Mapping& mapping = context_.mapping;
  const auto is_digital = [&](const std::string& text) {
    return std::find(mapping.digital_words.begin(), mapping.digital_words.end(), Folded(text)) !=
           mapping.digital_words.end();
  };
  read.digital = geo::InfoOf(read.stored.incident.category).digital;
  for (const int column : address_) {
    const std::string part = CellAt(row.cells, column);
    if (part.empty()) continue;
    read.digital = read.digital || is_digital(part);
    read.address += (read.address.empty() ? "" : " ") + part;
  }
  read.digital = read.digital || is_digital(read.address);
  read.locality = CellAt(row.cells, locality_);
  read.postcode = CellAt(row.cells, postcode_);
  const std::string easting = CellAt(row.cells, easting_), northing = CellAt(row.cells, northing_);
  if (read.digital || !coordinates_ || easting.empty() || northing.empty()) return true;
  read.coordinates = coordinates_->Read(easting, northing);
  if (read.coordinates->fault == geo::CoordinateFault::kNone) return true;
  Reject(read, easting_, rejection::kBadCoordinate,
         "Koordinaterna i kolumnerna ”" + mapping.easting_column + "” och ”" + mapping.northing_column +
             "” " + InSwedish(read.coordinates->fault) + ".");
  return false;
}

std::string RowReader::PlaceKey(const maps::TableRow& row, const RowRead& read) const {
  const std::string& locality = !read.locality.empty() ? read.locality
                                : !context_.mapping.default_locality.empty()
                                    ? context_.mapping.default_locality
                                    : context_.reporter.home_locality;
  if (!read.address.empty()) return PlaceKeyOf(context_.keys, read.address, locality);
  if (read.coordinates)
    return context_.keys.HexOf("position\n" + CellAt(row.cells, easting_) + "\n" +
                               CellAt(row.cells, northing_));
  if (!read.locality.empty()) return PlaceKeyOf(context_.keys, "", read.locality);
  if (!read.postcode.empty()) return context_.keys.HexOf("postcode\n" + Folded(read.postcode));
  return {};
}

/// The reporter's own case number, or everything that is mapped: rows without a number are the same only when
/// all of it is the same. The category counts as the reporter's word, so that the same file read with a
/// corrected mapping holds the same incidents.
std::string RowReader::IncidentKey(const maps::TableRow& row, const RowRead& read) const {
  const std::string own = CellAt(row.cells, key_);
  if (!own.empty()) {
    // Numbers that spreadsheets cut short meet again on other days.
    const std::string day =
        context_.mapping.rows_are_persons ? "\n" + geo::IsoDate(read.stored.incident.date) : std::string();
    return context_.keys.HexOf("own\n" + context_.reporter.code + "\n" + Folded(own) + day);
  }
  std::string text = "content\n" + context_.reporter.code + "\n" + geo::IsoDate(read.stored.incident.date) +
                     "\n" + Folded(CellAt(row.cells, time_)) + "\n" + Folded(CellAt(row.cells, category_)) +
                     "\n" + PlaceKey(row, read) + "\n" + Folded(read.postcode) + "\n" +
                     CellAt(row.cells, easting_) + "\n" + CellAt(row.cells, northing_) + "\n";
  for (const geo::Person& person : read.stored.incident.persons)
    text += std::string(geo::RoleCode(person.role)) + " " + geo::SpanCode(context_.scheme, person.age) + "\n";
  return context_.keys.HexOf(text);
}

/// All that the stored incident depends on. Here the category counts as what it is mapped to: a corrected
/// mapping corrects incidents that have a key of the reporter's own. The time of day is not stored.
std::string RowReader::Content(const maps::TableRow& row, const RowRead& read) const {
  if (CellAt(row.cells, key_).empty()) return {};
  const geo::Incident& incident = read.stored.incident;
  return "says\n" + read.stored.incident_key + "\n" + geo::IsoDate(incident.date) + "\n" +
         std::string(geo::InfoOf(incident.category).code) + "\n" + (read.digital ? "digital" : "") + "\n" +
         (read.digital ? std::string() : PlaceKey(row, read)) + "\n" + Folded(read.postcode) + "\n" +
         CellAt(row.cells, easting_) + "\n" + CellAt(row.cells, northing_) + "\n";
}

RowRead RowReader::Read(const maps::TableRow& row) const {
  RowRead read;
  read.stored.source_row = row.number;
  read.stored.incident.reporter = context_.reporter.code;
  if (!row.error.empty()) {
    Reject(read, -1, rejection::kBadRow, InSwedish(row));
    return read;
  }
  PersonsRead persons = ReadPersons(row.cells, persons_, context_.mapping, context_.scheme);
  read.stored.incident.persons = std::move(persons.persons);
  if (FindPersonalData(row, read) || FindPersonalDataAcross(row, read) || !ReadDate(row, read) ||
      !ReadCategory(row, read))
    return read;
  if (persons.fault) {
    read.rejection = {row.number, persons.fault->column, persons.fault->reason, persons.fault->message};
    return read;
  }
  if (!ReadPlace(row, read)) return read;
  if (!read.digital) read.stored.place_key = PlaceKey(row, read);
  read.stored.incident_key = IncidentKey(row, read);
  read.content = Content(row, read);
  return read;
}

}  // namespace lagesbild::service
