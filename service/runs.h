#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "geo/situation_picture.h"
#include "service/store.h"

namespace lagesbild::service {

struct PictureRequest {
  IncidentSelection selection;  ///< first == last in this release
  geo::PictureOptions options;
  std::string audience = "internal";  ///< only "internal" until disclosure control exists
};

/// Selects, analyzes and counts; no files. Throws NotReady("NO_DATA") when no delivery ever covered the
/// quarter.
geo::SituationPicture AnalyzePicture(Store& store, const PictureRequest& request, std::stop_token stop = {},
                                     const std::function<void(double, const char*)>& progress = {});

/// Hash of data version, parameters and program version, 16 hex digits.
std::string RunId(const DataVersion& data, const PictureRequest& request);
/// Canonical text of every parameter, one `name=value` per line; input of the hash.
std::string ParametersText(const PictureRequest& request);

/// AnalyzePicture, then all files under `folder`/<run id>, then the catalog entry. A run id that is there
/// already and whose files are intact is returned as it is.
PictureRecord MakePicture(Store& store, const PictureRequest& request, const std::filesystem::path& folder,
                          const std::string& now, std::stop_token stop = {},
                          const std::function<void(double, const char*)>& progress = {});

/// The numbers of a picture as JSON (Swedish labels, statistics as value / too few / undefined): for listings
/// and the demo's summary.
std::string PictureSummaryJson(const geo::SituationPicture& picture);

}  // namespace lagesbild::service
