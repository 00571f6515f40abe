#include "tools/bench_geocode/phrases.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

namespace lagesbild::tools::bench {
namespace {

/// {a} address, {b} second street, {d} date, {t} time, {p} plate, {m} distance, {n} small count, {y} age,
/// {c} four digits, {l} flat, {k} a letter, {s} surname.
using Wordings = std::vector<const char*>;

const Wordings& Before(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"c/o {s}, ",      "utanför ", "vid ",     "mittemot ", "bakom ",
                                  "i närheten av ", "intill ",  "c/o {s} ", "adress: ",  "framför "};
  static const Wordings kSvHeld = {"hos {s}, ",   "bredvid ",       "strax utanför ", "precis vid ",
                                   "i höjd med ", "C/O {s}; ",      "Gatuadress: ",   "på ",
                                   "nära ",       "på baksidan av "};
  static const Wordings kNoDev = {"c/o {s}, ", "utenfor ", "ved ", "bak ", "i nærheten av "};
  static const Wordings kNoHeld = {"hos {s}, ", "foran ", "rett ved ", "like utenfor ", "adresse: "};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

const Wordings& Behind(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {
      " lgh {l}",       ", lgh {l}",     ", uppgång {k}", " uppg {n}",     ", {n} tr",   " bv",
      ", portkod {c}",  " (hyreshuset)", ", gårdshuset",  " källaren",     ", port {n}", " (obs hund)",
      ", lägenhet {l}", ", nb",          " [gårdssidan]", ", {n} trappor", ", plan {n}", ", ingång {k}"};
  static const Wordings kSvHeld = {" läg. {l}",          "; uppg. {k}",
                                   ", vån. {n}",         ", kod till porten {c}",
                                   " ({n}:e våningen)",  " (ring på först)",
                                   ", trapphus {k}",     " - bakgården",
                                   ", vinden",           ", Lgh nr {l}",
                                   " i tvättstugan",     " (kod: {c})",
                                   ", innergården",      ", lgh. {l}, {n} tr",
                                   ", port kod {c}",     " / entré {k}",
                                   ", trappuppgång {k}", " (gula huset till vänster)"};
  static const Wordings kNoDev = {" leil. {l}",    ", H0{n}01",  " (bakgården)",
                                  ", oppgang {k}", ", {n}. etg", ", kjelleren"};
  static const Wordings kNoHeld = {", leilighet {l}", " inngang {k}", " (rødt hus)", ", etasje {n}",
                                   " - garasjen"};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

const Wordings& Sentences(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"Fönsterkross på {a} sent i går",
                                  "Skadegörelse anmäldes {d} kl {t} vid {a}, gärningsman okänd",
                                  "Bråk mellan {n} ungdomar utanför {a} omkring {t}",
                                  "Personbil {p} uppbruten på {a} under natten",
                                  "Polisen larmades {t} till {a} efter ett slagsmål",
                                  "Klotter upptäckt på fasaden, {a}, den {d}",
                                  "Elev i åk {n} hotad på väg hem från skolan i närheten av {a}",
                                  "Målsägande, {y} år, rånades på mobiltelefon vid {a} {d}",
                                  "Hyresgäst på {a} klagar på störningar efter kl {t}",
                                  "En man i {y}-årsåldern greps på {a} efter att ha sprungit cirka {m} meter",
                                  "Inbrott i källarförråd {d}, {a}, {n} förråd uppbrutna",
                                  "{d} {t}: misshandel, {a}, ambulans på plats",
                                  "Moped stals från cykelstället vid {a}, regnr {p}",
                                  "Cykelstöld {a} mellan {d} och {d}",
                                  "Trappuppgången på {a} nedskräpad för {n}:e gången i år",
                                  "Vittne såg {n} personer springa från {a} vid {t}-tiden",
                                  "Skadad dörr, {a}, kostnad {c} kr",
                                  "Larm om brand i container vid {a} klockan {t}, släckt inom {n} minuter",
                                  "Ordningsstörning. Plats: {a}. Tid: {t}. Antal inblandade: {n}",
                                  "Stulen cykel vid skolan, närmare bestämt {a}, någon gång efter {t}",
                                  "Grannar till {a} har hört skottliknande ljud {d}",
                                  "Enligt väktare pågick festande på {a} till {t} på morgonen",
                                  "Ärende {c}: hot mot personal på {a}",
                                  "Patrull {c} till {a} ang. misstänkt narkotikabrott"};
  static const Wordings kSvHeld = {
      "Anmälaren uppger att någon kastat sten mot rutor på {a} natten till {d}",
      "Rånförsök {t} då en {y}-åring blev omringad av {n} jämnåriga vid {a}",
      "Vår fastighetsskötare fann {d} att låset till soprummet på {a} var sönderbrutet",
      "Vid {t} kom samtal om gruppering med ca {n} killar på {a}, ingen kvar när vi kom fram",
      "Bilen, en silvrig Volvo ({p}), stod parkerad på {a} när däcken skars sönder",
      "Kl. {t} den {d} inträffade en misshandel i entrén till {a}",
      "Moppekörning på gångbanan {m} m från lekplatsen, {a}",
      "Elevhälsan: två elever ({y} och {y} år) i bråk efter skoldagen, {a}",
      "Störande grannar. {a}. Har ringt jouren {n} gånger",
      "Någon har tänt eld på brevlådan hos oss på {a} nu i veckan",
      "Olaga hot {d}; händelsen skedde på {a} cirka kl {t}",
      "Bostadsbolaget meddelar inbrottsförsök i {n} lägenheter, {a}, vecka {n}",
      "Gäng om {n}-{n} pers. hänger varje kväll efter {t} i porten på {a}",
      "Snatteri för {c} kr i butiken intill {a}",
      "Fordon med reg {p} sågs lämna {a} i hög hastighet, ca {m} km/h",
      "Narkotikaförsäljning ska ha pågått på {a} sedan {d}",
      "Väktarlarm nr {c}, {a}, ingen åtgärd"};
  static const Wordings kNoDev = {"Hærverk på {a} natt til {d}",
                                  "Slagsmål utenfor {a} rundt klokka {t}",
                                  "Sykkel stjålet fra {a} mellom {d} og {d}",
                                  "Politiet rykket ut til {a} kl. {t} etter melding om bråk",
                                  "Bil {p} påkjørt ved {a}, {n} personer involvert",
                                  "Beboer i {a} klager på støy etter {t}"};
  static const Wordings kNoHeld = {
      "En {y}-åring ble truet ved {a} den {d}", "Melder: {n} ungdommer kaster stein mot vinduer i {a}",
      "Innbrudd i bod, {a}, oppdaget {d} kl {t}", "Tagging på veggen til {a}, ca {m} cm høyt",
      "Skolen melder om bråk {t} i nærheten av {a}"};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

const Wordings& Placeless(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"Bråk på skolgården {d} kl {t}, {n} elever inblandade",
                                  "Plats okänd, {n} ungdomar i {y}-årsåldern",
                                  "Fordon {p} stulet {d}, anmälaren minns inte var",
                                  "Hot via Snapchat {d} {t}", "Skadegörelse för cirka {c} kr"};
  static const Wordings kSvHeld = {"Händelsen skedde på nätet omkring {t}, målsägande {y} år",
                                   "Stulen moped {p}, tidpunkt {d} till {d}, plats framgår ej",
                                   "Elev i årskurs {n} har fått {n} hotfulla sms",
                                   "Anonymt tips {c} om försäljning, ingen adress lämnad",
                                   "Någonstans i stan, ca {m} meter från bussen"};
  static const Wordings kNoDev = {"Bråk i skolegården {d} kl {t}", "Ukjent sted, {n} ungdommer"};
  static const Wordings kNoHeld = {"Trusler på nett {d} {t}", "Bil {p} stjålet, sted ikke oppgitt"};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

const Wordings& Crossings(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"korsningen {a} och {b}", "{a}/{b}", "hörnet {a} {b}", "{a} & {b}",
                                  "korsningen {a} / {b}"};
  static const Wordings kSvHeld = {"i korsningen mellan {a} och {b}", "{a} - {b}",
                                   "hörnet av {a} och {b}",           "korsn. {a}/{b}",
                                   "vid korsningen {a}, {b}",         "gatukorsningen {a}–{b}"};
  static const Wordings kNoDev = {"krysset {a} og {b}", "{a}/{b}", "hjørnet {a} {b}"};
  static const Wordings kNoHeld = {"i krysset mellom {a} og {b}", "krysset {a}/{b}", "{a} & {b}"};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

template <std::size_t N>
const char* OneOf(const std::array<const char*, N>& words, Rng& rng) {
  return words[rng.Index(N)];
}

std::string Two(int value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d", value);
  return text.data();
}

std::string Date(WritingLanguage language, Rng& rng) {
  static constexpr std::array<const char*, 12> kMonths = {"januari",   "februari", "mars",     "april",
                                                          "maj",       "juni",     "juli",     "augusti",
                                                          "september", "oktober",  "november", "december"};
  static constexpr std::array<const char*, 12> kNorwegian = {"januar",    "februar", "mars",     "april",
                                                             "mai",       "juni",    "juli",     "august",
                                                             "september", "oktober", "november", "desember"};
  const int day = rng.Int(1, 28), month = rng.Int(1, 12), year = rng.Int(2023, 2026);
  const auto m = static_cast<std::size_t>(month - 1);
  const bool swedish = language == WritingLanguage::kSwedish;
  switch (rng.Int(0, 4)) {
    case 0:
      return std::to_string(year) + "-" + Two(month) + "-" + Two(day);
    case 1:
      return std::to_string(day) + "/" + std::to_string(month);
    case 2:
      return std::to_string(day) + (swedish ? " " : ". ") + (swedish ? kMonths[m] : kNorwegian[m]);
    case 3:
      return std::to_string(day) + (swedish ? " " : ". ") + (swedish ? kMonths[m] : kNorwegian[m]) + " " +
             std::to_string(year);
    default:
      return Two(year % 100) + Two(month) + Two(day);
  }
}

std::string Time(Rng& rng) {
  const std::string hour = Two(rng.Int(0, 23)), minute = Two(5 * rng.Int(0, 11));
  static constexpr std::array<const char*, 3> kBetween = {":", ".", ""};
  return hour + OneOf(kBetween, rng) + minute;
}

std::string Plate(Rng& rng) {
  static constexpr std::string_view kLetters = "ABCDEFGHJKLMNOPRSTUWXYZ";
  std::string plate;
  for (int i = 0; i < 3; ++i) plate += kLetters[rng.Index(kLetters.size())];
  if (rng.Chance(0.5)) plate += " ";
  plate += std::to_string(rng.Int(10, 99));
  plate += rng.Chance(0.3) ? kLetters[rng.Index(kLetters.size())] : static_cast<char>('0' + rng.Int(0, 9));
  return plate;
}

std::string Slot(char slot, WritingLanguage language, Rng& rng) {
  static constexpr std::array<const char*, 10> kSurnames = {
      "Andersson", "Berg", "Lindqvist", "Nilsson", "Ek", "Hansen", "Olsen", "Sjöberg", "Lund", "Holm"};
  switch (slot) {
    case 'd':
      return Date(language, rng);
    case 't':
      return Time(rng);
    case 'p':
      return Plate(rng);
    case 'm':
      return std::to_string(10 * rng.Int(2, 40));
    case 'n':
      return std::to_string(rng.Int(2, 9));
    case 'y':
      return std::to_string(rng.Int(11, 67));
    case 'c':
      return std::to_string(rng.Int(1000, 9899));
    case 'l':
      return std::to_string(rng.Int(10, 16)) + Two(rng.Int(1, 9));
    case 'k':
      return std::string(1, static_cast<char>('A' + rng.Int(0, 5)));
    default:
      return OneOf(kSurnames, rng);
  }
}

std::string Filled(std::string_view wording, const std::string& a, const std::string& b,
                   WritingLanguage language, Rng& rng) {
  std::string text;
  for (std::size_t i = 0; i < wording.size(); ++i) {
    if (wording[i] != '{') {
      text += wording[i];
      continue;
    }
    const char slot = wording[i + 1];
    text += slot == 'a' ? a : slot == 'b' ? b : Slot(slot, language, rng);
    i += 2;
  }
  return text;
}

}  // namespace

std::string WithClutter(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng) {
  std::string text = address;
  const bool before = rng.Chance(0.4);
  if (before) text = Filled(rng.Pick(Before(language, set)), "", "", language, rng) + text;
  const int behind = before ? rng.Int(0, 1) : rng.Int(1, 2);
  for (int i = 0; i < behind; ++i) text += Filled(rng.Pick(Behind(language, set)), "", "", language, rng);
  return text;
}

std::string InSentence(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng) {
  return Filled(rng.Pick(Sentences(language, set)), address, "", language, rng);
}

std::string NumberInOtherWords(const std::string& number, QuerySet set, Rng& rng) {
  static constexpr std::array<const char*, 3> kDev = {" nr ", ", ", "  "};
  static constexpr std::array<const char*, 3> kHeld = {" nr. ", " nummer ", ","};
  return OneOf(set == QuerySet::kDev ? kDev : kHeld, rng) + number;
}

std::string SentenceWithoutPlace(WritingLanguage language, QuerySet set, Rng& rng) {
  return Filled(rng.Pick(Placeless(language, set)), "", "", language, rng);
}

std::string AsCrossing(const std::string& a, const std::string& b, WritingLanguage language, QuerySet set,
                       Rng& rng) {
  return Filled(rng.Pick(Crossings(language, set)), a, b, language, rng);
}

}  // namespace lagesbild::tools::bench
