#pragma once

#include <cstdint>

namespace lagesbild::service {

/// What StoreChanged says when an import's known incidents are no longer those of the store.
inline constexpr const char* kStoreChanged = "the store changed during the import; send it again";

/// Throws NotReady("DUPLICATES_ELSEWHERE"): import `later` left out `rows` of its rows as duplicates of the
/// one to undo.
[[noreturn]] void ThrowDuplicatesElsewhere(std::int64_t later, std::int64_t rows);

/// Throws NotReady("CORRECTED_ELSEWHERE"): import `later` corrects `incidents` of the one to undo.
[[noreturn]] void ThrowCorrectedElsewhere(std::int64_t later, std::int64_t incidents);

}  // namespace lagesbild::service
