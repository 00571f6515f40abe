#pragma once

#include <string>
#include <vector>

#include "maps/report.h"

namespace lagesbild::maps {

/// Who answered, had nothing to report, did not answer and was not asked, each by name, and the response
/// rate: one sentence. Empty when the picture knows of no reporter.
std::string CoverageSentence(const geo::SituationPicture& picture, const PictureMetadata& metadata);

/// The change against the quarter before on those present in both: "Jämförbara uppgiftslämnare: 12 till 11
/// (−8 %), osäkert, …". Says so where nobody can be compared. Empty without comparisons.
std::string ChangeSentence(const geo::SituationPicture& picture);

/// The changes against the quarter before and a year before, with new, returned and lost reporters by name,
/// apart.
ReportSection ChangeSection(const geo::SituationPicture& picture, const PictureMetadata& metadata);

/// What a place that rests on newly joined reporters must say; empty for others.
std::string NewReportersText(int incidents, int of_new);

}  // namespace lagesbild::maps
