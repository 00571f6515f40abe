#include "tools/demo_data/names.h"

namespace lagesbild::tools::demo {
namespace {

std::vector<std::string> Combined(const std::vector<std::string>& firsts,
                                  const std::vector<std::string>& lasts) {
  std::vector<std::string> names;
  for (const std::string& last : lasts)
    for (const std::string& first : firsts) names.push_back(first + last);
  return names;
}

}  // namespace

std::vector<std::string> StreetNames() {
  return Combined(
      {"Björk",    "Lönn",     "Gran",      "Tall",    "Hassel",    "Rönn",   "Blåsipps", "Vitsipps",
       "Smultron", "Hallon",   "Kantarell", "Ängs",    "Åker",      "Hag",    "Kvarn",    "Smedje",
       "Tegel",    "Sågverks", "Garvar",    "Snickar", "Målar",     "Vävar",  "Lin",      "Råg",
       "Korn",     "Havre",    "Humle",     "Klöver",  "Sädes",     "Lärk",   "Svan",     "Tran",
       "Orr",      "Tjäder",   "Har",       "Räv",     "Grävlings", "Älg",    "Rådjurs",  "Igelkotts",
       "Ekorr",    "Törnros",  "Syren",     "Jasmin",  "Nypon",     "Lingon", "Odon",     "Mjölnar",
       "Bagar",    "Skomakar"},
      {"gatan", "vägen", "gränd", "stigen"});
}

std::vector<std::string> HamletNames() {
  return Combined({"Björk",  "Gran",  "Ek",   "Lind", "Sälg", "Al",  "Tall", "Rönn", "Häll",  "Stav",
                   "Kvarn",  "Bro",   "Ås",   "Dal",  "Myr",  "Sjö", "Hav",  "Rask", "Lång",  "Bred",
                   "Väster", "Öster", "Norr", "Sör",  "Tran", "Orr", "Varg", "Räv",  "Bäver", "Ulv"},
                  {"boda", "torp", "lunda", "sätra", "hyttan", "bäcken", "vreta", "näset"});
}

std::vector<std::string> FarmNames() {
  return {"Norrgården",  "Sörgården",  "Västergården", "Östergården", "Mellangården", "Storgården",
          "Lillgården",  "Nygården",   "Gammelgården", "Uppgården",   "Nergården",    "Backgården",
          "Skogsgården", "Ängsgården", "Kvarngården",  "Sjögården",   "Hagen",        "Torpet",
          "Backen",      "Lunden",     "Dalen",        "Berget",      "Kullen",       "Smedjan"};
}

}  // namespace lagesbild::tools::demo
