#include "tools/bench_geocode/size.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tools/bench_geocode/register.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {

double ResidentMb() {
  ::malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size) {
  SizeScore score;
  const double empty = ResidentMb();
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
  score.register_mb = ResidentMb() - empty;
  const double begin = ThreadCpuSeconds();
  const geo::Geocoder geocoder(scaled);
  score.build_s = ThreadCpuSeconds() - begin;
  scaled = {};
  score.geocoder_mb = ResidentMb() - empty;
  const double asked = ThreadCpuSeconds();
  for (const std::string& text : texts) geocoder.Geocode({.address = text});
  score.answer_us =
      1e6 * (ThreadCpuSeconds() - asked) / static_cast<double>(std::max<std::size_t>(1, texts.size()));
  return score;
}

void PrintSize(BenchReport& report, const SizeScore& score) {
  report.Begin("size", "Förstorat register", "Enlarged register",
               {{"address_count", "adresser", "addresses"},
                {"street_count", "gator", "streets"},
                {"register_mb", "register MB", "register MB"},
                {"geocoder_mb", "geokodare MB", "geocoder MB"},
                {"build_s", "bygge s", "build s"},
                {"answer_us", "svar µs", "answer µs"}});
  report.Row({report.Count(static_cast<long long>(score.addresses)),
              report.Count(static_cast<long long>(score.streets)), report.Number(score.register_mb, 0),
              report.Number(score.geocoder_mb, 0), report.Number(score.build_s, 2),
              report.Number(score.answer_us, 1)});
}

}  // namespace lagesbild::tools::bench
