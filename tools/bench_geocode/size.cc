#include "tools/bench_geocode/size.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

}  // namespace

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
