#include "service/register_mapping.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "geo/address_style.h"
#include "geo/errors.h"
#include "geo/place_text.h"
#include "service/errors.h"
#include "service/mapping_parts.h"

namespace lagesbild::service {
namespace {

constexpr std::int64_t kMostRadius_m = 5000;
constexpr std::size_t kLongestAttribution = 300;

std::optional<geo::Epsg> OptionalEpsg(TomlSection& section) {
  const int epsg = ReadEpsg(section, "epsg");
  return epsg == 0 ? std::nullopt : std::optional(geo::Epsg{epsg});
}

void ReadAddressColumns(TomlSection section, maps::AddressTable& mapping) {
  section.Require("street", "the name of a column");
  section.Require("number", "the name of a column");
  section.Require("easting", "the name of a column: easting, or longitude");
  section.Require("northing", "the name of a column: northing, or latitude");
  for (const auto& [key, name] :
       {std::pair{"id", &mapping.id}, std::pair{"street", &mapping.street},
        std::pair{"number", &mapping.number}, std::pair{"letter", &mapping.letter},
        std::pair{"addition", &mapping.addition}, std::pair{"postcode", &mapping.postcode},
        std::pair{"postal_town", &mapping.postal_town}, std::pair{"locality", &mapping.locality},
        std::pair{"district", &mapping.district}, std::pair{"easting", &mapping.easting},
        std::pair{"northing", &mapping.northing}})
    *name = ReadColumn(section, key);
  section.RefuseUnknownKeys();
}

maps::LayerSource ReadLayer(TomlSection section, bool area, bool place) {
  maps::LayerSource source;
  source.layer = section.Text("layer").value_or("");
  source.crs = OptionalEpsg(section);
  source.where = ReadColumn(section, "where");
  source.equals = section.Text("equals").value_or("");
  if (section.Has("where") != section.Has("equals"))
    section.Wrong("where", "where names a column and equals what it must hold; give both or none");
  if (area || place) {
    section.Require("name", "the name of a column");
    source.code = ReadColumn(section, "code");
    source.name = ReadColumn(section, "name");
  }
  if (place) {
    source.alias = ReadColumn(section, "alias");
    source.kind = ReadColumn(section, "kind");
    source.locality = ReadColumn(section, "locality");
    source.default_kind = section.Text("default_kind").value_or("");
  }
  section.RefuseUnknownKeys();
  return source;
}

void ReadHead(TomlSection section, MunicipalityConfig& config) {
  section.Require("version", "1");
  if (const auto version = section.Integer("version"); version && *version != 1)
    section.Wrong("version", "the version of the configuration must be 1");
  for (const auto& [key, text] :
       {std::pair{"code", &config.source.code}, std::pair{"name", &config.source.name}}) {
    section.Require(key, std::string("the municipality's ") + key);
    *text = section.Text(key).value_or("");
    if (section.Has(key) && (text->empty() || text->size() > 60))
      section.Wrong(key, std::string("the ") + key + " must have 1 to 60 bytes");
  }
  if (const int epsg = ReadEpsg(section, "crs"); epsg != 0) config.source.crs = geo::Epsg{epsg};
  config.source.synthetic = section.Boolean("synthetic").value_or(false);
  if (const auto language = section.Text("language"); language && *language != "sv")
    section.Wrong("language",
                  "the language must be \"sv\": layers and reports are written in Swedish so far");
  config.address_style = section.Text("address_style").value_or(config.address_style);
  if (geo::FindAddressStyle(config.address_style) == nullptr)
    section.Wrong("address_style",
                  "the address style must be one of " + std::string(geo::AddressStyleCodes()));
  section.RefuseUnknownKeys();
}

std::vector<const char*> RolesOf(const std::string& kind) {
  if (kind == "places")
    return {"name",       "aliases",  "kind",   "id",   "locality", "radius",
            "valid_from", "valid_to", "source", "epsg", "easting",  "northing"};
  if (kind == "roads") return {"name", "other_name", "number", "european", "category", "id"};
  if (kind == "properties") return {"designation", "tract", "label", "municipality", "source"};
  return {"name", "source", "easting", "northing"};
}

void ReadLayerChoice(TomlSection section, maps::LayerMapping& mapping) {
  mapping.layer = section.Text("name").value_or("");
  mapping.where = ReadColumn(section, "where");
  mapping.equals = section.Text("equals").value_or("");
  if (section.Has("where") != section.Has("equals"))
    section.Wrong("where", "where names a column and equals what it must hold; give both or none");
  section.RefuseUnknownKeys();
}

void ReadLayerCoordinates(TomlSection section, maps::LayerMapping& mapping) {
  mapping.crs = OptionalEpsg(section);
  if (const auto radius = section.Integer("radius_m")) {
    if (*radius < 1 || *radius > kMostRadius_m)
      section.Wrong("radius_m", "coordinates.radius_m must be 1 to 5000 meters");
    mapping.radius = geo::Meters{static_cast<double>(*radius)};
  }
  section.RefuseUnknownKeys();
}

/// [kinds]: default, and [kinds.values]: the file's own word = ours.
void ReadKinds(TomlSection section, maps::LayerMapping& mapping) {
  mapping.default_kind = section.Text("default").value_or("");
  if (const toml::table* words = section.Words("values"))
    for (const auto& [word, node] : *words) {
      const auto kind = node.value<std::string>();
      if (!kind || kind->empty() || kind->size() > 40)
        section.WrongAt(node, "values", "a kind must be a text of 1 to 40 bytes, such as \"school\"");
      else
        mapping.kinds[geo::LowerCase(geo::CleanText(word.str()))] = *kind;
    }
  section.RefuseUnknownKeys();
}

struct Ages {
  int first = 0, last = 0;
};

/// "0-11", "15", "26+".
std::optional<Ages> ReadAges(std::string_view text) {
  const bool open = !text.empty() && text.back() == '+';
  if (open) text.remove_suffix(1);
  const std::size_t dash = text.find('-');
  const auto number = [](std::string_view digits) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value < 0 ||
        value > 120)
      return std::nullopt;
    return value;
  };
  const auto first = number(text.substr(0, dash));
  const auto last = open                             ? std::optional(geo::kOpenAge)
                    : dash == std::string_view::npos ? first
                                                     : number(text.substr(dash + 1));
  if (!first || !last || (open && dash != std::string_view::npos)) return std::nullopt;
  return Ages{*first, *last};
}

