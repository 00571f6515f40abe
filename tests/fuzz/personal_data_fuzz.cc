#include <cstdint>
#include <string>
#include <string_view>

#include "geo/personal_data.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto kind = lagesbild::geo::FindPersonalData(text))
    FUZZ_CHECK(!lagesbild::geo::PersonalDataKindCode(*kind).empty());
  // What stands before in the same cell, with a blank between, never hides an address.
  FUZZ_CHECK(lagesbild::geo::FindPersonalData(text + " namn@example.se").has_value());
  return 0;
}
