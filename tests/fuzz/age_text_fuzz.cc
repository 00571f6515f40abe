#include <cstdint>
#include <string>

#include "service/age_text.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lagesbild::geo::AgeScheme scheme = lagesbild::geo::DefaultAgeScheme();
  lagesbild::service::Mapping mapping;
  mapping.missing_words = {"", "-"};
  const lagesbild::service::AgeReading reading =
      lagesbild::service::ReadAge(std::string(reinterpret_cast<const char*>(data), size), mapping, scheme);
  FUZZ_CHECK(reading.age.known() == (reading.error.empty() && !reading.missing));
  FUZZ_CHECK(!reading.age.known() || reading.age.first <= reading.age.last);
  return 0;
}
