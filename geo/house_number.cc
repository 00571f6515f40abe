#include <algorithm>
#include <array>

#include "geo/address_parser.h"

// The part of the address parser that knows how house numbers are written.

namespace lagesbild::geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return c >= 'a' && c <= 'z'; }

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
  // "12 SE-211 33": a country and its postcode.
  if (dash == 2 && word.size() > dash + 3 && IsDigit(word[dash + 1]) && IsDigit(word[dash + 3])) return false;
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

}  // namespace lagesbild::geo
