#include "service/data_version.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "service/hashing.h"

namespace lagesbild::service {
namespace {

/// The number's bits, so that no rounding of a text form can hide a difference.
std::string Bits(double value) { return std::to_string(std::bit_cast<std::uint64_t>(value)); }

std::string PersonText(const geo::Person& person, const geo::AgeScheme& scheme) {
  return std::string(geo::RoleCode(person.role)) + " " + geo::SpanCode(scheme, person.age) +
         (person.age_estimated ? " estimated" : "");
}

/// Nothing for a reporter that sees everything and is still connected, as before these were kept.
std::string ViewText(const Reporter& reporter) {
  if (reporter.disconnected.empty() && reporter.areas.empty() && reporter.ages.empty()) return {};
  std::string text = "\t" + reporter.disconnected;
  for (const std::string& area : reporter.areas) text += "\tarea " + area;
  for (const std::string& age : reporter.ages) text += "\tage " + age;
  return text;
}

}  // namespace

std::string IncidentDigest(const geo::Incident& incident, const geo::AgeScheme& scheme) {
  Sha256 hash;
  hash.UpdateField(incident.reporter)
      .UpdateField(geo::IsoDate(incident.date))
      .UpdateField(geo::InfoOf(incident.category).code)
      .UpdateField(std::to_string(static_cast<int>(incident.place)))
      .UpdateField(geo::UnplacedReasonCode(incident.reason))
      .UpdateField(geo::MatchLevelCode(incident.level));
  if (incident.has_position)
    hash.UpdateField(Bits(incident.position.easting.value()))
        .UpdateField(Bits(incident.position.northing.value()))
        .UpdateField(Bits(incident.accuracy_radius.value()));
  std::vector<std::string> persons;
  for (const geo::Person& person : incident.persons) persons.push_back(PersonText(person, scheme));
  std::sort(persons.begin(), persons.end());
  for (const std::string& person : persons) hash.UpdateField(person);
  return hash.Digest();
}

DigestSum::DigestSum(std::string_view bytes) {
  assert(bytes.size() == value_.size());
  std::copy(bytes.begin(), bytes.end(), value_.begin());
}

void DigestSum::Add(std::string_view digest) {
  assert(digest.size() == value_.size());
  unsigned carry = 0;
  for (std::size_t i = 0; i < value_.size(); ++i) {
    const unsigned sum = value_[i] + static_cast<unsigned char>(digest[i]) + carry;
    value_[i] = static_cast<std::uint8_t>(sum & 255U);
    carry = sum >> 8;
  }
}

std::string DigestSum::bytes() const { return {value_.begin(), value_.end()}; }

std::string RegisterHash(const std::vector<RegisterVersion>& versions) {
  std::vector<std::string> lines;
  for (const RegisterVersion& version : versions)
    lines.push_back(version.kind + (version.part.empty() ? "" : "/" + version.part) + " " + version.sha256 +
                    "\n");
  std::sort(lines.begin(), lines.end());
  Sha256 hash;
  for (const std::string& line : lines) hash.Update(line);
  return Hex(hash.Digest());
}

std::string DataHash(const DataContent& content) {
  std::vector<std::string> lines;
  for (const std::string& identity : content.import_identities) lines.push_back("import " + identity);
  for (const Reporter& reporter : content.reporters)
    lines.push_back("reporter " + reporter.code + "\t" + reporter.name + "\t" +
                    std::string(ReporterKindCode(reporter.kind)) + "\t" + reporter.onboarded +
                    ViewText(reporter));
  // Deliveries are covered by the imports' identities, dates are not in any picture.
  for (const ReporterRecord& record : content.reporter_records)
    if (!record.asked_on.empty() || !record.nothing_on.empty())
      lines.push_back("answer " + record.quarter + "\t" + record.reporter +
                      (record.asked_on.empty() ? "" : "\tasked") +
                      (record.nothing_on.empty() ? "" : "\tnothing"));
  lines.push_back("registers " + RegisterHash(content.registers));
  lines.push_back("incidents " + Hex(content.incidents.bytes()));
  lines.push_back("age_scheme " + std::to_string(content.age_scheme_version));
  lines.push_back("taxonomy " + std::to_string(geo::kTaxonomyVersion));
  std::sort(lines.begin(), lines.end());
  Sha256 hash;
  for (const std::string& line : lines) hash.UpdateField(line);
  return Hex(hash.Digest());
}

}  // namespace lagesbild::service
