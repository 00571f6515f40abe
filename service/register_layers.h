#pragma once

#include <vector>

#include "maps/register_layer.h"
#include "service/register_update.h"
#include "service/store.h"

namespace lagesbild::service {

/// Reads a file of places, roads, properties or neighbors for the municipality. No store is touched: what
/// `register import` stores and `register build` compiles is the same. Throws InvalidRequest (mapping),
/// maps::IoError.
maps::RegisterLayerFile ReadLayerFile(const std::string& kind, const std::filesystem::path& file,
                                      const std::string& mapping_toml, const Municipality& municipality);

/// The store's current layers with this one in the place of its kind and part.
std::vector<RegisterLayer> LayersWith(Store& store, const RegisterLayer& layer);

/// Makes a layer's file the current version of its kind and part. Throws as UpdateRegister,
/// NotReady("NO_MUNICIPALITY").
void ImportLayer(Store& store, const RegisterRequest& request, RegisterOutcome& outcome);

/// Throws InvalidRequest for a part that is none, or of a kind that has no parts.
void CheckPart(const RegisterRequest& request);

}  // namespace lagesbild::service
