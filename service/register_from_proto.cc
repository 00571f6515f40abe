#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "service/convert.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

/// "2026-02-28", a day that there is.
bool IsDate(const std::string& text) {
  int year = 0, month = 0, day = 0;
  const auto number = [&](std::size_t at, std::size_t length, int& value) {
    const char* end = text.data() + at + length;
    const auto result = std::from_chars(text.data() + at, end, value);
    return result.ec == std::errc{} && result.ptr == end && value >= 0;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(0, 4, year) || !number(5, 2, month) ||
      !number(8, 2, day)) {
    return false;
  }
  return std::chrono::year_month_day{std::chrono::year{year},
                                     std::chrono::month{static_cast<unsigned>(month)},
                                     std::chrono::day{static_cast<unsigned>(day)}}
      .ok();
}

bool IsReporterCode(const std::string& text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 40 && letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

std::optional<ReporterKind> KindFromProto(v1::ReporterKind kind) {
  switch (kind) {
    case v1::REPORTER_KIND_POLICE:
      return ReporterKind::kPolice;
    case v1::REPORTER_KIND_SCHOOL:
      return ReporterKind::kSchool;
    case v1::REPORTER_KIND_SOCIAL_SERVICES:
      return ReporterKind::kSocialServices;
    case v1::REPORTER_KIND_HOUSING:
      return ReporterKind::kHousing;
    case v1::REPORTER_KIND_COMPANY:
      return ReporterKind::kCompany;
    case v1::REPORTER_KIND_ASSOCIATION:
      return ReporterKind::kAssociation;
    case v1::REPORTER_KIND_MUNICIPALITY:
      return ReporterKind::kMunicipality;
    default:
      return std::nullopt;
  }
}

}  // namespace

/// Degrees in place of meters, or northing before easting, where the CRS is one of Sweden's SWEREF 99 family.
void CheckStatedPosition(const v1::StatedPosition& position, const std::string& path,
                         Violations& violations) {
  const double x = position.point().easting_m(), y = position.point().northing_m();
  if (!std::isfinite(x) || !std::isfinite(y)) {
    violations.Add(path + ".point", "is not finite");
    return;
  }
  if (position.epsg_code() <= 0) {
    violations.Add(path + ".epsg_code", "is missing; state the projected CRS, such as 3006");
    return;
  }
  if (std::abs(x) <= 180 && std::abs(y) <= 180) {
    violations.Add(path + ".point",
                   "looks like degrees (WGS 84), not meters of EPSG:" + std::to_string(position.epsg_code()) +
                       "; convert it to that CRS first");
  } else if (position.epsg_code() == 3006 && x > 6'000'000 && x < 7'800'000 && y > 200'000 && y < 1'000'000) {
    violations.Add(path + ".point",
                   "lies outside Sweden as it stands; easting and northing look swapped: send easting first");
  }
}

Reporter FromProto(const v1::Reporter& reporter, Violations& violations) {
  if (!IsReporterCode(reporter.code())) {
    violations.Add("reporter.code", "must be 1 to 40 of a-z, 0-9, \"-\" and \"_\", beginning with a letter");
  }
  if (reporter.display_name().empty() || reporter.display_name().size() > limits::kShortTextBytes) {
    violations.Add("reporter.display_name",
                   "must have 1 to " + std::to_string(limits::kShortTextBytes) + " bytes");
  }
  if (reporter.home_locality().size() > limits::kShortTextBytes) {
    violations.Add("reporter.home_locality",
                   "must have at most " + std::to_string(limits::kShortTextBytes) + " bytes");
  }
  if (!reporter.onboarded_date().empty() && !IsDate(reporter.onboarded_date())) {
    violations.Add("reporter.onboarded_date", "must be a day such as 2026-01-01, or empty");
  }
  DateFromProto(reporter.disconnected_date(), "reporter.disconnected_date", {}, violations);
  if (reporter.contact_role().size() > limits::kShortTextBytes) {
    violations.Add("reporter.contact_role",
                   "must have at most " + std::to_string(limits::kShortTextBytes) + " bytes");
  }
  for (const auto& [field, size] : {std::pair("reporter.area_codes", reporter.area_codes_size()),
                                    std::pair("reporter.age_group_codes", reporter.age_group_codes_size())}) {
    if (size > limits::kSelectionValues) {
      violations.Add(field, "has over " + std::to_string(limits::kSelectionValues) + " values");
    }
  }
  const auto kind = KindFromProto(reporter.kind());
  if (!kind) {
    violations.Add("reporter.kind", "is missing or unknown");
  }
  return {reporter.code(),
          reporter.display_name(),
          kind.value_or(ReporterKind::kMunicipality),
          reporter.home_locality(),
          reporter.onboarded_date(),
          reporter.disconnected_date(),
          {reporter.area_codes().begin(), reporter.area_codes().end()},
          {reporter.age_group_codes().begin(), reporter.age_group_codes().end()},
          reporter.contact_role()};
}

AnswerRecord FromProto(v1::AnswerRecord record, Violations& violations) {
  switch (record) {
    case v1::ANSWER_RECORD_ASKED:
      return AnswerRecord::kAsked;
    case v1::ANSWER_RECORD_NOTHING_TO_REPORT:
      return AnswerRecord::kNothingToReport;
    case v1::ANSWER_RECORD_WITHDRAWN:
      return AnswerRecord::kWithdrawn;
    default:
      violations.Add("record", "is missing or unknown");
      return AnswerRecord::kWithdrawn;
  }
}

std::string DateFromProto(const std::string& text, const std::string& field, const std::string& otherwise,
                          Violations& violations) {
  if (text.empty()) return otherwise;
  if (!IsDate(text)) violations.Add(field, "must be a day such as 2026-01-01, or empty");
  return text;
}

void CheckPlaceQuery(const v1::PlaceQuery& query, const std::string& path, Violations& violations) {
  if (query.address().empty() && !query.has_position()) {
    violations.Add(path + ".address", "is missing; give an address, the name of a place, or a position");
  }
  if (query.address().size() > limits::kPlaceTextBytes) {
    violations.Add(path + ".address",
                   "must have at most " + std::to_string(limits::kPlaceTextBytes) + " bytes");
  }
  if (query.locality().size() > limits::kShortTextBytes) {
    violations.Add(path + ".locality",
                   "must have at most " + std::to_string(limits::kShortTextBytes) + " bytes");
  }
  if (query.postcode().size() > 16) {
    violations.Add(path + ".postcode", "must have at most 16 bytes");
  }
  if (query.has_position()) {
    if (!query.address().empty()) {
      violations.Add(path + ".position", "cannot be given beside an address; give one of them");
    }
    CheckStatedPosition(query.position(), path + ".position", violations);
  }
}

std::string FromProto(v1::RegisterKind kind, Violations& violations) {
  switch (kind) {
    case v1::REGISTER_KIND_ADDRESSES:
      return "addresses";
    case v1::REGISTER_KIND_REFERENCE:
      return "reference";
    case v1::REGISTER_KIND_POPULATION:
      return "population";
    case v1::REGISTER_KIND_PLACES:
      return "places";
    case v1::REGISTER_KIND_ROADS:
      return "roads";
    case v1::REGISTER_KIND_PROPERTIES:
      return "properties";
    case v1::REGISTER_KIND_NEIGHBORS:
      return "neighbors";
    default:
      violations.Add(
          "header.kind",
          "is missing or unknown; must be ADDRESSES, REFERENCE, POPULATION, PLACES, ROADS, PROPERTIES or "
          "NEIGHBORS");
  }
  return {};
}

}  // namespace lagesbild::service
