#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "geo/bandwidth_selection.h"
#include "geo/situation_picture.h"

namespace lagesbild::service {

/// A bandwidth as a caller asks for it.
struct AskedBandwidth {
  geo::Meters value{1000};  ///< as PictureOptions::bandwidth; without meaning with a selector
  std::optional<geo::BandwidthSelector> selector = {};
};

/// What became of it, and why.
struct UsedBandwidth {
  std::optional<geo::BandwidthSelector> selector;
  geo::Meters value;           ///< as PictureOptions::bandwidth
  geo::Bandwidth asked, used;  ///< asked: what the selector gave where there was one
  std::string reason_sv, reason_en;
};

/// The bandwidth of a picture's own options.
UsedBandwidth BandwidthOfPicture(const geo::PictureOptions& options);

/// The bandwidth asked for. A selector looks at `points` inside the study area, corrected at the border
/// unless the options have no edge correction; what it gives is raised to the side of the density's cells, or
/// brought within the limits, and the reason says so. Throws geo::TooFewIncidents, NotReady("NO_BANDWIDTH")
/// where the rule gives none, Exhausted as SelectOrAbsence.
UsedBandwidth UseBandwidth(const AskedBandwidth& asked, const geo::PictureOptions& options,
                           std::span<const geo::PlanePoint> points, const geo::StudyArea& area,
                           std::stop_token stop);

/// As geo::SelectBandwidthOrAbsence. Throws Exhausted where a selector that searches would have to look at
/// more than limits::kSearchIncidents.
geo::BandwidthOrAbsence SelectOrAbsence(std::span<const geo::PlanePoint> points,
                                        const geo::BandwidthSelectionOptions& options);

/// Why a bandwidth was selected, in two languages, with both forms.
std::string SelectionReasonSv(const geo::BandwidthSelection& selection);
std::string SelectionReasonEn(const geo::BandwidthSelection& selection);

}  // namespace lagesbild::service