std::string SlugOf(const std::string& code) {
  std::string slug;
  for (const char c : code) {
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c - 'A' + 'a');
    else
      slug += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  }
  return slug;
}

std::optional<geo::AgeGroupKind> KindOf(std::string_view text) {
  if (text == "headline") return geo::AgeGroupKind::kHeadline;
  if (text == "subtotal") return geo::AgeGroupKind::kSubtotal;
  return std::nullopt;
}

geo::AgeGroup ReadGroup(TomlSection section) {
  geo::AgeGroup group;
  section.Require("code", "a short name in capitals, as \"UNGDOM\"");
  section.Require("ages", "the ages, as \"13-17\" or \"25+\"");
  section.Require("label_sv", "what people read, as \"Ungdomar 13–17 år\"");
  group.code = section.Text("code").value_or("");
  group.slug = section.Text("slug").value_or(SlugOf(group.code));
  group.label_sv = section.Text("label_sv").value_or("");
  group.label_en = section.Text("label_en").value_or(group.label_sv);
  if (const auto kind = KindOf(section.Text("kind").value_or("headline")))
    group.kind = *kind;
  else
    section.Wrong("kind",
                  "the kind must be headline or subtotal; unknown ages and the total come by themselves");
  if (const auto text = section.Text("ages")) {
    const auto ages = ReadAges(*text);
    if (!ages) section.Wrong("ages", "the ages must be written as \"13-17\", \"15\" or \"25+\"");
    group.first_age = ages.value_or(Ages{}).first;
    group.last_age = ages.value_or(Ages{}).last;
  }
  section.RefuseUnknownKeys();
  return group;
}

/// Headline groups, unknown, subtotals, total: the order in which they are shown.
std::vector<geo::AgeGroup> Ordered(const std::vector<geo::AgeGroup>& groups) {
  const geo::AgeScheme standard = geo::DefaultAgeScheme();
  std::vector<geo::AgeGroup> ordered;
  const auto add = [&](const std::vector<geo::AgeGroup>& from, geo::AgeGroupKind kind) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(ordered),
                 [&](const geo::AgeGroup& group) { return group.kind == kind; });
  };
  add(groups, geo::AgeGroupKind::kHeadline);
  add(standard.groups, geo::AgeGroupKind::kUnknown);
  add(groups, geo::AgeGroupKind::kSubtotal);
  add(standard.groups, geo::AgeGroupKind::kTotal);
  return ordered;
}

