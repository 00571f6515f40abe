#include "tools/bench_geocode/size.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/register_index_file.h"
#include "tools/bench_geocode/register.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {
namespace {

double ResidentMib() {
  ::malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

constexpr double kMbPerMib = 1.048576;

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

geo::Gazetteer ManyStreets(std::size_t size) {
  static constexpr std::array<const char*, 40> kFirst{
      "Al",     "Ask",   "Berg", "Björk", "Blom", "Bo",   "By",   "Dal",  "Ek",   "Eng",
      "Fager",  "Fors",  "Glim", "Gran",  "Grå",  "Häll", "Hav",  "Hag",  "Järn", "Kalk",
      "Klöver", "Kvarn", "Lind", "Ljung", "Lund", "Mark", "Mo",   "Myr",  "Norr", "Nät",
      "Orre",   "Palm",  "Ros",  "Sand",  "Sjö",  "Skog", "Sten", "Tall", "Vid",  "Älv"};
  static constexpr std::array<const char*, 40> kMiddle{
      "backe", "bergs",  "blads", "bro",   "bruks",   "by",    "dals",  "damms", "ek",    "fors",
      "grens", "gruve",  "gårds", "hage",  "hamns",   "hems",  "holms", "hults", "hus",   "klippe",
      "kulle", "kvists", "lunda", "löts",  "marks",   "mosse", "ort",   "parks", "rumms", "ryds",
      "skogs", "slätts", "stads", "stens", "strands", "torps", "träds", "udds",  "vale",  "åkers"};
  static constexpr std::array<const char*, 20> kLast{
      "gatan",   "vägen",   "gränd",   "stigen",    "torget",     "backen",   "allén",
      "platsen", "gången",  "slingan", "ringen",    "svängen",    "kroken",   "promenaden",
      "leden",   "brinken", "plan",    "rondellen", "esplanaden", "tvärgränd"};
  constexpr std::size_t kStreets = kFirst.size() * kMiddle.size() * kLast.size();
  geo::Gazetteer gazetteer;
  gazetteer.addresses.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t street = i % kStreets, number = i / kStreets + 1;
    geo::Address address;
    address.id = "a" + std::to_string(i);
    address.area = std::string(kFirst[street % kFirst.size()]) +
                   kMiddle[street / kFirst.size() % kMiddle.size()] +
                   kLast[street / kFirst.size() / kMiddle.size()];
    address.number = static_cast<int>(number);
    address.postcode = std::to_string(74000 + street % 90);
    address.postal_town = "Storstad";
    address.position = {geo::Meters{550'000.0 + 500.0 * static_cast<double>(street % 200) +
                                    20.0 * static_cast<double>(number)},
                        geo::Meters{6'600'000.0 + 500.0 * static_cast<double>(street / 200)}};
    gazetteer.addresses.push_back(std::move(address));
  }
  return gazetteer;
}

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
  const double before = ResidentMib();
  std::optional<geo::Geocoder> geocoder;
  score.answered = true;
  score.cold_s = SecondsToAnswer(file.path(), text, geocoder, score.answered);
  score.resident_mb = (ResidentMib() - before) * kMbPerMib;
  std::vector<double> warm;
  for (int run = 0; run < std::max(1, runs); ++run)
    warm.push_back(SecondsToAnswer(file.path(), text, geocoder, score.answered));
  std::nth_element(warm.begin(), warm.begin() + static_cast<std::ptrdiff_t>(warm.size() / 2), warm.end());
  score.warm_s = warm[warm.size() / 2];
  return score;
}

SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size) {
  SizeScore score;
  const double empty = ResidentMib();
  geo::Gazetteer scaled = Scaled(gazetteer, size);
  score.addresses = scaled.addresses.size();
  std::set<std::string_view> streets;
  for (const geo::Address& address : scaled.addresses) streets.insert(address.area);
  score.streets = streets.size();
  streets.clear();
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < scaled.addresses.size(); i += std::max<std::size_t>(1, size / 5000))
    texts.push_back(scaled.addresses[i].area + " " + std::to_string(scaled.addresses[i].number) +
                    scaled.addresses[i].letter);
  score.register_mib = ResidentMib() - empty;
  const double begin = ThreadCpuSeconds();
  const geo::Geocoder geocoder(std::move(scaled));
  score.build_s = ThreadCpuSeconds() - begin;
  score.geocoder_mib = ResidentMib() - empty;
  const double asked = ThreadCpuSeconds();
  for (const std::string& text : texts) geocoder.Geocode({.address = text});
  score.answer_us =
      1e6 * (ThreadCpuSeconds() - asked) / static_cast<double>(std::max<std::size_t>(1, texts.size()));
  return score;
}

}  // namespace lagesbild::tools::bench
