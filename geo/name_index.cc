#include "geo/name_index.h"

#include <algorithm>

#include "geo/edit_distance.h"
#include "geo/place_text.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {
namespace {

/// A tail or a stem shorter than this says too little.
constexpr std::size_t kShortestTail = 5, kShortestStem = 3;
/// One or two wrong letters in a stem shorter than this leave too little of it.
constexpr std::size_t kStemForOne = 3, kStemForTwo = 5;
/// Of two wrong letters the first is one only in a stem of so many: "Grannmåls" is not Spannmåls.
constexpr std::size_t kStemForOther = 7;

std::vector<int> SortedOnce(std::vector<int> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void Collect(const StringTable& table, std::string_view key, std::vector<int>& ids) {
  const auto found = table.Find(key);
  ids.insert(ids.end(), found.begin(), found.end());
}

bool HasMarks(std::string_view marked) {
  return std::any_of(marked.begin(), marked.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

int CountWords(std::string_view key) { return 1 + static_cast<int>(std::count(key.begin(), key.end(), ' ')); }

/// 1 + which of the style's opposites the key begins with; 0 = none.
std::uint32_t FirstWordOf(std::string_view key, const AddressStyle& style) {
  for (std::uint32_t i = 0; i < style.opposites.size(); ++i)
    if (key.starts_with(style.opposites[i]) && key.size() > style.opposites[i].size() + 2) return i + 1;
  return 0;
}

bool SameDigits(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  for (;; ++i, ++j) {
    while (i < a.size() && !digit(a[i])) ++i;
    while (j < b.size() && !digit(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i] != b[j]) return false;
  }
}

/// The name without its street type; the whole name when it has none, or nothing else.
std::string_view StemOf(std::string_view solid, const AddressStyle& style) {
  for (const std::string_view type : style.types)  // the longest first
    if (solid.size() > type.size() && solid.ends_with(type))
      return solid.substr(0, solid.size() - type.size());
  return solid;
}

}  // namespace

void NameIndex::Add(std::string_view name, int id) {
  const std::string lower = LowerCase(name);
  const std::string key = NameKey(lower);
  if (key.empty()) return;
  as_written_.Add(key, id);
  added_words_.resize(std::max(added_words_.size(), static_cast<std::size_t>(id) + 1));
  if (std::int32_t& words = added_words_[static_cast<std::size_t>(id)]; words == 0) words = CountWords(key);
  std::vector<std::string> forms = ExpandStreetName(SplitWords(lower), *style_);
  for (const std::string& form : forms) expanded_.Add(form, id);
  forms.push_back(key);
  for (const std::string& form : forms) {
    const std::string folded = FoldMarks(form), plain = FoldDigraphs(folded);
    folded_.Add(folded, id);
    digraphs_.Add(plain, id);
    for (const std::string* text : {&folded, &plain}) {
      const std::string solid = SolidText(*text);
      solid_.Add(solid, id);
      added_marked_.push_back({solid, id, MarkedText(form)});
      if (const std::string_view stem = StemOf(solid, *style_);
          stem.size() < solid.size() && stem.size() >= kShortestStem)
        stems_.Add(stem, id);
      // Without the first word; of a person's names without all but the last.
      const bool one_word = text->find(' ') == text->rfind(' ');
      for (std::size_t blank = text->find(' '); blank != std::string::npos;
           blank = text->find(' ', blank + 1)) {
        const std::string_view rest = std::string_view(*text).substr(blank + 1);
        if (!one_word && rest.find(' ') == std::string_view::npos) break;
        if (const std::string tail = SolidText(rest); tail.size() >= kShortestTail) tails_.Add(tail, id);
      }
    }
  }
}

void NameIndex::Freeze() {
  for (StringTable* table : {&as_written_, &expanded_, &folded_, &digraphs_, &solid_, &tails_, &stems_})
    table->Freeze();
  std::vector<std::uint32_t> first_words;
  for (std::size_t i = 0; i < solid_.size(); ++i) {
    near_.Add(solid_.text(i), static_cast<std::uint32_t>(i));
    first_words.push_back(FirstWordOf(solid_.text(i), *style_));
  }
  near_.Freeze();
  first_words_ = std::move(first_words);
  words_ = std::move(added_words_);
  added_words_ = {};
  // In the order of solid_ and its ids; of two spellings with one folded key the first.
  std::sort(added_marked_.begin(), added_marked_.end());
  std::vector<std::uint32_t> firsts, starts;
  std::vector<char> pool;
  std::string_view solid;
  int id = -1;
  for (const Marked& m : added_marked_) {
    if (m.solid != solid) firsts.push_back(static_cast<std::uint32_t>(starts.size()));
    if (m.solid == solid && m.id == id) continue;
    starts.push_back(static_cast<std::uint32_t>(pool.size()));
    pool.insert(pool.end(), m.marked.begin(), m.marked.end());
    solid = m.solid;
    id = m.id;
  }
  starts.push_back(static_cast<std::uint32_t>(pool.size()));
  marked_firsts_ = std::move(firsts);
  marked_starts_ = std::move(starts);
  marked_pool_ = std::move(pool);
  added_marked_ = {};
}

void NameIndex::Check(std::size_t ids, std::string_view name) const {
  // Fewer words than ids: the last ones bear no name, as a road of number alone.
  RequireInImage(words_.size() <= ids, name, "counts the words of other names");
  for (const StringTable* table : {&as_written_, &expanded_, &folded_, &digraphs_, &solid_, &tails_, &stems_})
    table->Check(words_.size(), name);
  near_.Check(solid_.size(), name);
  for (const std::int32_t words : words_)
    RequireInImage(words >= 0 && words <= kMostNumber, name, "counts words that are none");
  RequireInImage(first_words_.size() == solid_.size() && marked_firsts_.size() == solid_.size(), name,
                 "has other solid names than it says");
  RequireStarts(marked_starts_, marked_pool_.size(), name);
  for (std::size_t i = 0; i < solid_.size(); ++i)
    RequireInImage(!solid_.text(i).empty() && marked_firsts_[i] < marked_starts_.size() &&
                       solid_.ids(i).size() < marked_starts_.size() - marked_firsts_[i],
                   name, "has names without their marks");
}

std::string_view NameIndex::MarkedOf(std::uint32_t solid, std::size_t id_at) const {
  const std::size_t at = marked_firsts_[solid] + id_at;
  return {marked_pool_.data() + marked_starts_[at], marked_starts_[at + 1] - marked_starts_[at]};
}

NameHits NameIndex::Find(const NameText& name, Spelling spelling) const {
  NameHits hits;
  if (name.key().empty() || as_written_.size() == 0) return hits;
  switch (spelling) {
    case Spelling::kAsWritten:
      Collect(as_written_, name.key(), hits.ids);
      break;
    case Spelling::kExpanded:
      hits.expanded = true;
      Collect(expanded_, name.key(), hits.ids);
      for (const std::string& form : name.expanded()) {
        Collect(as_written_, form, hits.ids);
        Collect(expanded_, form, hits.ids);
      }
      break;
    case Spelling::kFolded:
      Collect(folded_, name.folded(), hits.ids);
      if (!hits.ids.empty()) break;
      hits.expanded = true;
      for (const std::string& form : name.expanded_folded()) Collect(folded_, form, hits.ids);
      break;
    case Spelling::kDigraphs:
      if (!style_->nordic_texts) break;
      // Names that the reading spells exactly go before those that only share the folded key.
      if (HasDigraph(name.lower()))
        Collect(as_written_, NameKey(ReadDigraphs(name.lower())), hits.ids);
      else
        Collect(as_written_, name.key(), hits.ids);
      if (hits.ids.empty()) Collect(digraphs_, FoldDigraphs(name.folded()), hits.ids);
      if (!hits.ids.empty()) break;
      hits.expanded = true;
      for (const std::string& form : name.expanded_folded()) Collect(digraphs_, FoldDigraphs(form), hits.ids);
      break;
  }
  if (hits.ids.size() > 1) hits.ids = SortedOnce(std::move(hits.ids));
  if (hits.ids.empty()) hits.expanded = false;
  return hits;
}

std::vector<int> NameIndex::FindAny(const NameText& name) const {
  for (const Spelling spelling : kSpellings)
    if (NameHits hits = Find(name, spelling); !hits.ids.empty()) return hits.ids;
  return {};
}

void NameIndex::AddNear(const NameText::Form& form, int most_edits, std::vector<NearName>& near) const {
  const std::string_view text = form.solid;
  if (text.size() < 3 || text.size() > DeletionIndex::kLongest) return;
  if (std::find(style_->types.begin(), style_->types.end(), text) != style_->types.end()) return;
  std::vector<std::uint32_t> keys;
  near_.Find(text, text.size() < DeletionIndex::kTwoFrom - 2 ? 1 : most_edits, keys);
  if (keys.empty()) return;
  const EditDistance distance(text);
  const std::string_view stem = StemOf(text, *style_);
  const bool typed = stem.size() < text.size();
  const bool meant = typed && (IsStreetWord(stem, *style_) || !stems_.Find(stem).empty());
  const bool tail = !tails_.Find(text).empty();
  const std::uint32_t first_word = FirstWordOf(text, *style_);
  const EditDistance marked_distance(form.marked.size() <= EditDistance::kLongest ? form.marked : "");
  const bool marked = HasMarks(form.marked);
  for (const std::uint32_t key : keys) {
    const std::string_view name = solid_.text(key);
    const int most = name.size() < DeletionIndex::kTwoFrom ? 1 : DeletionIndex::kMost;
    const int folded_edits = distance.To(name, most);
    if (folded_edits > most) continue;
    if (folded_edits > 0) {
      if (!SameDigits(text, name)) continue;
      if (first_word > 0 && first_words_[key] > 0 && first_word != first_words_[key]) continue;
      const std::string_view name_stem = StemOf(name, *style_);
      const std::string_view type = text.substr(stem.size()), name_type = name.substr(name_stem.size());
      const bool same_type = !name_type.empty() && text.ends_with(name_type);
      if (tail || (meant && name_stem != stem)) continue;
      // Only the type differs, and not as "gata" from "gatan": see OtherType.
      if (typed && name_stem == stem && !type.starts_with(name_type) && !name_type.starts_with(type))
        continue;
      if (same_type && folded_edits == 2 && name_stem.size() < kStemForOther && text[0] != name[0]) continue;
      if (same_type && name_stem.size() < (folded_edits == 2 ? kStemForTwo : kStemForOne)) continue;
    }
    const auto ids = solid_.ids(key);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      // Who writes å ä ö means them; who does not has left them out, or one of them by mistake.
      const int marked_edits = marked_distance.To(MarkedOf(key, i), most);
      if (folded_edits > 0 && marked_edits > most && (marked || folded_edits > 1)) continue;
      const int edits = folded_edits == 0 ? 0 : std::min(marked_edits, most);
      if (edits > most_edits) continue;
      near.push_back(
          {ids[i], edits, form.expanded, CountWords(form.text) - words_[static_cast<std::size_t>(ids[i])]});
    }
  }
}

std::vector<NearName> NameIndex::Near(const NameText& name, int most_edits) const {
  std::vector<NearName> near;
  if (solid_.size() == 0) return near;
  for (const NameText::Form& form : name.forms()) AddNear(form, most_edits, near);
  std::stable_sort(near.begin(), near.end(), [](const NearName& a, const NearName& b) {
    return std::pair(a.id, a.edits) < std::pair(b.id, b.edits);
  });
  near.erase(std::unique(near.begin(), near.end(),
                         [](const NearName& a, const NearName& b) { return a.id == b.id; }),
             near.end());
  return near;
}

NameHits NameIndex::WithoutFirstWord(const NameText& name) const {
  NameHits hits;
  for (const NameText::Form& form : name.forms()) Collect(tails_, form.solid, hits.ids);
  hits.ids = SortedOnce(std::move(hits.ids));
  return hits;
}

NameHits NameIndex::OtherType(const NameText& name) const {
  NameHits hits;
  const std::string written = SolidText(name.folded());
  const bool digraph = HasDigraph(StemOf(written, *style_));
  for (const NameText::Form& form : name.forms()) {
    const std::string_view stem = StemOf(form.solid, *style_);
    if (stem.size() == form.solid.size()) continue;
    // Another type and aa read as å as well are two repairs.
    if (digraph && !HasDigraph(stem)) continue;
    const auto same = solid_.Find(form.solid);
    for (const int id : stems_.Find(stem))
      if (!std::binary_search(same.begin(), same.end(), id)) hits.ids.push_back(id);
  }
  hits.ids = SortedOnce(std::move(hits.ids));
  return hits;
}

std::vector<int> NameIndex::BeginningWith(std::string_view folded_key, std::size_t most) const {
  std::vector<int> ids;
  std::size_t low = 0, high = folded_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (folded_.text(middle) < folded_key)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < folded_.size() && folded_.text(low).starts_with(folded_key) && ids.size() < most; ++low)
    for (const int id : folded_.ids(low))
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  return ids;
}

std::vector<int> NameIndex::BeginningNear(std::string_view folded_key, std::size_t most) const {
  std::vector<int> ids;
  if (folded_key.size() > EditDistance::kLongest) return ids;
  const EditDistance distance(folded_key);
  for (std::size_t i = 0; i < folded_.size() && ids.size() < most; ++i) {
    const std::string_view name = folded_.text(i);
    bool near = false;
    for (const std::size_t length : {folded_key.size() - 1, folded_key.size(), folded_key.size() + 1})
      near = near || (length <= name.size() && distance.To(name.substr(0, length), 1) <= 1);
    if (!near) continue;
    for (const int id : folded_.ids(i))
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

}  // namespace lagesbild::geo
