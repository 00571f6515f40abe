#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/address_style.h"
#include "geo/deletion_index.h"
#include "geo/flat_array.h"
#include "geo/flat_texts.h"
#include "geo/string_table.h"

namespace lagesbild::geo {

/// A street of which the text names the core, and in what the rest differs.
struct CoreMatch {
  int id = 0;
  int edits = 0;                   ///< letters wrong in the core
  bool type_differs = false;       ///< another street type, both given
  bool type_missing = false;       ///< given on one side alone
  bool direction_missing = false;  ///< given on one side alone
  bool across = false;  ///< the register has the street only on the other side of the city's middle
  std::string_view written =
      {};  ///< the text's direction, one of the style's opposites; empty when it gives none
};

/// "north" for "south"; empty for what is no direction.
std::string_view OppositeDirection(std::string_view direction);

/// Street names taken apart into direction, core and type, for styles whose types are words of their own:
/// "W LEHIGH AVE" is found by "lehigh". One with the opposite direction is told
/// apart: the same line beyond the middle of the city.
class BlockNames {
 public:
  explicit BlockNames(const AddressStyle& style) : style_(&style) {}
  void Add(std::string_view name, int id);
  void Freeze();
  /// `words` in lower case as written. Letters wrong only when no core is written so: one in a core of five
  /// letters or more, two in one of nine.
  std::vector<CoreMatch> Find(const std::vector<std::string>& words) const;
  /// Per id: the street of the same core and type with the opposite direction; -1 = none.
  std::vector<int> Opposites() const;

  /// "north", or empty.
  std::string_view DirectionOf(int id) const { return PartsOf(id).direction; }

  /// Into and out of a compiled index; of the same style.
  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.In("cores", [&] { StringTable::Transfer(self.cores_, io); });
    io.In("near", [&] { DeletionIndex::Transfer(self.near_, io); });
    io.In("part_texts", [&] { FlatTexts::Transfer(self.part_texts_, io); });
    io.Array("parts", self.parts_);
  }
  /// Throws InvalidInput unless every look-up ends and gives ids below `ids`.
  void Check(std::size_t ids) const;

 private:
  struct Parts {
    std::string direction, core, type;
  };
  struct PartTexts {
    std::uint32_t direction, core, type;
  };
  struct PartViews {
    std::string_view direction, core, type;
  };
  PartViews PartsOf(int id) const {
    const PartTexts& p = parts_[static_cast<std::size_t>(id)];
    return {part_texts_[p.direction], part_texts_[p.core], part_texts_[p.type]};
  }
  Parts Take(std::string_view written_out) const;
  CoreMatch Compare(const Parts& wanted, int id, int edits) const;

  const AddressStyle* style_;
  StringTable cores_;
  DeletionIndex near_;          // of cores_
  std::vector<Parts> added_;    // per id, until frozen
  FlatArray<PartTexts> parts_;  // per id
  FlatTexts part_texts_;
};

}  // namespace lagesbild::geo
