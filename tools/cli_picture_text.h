#pragma once

#include <filesystem>

#include "lagesbild/v1/picture.pb.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// Prints a picture for people: counts per age group, or "för få händelser"; hotspots; repeats; files in
/// `folder`.
void PrintPicture(Session& session, const v1::Picture& picture, const std::filesystem::path& folder);

}  // namespace lagesbild::tools
