#include "geo/sentence_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

using Text = std::string_view;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool BeginsWithDigit(const Word& word) { return IsDigit(word.lower[0]); }

Text Bare(Text word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  return word;
}

bool IsOneOf(Text word, std::span<const Text> words) { return IsAmong(Bare(word), words); }

constexpr auto kMonths =
    std::to_array<Text>({"januari",   "februari", "mars",     "april",    "maj", "juni", "juli", "augusti",
                         "september", "oktober",  "november", "december", "jan", "feb",  "apr",  "jun",
                         "jul",       "aug",      "sep",      "sept",     "okt", "nov",  "dec",  "januar",
                         "februar",   "mai",      "august",   "desember", "des", "mar"});
constexpr auto kUnits = std::to_array<Text>(
    {"personer",   "ungdomar", "män",     "kvinnor", "bilar",  "st",        "stycken", "år",
     "åringar",    "tiden",    "minuter", "timmar",  "kr",     "kronor",    "meter",   "km",
     "kilometer",  "procent",  "pers",    "killar",  "tjejer", "barn",      "elever",  "gånger",
     "lägenheter", "cyklar",   "mopeder", "dagar",   "veckor", "ungdommer", "menn",    "kvinner",
     "biler",      "ganger",   "timer",   "dager",   "uker",   "gutter",    "jenter"});
constexpr auto kBeforeCounts =
    std::to_array<Text>({"kl",  "klockan", "den",     "cirka", "ca",       "omkring", "tel",     "telefon",
                         "dnr", "ärende",  "linje",   "buss",  "klokka",   "klokken", "omtrent", "vecka",
                         "uke", "åk",      "årskurs", "sak",   "ärendenr", "larm"});
constexpr auto kBeforeTimes =
    std::to_array<Text>({"kl", "klockan", "klokka", "klokken", "till", "til", "mellan", "mellom", "efter",
                         "etter", "före", "innan", "tid", "vid", "omkring", "runt"});
constexpr auto kConjunctions = std::to_array<Text>({"och", "samt", "eller", "&", "+", "till", "og", "til"});

/// Words of a sentence, of labels and of lists after which a name may begin.
constexpr auto kLeads = std::to_array<Text>(
    {"på",       "i",          "vid",          "till",    "från",        "mot",        "hos",
     "av",       "om",         "och",          "samt",    "med",         "för",        "efter",
     "mellan",   "längs",      "utefter",      "genom",   "över",        "under",      "runt",
     "kring",    "nära",       "utanför",      "bakom",   "framför",     "är",         "var",
     "vart",     "ang",        "angående",     "avser",   "gäller",      "rör",        "adress",
     "adressen", "gatuadress", "besöksadress", "plats",   "brottsplats", "skadeplats", "händelseplats",
     "bor",      "boende",     "hem",          "där",     "här",         "at",         "ved",
     "til",      "fra",        "hjemme",       "og",      "etter",       "mellom",     "utenfor",
     "foran",    "bak",        "langs",        "adresse", "sted",        "eller",      "in",
     "ut",       "upp",        "ner",          "kl",      "nr",          "samma",      "objekt",
     "omkring",  "invid",      "intill",       "bredvid", "bortom",      "mitt",       "emot",
     "mittemot"});
/// What happened, as compounds of it end too: "Cykelstöld Storgatan 12".
constexpr auto kEvents = std::to_array<Text>(
    {"stöld",   "inbrott",   "brott",    "rån",       "brand",      "misshandel", "görelse",
     "klotter", "larm",      "skada",    "störning",  "slagsmål",   "olycka",     "försök",
     "fylleri", "ofredande", "kross",    "skjutning", "sprängning", "tyveri",     "innbrudd",
     "hærverk", "tagging",   "snatteri", "bråk",      "kontroll",   "narkotika"});
constexpr auto kShortEvents = std::to_array<Text>({"hot", "ran", "vold", "støy", "stopp"});

/// Figures up to the next other letter, at most `most` of them; -1 when there are none or more.
int Figures(Text& text, std::size_t most) {
  int value = 0;
  std::size_t n = 0;
  while (n < text.size() && IsDigit(text[n]) && n <= most) value = value * 10 + (text[n++] - '0');
  text.remove_prefix(n);
  return n == 0 || n > most ? -1 : value;
}

bool IsDay(int day) { return day >= 1 && day <= 31; }
bool IsMonth(int month) { return month >= 1 && month <= 12; }
bool IsClock(int hour, int minute) { return hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59; }

/// "2025-08-12", "2025/08/12"
bool IsIsoDate(Text text) {
  if (text.size() < 8 || text.size() > 10) return false;
  const int year = Figures(text, 4);
  if (year < 1900 || year > 2199 || text.empty() || (text[0] != '-' && text[0] != '/')) return false;
  const char between = text[0];
  text.remove_prefix(1);
  const int month = Figures(text, 2);
  if (!IsMonth(month) || text.empty() || text[0] != between) return false;
  text.remove_prefix(1);
  return IsDay(Figures(text, 2)) && text.empty();
}

