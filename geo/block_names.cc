#include "geo/block_names.h"

#include <algorithm>

#include "geo/edit_distance.h"
#include "geo/place_text.h"
#include "geo/street_abbreviations.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kOneEditFrom = 5, kTwoEditsFrom = 9;

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsFull(std::string_view word, std::span<const Abbreviation> table) {
  return std::any_of(table.begin(), table.end(), [&](const Abbreviation& a) { return a.full == word; });
}

}  // namespace

std::string_view OppositeDirection(std::string_view direction) {
  if (direction == "north") return "south";
  if (direction == "south") return "north";
  if (direction == "east") return "west";
  return direction == "west" ? "east" : "";
}

std::vector<int> BlockNames::Opposites() const {
  std::vector<int> opposites(parts_.size(), -1);
  for (std::size_t id = 0; id < parts_.size(); ++id) {
    const PartViews own = PartsOf(static_cast<int>(id));
    const std::string_view wanted = OppositeDirection(own.direction);
    if (wanted.empty()) continue;
    for (const int other : cores_.Find(own.core)) {
      const PartViews parts = PartsOf(other);
      if (parts.direction == wanted && parts.type == own.type) opposites[id] = other;
    }
  }
  return opposites;
}

BlockNames::Parts BlockNames::Take(std::string_view written_out) const {
  Parts parts;
  std::vector<std::string> words = SplitWords(written_out);
  const auto is_direction = [&](const std::string& word) {
    return std::find(style_->opposites.begin(), style_->opposites.end(), word) != style_->opposites.end();
  };
  if (words.size() > 1 && is_direction(words.front())) {
    parts.direction = words.front();
    words.erase(words.begin());
  } else if (words.size() > 2 && is_direction(words.back())) {
    parts.direction = words.back();
    words.pop_back();
  }
  if (words.size() > 1 && IsFull(words.back(), style_->suffixes)) {
    parts.type = words.back();
    words.pop_back();
  }
  for (const std::string& word : words) parts.core += word;
  return parts;
}

void BlockNames::Add(std::string_view name, int id) {
  const std::vector<std::string> written = ExpandStreetName(SplitWords(LowerCase(name)), *style_);
  added_.resize(std::max(added_.size(), static_cast<std::size_t>(id) + 1));
  if (written.empty()) return;
  Parts& parts = added_[static_cast<std::size_t>(id)];
  parts = Take(written.front());
  if (!parts.core.empty()) cores_.Add(parts.core, id);
}

void BlockNames::Freeze() {
  cores_.Freeze();
  for (std::size_t i = 0; i < cores_.size(); ++i)
    if (!HasDigit(cores_.text(i))) near_.Add(cores_.text(i), static_cast<std::uint32_t>(i));
  near_.Freeze();
  std::vector<std::string> texts;
  std::vector<PartTexts> parts;
  for (Parts& p : added_) {
    const auto first = static_cast<std::uint32_t>(texts.size());
    parts.push_back({first, first + 1, first + 2});
    for (std::string* text : {&p.direction, &p.core, &p.type}) texts.push_back(std::move(*text));
  }
  parts_ = std::move(parts);
  part_texts_ = FlatTexts(texts);
  added_ = {};
}

void BlockNames::Check(std::size_t ids) const {
  cores_.Check(ids, "block_names.cores");
  near_.Check(cores_.size(), "block_names.near");
  for (std::size_t i = 0; i < cores_.size(); ++i)
    RequireInImage(!cores_.text(i).empty(), "block_names.cores", "has an empty name");
  part_texts_.Check("block_names.part_texts");
  RequireInImage(cores_.size() == 0 || parts_.size() == ids, "block_names.parts", "are of other names");
  for (const PartTexts& p : parts_)
    RequireInImage(std::max({p.direction, p.core, p.type}) < part_texts_.size(), "block_names.parts",
                   "name a text that does not exist");
}

CoreMatch BlockNames::Compare(const Parts& wanted, int id, int edits) const {
  const PartViews parts = PartsOf(id);
  CoreMatch match{id, edits};
  match.direction_missing = wanted.direction != parts.direction;
  match.type_missing = wanted.type != parts.type && (wanted.type.empty() || parts.type.empty());
  match.type_differs = wanted.type != parts.type && !match.type_missing;
  return match;
}

std::vector<CoreMatch> BlockNames::Find(const std::vector<std::string>& words) const {
  std::vector<CoreMatch> found;
  const std::vector<std::string> written = ExpandStreetName(words, *style_);
  if (written.empty()) return found;
  const Parts wanted = Take(written.front());
  const auto known = std::find(style_->opposites.begin(), style_->opposites.end(), wanted.direction);
  const std::string_view written_direction = known == style_->opposites.end() ? std::string_view() : *known;
  const auto add = [&](std::span<const std::int32_t> ids, int edits) {
    for (const int id : ids) {
      const std::string_view direction = PartsOf(id).direction;
      const bool other = !direction.empty() && !wanted.direction.empty() && direction != wanted.direction;
      if (other && (edits > 0 || direction != OppositeDirection(wanted.direction))) continue;
      found.push_back(Compare(wanted, id, edits));
      found.back().across = other;
      found.back().written = written_direction;
    }
  };
  const auto exact = cores_.Find(wanted.core);
  add(exact, 0);
  if (!exact.empty() || HasDigit(wanted.core) || wanted.core.size() < kOneEditFrom ||
      wanted.core.size() > EditDistance::kLongest)
    return found;
  std::vector<std::uint32_t> near;
  near_.Find(wanted.core, DeletionIndex::kMost, near);
  const EditDistance distance(wanted.core);
  for (const std::uint32_t core : near) {
    const std::size_t letters = std::min(cores_.text(core).size(), wanted.core.size());
    const int most = letters >= kTwoEditsFrom ? 2 : letters >= kOneEditFrom ? 1 : 0;
    if (cores_.text(core)[0] != wanted.core[0]) continue;  // "Mercy" is not Percy
    if (const int edits = distance.To(cores_.text(core), most); edits <= most) add(cores_.ids(core), edits);
  }
  return found;
}

}  // namespace lagesbild::geo
