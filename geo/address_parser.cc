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

bool HasDigit(const Word& word) { return word.lower.find_first_of("0123456789") != std::string::npos; }

/// "Storgatan, 12", "Storgatan (12)": the comma parts nothing.
void JoinNumbers(std::vector<AddressPart>& stretches, int highest) {
  for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
    std::vector<Word>&words = stretches[i].words, &next = stretches[i + 1].words;
    const bool numbered = std::any_of(words.begin(), words.end(), HasDigit);
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

/// "Storgatan i höjd med nr 12", "Storgatan, utanför 12": the number is the street's. "Vid 21" may be a time.
void JoinNumbersBeside(std::vector<AddressPart>& parts) {
  constexpr std::array<std::string_view, 9> kRelations{
      "utanför", "mittemot", "mitt emot", "i höjd med", "bakom", "framför", "bredvid", "intill", "utenfor"};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    std::vector<Word>& words = parts[i - 1].words;
    const auto reading = ReadHouseNumber(parts[i].words, 0, true);
    if (std::find(kRelations.begin(), kRelations.end(), parts[i].relation) == kRelations.end() || !reading ||
        reading->words != parts[i].words.size() || reading->number.number > 999 ||
        std::any_of(words.begin(), words.end(), HasDigit))
      continue;
    words.insert(words.end(), parts[i].words.begin(), parts[i].words.end());
    parts[i - 1].relation = parts[i].relation;
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
  }
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
  JoinNumbersBeside(parsed.parts);
  if (parsed.parts.size() > kMaxParts) parsed.parts.resize(kMaxParts);
  return parsed;
}

}  // namespace lagesbild::geo
