#include "geo/address_parser.h"

#include <algorithm>
#include <array>

#include "geo/address_clutter.h"
#include "geo/place_text.h"
#include "geo/text_breaks.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMaxBytes = 1000, kMaxWords = 40, kMaxParts = 12;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return c >= 'a' && c <= 'z'; }

/// `clean` is what offsets are counted in; `text` is a part of it.
Word MakeWord(std::string_view clean, std::string_view text) {
  const auto begin = static_cast<std::size_t>(text.data() - clean.data());
  return {std::string(text), LowerCase(text), {begin, begin + text.size()}};
}

/// "Storg.12" and "Storgatan12" are two words.
void AppendWord(std::vector<Word>& words, std::string_view clean, std::string_view text) {
  while (!text.empty() && std::string_view("\"'!?*").find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view("\"'!?*:").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  if (text.empty()) return;
  if (IsDigit(text.front()) && text.back() == '.') text.remove_suffix(1);
  // "N.Vallg." is "N. Vallg.", "m.fl." is left to the clutter.
  if (const std::size_t dot = text.find('.');
      dot != std::string_view::npos && dot > 0 && dot + 3 < text.size() && !IsDigit(text[dot - 1]) &&
      !IsDigit(text[dot + 1]) && text[dot + 1] != '.' && !text.starts_with("m.fl")) {
    words.push_back(MakeWord(clean, text.substr(0, dot + 1)));
    return AppendWord(words, clean, text.substr(dot + 1));
  }
  const auto* const digit = std::find_if(text.begin(), text.end(), IsDigit);
  const auto at = static_cast<std::size_t>(digit - text.begin());
  const bool name_before = at >= 3 || (at >= 2 && text[at - 1] == '.');
  const bool plain =
      std::all_of(text.begin(), digit, [](char c) { return c != ':' && c != '/' && c != '-'; });
  if (digit == text.end() || !name_before || !plain) return words.push_back(MakeWord(clean, text));
  words.push_back(MakeWord(clean, text.substr(0, at)));
  words.push_back(MakeWord(clean, text.substr(at)));
}

std::vector<Word> Words(std::string_view clean, std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) AppendWord(words, clean, text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Cuts at every break of the text.
/// `whole` are the words of the text as it stands: where nothing cuts it they are those of its one part.
std::vector<AddressPart> Stretches(std::string_view clean, const std::vector<Word>& whole) {
  std::vector<AddressPart> parts;
  std::size_t begin = 0;
  bool bracketed = false;
  const auto close = [&](std::size_t end) {
    AddressPart part;
    part.words = begin == 0 && end == clean.size() ? whole : Words(clean, clean.substr(begin, end - begin));
    part.bracketed = bracketed;
    part.label = end < clean.size() && clean[end] == ':';
    if (!part.words.empty()) parts.push_back(std::move(part));
    begin = end + 1;
  };
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    if (!IsBreak(clean, i)) continue;
    close(i);
    if (c == '(' || c == '[') bracketed = true;
    if (c == ')' || c == ']') bracketed = false;
  }
  close(clean.size());
  return parts;
}

/// "Storgatan, 12", "Storgatan (12)": the comma parts nothing.
void JoinNumbers(std::vector<AddressPart>& stretches, int highest) {
  for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
    std::vector<Word>&words = stretches[i].words, &next = stretches[i + 1].words;
    const bool numbered = std::any_of(words.begin(), words.end(), [](const Word& w) {
      return w.lower.find_first_of("0123456789") != std::string::npos;
    });
    const auto reading = ReadHouseNumber(next, 0, true);
    if (numbered || !reading || reading->words != next.size() || reading->number.number > highest) continue;
    words.insert(words.end(), next.begin(), next.end());
    stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

/// Cuts "X vid Y" into X and Y; "vid Y" is Y with a relation.
void SplitAtRelation(AddressPart part, const ClutterWords& clutter, std::vector<AddressPart>& out) {
  for (std::size_t i = 0; i < part.words.size(); ++i) {
    const std::size_t length = RelationLength(part.words, i, clutter);
    if (length == 0 || i + length >= part.words.size()) continue;
    AddressPart after = part;
    after.words.erase(after.words.begin(), after.words.begin() + static_cast<std::ptrdiff_t>(i + length));
    after.relation = RelationCode(part.words, i, length);
    after.after_place = part.after_place || i > 0;
    part.words.resize(i);
    if (!part.words.empty()) out.push_back(std::move(part));
    return SplitAtRelation(std::move(after), clutter, out);
  }
  out.push_back(std::move(part));
}

/// Scans the words from `at`, joined by single blanks, letter by letter.
class Scanner {
 public:
  Scanner(const std::vector<Word>& words, std::size_t at) {
    for (std::size_t i = at; i < words.size() && i < at + 6; ++i)
      text_ += (i > at ? " " : "") + words[i].lower;
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_word_end() const { return peek() == '\0' || peek() == ' '; }
  int Digits(std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (IsDigit(peek(n)) && n <= most) value = value * 10 + (peek(n++) - '0');
    if (n == 0 || n > most) return 0;
    at_ += n;
    return value;
  }
  std::string Letters(std::size_t most) {
    std::size_t n = 0;
    while (IsAsciiLetter(peek(n))) ++n;
    if (n == 0 || n > most) return {};
    std::string letters = text_.substr(at_, n);
    at_ += n;
    for (char& c : letters) c = static_cast<char>(c - 'a' + 'A');
    return letters;
  }
  bool Take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  std::string_view next_word() const {
    const std::string_view rest = std::string_view(text_).substr(at_);
    return rest.substr(0, std::min(rest.find(' '), rest.size()));
  }
  std::size_t position() const { return at_; }
  void Rewind(std::size_t position) { at_ = position; }
  std::size_t words_taken() const {
    return static_cast<std::size_t>(
               std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), ' ')) +
           1;
  }
  bool more_words_after_next() const { return text_.find(' ', at_) != std::string::npos; }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

bool IsAddition(std::string_view word) {
  if (word == "uh" || word == "uv") return true;
  return word.size() >= 2 && word.size() <= 3 && word[0] == 'u' &&
         std::all_of(word.begin() + 1, word.end(), IsDigit);
}

/// "i" in "12 i Heby" is a preposition, in "12 I" a letter.
bool IsSpacedLetter(const Scanner& scan) {
  std::string_view word = scan.next_word();
  const std::size_t dash = word.find('-');
  if (dash != std::string_view::npos) word = word.substr(0, dash);
  if (word.empty() || word.size() > 2 || !std::all_of(word.begin(), word.end(), IsAsciiLetter)) return false;
  constexpr std::array<std::string_view, 12> kWords{"av", "om", "st", "tr", "bv", "nb",
                                                    "uh", "uv", "nr", "kl", "ca", "co"};
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return false;
  return word != "i" || !scan.more_words_after_next();
}

/// Flats are numbered from 1001 on: "12-1102", "12/1102".
constexpr int kFirstFlat = 1001, kLastFlat = 1999;
/// "4/6" may be a day of June; "12/14" is none.
constexpr int kMonths = 12;

/// What follows the dash or slash: false when it is neither a higher number nor a later letter.
bool ReadRangeEnd(Scanner& scan, bool slash, HouseNumber& number) {
  scan.Take(' ');
  if (IsDigit(scan.peek())) {
    const int last = scan.Digits(4);
    if (last <= number.number || (slash && last <= kMonths)) return false;
    number.flat = last >= kFirstFlat && last <= kLastFlat && number.number < kFirstFlat;
    if (number.flat) return true;
    number.last_number = last;
    number.last_letter = scan.Letters(1);
    return true;
  }
  const std::string letter = scan.Letters(1);
  if (number.letter.empty() && !slash && letter.size() == 1 && scan.at_word_end()) {
    number.letter = letter;  // "12-B"
    return true;
  }
  number.last_letter = letter;
  return !slash && !number.letter.empty() && number.last_letter > number.letter;
}

/// A range where one is written; false when what follows the dash or slash is none of ours.
bool ReadRange(Scanner& scan, HouseNumber& number) {
  const std::size_t before = scan.position();
  const bool apart = scan.Take(' ');
  const bool slash = scan.peek() == '/';
  if (!scan.Take('-') && !(!apart && scan.Take('/'))) {
    scan.Rewind(before);
    return true;
  }
  const bool blank = apart || scan.peek() == ' ';
  if (ReadRangeEnd(scan, slash, number)) return true;
  if (!blank) return false;
  number.last_number = 0;
  number.last_letter.clear();
  scan.Rewind(before);
  return true;
}

void ReadAddition(Scanner& scan, HouseNumber& number) {
  const std::size_t before = scan.position();
  scan.Take(' ');
  const std::string_view word = scan.next_word();
  if (!IsAddition(word)) return scan.Rewind(before);
  for (const char c : word) {
    number.addition += static_cast<char>(IsAsciiLetter(c) ? c - 'a' + 'A' : c);
    scan.Take(c);
  }
}

void ReadSpacedLetter(Scanner& scan, HouseNumber& number) {
  const std::size_t before = scan.position();
  if (!scan.Take(' ') || !IsSpacedLetter(scan)) return scan.Rewind(before);
  number.letter = scan.Letters(2);
}

}  // namespace

void FaultNotes::Add(std::string code, TextSpan span) {
  if (std::find(codes.begin(), codes.end(), code) != codes.end()) return;
  codes.push_back(std::move(code));
  spans.push_back(span);
}

TextSpan SpanOf(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  return from >= to || to > words.size() ? TextSpan{} : TextSpan{words[from].at.begin, words[to - 1].at.end};
}

ParsedAddress ParseAddress(std::string_view clean, const AddressStyle& style) {
  ParsedAddress parsed;
  if (clean.size() > kMaxBytes) {
    parsed.too_long = true;
    return parsed;
  }
  parsed.whole = Words(clean, clean);
  if (parsed.whole.size() > kMaxWords) {
    parsed.too_long = true;
    return parsed;
  }
  std::vector<AddressPart> stretches = Stretches(clean, parsed.whole);
  // Of five digits a number cannot be taken for a postcode; of four it may be, and the register tells.
  JoinNumbers(stretches, style.postcode_digits < 5 ? 9999 : 999);
  for (AddressPart& stretch : stretches) {
    if (!style.nordic_texts) {
      parsed.parts.push_back(std::move(stretch));
      continue;
    }
    RemoveClutter(stretch, parsed.faults, style);
    if (!stretch.words.empty()) SplitAtRelation(std::move(stretch), *style.clutter, parsed.parts);
  }
  if (parsed.parts.size() > kMaxParts) parsed.parts.resize(kMaxParts);
  return parsed;
}

std::optional<HouseNumberReading> ReadHouseNumber(const std::vector<Word>& words, std::size_t at,
                                                  bool spaced_letter) {
  if (at >= words.size() || words[at].lower.empty() || !IsDigit(words[at].lower.front())) return std::nullopt;
  Scanner scan(words, at);
  HouseNumberReading reading;
  HouseNumber& number = reading.number;
  number.number = scan.Digits(5);
  if (number.number == 0) return std::nullopt;
  if (IsAsciiLetter(scan.peek()))
    number.letter = scan.Letters(2);
  else if (spaced_letter)
    ReadSpacedLetter(scan, number);
  if (!ReadRange(scan, number)) return std::nullopt;
  ReadAddition(scan, number);
  if (!scan.at_word_end()) return std::nullopt;
  reading.words = scan.words_taken();
  return reading;
}

std::optional<HouseNumberReading> ReadLeadingNumber(const std::vector<Word>& words,
                                                    const AddressStyle& style) {
  if (words.empty()) return std::nullopt;
  std::optional<HouseNumberReading> reading;
  if (words[0].lower.find_first_not_of('0') == std::string::npos)
    reading = HouseNumberReading{{}, 1};
  else
    reading = ReadHouseNumber(words, 0, false);
  if (!reading) return std::nullopt;
  const std::string& letter = reading->number.letter;
  if (letter == "ST" || letter == "ND" || letter == "RD" || letter == "TH") return std::nullopt;
  const auto is_block_word = [&](const Word& word) {
    return std::find(style.block_words.begin(), style.block_words.end(), word.lower) !=
           style.block_words.end();
  };
  while (reading->words < words.size() && is_block_word(words[reading->words])) ++reading->words;
  return reading->words < words.size() ? reading : std::nullopt;
}

std::string ReadPostcode(std::string_view text, const AddressStyle& style) {
  for (const std::string_view country : style.postcode_countries) {
    const auto begins = [&] {
      if (text.size() <= country.size() || text[country.size()] != '-') return false;
      return std::equal(country.begin(), country.end(), text.begin(),
                        [](char a, char b) { return a == b || a == b + ('A' - 'a'); });
    };
    if (!begins()) continue;
    text.remove_prefix(country.size() + 1);
    break;
  }
  std::string digits;
  for (const char c : text) {
    if (IsDigit(c))
      digits += c;
    else if (c != ' ')
      return {};
  }
  const bool complete = digits.size() == style.postcode_digits;
  return complete && (style.postcode_from_zero || digits.front() != '0') ? digits : std::string();
}

bool SaysNoPlace(std::string_view clean) {
  constexpr std::array<std::string_view, 16> kSayings{"",
                                                      "okänd",
                                                      "okänt",
                                                      "okänd plats",
                                                      "plats okänd",
                                                      "okänd adress",
                                                      "adress okänd",
                                                      "saknas",
                                                      "uppgift saknas",
                                                      "adress saknas",
                                                      "ej angiven",
                                                      "ej angivet",
                                                      "ingen uppgift",
                                                      "vet ej",
                                                      "n a",
                                                      "na"};
  if (std::any_of(clean.begin(), clean.end(), IsDigit)) return false;
  const std::string key = NameKey(LowerCase(clean));
  return std::find(kSayings.begin(), kSayings.end(), key) != kSayings.end();
}

}  // namespace lagesbild::geo
