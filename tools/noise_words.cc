#include "tools/noise_words.h"

#include <algorithm>

namespace lagesbild::tools {
namespace {

using Texts = std::vector<std::string_view>;

const Texts kClutterSv = {"{} lgh 1204",
                          "{}, lägenhet 1103",
                          "{}, 3 tr",
                          "{} vån 2",
                          "{}, uppg B",
                          "{}, uppgång 2",
                          "{} nb",
                          "{}, källaren",
                          "{}, i trapphuset",
                          "{} (baksidan)",
                          "utanför {}",
                          "vid {}",
                          "bakom {}",
                          "mittemot {}",
                          "i höjd med {}",
                          "framför {}",
                          "c/o Berg, {}",
                          "{}, porten",
                          "{}, portkod saknas",
                          "{}, innergården",
                          "Adress: {}",
                          "{} på gården",
                          "{}, cykelrummet",
                          "{} (parkeringen)",
                          "ca 20 m norr om {}",
                          "nära {}",
                          "i närheten av {}",
                          "{}, entrén",
                          "{}, garaget",
                          "{} 1 tr ö g",
                          "intill {}",
                          "{}, soprummet",
                          "{} våning 4",
                          "{}, andra våningen",
                          "strax utanför {}",
                          "precis vid {}",
                          "{}, tvättstugan",
                          "{}, vindsförråd"};

const Texts kSentencesSv = {"Fönsterkross på {} sent i går",
                            "Skadegörelse vid {} kl 21.15",
                            "Den 3 mars sågs 4 ungdomar vid {}",
                            "Klotter på fasaden, {}, upptäckt 07:30",
                            "Bil ABC 123 repad utanför {} under natten",
                            "Bråk mellan 2 personer på {} vid midnatt",
                            "Stöld av cykel från {} mellan kl 18 och 20",
                            "Anmälaren uppger att någon slog sönder en ruta på {}",
                            "Misshandel, plats {}, 2 gärningsmän sprang",
                            "Larm från {} kl. 02.40, inget hittat",
                            "Vi såg 5 mopeder köra fort förbi {} i lördags",
                            "Inbrottsförsök i källaren på {}, 3 förråd uppbrutna",
                            "Bilbrand utanför {} den 12 oktober",
                            "Rån mot ung person vid {}, 2 mobiler togs",
                            "Grannen på {} hörde skrik omkring 23.30",
                            "Papperskorg i brand intill {} 2026-03-14",
                            "Ordningsstörning, hög musik från {}, tredje gången i veckan",
                            "Personal rapporterar 6 krossade rutor vid {}",
                            "Försök till stöld vid {} i samband med match, 200 i publiken",
                            "Gäng om 10 samlas vid {} varje fredag efter kl 20",
                            "Elev hotad på väg hem, hände utanför {} kl 15.10",
                            "Moped stulen i natt från {}, värde 12000 kr",
                            "Vid {} har någon sprayat 3 meter av muren",
                            "Snatteri i butiken på {}, gods för 450 kr"};

const Texts kClutterNo = {"{}, 2. etg",       "{} leil 12",    "{}, oppgang B", "utenfor {}",
                          "ved {}",           "bak {}",        "{}, kjelleren", "{} (parkeringen)",
                          "i nærheten av {}", "{}, inngangen", "foran {}",      "{}, bakgården",
                          "c/o Berg, {}",     "{}, garasjen"};

const Texts kSentencesNo = {"Hærverk ved {} kl 21.15",
                            "Knust rute på {} sent i går",
                            "Den 3. mars ble 4 ungdommer sett ved {}",
                            "Bil AB 12345 oppskrapet utenfor {} i natt",
                            "Slagsmål mellom 2 personer på {} ved midnatt",
                            "Sykkel stjålet fra {} mellom kl 18 og 20",
                            "Tagging på veggen, {}, oppdaget 07:30",
                            "Nabo på {} hørte skrik omkring 23.30"};

/// Every second text: what is tuned on one half proves nothing of the other.
Texts Half(const Texts& texts, bool second) {
  Texts half;
  for (std::size_t i = second ? 1 : 0; i < texts.size(); i += 2) half.push_back(texts[i]);
  return half;
}

}  // namespace

NoiseVocabulary WordsOf(std::string_view style, bool held_out, std::string_view town) {
  NoiseVocabulary words;
  words.town = town;
  if (style == "no") {
    words.types = {"svingen", "bakken", "vegen", "veien", "gata", "stien", "veg", "lia"};
    words.type_short = {{"vegen", "v."}, {"veien", "v."}, {"gata", "g."}};
    words.type_taken_for = {{"vegen", "veien"},  {"vegen", "gata"},  {"vegen", "stien"}, {"gata", "vegen"},
                            {"gata", "veien"},   {"veien", "vegen"}, {"stien", "vegen"}, {"svingen", "vegen"},
                            {"bakken", "vegen"}, {"veg", "gate"},    {"veg", "vei"}};
    words.first_short = {
        {"Nordre", "N."}, {"Søndre", "S."}, {"Østre", "Ø."}, {"Vestre", "V."}, {"Store", "St."}};
    words.clutter = Half(kClutterNo, held_out);
    words.sentences = Half(kSentencesNo, held_out);
    words.stem_begin =
        Half({"Hassel", "Morell", "Skyss", "Kvern", "Tuss", "Fagernes", "Plomme", "Rugde"}, held_out);
    words.stem_end = {"lund", "heim", "dals", "vik", "mo", "haug", "fjell", "nes"};
  } else {
    words.types = {"stigen", "gränden", "platsen", "vägen", "gatan", "torget",
                   "gränd",  "allén",   "plats",   "gata",  "torg",  "väg"};
    words.type_short = {{"gatan", "g."},  {"gata", "g."},   {"vägen", "v."},   {"väg", "v."},
                        {"gränd", "gr."}, {"plats", "pl."}, {"stigen", "st."}, {"torget", "t."}};
    words.type_taken_for = {
        {"gatan", "vägen"},  {"gatan", "gränd"}, {"gatan", "stigen"},   {"vägen", "gatan"},
        {"vägen", "stigen"}, {"gränd", "gatan"}, {"gränd", "vägen"},    {"stigen", "vägen"},
        {"stigen", "gatan"}, {"gata", "väg"},    {"väg", "gata"},       {"torget", "platsen"},
        {"torg", "plats"},   {"plats", "torg"},  {"platsen", "torget"}, {"allén", "vägen"}};
    words.first_short = {{"Norra", "N."},  {"Södra", "S."}, {"Östra", "Ö."},  {"Västra", "V."},
                         {"Stora", "St."}, {"Lilla", "L."}, {"Gamla", "G:la"}};
    words.clutter = Half(kClutterSv, held_out);
    words.sentences = Half(kSentencesSv, held_out);
    words.stem_begin =
        Half({"Plommon", "Skymnings", "Mårdhunds", "Kvarnhjuls", "Fjällräv", "Bofink", "Silverpoppel",
              "Häggmispel", "Tallbit", "Väderkvarn", "Smultron", "Lingonris", "Ekorr", "Nattskär"},
             held_out);
    words.stem_end = {"lunds", "ängs", "hults", "mo", "bäcks", "rydds", "holms", "ås", "viks", "åkers"};
  }
  return words;
}

std::size_t TypeLength(std::string_view name, const NoiseVocabulary& words) {
  std::size_t longest = 0;
  for (const std::string_view type : words.types)
    if (name.size() > type.size() && name.ends_with(type)) longest = std::max(longest, type.size());
  return longest;
}

std::string StemOf(std::string_view name, const NoiseVocabulary& words) {
  std::string stem(name.substr(0, name.size() - TypeLength(name, words)));
  while (stem.ends_with(' ')) stem.pop_back();
  return stem;
}

}  // namespace lagesbild::tools
