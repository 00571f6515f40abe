#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lagesbild::geo {

/// What happened: the taxonomy to which every reporter's own codes are mapped. Values are never reused.
enum class Category {
  kVandalism,
  kGraffiti,
  kArson,
  kAssault,
  kRobbery,
  kUnlawfulThreat,
  kMolestation,
  kTheft,
  kBurglary,
  kDisorder,
  kDrugs,
  kTraffic,
  kAbusiveTreatment,
  kBullying,
  kOnlineAbuse,
  kOnlineThreat,
  kOnlineImages,
  kOnlineChildSexualOffence,
  kSexualOffence,
  kCloseRelationViolence,
  kPerceivedUnsafety,
  kOther,
};

struct CategoryInfo {
  Category category;
  std::string_view code;      ///< "VANDALISM": in files, mappings and the API
  std::string_view label_sv;  ///< "skadegörelse"
  std::string_view label_en;  ///< "vandalism"
  bool digital;               ///< happens online: never a point
  bool sensitive;             ///< area level only towards partner and public
  bool incident;              ///< false for perceived unsafety, which is never summed with incidents
};

/// Version of the taxonomy; it changes when a value is added.
inline constexpr int kTaxonomyVersion = 1;

std::span<const CategoryInfo> Categories();
const CategoryInfo& InfoOf(Category category);
std::optional<Category> ParseCategory(std::string_view code);

}  // namespace lagesbild::geo
