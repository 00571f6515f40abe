#pragma once

#include <cstddef>
#include <iterator>
#include <utility>

namespace lagesbild::geo {

/// Walks through a container whose items are put together when asked for.
template <class Container>
class ValueIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using value_type = decltype(std::declval<const Container&>()[0]);
  using pointer = const value_type*;
  using reference = value_type;

  ValueIterator(const Container& container, std::size_t at) : container_(&container), at_(at) {}
  value_type operator*() const { return (*container_)[at_]; }
  ValueIterator& operator++() {
    ++at_;
    return *this;
  }
  ValueIterator operator++(int) {
    ValueIterator before = *this;
    ++at_;
    return before;
  }
  friend bool operator==(const ValueIterator& a, const ValueIterator& b) { return a.at_ == b.at_; }

 private:
  const Container* container_;
  std::size_t at_;
};

}  // namespace lagesbild::geo
