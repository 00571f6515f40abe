#include "geo/name_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "geo/place_text.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {

std::string SolidText(std::string_view key) {
  std::string solid;
  solid.reserve(key.size());
  std::copy_if(key.begin(), key.end(), std::back_inserter(solid), [](char c) { return c != ' '; });
  return solid;
}

std::string MarkedText(std::string_view key) {
  std::string marked;
  marked.reserve(key.size());
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == ' ') continue;
    const bool latin = static_cast<unsigned char>(key[i]) == 0xC3 && i + 1 < key.size();
    marked += latin ? static_cast<char>(key[++i] | 0x40) : key[i];
  }
  return marked;
}

bool HasDigraph(std::string_view folded) {
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    const char c = folded[i], next = folded[i + 1];
    if ((c == 'a' && (next == 'a' || next == 'e')) || (c == 'o' && next == 'e')) return true;
  }
  return false;
}

NameText::NameText(std::vector<std::string> words, const AddressStyle& style)
    : style_(&style), words_(std::move(words)) {
  std::size_t size = words_.size();
  for (const std::string& word : words_) size += word.size();
  lower_.reserve(size);
  for (const std::string& word : words_) {
    if (!lower_.empty()) lower_ += ' ';
    lower_ += word;
  }
  key_ = NameKey(lower_);
}

const std::string& NameText::folded() const {
  if (!folded_) folded_ = FoldMarks(key_);
  return *folded_;
}

const std::vector<std::string>& NameText::expanded() const {
  if (!expanded_) expanded_ = ExpandStreetName(words_, *style_);
  return *expanded_;
}

const std::vector<std::string>& NameText::expanded_folded() const {
  if (!expanded_folded_) {
    expanded_folded_.emplace();
    for (const std::string& form : expanded()) expanded_folded_->push_back(FoldMarks(form));
  }
  return *expanded_folded_;
}

const std::vector<NameText::Form>& NameText::forms() const {
  if (forms_) return *forms_;
  std::vector<Form>& forms = forms_.emplace();
  if (key_.empty()) return forms;
  const auto add = [&](std::string text, const std::string& key, bool expanded) {
    std::string solid = SolidText(text);
    if (std::none_of(forms.begin(), forms.end(), [&](const Form& f) { return f.solid == solid; }))
      forms.push_back({std::move(text), std::move(solid), MarkedText(key), expanded});
  };
  const auto add_both = [&](const std::string& key, const std::string& folded, bool expanded) {
    if (style_->nordic_texts && HasDigraph(folded)) add(FoldDigraphs(folded), ReadDigraphs(key), expanded);
    add(folded, key, expanded);
  };
  add_both(key_, folded(), false);
  for (std::size_t i = 0; i < expanded().size(); ++i) add_both(expanded()[i], expanded_folded()[i], true);
  return forms;
}

}  // namespace lagesbild::geo
