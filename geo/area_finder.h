#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/study_area.h"

namespace lagesbild::geo {

/// Tells in which of several named areas a point lies. Keeps a copy of what it needs.
class AreaFinder {
 public:
  /// Throws InvalidInput as StudyArea does. O(vertices).
  explicit AreaFinder(std::span<const NamedArea> areas);

  /// Name of the area that holds the point; where several do, the first in their order. Empty for none.
  std::string_view NameAt(PlanePoint point) const;

 private:
  struct Named {
    std::string name;
    StudyArea area;
  };
  std::vector<Named> areas_;
};

}  // namespace lagesbild::geo