/// "28/6", "28/6-25", "24/12/2025", "24.12.2025"
bool IsDayAndMonth(Text text) {
  const int day = Figures(text, 2);
  if (!IsDay(day) || text.empty() || (text[0] != '/' && text[0] != '.')) return false;
  const bool points = text[0] == '.';
  text.remove_prefix(1);
  if (!IsMonth(Figures(text, 2))) return false;
  if (text.empty()) return !points;  // "20.10" is a time
  if (text[0] != '/' && text[0] != '-' && text[0] != '.') return false;
  text.remove_prefix(1);
  return Figures(text, 4) >= 0 && text.empty();
}

/// "251202", "20251202"
bool IsSolidDate(Text text) {
  if (text.size() != 6 && text.size() != 8) return false;
  if (!std::all_of(text.begin(), text.end(), IsDigit)) return false;
  Text end = text.substr(text.size() - 4);
  const int month = (end[0] - '0') * 10 + end[1] - '0', day = (end[2] - '0') * 10 + end[3] - '0';
  return IsMonth(month) && IsDay(day);
}

/// "20.30", "20:30", "12.45-tiden"
bool IsTime(Text text) {
  const int hour = Figures(text, 2);
  if (hour < 0 || text.empty() || (text[0] != '.' && text[0] != ':')) return false;
  text.remove_prefix(1);
  if (text.size() < 2 || !IsDigit(text[0]) || !IsDigit(text[1])) return false;
  const int minute = Figures(text, 2);
  return IsClock(hour, minute) &&
         (text.empty() || text.starts_with("-tid") || text.starts_with("-") || text == "h");
}

/// "0235", "1155"
bool IsSolidTime(Text text) {
  if (text.size() != 4 || !std::all_of(text.begin(), text.end(), IsDigit)) return false;
  return IsClock((text[0] - '0') * 10 + text[1] - '0', (text[2] - '0') * 10 + text[3] - '0');
}

bool IsYear(Text text) {
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) &&
         std::all_of(text.begin(), text.end(), IsDigit);
}

/// "3 oktober 2025", "3. oktober", "den 3:e mars"
std::size_t WrittenDate(const std::vector<Word>& words, std::size_t at) {
  Text text = Bare(words[at].lower);
  const int day = Figures(text, 2);
  if (!IsDay(day) || (!text.empty() && text != ":e" && text != ":a" && text != "e")) return 0;
  if (at + 1 >= words.size() || !IsOneOf(words[at + 1].lower, kMonths)) return 0;
  return at + 2 < words.size() && IsYear(Bare(words[at + 2].lower)) ? 3 : 2;
}

}  // namespace

std::size_t WhenLength(const std::vector<Word>& words, std::size_t at) {
  if (at >= words.size() || !BeginsWithDigit(words[at])) return 0;
  const Text text = Bare(words[at].lower);
  if (IsIsoDate(text) || IsDayAndMonth(text) || IsSolidDate(text) || IsTime(text)) return 1;
  if (const std::size_t written = WrittenDate(words, at); written > 0) return written;
  const bool said = text[0] == '0' || (at > 0 && IsOneOf(words[at - 1].lower, kBeforeTimes));
  return said && IsSolidTime(text) ? 1 : 0;
}

std::size_t SkipWhen(const std::vector<Word>& words, std::size_t at) {
  for (std::size_t when = WhenLength(words, at); when > 0; when = WhenLength(words, at)) at += when;
  return at;
}

bool CountsSomethingElse(const std::vector<Word>& words, std::size_t at, std::size_t after) {
  if (WhenLength(words, at) > 0) return true;
  if (at > 0 && IsOneOf(words[at - 1].lower, kBeforeCounts)) return true;
  return after < words.size() &&
         (IsOneOf(words[after].lower, kUnits) || IsOneOf(words[after].lower, kMonths));
}

bool GoesOn(const std::vector<Word>& words, std::size_t after) {
  if (after >= words.size()) return false;
  const bool joined = IsOneOf(words[after].lower, kConjunctions);
  const std::size_t at = joined ? after + 1 : after;
  if (at >= words.size() || !BeginsWithDigit(words[at])) return false;
  if (WhenLength(words, at) > 0) return false;
  // A time without its point, or a flat: no street lists its houses so.
  const Text text = Bare(words[at].lower);
  if (IsSolidTime(text) && after > 0 && Bare(words[after - 1].lower).size() < text.size()) return false;
  return !CountsSomethingElse(words, at, at + 1);
}

WordBefore WordBeforeName(const std::vector<Word>& words, std::size_t start) {
  if (start == 0) return WordBefore::kNothing;
  const Word& before = words[start - 1];
  const Text word = Bare(before.lower);
  if (word.empty() || BeginsWithDigit(before) || IsOneOf(word, kLeads) || IsOneOf(word, kShortEvents))
    return WordBefore::kNothing;
  if (std::any_of(kEvents.begin(), kEvents.end(), [&](Text event) { return word.ends_with(event); }))
    return WordBefore::kNothing;
  return BeginsWithCapital(before.text) ? WordBefore::kCapital : WordBefore::kUnknown;
}

}  // namespace lagesbild::geo
