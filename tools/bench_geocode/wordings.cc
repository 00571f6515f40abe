#include "tools/bench_geocode/wordings.h"

namespace lagesbild::tools::bench {
namespace {

const Wordings& Before(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"c/o {s}, ",        "utanför ", "vid ",     "mittemot ", "bakom ",
                                  "i närheten av ",   "intill ",  "c/o {s} ", "adress: ",  "framför ",
                                  "ca {m} m norr om "};
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
      " lgh {l}",       ", lgh {l}",     ", uppgång {k}", " uppg {n}",     ", {n} tr",        " bv",
      ", portkod {c}",  " (hyreshuset)", ", gårdshuset",  " källaren",     ", port {n}",      " (obs hund)",
      ", lägenhet {l}", ", nb",          " [gårdssidan]", ", {n} trappor", ", plan {n}",      ", ingång {k}",
      " i trapphuset",  ", cykelrummet", ", garaget",     " våning {n}",   ", portkod saknas"};
  static const Wordings kSvHeld = {" läg. {l}",
                                   "; uppg. {k}",
                                   ", vån. {n}",
                                   ", kod till porten {c}",
                                   " ({n}:e våningen)",
                                   " (ring på först)",
                                   ", trapphus {k}",
                                   " - bakgården",
                                   ", vinden",
                                   ", Lgh nr {l}",
                                   " i tvättstugan",
                                   " (kod: {c})",
                                   ", innergården",
                                   ", lgh. {l}, {n} tr",
                                   ", port kod {c}",
                                   " / entré {k}",
                                   ", trappuppgång {k}",
                                   " (gula huset till vänster)",
                                   " (baksidan)",
                                   ", porten",
                                   " på gården",
                                   " (parkeringen)",
                                   " {n} tr ö g",
                                   ", soprummet",
                                   ", andra våningen",
                                   ", vindsförråd",
                                   ", entrén"};
  static const Wordings kNoDev = {" leil. {l}", ", H0{n}01",   " (bakgården)",  ", oppgang {k}",
                                  ", {n}. etg", ", kjelleren", " (parkeringen)"};
  static const Wordings kNoHeld = {", leilighet {l}", " inngang {k}", " (rødt hus)",
                                   ", etasje {n}",    " - garasjen",  ", inngangen"};
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
                                  "Patrull {c} till {a} ang. misstänkt narkotikabrott",
                                  "Den 3 mars sågs {n} ungdomar vid {a}",
                                  "Bil {p} repad utanför {a} under natten",
                                  "Stöld av cykel från {a} mellan kl 18 och 20",
                                  "Misshandel, plats {a}, {n} gärningsmän sprang",
                                  "Vi såg {n} mopeder köra fort förbi {a} i lördags",
                                  "Bilbrand utanför {a} den 12 oktober",
                                  "Grannen på {a} hörde skrik omkring {t}",
                                  "Ordningsstörning, hög musik från {a}, tredje gången i veckan",
                                  "Försök till stöld vid {a} i samband med match, 200 i publiken",
                                  "Elev hotad på väg hem, hände utanför {a} kl {t}",
                                  "Vid {a} har någon sprayat {n} meter av muren"};
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
      "Väktarlarm nr {c}, {a}, ingen åtgärd",
      "Skadegörelse vid {a} kl {t}",
      "Klotter på fasaden, {a}, upptäckt {t}",
      "Bråk mellan {n} personer på {a} vid midnatt",
      "Anmälaren uppger att någon slog sönder en ruta på {a}",
      "Larm från {a} kl. {t}, inget hittat",
      "Inbrottsförsök i källaren på {a}, {n} förråd tömda",
      "Rån mot ung person vid {a}, {n} mobiler togs",
      "Papperskorg i brand intill {a} {d}",
      "Personal rapporterar {n} krossade rutor vid {a}",
      "Gäng om 10 samlas vid {a} varje fredag efter kl 20",
      "Moped stulen i natt från {a}, värde {c} kr",
      "Snatteri i butiken på {a}, gods för 450 kr"};
  static const Wordings kNoDev = {"Hærverk på {a} natt til {d}",
                                  "Slagsmål utenfor {a} rundt klokka {t}",
                                  "Sykkel stjålet fra {a} mellom {d} og {d}",
                                  "Politiet rykket ut til {a} kl. {t} etter melding om bråk",
                                  "Bil {p} påkjørt ved {a}, {n} personer involvert",
                                  "Beboer i {a} klager på støy etter {t}",
                                  "Knust rute på {a} sent i går",
                                  "Bil {p} oppskrapet utenfor {a} i natt",
                                  "Slagsmål mellom {n} personer på {a} ved midnatt"};
  static const Wordings kNoHeld = {
      "En {y}-åring ble truet ved {a} den {d}",      "Melder: {n} ungdommer kaster stein mot vinduer i {a}",
      "Innbrudd i bod, {a}, oppdaget {d} kl {t}",    "Tagging på veggen til {a}, ca {m} cm høyt",
      "Skolen melder om bråk {t} i nærheten av {a}", "Den 3. mars ble {n} ungdommer sett ved {a}",
      "Nabo på {a} hørte skrik omkring {t}"};
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

const Wordings& Stems(WritingLanguage language, QuerySet set) {
  static const Wordings kSvDev = {"Plommon", "Mårdhunds", "Fjällräv", "Silverpoppel",
                                  "Tallbit", "Smultron",  "Ekorr"};
  static const Wordings kSvHeld = {"Skymnings",  "Kvarnhjuls", "Bofink",  "Häggmispel",
                                   "Väderkvarn", "Lingonris",  "Nattskär"};
  static const Wordings kNoDev = {"Hassel", "Skyss", "Tuss", "Plomme"};
  static const Wordings kNoHeld = {"Morell", "Kvern", "Fagernes", "Rugde"};
  const bool dev = set == QuerySet::kDev;
  return language == WritingLanguage::kSwedish ? (dev ? kSvDev : kSvHeld) : (dev ? kNoDev : kNoHeld);
}

}  // namespace

const Wordings& WordingsOf(Wording kind, WritingLanguage language, QuerySet set) {
  switch (kind) {
    case Wording::kBefore:
      return Before(language, set);
    case Wording::kBehind:
      return Behind(language, set);
    case Wording::kSentences:
      return Sentences(language, set);
    case Wording::kPlaceless:
      return Placeless(language, set);
    case Wording::kCrossings:
      return Crossings(language, set);
    case Wording::kStems:
      break;
  }
  return Stems(language, set);
}

}  // namespace lagesbild::tools::bench
