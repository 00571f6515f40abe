#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::tools {

/// What a noise model must know of a register to say honestly what a spoilt text still means. Refers to the
/// gazetteer, which must outlive it.
class NoiseRegister {
 public:
  struct Street {
    std::string name, folded;
    std::vector<int> addresses;  ///< places in Gazetteer::addresses
    int highest = 0;             ///< number
  };

  explicit NoiseRegister(const geo::Gazetteer& gazetteer);

  const geo::Gazetteer& gazetteer() const { return *gazetteer_; }
  const std::vector<Street>& streets() const { return streets_; }  ///< by name
  const geo::Address& address(int i) const { return gazetteer_->addresses[static_cast<std::size_t>(i)]; }
  const Street& StreetOf(const geo::Address& address) const;
  /// A street of this name, folded, exists.
  bool HasFolded(const std::string& folded) const { return folded_.contains(folded); }
  /// All places where the register has just this street, number, letter and addition.
  std::vector<geo::PlanePoint> PlacesOf(const geo::Address& address) const;
  /// Streets of other names that have the same number, letter and addition, by name.
  std::vector<const Street*> Rivals(const geo::Address& address) const;

 private:
  const geo::Gazetteer* gazetteer_;
  std::vector<Street> streets_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> with_designation_;
  std::set<std::string, std::less<>> folded_;
};

/// "12", "12A", "12A U1".
std::string DesignationOf(const geo::Address& address);
/// "Storgatan 12A U1", as the register writes it.
std::string AddressText(const geo::Address& address);
double DistanceMeters(geo::PlanePoint a, geo::PlanePoint b);

}  // namespace lagesbild::tools
