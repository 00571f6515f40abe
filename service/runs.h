#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/situation_picture.h"
#include "service/picture_summary.h"
#include "service/run_content.h"
#include "service/store.h"

namespace lagesbild::service {

struct PictureRequest {
  IncidentSelection selection;        ///< first == last in this release
  geo::PictureOptions options;        ///< its role counts where the selection's is kAny
  std::string audience = "internal";  ///< only "internal" until disclosure control exists
};

/// Selects, analyzes and counts; no files.
///
/// Throws InvalidRequest (more than one quarter, another audience), NotReady("NO_MUNICIPALITY") and
/// NotReady("NO_DATA") when the stored deliveries do not span the quarter. A quarter is spanned when it lies
/// between the first and the last quarter with incidents of any reporter and kind: then no incident of the
/// selection means zero and is a valid picture. Before and after nobody is known to have looked, unless a
/// reporter had nothing to report in it.
geo::SituationPicture AnalyzePicture(Store& store, const PictureRequest& request, std::stop_token stop = {},
                                     const std::function<void(double, const char*)>& progress = {});

/// A picture with the version and CRS of the very data that it was made of.
struct PictureAnalysis {
  DataVersion data;
  geo::Epsg crs{0};
  geo::SituationPicture picture;
};

/// What an analysis of the content looks at. The area must outlive it.
geo::PictureInput PictureInputOf(const RunContent& content, geo::CalendarQuarter quarter,
                                 const geo::StudyArea& area);

/// Throws InvalidRequest unless the request is one of the internal audience: raw numbers are for no other.
void RequireInternal(const PictureRequest& request);

/// As AnalyzePicture, with the data version from the same load.
PictureAnalysis AnalyzeSelection(Store& store, const PictureRequest& request, std::stop_token stop = {},
                                 const std::function<void(double, const char*)>& progress = {});

/// Hash of data version, parameters and program version, 16 hex digits.
std::string RunId(const DataVersion& data, const PictureRequest& request);
/// Canonical text of every parameter, one `name=value` per line; input of the hash.
std::string ParametersText(const PictureRequest& request);
/// Why this bandwidth, with radius and standard deviation, in Swedish: for the files' metadata.
std::string BandwidthReasonSv(const geo::PictureOptions& options);
/// Version of this program, part of every run id.
std::string ProgramVersion();

/// AnalyzePicture, then all files under `folder`/<run id>, then the catalog entry. A run id that is there
/// already and whose files are intact (size and SHA-256) is returned as it is; damaged or missing files are
/// made again. Throws also maps::IoError.
PictureRecord MakePicture(Store& store, const PictureRequest& request, const std::filesystem::path& folder,
                          const std::string& now, std::stop_token stop = {},
                          const std::function<void(double, const char*)>& progress = {});

}  // namespace lagesbild::service
