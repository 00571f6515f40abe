#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/released_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// Stands in every title of a released picture until publishing is audited.
inline constexpr const char* kDraftTitle = "UTKAST, ej för publicering";
inline constexpr const char* kDraftNote = "utkast, ej för publicering";
inline constexpr const char* kApproximatePlace = "ungefärlig plats";
/// The word for a value that is withheld, in every table, layer, legend and page.
inline constexpr const char* kSuppressedWord = "skyddat";

Instant PeriodStart(const geo::Period& period);
/// The last second of its last quarter.
Instant PeriodEnd(const geo::Period& period);

std::string PeriodCode(const geo::Period& period);  ///< "2026K3", "2025K4–2026K3"
std::string PeriodName(const geo::Period& period);  ///< "tredje kvartalet 2026", "fyra kvartal 2025K4–2026K3"
std::string PeriodDates(const geo::Period& period);  ///< "1 oktober 2025–30 september 2026"
/// "händelser per kvartal", "händelser på fyra kvartal": the unit of a count.
std::string CountUnit(const geo::Period& period);

std::string AreaLevelLabelSv(geo::AreaLevel level);   ///< "litet område", "tätort eller landsbygd", ...
std::string AreaLevelPhraseSv(geo::AreaLevel level);  ///< "per litet område", "hela kommunen", ...

bool IsReleased(const geo::Statistic& statistic);
/// "12" or "skyddat": never blank, and 0 only for a value of 0.
std::string DisplayText(const geo::Statistic& statistic);
/// "skyddat (färre än 5, eller skulle avslöja ett sådant värde)".
std::string SuppressedText(const geo::DisclosureRule& rule);
/// "visas", or SuppressedText.
std::string StatusText(const geo::DisclosureRule& rule, const geo::Statistic& statistic);

/// Which counts are shown at all and how large areas are: rule, its version and thresholds in one sentence.
std::string RuleText(const geo::ReleasedPicture& picture);
/// How far the map (or the table) was coarsened, and why: the steps in words, or that none was needed.
std::string CoarseningText(const geo::ReleasedPicture& picture, geo::CoarseningStep::View view);

/// How sure a released count is as a measure of the level, in one sentence: the exact 95 % interval of a
/// Poisson mean. A function of the released count alone.
std::string UncertaintySentence(int count, const geo::Period& period);

/// The same in few words, for lists: "antalet är 12, en nivå mellan 6 och 21 är rimlig (95 %)".
std::string UncertaintyPhrase(int count);

/// What is not counted on the map, and what the table counts beside it. Holds no number.
std::vector<std::string> MissingTexts(const geo::ReleasedPicture& picture, const PictureMetadata& metadata);

/// "UTKAST, ej för publicering – Heby 2026K3 – Antal per litet område – 13–24 år", with the warning when the
/// data are invented.
std::string ReleasedTitle(const PictureMetadata& metadata, const std::string& period, const std::string& what,
                          const std::string& group_label = {});

/// What holds for every layer of the picture: title, rule, coarsening, reporters, audience, version.
LayerMetadata ReleasedMetadata(const geo::ReleasedPicture& picture, const PictureMetadata& metadata,
                               const std::string& table, const std::string& title,
                               const std::string& abstract, const geo::Period& period);

/// Everything that holds for the picture as a whole, key and value, in reading order.
std::vector<std::pair<std::string, std::string>> AboutReleasedPicture(const geo::ReleasedPicture& picture,
                                                                      const PictureMetadata& metadata);

}  // namespace lagesbild::maps
