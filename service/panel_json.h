#pragma once

#include <nlohmann/json.hpp>

#include "geo/comparable_panel.h"

namespace lagesbild::service {

/// A comparison as a picture's stored numbers hold it: quarters, codes and counts, from which the rest
/// follows. Keys in the order written.
nlohmann::ordered_json PanelJson(const geo::ComparablePanel& panel);
/// Throws nlohmann::json::exception for what PanelJson did not write.
geo::ComparablePanel PanelFromJson(const nlohmann::json& json);

}  // namespace lagesbild::service
