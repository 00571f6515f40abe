#include "tools/demo_data/vocabulary.h"

namespace lagesbild::tools::demo {
namespace {

using enum geo::Category;

const std::vector<Term> kPoliceTerms = {
    {"Skadegörelse, annan", kVandalism, 10},
    {"Skadegörelse på motorfordon", kVandalism, 5},
    {"Skadegörelse, klotter", kGraffiti, 4},
    {"Mordbrand och annan anlagd brand", kArson, 1},
    {"Misshandel, bekant med offret", kAssault, 4},
    {"Misshandel, obekant med offret", kAssault, 4},
    {"Personrån", kRobbery, 1},
    {"Olaga hot", kUnlawfulThreat, 7},
    {"Ofredande", kMolestation, 8},
    {"Stöld ur motorfordon", kTheft, 4},
    {"Cykelstöld", kTheft, 4},
    {"Inbrott i bostad", kBurglary, 3},
    {"Ordningsstörning", kDisorder, 7},
    {"Narkotikabrott, eget bruk", kDrugs, 4},
    {"Trafikbrott, övrigt", kTraffic, 4},
    {"Sexuellt ofredande", kSexualOffence, 1},
    {"Misshandel i nära relation", kCloseRelationViolence, 2},
    {"Ofredande via internet", kOnlineAbuse, 4},
    {"Olaga hot via internet", kOnlineThreat, 3},
    {"Olaga integritetsintrång via internet", kOnlineImages, 2},
    {"Sexualbrott mot barn via internet", kOnlineChildSexualOffence, 1},
    {"Övrigt brott", kOther, 2},
};

const std::vector<Term> kHebySchoolTerms = {
    {"Kränkande behandling", kAbusiveTreatment, 6},
    {"Mobbning", kBullying, 3},
    {"Slagsmål", kAssault, 4},
    {"Hot", kUnlawfulThreat, 3},
    {"Skadegörelse", kVandalism, 5},
    {"Klotter", kGraffiti, 2},
    {"Ofredande", kMolestation, 2},
    {"Stök och bråk", kDisorder, 4},
    {"Misstänkt droghantering", kDrugs, 1},
    {"Kränkning på nätet", kOnlineAbuse, 6},
    {"Hot på nätet", kOnlineThreat, 2},
    {"Spridning av bilder", kOnlineImages, 2},
    {"Annat", kOther, 1},
};

const std::vector<Term> kOstervalaSchoolTerms = {
    {"kränkning elev-elev", kAbusiveTreatment, 6},
    {"upprepad kränkning (mobbning)", kBullying, 3},
    {"fysiskt våld", kAssault, 4},
    {"hot", kUnlawfulThreat, 3},
    {"skadegörelse/klotter", kVandalism, 5},
    {"ofredande", kMolestation, 3},
    {"ordningsstörning", kDisorder, 4},
    {"droger", kDrugs, 1},
    {"nätkränkning", kOnlineAbuse, 6},
    {"hot via nätet", kOnlineThreat, 2},
    {"bildspridning", kOnlineImages, 2},
    {"övrigt", kOther, 1},
};

const std::vector<Term> kHousingTerms = {
    {"Skadegörelse trapphus/tvättstuga", kVandalism, 6},
    {"Klotter", kGraffiti, 3},
    {"Störning", kDisorder, 5},
    {"Inbrott förråd", kBurglary, 3},
    {"Eldning", kArson, 1},
    {"Hyresgäst upplever otrygghet", kPerceivedUnsafety, 0},
    {"Annan händelse", kOther, 1},
};

const std::vector<Term> kShopTerms = {
    {"Snatteri", kTheft, 6},
    {"Hot mot personal", kUnlawfulThreat, 2},
    {"Bråk utanför butiken", kDisorder, 3},
    {"Krossad ruta", kVandalism, 2},
    {"Annat", kOther, 1},
};

const std::vector<Term> kBusTerms = {
    {"Vandalisering av väderskydd", kVandalism, 5},
    {"Klotter", kGraffiti, 3},
    {"Hot mot förare", kUnlawfulThreat, 2},
    {"Ordningsstörning", kDisorder, 4},
    {"Övrigt", kOther, 1},
};

const std::vector<Term> kSportsTerms = {
    {"förstört på anläggningen", kVandalism, 4},
    {"bråk", kDisorder, 3},
    {"stöld ur omklädningsrum", kTheft, 3},
    {"känns otryggt", kPerceivedUnsafety, 0},
    {"annat", kOther, 1},
};

const std::vector<Term> kWatchTerms = {
    {"Skadegörelse", kVandalism, 4},         {"Mopedbus", kTraffic, 4},
    {"Störande ungdomsgäng", kDisorder, 3},  {"Stöld", kTheft, 2},
    {"Otrygg plats", kPerceivedUnsafety, 0}, {"Övrig iakttagelse", kOther, 1},
};

}  // namespace

const std::vector<Term>& Vocabulary(Teller teller) {
  switch (teller) {
    case Teller::kPolice:
      return kPoliceTerms;
    case Teller::kHebySchool:
      return kHebySchoolTerms;
    case Teller::kOstervalaSchool:
      return kOstervalaSchoolTerms;
    case Teller::kHousing:
      return kHousingTerms;
    case Teller::kShops:
      return kShopTerms;
    case Teller::kBuses:
      return kBusTerms;
    case Teller::kSports:
      return kSportsTerms;
    case Teller::kWatch:
      return kWatchTerms;
  }
  return kPoliceTerms;
}

geo::Category DrawCategory(Teller teller, bool digital, Rng& random) {
  int total = 0;
  for (const Term& term : Vocabulary(teller))
    if (geo::InfoOf(term.category).digital == digital) total += term.weight;
  int left = random.Int(1, total);
  for (const Term& term : Vocabulary(teller)) {
    if (geo::InfoOf(term.category).digital != digital) continue;
    left -= term.weight;
    if (left <= 0) return term.category;
  }
  return kOther;
}

const std::string& WordFor(Teller teller, geo::Category category, Rng& random) {
  std::vector<const std::string*> words;
  for (const Term& term : Vocabulary(teller))
    if (term.category == category) words.push_back(&term.text);
  if (words.empty()) return Vocabulary(teller).back().text;  // each list ends with its word for "other"
  return *random.Pick(words);
}

}  // namespace lagesbild::tools::demo
