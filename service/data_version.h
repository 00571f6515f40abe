#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/age.h"
#include "geo/incident.h"
#include "service/store.h"

namespace lagesbild::service {

/// SHA-256 (32 bytes) of everything about an incident that a result can depend on: not its id, not salted
/// keys.
std::string IncidentDigest(const geo::Incident& incident, const geo::AgeScheme& scheme);

/// Sum of digests modulo 2^256: the same for the same incidents whatever their order and their spread over
/// imports.
class DigestSum {
 public:
  DigestSum() = default;
  /// From the 32 bytes of bytes().
  explicit DigestSum(std::string_view bytes);
  void Add(std::string_view digest);
  std::string bytes() const;

 private:
  std::array<std::uint8_t, 32> value_{};
};

/// What the data version's hash covers. Order does not matter.
struct DataContent {
  std::vector<std::string> import_identities;  ///< reporter and content_sha256 of every import not undone
  std::vector<Reporter> reporters;             ///< all: a picture names the silent ones too
  std::vector<ReporterRecord> reporter_records = {};  ///< all: who was asked and had nothing
  std::vector<RegisterVersion> registers;             ///< current versions
  DigestSum incidents;
  int age_scheme_version = 0;
};
/// Before and after every quarter that is stored.
inline constexpr const char* kFirstQuarterCode = "0000Q1";
inline constexpr const char* kLastQuarterCode = "9999Q4";
std::string DataHash(const DataContent& content);

/// SHA-256 over kind and hash of the versions, sorted by kind.
std::string RegisterHash(const std::vector<RegisterVersion>& versions);

}  // namespace lagesbild::service
