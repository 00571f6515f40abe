#include "tools/bench_geocode/compiled_size.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "service/register_index_file.h"
#include "tools/bench_geocode/size.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {
namespace {

/// A file that is gone afterwards.
class TemporaryIndex {
 public:
  TemporaryIndex()
      : path_(std::filesystem::temp_directory_path() /
              ("lagesbild_bench_" + std::to_string(::getpid()) + ".lbidx")) {}
  ~TemporaryIndex() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryIndex(const TemporaryIndex&) = delete;
  TemporaryIndex& operator=(const TemporaryIndex&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Asks the system to keep nothing of the file in memory; it need not obey.
  void Drop() const {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ::fsync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
  }

 private:
  std::filesystem::path path_;
};

std::string TextOf(const geo::Address& address) {
  return address.area + " " + std::to_string(address.number) + address.letter;
}

/// Seconds from the file's name to the first answer.
double SecondsToAnswer(const std::filesystem::path& path, const std::string& text,
                       std::optional<geo::Geocoder>& geocoder, bool& answered) {
  geocoder.reset();
  const auto begin = std::chrono::steady_clock::now();
  geocoder.emplace(service::OpenRegisterIndex(path));
  const geo::GeocodeMatch match = geocoder->Geocode({.address = text});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  answered = answered && match.level == geo::MatchLevel::kAddressPoint;
  return taken.count();
}

}  // namespace

CompiledSizeScore MeasureCompiledSize(geo::Gazetteer gazetteer, int runs) {
  CompiledSizeScore score;
  score.addresses = gazetteer.addresses.size();
  if (score.addresses == 0) return score;
  std::set<std::string> streets;
  for (const geo::Address& address : gazetteer.addresses) streets.insert(address.area);
  score.streets = streets.size();
  streets.clear();
  const TemporaryIndex file;
  const std::string text = TextOf(gazetteer.addresses[score.addresses / 2]);
  const double begin = ThreadCpuSeconds();
  service::WriteRegisterIndex(file.path(), geo::Geocoder(gazetteer), {});
  score.build_s = ThreadCpuSeconds() - begin;
  gazetteer = {};
  score.file_mb = static_cast<double>(std::filesystem::file_size(file.path())) / 1e6;
  file.Drop();
  const double before = ResidentMb();
  std::optional<geo::Geocoder> geocoder;
  score.answered = true;
  score.cold_s = SecondsToAnswer(file.path(), text, geocoder, score.answered);
  score.resident_mb = ResidentMb() - before;
  std::vector<double> warm;
  for (int run = 0; run < std::max(1, runs); ++run)
    warm.push_back(SecondsToAnswer(file.path(), text, geocoder, score.answered));
  std::nth_element(warm.begin(), warm.begin() + static_cast<std::ptrdiff_t>(warm.size() / 2), warm.end());
  score.warm_s = warm[warm.size() / 2];
  return score;
}

void PrintCompiledSizes(BenchReport& report, const std::vector<CompiledSizeScore>& scores) {
  report.Begin("compiled", "Kompilerat register", "Compiled register",
               {{"register", "register", "register"},
                {"address_count", "adresser", "addresses"},
                {"street_count", "gator", "streets"},
                {"build_s", "bygge s", "build s"},
                {"file_mb", "fil MB", "file MB"},
                {"cold_s", "kallt s", "cold s"},
                {"warm_s", "varmt s", "warm s"},
                {"resident_mb", "minne MB", "memory MB"},
                {"answered", "svarar", "answers"}});
  for (const CompiledSizeScore& of : scores) {
    const char* answered =
        of.answered ? (report.swedish() ? "ja" : "yes") : (report.swedish() ? "NEJ" : "NO");
    report.Row({{report.swedish() ? of.sv : of.en, of.code},
                report.Count(static_cast<long long>(of.addresses)),
                report.Count(static_cast<long long>(of.streets)),
                report.Number(of.build_s, 2),
                report.Number(of.file_mb, 1),
                report.Number(of.cold_s, 3),
                report.Number(of.warm_s, 3),
                report.Number(of.resident_mb, 1),
                {answered, of.answered}});
  }
  report.Note("Sekunder från filens namn till det första svaret: kallt utan att filen ligger i minnet.",
              "Seconds from the file's name to the first answer: cold with the file not in memory.");
}

}  // namespace lagesbild::tools::bench
