#pragma once

#include <chrono>
#include <cstdint>

/// Every cap of the service in one place. What proto/ promises about sizes and ranges is checked against
/// these.
namespace lagesbild::service::limits {

inline constexpr std::int64_t kChunkBytes = 1 << 20;        ///< of an upload: refused above
inline constexpr std::int64_t kSentChunkBytes = 256 << 10;  ///< of what we send
inline constexpr std::int64_t kUploadBytes = std::int64_t{512} << 20;
inline constexpr std::size_t kMappingBytes = 256 << 10;
inline constexpr std::size_t kFileNameBytes = 255;
inline constexpr std::size_t kPlaceTextBytes = 1000;
inline constexpr std::size_t kShortTextBytes = 200;

inline constexpr double kMinCellM = 10, kMaxCellM = 10'000;
inline constexpr double kMinBandwidthM = 10, kMaxBandwidthM = 5'000;
inline constexpr double kMaxBandwidthCells = 500;  ///< bandwidth / density cell
inline constexpr double kMinAccuracyM = 1, kMaxAccuracyM = 5'000;
inline constexpr int kMinPermutations = 99, kMaxPermutations = 9'999;
inline constexpr int kBandwidths = 8;         ///< of one call
inline constexpr int kLocations = 10'000;     ///< of one call
inline constexpr double kBinnedCells = 20e6;  ///< of the binned method's plane, the reach around included
inline constexpr int kMinResamples = 10, kMaxResamples = 10'000;
inline constexpr int kMinCurvePoints = 3, kMaxCurvePoints = 1'000;
inline constexpr double kMaxTrim = 100;
inline constexpr double kMinTopShare = 0.001, kMaxTopShare = 0.5;
inline constexpr double kMinBandLevel = 0.5, kMaxBandLevel = 0.999;
inline constexpr int kContours = 10;
inline constexpr std::size_t kSearchIncidents = 10'000;  ///< that a search for a bandwidth compares in pairs
inline constexpr double kRedrawSums = 2e11;              ///< cells x redraws x incidents of the smaller group
inline constexpr std::int64_t kAnalysisCells = 25'000'000;
inline constexpr std::int64_t kAnalysisBytes = std::int64_t{512} << 20;

inline constexpr int kFirstYear = 1900, kLastYear = 2200;
inline constexpr int kSelectionQuarters = 40;
inline constexpr int kSelectionValues = 100;  ///< categories or reporters named in one call
inline constexpr int kBatchQueries = 1'000;
inline constexpr int kStreamBatch = 100;  ///< queries in one message of a stream
inline constexpr std::int64_t kStreamQueries = 5'000'000;
inline constexpr double kNearestM = 200, kMinNearestM = 1, kMaxNearestM = 5'000;
inline constexpr int kSuggestions = 10, kMaxSuggestions = 20;
inline constexpr std::size_t kTypedBytes = 100;
inline constexpr double kReportAccuracyM = 500;  ///< coarser is told as coarse: half the usual bandwidth
inline constexpr std::size_t kNoteBytes = 200;
inline constexpr std::size_t kTextsToResolve = 50;

inline constexpr int kRecordedReporters = 1'000;  ///< named in one call
inline constexpr int kMaxAim = 10'000;

inline constexpr int kPageSize = 100, kMaxPageSize = 1'000;
inline constexpr int kPicturePageSize = 50, kMaxPicturePageSize = 200;
inline constexpr int kLayerPageSize = 20, kMaxLayerPageSize = 100;
inline constexpr int kRejectedPreview = 20;
inline constexpr int kAttackPairs = 1'000, kMaxAttackPairs = 100'000;

inline constexpr int kConcurrentStreams = 64;                      ///< per connection
inline constexpr int kThreads = 64;                                ///< calls beyond it get RESOURCE_EXHAUSTED
inline constexpr std::chrono::milliseconds kCancellationPoll{20};  ///< promised: at most 50 ms
inline constexpr std::chrono::seconds kBlockedWrite{30};  ///< a reader that stands still so long is cut off
inline constexpr std::chrono::seconds kIdleUpload{60};    ///< so is an upload that sends nothing
inline constexpr std::chrono::seconds kDrainWait{2};
inline constexpr std::chrono::seconds kDrainDeadline{20};
inline constexpr std::size_t kTokenCharacters = 32;  ///< a shorter token is refused

}  // namespace lagesbild::service::limits
