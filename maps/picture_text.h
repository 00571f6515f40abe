#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// Stands in every title and description of invented data.
inline constexpr const char* kSyntheticWarning = "SYNTETISKA DATA – ej verkliga händelser";

Instant PeriodStart(geo::CalendarQuarter quarter);
/// The last second of the quarter: QGIS's temporal filter would show the next quarter's first second in both.
Instant PeriodEnd(geo::CalendarQuarter quarter);

/// "1 juli–30 september 2026".
std::string PeriodText(geo::CalendarQuarter quarter);

/// "Heby 2026K3 – Hotspots – Ungdomar 13–17 år – alla roller", with the warning when the data are invented.
std::string Title(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                  const std::string& what, const std::string& group_label = {});

/// "40 godkända händelser = 29 placerade + 6 oplacerade + 5 digitala".
std::string TallyText(const geo::Tally& incidents);

/// What a person must know before the first look: the age groups' layers cover each other.
inline constexpr const char* kOneGroupAtATime = "Slå på en åldersgrupp i taget";

/// "prövad", "för få händelser: 7 åtskilda (10 placerade; upprepningar räknas en gång), minst 10", or why
/// else the group is not tested.
std::string StatusText(const geo::SituationPicture& picture, const geo::PictureLayer& layer);

/// "stödradie 1000 m (standardavvikelse 354 m), kvartisk kärna".
std::string BandwidthText(const geo::SituationPicture& picture);

/// "BH över m = 1234 prövningar i åldersgrupperna", "BH över m = 567 egna rutor (egen familj, utforskande)"
/// for a merged group, or that the group is not tested.
std::string FamilyText(const geo::PictureLayer& layer);

/// "gemensam för åldersgrupperna" or "egen familj, utforskande"; empty when not tested.
std::string FamilyKindText(const geo::PictureLayer& layer);

/// "Varför denna bandbredd: … ." as one sentence with one full stop; empty without a reason.
std::string BandwidthReasonText(const PictureMetadata& metadata);

/// The test in one sentence, with the correction as `family` says it, redraws and seed.
std::string TestText(const geo::SituationPicture& picture, const std::string& family);

/// "Bebyggelse AB (BOST), Polisen (POLIS)".
std::string ReportersText(const PictureMetadata& metadata);

/// Abstract of one age group's layers: what is shown, what is left out, how it was made, from whom.
std::string GroupAbstract(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                          const geo::PictureLayer& layer, const std::string& what,
                          const std::string& caution);

/// Identifier, title, abstract, audience, history and period, for any layer of the picture.
LayerMetadata MakeLayerMetadata(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                                const std::string& table, const std::string& title,
                                const std::string& abstract);

/// Everything that holds for the picture as a whole, key and value, in reading order.
std::vector<std::pair<std::string, std::string>> AboutPicture(const geo::SituationPicture& picture,
                                                              const PictureMetadata& metadata,
                                                              const Legend& legend);

}  // namespace lagesbild::maps
