#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "geo/released_picture.h"
#include "service/run_content.h"
#include "service/store.h"

namespace lagesbild::service {

struct ReleaseRequest {
  geo::Audience audience = geo::Audience::kPublic;
  geo::CalendarQuarter quarter;
  geo::DisclosureRules rules;
};

/// A release with what surrounds it.
struct Release {
  geo::DisclosureResult result;
  Municipality municipality;
  std::vector<Reporter> reporters;  ///< that count in the quarter, whether or not they reported anything
  DataVersion data;                 ///< for the catalog only, never for the audience
  geo::CalendarQuarter series_first;
};

/// What the audience may read of the quarter. The series begins with the first quarter that any delivery
/// covered when its first release was made, and stays so: an incident that is delivered late and lies before
/// it must not shape all releases anew. All reporters, roles and categories count, and there are no other
/// parameters. Nothing is stored.
///
/// Throws InvalidRequest (rules weaker than the defaults), NotReady("NO_MUNICIPALITY"), ("NO_DATA"),
/// ("BEFORE_SERIES"),
/// ("NO_ADDRESSES": the lattice needs dwellings), geo::Cancelled.
Release MakeRelease(Store& store, const ReleaseRequest& request, const std::stop_token& stop = {});

/// The fixed areas of a municipality under these rules. Throws NotReady("NO_ADDRESSES").
geo::Lattice LatticeOfRelease(const Municipality& municipality, const geo::StudyArea& area,
                              const geo::DisclosureRules& rules);

/// Hash of what is released, names of reporters included, of the registers behind the areas and of the
/// program's version; never of data: whoever knows all incidents but one must not be able to try the last one
/// out.
std::string ReleaseId(const Release& release);

/// MakeRelease, then its files under `folder`/<release id>, then the catalog entry, which is a draft.
PictureRecord MakeReleasedRun(Store& store, const ReleaseRequest& request,
                              const std::filesystem::path& folder, const std::string& now,
                              const std::stop_token& stop = {},
                              const std::function<void(double, const char*)>& progress = {});

}  // namespace lagesbild::service
