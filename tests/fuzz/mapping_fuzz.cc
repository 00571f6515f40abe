#include <cstdint>
#include <string>

#include "service/errors.h"
#include "service/mapping.h"
#include "tests/fuzz/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const lagesbild::service::Mapping mapping =
        lagesbild::service::ParseMapping(std::string(reinterpret_cast<const char*>(data), size));
    FUZZ_CHECK(!mapping.date_column.empty() && !mapping.date_formats.empty());
    FUZZ_CHECK(!mapping.address_columns.empty() || mapping.coordinate_epsg > 0);
  } catch (const lagesbild::service::InvalidRequest& error) {
    FUZZ_CHECK(!error.violations.empty() && !error.violations.front().description.empty());
  }
  return 0;
}
