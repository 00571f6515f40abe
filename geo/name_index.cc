#include "geo/name_index.h"

#include <algorithm>

#include "geo/place_text.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<int> SortedOnce(std::vector<int> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

void NameIndex::Put(Keys& keys, std::string key, int id) {
  std::vector<int>& ids = keys[std::move(key)];
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

void NameIndex::Collect(const Keys& keys, const std::string& key, std::vector<int>& ids) {
  if (const auto hit = keys.find(key); hit != keys.end())
    ids.insert(ids.end(), hit->second.begin(), hit->second.end());
}

void NameIndex::Add(std::string_view name, int id) {
  const std::string lower = LowerCase(name);
  const std::string key = NameKey(lower);
  if (key.empty()) return;
  Put(as_written_, key, id);
  std::vector<std::string> forms = ExpandStreetName(SplitWords(lower), *style_);
  for (const std::string& form : forms) Put(expanded_, form, id);
  forms.push_back(key);
  for (const std::string& form : forms) {
    const std::string folded = FoldMarks(form);
    Put(folded_, folded, id);
    Put(digraphs_, FoldDigraphs(folded), id);
  }
}

NameHits NameIndex::Find(const std::vector<std::string>& words, Spelling spelling) const {
  NameHits hits;
  const std::string lower = Joined(words);
  const std::string key = NameKey(lower);
  if (key.empty()) return hits;
  switch (spelling) {
    case Spelling::kAsWritten:
      Collect(as_written_, key, hits.ids);
      break;
    case Spelling::kExpanded:
      hits.expanded = true;
      Collect(expanded_, key, hits.ids);
      for (const std::string& form : ExpandStreetName(words, *style_)) {
        Collect(as_written_, form, hits.ids);
        Collect(expanded_, form, hits.ids);
      }
      break;
    case Spelling::kFolded:
      Collect(folded_, FoldMarks(key), hits.ids);
      if (!hits.ids.empty()) break;
      hits.expanded = true;
      for (const std::string& form : ExpandStreetName(words, *style_))
        Collect(folded_, FoldMarks(form), hits.ids);
      break;
    case Spelling::kDigraphs:
      if (!style_->nordic_texts) break;
      // Names that the reading spells exactly go before those that only share the folded key.
      Collect(as_written_, NameKey(ReadDigraphs(lower)), hits.ids);
      if (hits.ids.empty()) Collect(digraphs_, FoldDigraphs(FoldMarks(key)), hits.ids);
      if (!hits.ids.empty()) break;
      hits.expanded = true;
      for (const std::string& form : ExpandStreetName(words, *style_))
        Collect(digraphs_, FoldDigraphs(FoldMarks(form)), hits.ids);
      break;
  }
  hits.ids = SortedOnce(std::move(hits.ids));
  if (hits.ids.empty()) hits.expanded = false;
  return hits;
}

std::vector<int> NameIndex::FindAny(const std::vector<std::string>& words) const {
  for (const Spelling spelling : kSpellings)
    if (NameHits hits = Find(words, spelling); !hits.ids.empty()) return hits.ids;
  return {};
}

}  // namespace lagesbild::geo
