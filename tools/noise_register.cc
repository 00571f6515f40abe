#include "tools/noise_register.h"

#include <algorithm>
#include <cmath>

#include "tools/noise_text.h"

namespace lagesbild::tools {

std::string DesignationOf(const geo::Address& address) {
  return std::to_string(address.number) + address.letter +
         (address.addition.empty() ? "" : " " + address.addition);
}

std::string AddressText(const geo::Address& address) { return address.area + " " + DesignationOf(address); }

double DistanceMeters(geo::PlanePoint a, geo::PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

NoiseRegister::NoiseRegister(const geo::Gazetteer& gazetteer) : gazetteer_(&gazetteer) {
  for (const geo::Address& a : gazetteer.addresses) by_name_.try_emplace(a.area, 0);
  for (auto& [name, index] : by_name_) {
    index = streets_.size();
    streets_.push_back({name, FoldedText(name), {}, 0});
    folded_.insert(streets_.back().folded);
  }
  for (std::size_t i = 0; i < gazetteer.addresses.size(); ++i) {
    const geo::Address& a = gazetteer.addresses[i];
    const std::size_t at = by_name_.find(a.area)->second;
    streets_[at].addresses.push_back(static_cast<int>(i));
    streets_[at].highest = std::max(streets_[at].highest, a.number);
    auto& streets = with_designation_[DesignationOf(a)];
    if (std::find(streets.begin(), streets.end(), at) == streets.end()) streets.push_back(at);
  }
}

const NoiseRegister::Street& NoiseRegister::StreetOf(const geo::Address& address) const {
  return streets_[by_name_.at(address.area)];
}

std::vector<geo::PlanePoint> NoiseRegister::PlacesOf(const geo::Address& address) const {
  std::vector<geo::PlanePoint> places;
  for (const int i : StreetOf(address).addresses) {
    const geo::Address& a = this->address(i);
    if (a.number == address.number && a.letter == address.letter && a.addition == address.addition)
      places.push_back(a.position);
  }
  return places;
}

std::vector<const NoiseRegister::Street*> NoiseRegister::Rivals(const geo::Address& address) const {
  std::vector<const Street*> rivals;
  const auto found = with_designation_.find(DesignationOf(address));
  if (found == with_designation_.end()) return rivals;
  for (const std::size_t i : found->second)
    if (streets_[i].name != address.area) rivals.push_back(&streets_[i]);
  std::sort(rivals.begin(), rivals.end(), [](const Street* a, const Street* b) { return a->name < b->name; });
  return rivals;
}

}  // namespace lagesbild::tools
