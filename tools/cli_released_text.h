#pragma once

#include <filesystem>

#include "lagesbild/v1/picture.pb.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// Prints a picture for partner or public: what is released, how far it was coarsened, files in `folder`.
void PrintReleased(Session& session, const v1::Picture& picture, const std::filesystem::path& folder);

}  // namespace lagesbild::tools
