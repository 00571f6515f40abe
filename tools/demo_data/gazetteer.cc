#include "tools/demo_data/gazetteer.h"

#include <string>

namespace lagesbild::tools::demo {
namespace {

geo::PlanePoint Point(Xy p) { return {geo::Meters{p.e}, geo::Meters{p.n}}; }

}  // namespace

geo::Gazetteer GazetteerOf(const World& world) {
  geo::Gazetteer gazetteer;
  for (const DemoAddress& a : world.addresses) {
    if (!a.in_force) continue;
    geo::Address address;
    address.id = a.id;
    address.kind = static_cast<geo::AddressKind>(static_cast<int>(a.type));
    address.area = a.farm.empty() ? a.area : a.area + " " + a.farm;
    address.number = a.number;
    address.letter = a.letter;
    if (!a.addition.empty())
      address.addition = a.addition + (a.addition_number > 0 ? std::to_string(a.addition_number) : "");
    address.postcode = a.postcode;
    address.postal_town = a.postal_town;
    address.locality = a.locality;
    address.district = a.district;
    address.municipality_code = "0331";
    address.position = Point(a.position);
    gazetteer.addresses.push_back(address);
  }
  for (const DemoPlace& p : world.places)
    gazetteer.places.push_back({p.id, p.name, {}, p.kind, p.locality, Point(p.position), geo::Meters{50}});
  for (const Locality& l : world.localities)
    gazetteer.localities.push_back(
        {l.code, l.name, {}, "locality", l.name, Point(l.center), geo::Meters{900}});
  return gazetteer;
}

}  // namespace lagesbild::tools::demo
