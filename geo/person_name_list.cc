#include "geo/person_names.h"

// Given names and surnames that are common in Sweden: those of the Swedish locale of @faker-js/faker 10.6.0
// (MIT license; Copyright 2022-2025 Faker) and others that are widely known. Words, no register of persons.

namespace lagesbild::geo {
namespace {

constexpr std::string_view kGivenNames =
    "abdi abdullah adam agnes agneta ahmad ahmed aisha albin alexander alexandra ali alice alma "
    "alva amanda amina amir anders andreas anette anita anja ann ann-christin ann-marie anna "
    "anneli annie annika anton arvid arvin astrid august axel axelina barbro bengt berit bertil "
    "bilal birgitta björn bo britt britt-marie britta börje camilla carina carl carolina caroline "
    "casper cecilia charlie charlotte christer christian christina christoffer claes clara dan "
    "daniel daniela david dennis ebba edith edvard edvin egon einar elias elin elina elis "
    "elisabeth ella ellen elsa elvira emelia emelie emil emilia emma emmy erik erika ester eva "
    "evelina fatima felicia felix filip filippa folke frank fredrik fredrika freja frida gabriel "
    "georg gerd gerda greta gun gunilla gunnar gunnel gustaf gustav göran gösta hanna hans harald "
    "harry hassan hedvig helen helena helge henrik hilda hilma hugo hussein håkan ibrahim ida iman "
    "ines inga ingeborg ingela ingemar inger ingrid ingvar iris isabelle isak jakob jan jasmin "
    "jennifer jenny jens jerry jesper jessica jimmy joakim joel johan johanna johannes john johnny "
    "jonas jonathan jonna jonny josef josefin josefine julia julius jörgen kalle karin karl "
    "karl-erik karolina kasper katarina kenneth kent kerstin kevin kicki kim kjell kjerstin klara "
    "kristian kristina kristoffer kurt lars lars-erik laura leah leif leila lena lennart leo liam "
    "lilly lina linda linn linnéa linus lisa lisbeth lisen lotta louise lova lovis lovisa lucas "
    "lucia ludvig lukas madeleine magnus maj-britt maja malin malte malva manfred marcus margareta "
    "margit maria marianne marie marie-louise markus marta martin matilda mats mattias max mehmet "
    "melker melvin merit mia mikael mikaela milo mira miriam moa mohamed molly mona monica "
    "muhammed mustafa my märta nadia natalie nathalie nellie nicole niklas nils nina noah noel "
    "nora nova ola oliver olivia oliwer olle olof omar oscar oskar otto ove patrik pelle per "
    "pernilla peter petra philip pia pontus pär ragnar rasmus rebecca rickard robert robin roger "
    "roland rolf ronja ruben rune rut saga said sally samuel sandra sara sebastian selma sigge "
    "signe sigrid simon siv sixten sofia sofie sonja stefan stefania stella stig stina sture "
    "susanna susanne svea sven tage thea therese thomas tilda tilde tindra tobias tom tommy "
    "torbjörn tore tove ture tuva tyra ulf ulla ulrik ulrika valter vanessa vendela vera victor "
    "victoria vidar viggo viktor viktoria vilma vincent wilhelm william wilma yasmin ylva yusuf "
    "yvonne zahra zainab älva åke åsa östen ";

constexpr std::string_view kSurnames =
    "abdi abdullah abrahamsson adolfsson ahmed albertsson ali alm andersen andersson andreasson "
    "aronsson arvidsson axelsson backman bengtsson berg berggren berglund bergman bergqvist "
    "bergström björk björklund björkman blom blomgren blomqvist bodin boström bäckström carlson "
    "carlsson claesson dahl dahlberg dahlgren dahlström danielsson davidsson edlund ek ekberg "
    "eklund ekman ekström eliasson engström ericsson eriksson falk fors forsberg forslund fransson "
    "fredriksson friberg gabrielsson granström gunnarsson gustafsson gustavsson göransson hallberg "
    "hansen hansson hassan hedberg hedlund hedman hellberg hellström henriksson hermanson "
    "hermansson holm holmberg holmgren holmqvist hultgren hussein håkanson håkansson ibrahim "
    "isaksson ivarsson jakobsson jansson jensen jeppsson johansson johnsson jonsson josefsson "
    "jönsson karlsson kjellberg larsson lind lindahl lindberg lindblom lindell linder lindgren "
    "lindholm lindkvist lindqvist lindström ljung ljungberg ljunggren lund lundberg lundgren "
    "lundin lundkvist lundqvist lundström löfgren magnusson malm malmberg malmström martinsson "
    "mattsson melin moberg mohamed mohammed molin månsson mårtensson möller nguyen nilsson norberg "
    "nordin nordlund nordström norén nyberg nygren nyström näslund olausson olofsson olsson omar "
    "ottosson palm persson petersson petterson pettersson pålsson rosén rydberg salomonsson "
    "samuelsson sandberg sandell sandström sjöberg sjögren sjöström skoglund stenberg ström "
    "strömberg sundberg sundin sundqvist sundström svedberg svensson svärd söderberg söderlund "
    "söderström thorsson törnqvist ulfsson viklund wahlström wallgren wallin westerberg westman "
    "wiklund wikström yilmaz zetterberg åberg åkerman åkesson åström öberg öhman östlund östman ";

}  // namespace

const PersonNames& PersonNames::BuiltIn() {
  static const PersonNames names(kGivenNames, kSurnames);
  return names;
}

}  // namespace lagesbild::geo
