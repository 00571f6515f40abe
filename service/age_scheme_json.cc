#include "service/age_scheme_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "geo/errors.h"
#include "service/errors.h"

namespace lagesbild::service {
namespace {

constexpr std::array<std::pair<geo::AgeGroupKind, const char*>, 4> kKinds{{
    {geo::AgeGroupKind::kHeadline, "HEADLINE"},
    {geo::AgeGroupKind::kUnknown, "UNKNOWN"},
    {geo::AgeGroupKind::kSubtotal, "SUBTOTAL"},
    {geo::AgeGroupKind::kTotal, "TOTAL"},
}};

const char* KindCode(geo::AgeGroupKind kind) {
  for (const auto& [value, code] : kKinds)
    if (value == kind) return code;
  return "";
}

geo::AgeGroupKind KindOf(const std::string& code) {
  for (const auto& [value, known] : kKinds)
    if (known == code) return value;
  throw geo::InvalidInput("unknown kind of age group " + code);
}

geo::AgeScheme Parse(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  geo::AgeScheme scheme;
  scheme.version = json.at("version");
  scheme.valid_from = json.at("valid_from");
  for (const auto& band : json.at("bands"))
    scheme.bands.push_back({band.at("code"), band.at("first_age"), band.at("last_age")});
  for (const auto& group : json.at("groups"))
    scheme.groups.push_back({group.at("code"), group.at("slug"), group.at("label_sv"), group.at("label_en"),
                             KindOf(group.at("kind")), group.at("first_age"), group.at("last_age")});
  geo::CheckAgeScheme(scheme);
  return scheme;
}

}  // namespace

std::string AgeSchemeToJson(const geo::AgeScheme& scheme) {
  nlohmann::json bands = nlohmann::json::array(), groups = nlohmann::json::array();
  for (const geo::AtomicBand& band : scheme.bands)
    bands.push_back({{"code", band.code}, {"first_age", band.first_age}, {"last_age", band.last_age}});
  for (const geo::AgeGroup& group : scheme.groups)
    groups.push_back({{"code", group.code},
                      {"slug", group.slug},
                      {"label_sv", group.label_sv},
                      {"label_en", group.label_en},
                      {"kind", KindCode(group.kind)},
                      {"first_age", group.first_age},
                      {"last_age", group.last_age}});
  return nlohmann::json({{"version", scheme.version},
                         {"valid_from", scheme.valid_from},
                         {"bands", bands},
                         {"groups", groups}})
      .dump();
}

bool IsNewAgeScheme(const geo::AgeScheme& wanted, const geo::AgeScheme& current, bool incidents_stored) {
  if (AgeSchemeToJson(wanted) == AgeSchemeToJson(current)) return false;
  if (incidents_stored)
    throw NotReady(
        "AGE_SCHEME_IN_USE",
        "the age scheme cannot change while incidents are stored in the bands of version " +
            std::to_string(current.version) +
            "; begin a new store for the new series, or undo the imports first",
        "Åldersindelningen kan inte bytas medan det finns händelser lagrade i den gamla (version " +
            std::to_string(current.version) +
            "): kurvor och kartor skulle blanda två indelningar. Börja ett nytt lager för den nya "
            "serien, eller ångra leveranserna först.");
  if (wanted.version <= current.version)
    throw InvalidRequest("age_scheme.version", "the version of a changed age scheme must be higher than " +
                                                   std::to_string(current.version) + ", the current one");
  return true;
}

geo::AgeScheme AgeSchemeFromJson(const std::string& text) {
  try {
    return Parse(text);
  } catch (const nlohmann::json::exception&) {
    throw StoreUnavailable("the store's age scheme is not readable; is the store damaged?");
  } catch (const geo::InvalidInput& error) {
    throw StoreUnavailable(std::string("the store's age scheme is wrong: ") + error.what());
  }
}

}  // namespace lagesbild::service
