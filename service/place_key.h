#pragma once

#include <string>
#include <string_view>

#include "service/hashing.h"

namespace lagesbild::service {

/// The salted key that stands for a place text once the text is gone. Same text and context, same key.
std::string PlaceKeyOf(const Hmac& keys, std::string_view address, std::string_view locality);

}  // namespace lagesbild::service
