#include "geo/category.h"

#include <algorithm>
#include <array>

namespace lagesbild::geo {
namespace {

constexpr std::array<CategoryInfo, 22> kCategories{{
    // category, code, Swedish, English, digital, sensitive, incident
    {Category::kVandalism, "VANDALISM", "skadegörelse", "vandalism", false, false, true},
    {Category::kGraffiti, "GRAFFITI", "klotter", "graffiti", false, false, true},
    {Category::kArson, "ARSON", "anlagd brand", "arson", false, false, true},
    {Category::kAssault, "ASSAULT", "misshandel", "assault", false, false, true},
    {Category::kRobbery, "ROBBERY", "rån", "robbery", false, false, true},
    {Category::kUnlawfulThreat, "UNLAWFUL_THREAT", "olaga hot", "unlawful threat", false, false, true},
    {Category::kMolestation, "MOLESTATION", "ofredande", "molestation", false, false, true},
    {Category::kTheft, "THEFT", "stöld", "theft", false, false, true},
    {Category::kBurglary, "BURGLARY", "inbrott", "burglary", false, false, true},
    {Category::kDisorder, "DISORDER", "ordningsstörning", "disorder", false, false, true},
    {Category::kDrugs, "DRUGS", "narkotika", "drugs", false, false, true},
    {Category::kTraffic, "TRAFFIC", "trafik", "traffic", false, false, true},
    {Category::kAbusiveTreatment, "ABUSIVE_TREATMENT", "kränkande behandling", "abusive treatment", false,
     false, true},
    {Category::kBullying, "BULLYING", "mobbning", "bullying", false, false, true},
    {Category::kOnlineAbuse, "ONLINE_ABUSE", "nätkränkning", "online abuse", true, false, true},
    {Category::kOnlineThreat, "ONLINE_THREAT", "hot på nätet", "online threat", true, false, true},
    {Category::kOnlineImages, "ONLINE_IMAGES", "bildspridning på nätet", "spreading of images online", true,
     false, true},
    {Category::kOnlineChildSexualOffence, "ONLINE_CHILD_SEXUAL_OFFENCE", "sexualbrott mot barn på nätet",
     "sexual offence against a child online", true, true, true},
    {Category::kSexualOffence, "SEXUAL_OFFENCE", "sexualbrott", "sexual offence", false, true, true},
    {Category::kCloseRelationViolence, "CLOSE_RELATION_VIOLENCE", "våld i nära relation",
     "violence in a close relation", false, true, true},
    {Category::kPerceivedUnsafety, "PERCEIVED_UNSAFETY", "otrygghet", "perceived unsafety", false, false,
     false},
    {Category::kOther, "OTHER", "övrigt", "other", false, false, true},
}};

}  // namespace

std::span<const CategoryInfo> Categories() { return kCategories; }

const CategoryInfo& InfoOf(Category category) {
  return *std::find_if(kCategories.begin(), kCategories.end(),
                       [&](const CategoryInfo& info) { return info.category == category; });
}

std::optional<Category> ParseCategory(std::string_view code) {
  for (const CategoryInfo& info : kCategories)
    if (info.code == code) return info.category;
  return std::nullopt;
}

}  // namespace lagesbild::geo