std::optional<geo::AgeScheme> ReadAgeScheme(TomlSection section, std::size_t violations_before,
                                            const std::vector<FieldViolation>& violations) {
  if (!section.present()) return std::nullopt;
  geo::AgeScheme scheme;
  section.Require("version", "a whole number; the scheme that a new store has is version 1");
  section.Require("valid_from", "a day, as \"2026-01-01\"");
  section.Require("bands", "a list of ages, as [\"0-11\", \"12-17\", \"18+\"]");
  scheme.version = static_cast<int>(section.Integer("version").value_or(0));
  if (section.Has("version") && scheme.version < 1) section.Wrong("version", "the version must be 1 or more");
  scheme.valid_from = section.Text("valid_from").value_or("");
  for (const std::string& text : section.Texts("bands")) {
    const auto ages = ReadAges(text);
    if (ages)
      scheme.bands.push_back({text, ages->first, ages->last});
    else
      section.Wrong("bands", "an age band must be written as \"13-17\", \"15\" or \"25+\"");
  }
  std::vector<geo::AgeGroup> groups;
  for (TomlSection& group : section.Sections("groups")) groups.push_back(ReadGroup(std::move(group)));
  section.RefuseUnknownKeys();
  if (violations.size() > violations_before) return scheme;
  scheme.groups = Ordered(groups);
  try {
    geo::CheckAgeScheme(scheme);
  } catch (const geo::InvalidInput& error) {
    section.Wrong("", error.what());
  }
  return scheme;
}

}  // namespace

maps::AddressTable ParseAddressMapping(const std::string& toml) {
  const toml::table table = ParseToml(toml);
  std::vector<FieldViolation> violations;
  TomlSection root(&table, "", violations);
  maps::AddressTable mapping;
  TomlSection head = root.Section("mapping");
  ReadMappingHead(head);
  head.RefuseUnknownKeys();
  mapping.table = ReadTableOptions(root.Section("file"));
  ReadAddressColumns(root.Section("columns"), mapping);
  TomlSection coordinates = root.Section("coordinates");
  coordinates.Require("epsg", "the EPSG code of the coordinates: 4326 for longitude and latitude");
  mapping.coordinates = geo::Epsg{ReadEpsg(coordinates, "epsg")};
  if (const auto radius = coordinates.Integer("radius_m")) {
    if (*radius < 1 || *radius > kMostRadius_m)
      coordinates.Wrong("radius_m", "coordinates.radius_m must be 1 to 5000 meters");
    mapping.accuracy_radius = geo::Meters{static_cast<double>(*radius)};
  }
  coordinates.RefuseUnknownKeys();
  root.RefuseUnknownKeys();
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
  return mapping;
}

maps::LayerMapping ParseLayerMapping(const std::string& kind, const std::string& toml) {
  const toml::table table = ParseToml(toml);
  std::vector<FieldViolation> violations;
  TomlSection root(&table, "", violations);
  maps::LayerMapping mapping;
  TomlSection head = root.Section("mapping");
  ReadMappingHead(head);
  mapping.attribution = head.Text("attribution").value_or("");
  if (mapping.attribution.size() > kLongestAttribution)
    head.Wrong("attribution", "the attribution must have at most 300 bytes");
  head.RefuseUnknownKeys();
  if (root.Has("file")) mapping.table = ReadTableOptions(root.Section("file"));
  ReadLayerChoice(root.Section("layer"), mapping);
  TomlSection columns = root.Section("columns");
  for (const char* role : RolesOf(kind))
    if (columns.Has(role)) mapping.columns[role] = ReadColumn(columns, role);
  columns.RefuseUnknownKeys();
  if (kind == "places" || kind == "neighbors") columns.Require("name", "the name of a column");
  ReadLayerCoordinates(root.Section("coordinates"), mapping);
  if (kind == "places") ReadKinds(root.Section("kinds"), mapping);
  root.RefuseUnknownKeys();
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
  return mapping;
}

MunicipalityConfig ParseMunicipality(const std::string& toml) {
  const toml::table table = ParseToml(toml);
  std::vector<FieldViolation> violations;
  TomlSection root(&table, "", violations);
  MunicipalityConfig config;
  ReadHead(root.Section("municipality"), config);
  config.source.boundary = ReadLayer(root.Section("boundary"), false, false);
  if (root.Has("districts")) config.source.districts = ReadLayer(root.Section("districts"), true, false);
  if (root.Has("localities")) config.source.localities = ReadLayer(root.Section("localities"), true, false);
  if (root.Has("places")) config.source.places = ReadLayer(root.Section("places"), false, true);
  config.age_scheme = ReadAgeScheme(root.Section("age_scheme"), violations.size(), violations);
  root.RefuseUnknownKeys();
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
  return config;
}

}  // namespace lagesbild::service
