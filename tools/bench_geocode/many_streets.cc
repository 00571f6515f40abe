#include <array>
#include <string>
#include <utility>

#include "tools/bench_geocode/compiled_size.h"

namespace lagesbild::tools::bench {

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

}  // namespace lagesbild::tools::bench
