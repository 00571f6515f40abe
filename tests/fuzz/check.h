#pragma once

#include <cstdio>
#include <cstdlib>

/// Stops the harness when a promise is broken; the fuzzer keeps the input.
#define FUZZ_CHECK(promise)                           \
  do {                                                \
    if (!(promise)) {                                 \
      std::fprintf(stderr, "broken: %s\n", #promise); \
      std::abort();                                   \
    }                                                 \
  } while (false)
