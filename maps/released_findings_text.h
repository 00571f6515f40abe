#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/released_hot_areas.h"
#include "geo/released_picture.h"

namespace lagesbild::maps {

/// "tydligt fler än väntat (stabilt)", "inget tydligt", "för få områden", "skyddat", ...: never blank.
std::string AgainstExpectedText(const geo::AreaFinding& finding);
/// "fler än 2025K3", "ingen säker skillnad mot 2025K3", "kan inte jämföras", "skyddat".
std::string ChangeText(const geo::ChangeFinding& finding, const geo::Period& period);
/// Whom an area of the layer is compared with, in one phrase: "de 7 områden vars antal visas, efter invånare
/// i åldern 13–24 år".
std::string ComparisonText(const geo::ReleasedLayer& layer);

/// 1 more than expected, 2 clearly more, 0 nothing clear, -1 not assessed. Never reused.
std::int64_t HotCode(const geo::AreaFinding& finding);
/// " ▲", " ▲▲" or empty: stands behind the number on a map.
std::string HotMark(const geo::AreaFinding& finding);
inline constexpr const char* kHotMarkNote =
    "▲ fler än väntat av invånarna, ▲▲ tydligt fler; jämfört bara med områden vars antal visas";

/// Hot areas of all layers, a sentence each, clearest first. Empty when there are none.
std::vector<std::string> HotSentences(const geo::ReleasedPicture& picture);
/// The first of them; or that there are none, or that none could be assessed.
std::string HotSummary(const geo::ReleasedPicture& picture);
/// Sure changes of the map's areas, a sentence each.
std::vector<std::string> ChangeSentences(const geo::ReleasedPicture& picture);
/// That there are no sure changes, or that nothing could be compared; empty when there are some.
std::string NoChangeSentence(const geo::ReleasedPicture& picture);
/// Sure changes among the rows of the table and how many others were compared, in one sentence; empty when
/// nothing could be compared.
std::string RowChangeSentence(const geo::ReleasedPicture& picture);

}  // namespace lagesbild::maps
