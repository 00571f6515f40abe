#include "tools/bench_geocode/rivals.h"

#include <algorithm>
#include <utility>

#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kMostEdits = 2;
constexpr int kMostWithMarks = 6;

std::u32string Squeezed(std::u32string text) {
  std::erase(text, U' ');
  return text;
}

}  // namespace

Rivals::Rivals(const RegisterView& view, WritingLanguage language) : view_(view), language_(language) {
  for (std::size_t as = 0; as < forms_.size(); ++as)
    for (const BenchStreet& street : view.streets())
      forms_[as].push_back(FormsOf(street.name, static_cast<WrittenAs>(as)));
}

std::vector<Rivals::Form> Rivals::FormsOf(const std::string& name, WrittenAs as) const {
  std::vector<Form> forms;
  std::vector<std::string> names = {name};
  if (as == WrittenAs::kAbbreviation) names = WrittenForms(name, language_);
  if (as == WrittenAs::kDigraphs)
    if (const auto digraphs = Digraphs(name)) names.push_back(*digraphs);
  for (const std::string& one : names) {
    Form form{Plain(one), Letters(LowerText(one))};
    if (as == WrittenAs::kSqueezed) form = {Squeezed(form.plain), Squeezed(form.lower)};
    forms.push_back(std::move(form));
  }
  return forms;
}

const std::vector<std::vector<Rivals::Form>>& Rivals::Forms(WrittenAs as) const {
  return forms_[static_cast<std::size_t>(as)];
}

void Rivals::Judge(BenchQuery& query, const std::string& written, int address, WrittenAs as,
                   bool place_given) const {
  Form text{Plain(written), Letters(LowerText(written))};
  if (as == WrittenAs::kSqueezed) text = {Squeezed(text.plain), Squeezed(text.lower)};
  const auto nearness = [&](int street) {
    std::pair<int, int> nearest{kMostEdits + 1, kMostWithMarks + 1};
    for (const Form& form : Forms(as)[static_cast<std::size_t>(street)]) {
      const int plain = EditDistance(text.plain, form.plain, kMostEdits);
      if (plain > kMostEdits) continue;
      nearest = std::min(nearest, {plain, EditDistance(text.lower, form.lower, kMostWithMarks)});
    }
    return nearest;
  };
  const int own = view_.street_of(address), number = view_.address(address).number;
  const std::pair<int, int> mine = nearness(own);
  query.truths = {view_.address(address).position};
  query.expect = Expect::kPlace;
  for (int i = 0; i < static_cast<int>(view_.streets().size()); ++i) {
    const BenchStreet& street = view_.street(i);
    if (i == own || !street.Holds(number)) continue;
    if (place_given && street.place != view_.street(own).place) continue;
    const std::pair<int, int> theirs = nearness(i);
    if (theirs.first > kMostEdits || theirs > mine) continue;
    query.expect = Expect::kPlaceOrAmbiguous;
    if (theirs == mine) continue;
    for (const int bearer : street.numbers.at(number)) query.truths.push_back(view_.address(bearer).position);
  }
}

int Rivals::Nearest(const std::string& name, int most) const {
  const std::u32string plain = Plain(name);
  int nearest = most + 1;
  for (const auto& forms : Forms(WrittenAs::kName))
    nearest = std::min(nearest, EditDistance(plain, forms.front().plain, most));
  return nearest;
}

std::vector<int> Rivals::Within(const std::string& name, int most) const {
  const std::u32string plain = Plain(name), squeezed = Squeezed(plain);
  std::vector<int> within;
  for (int i = 0; i < static_cast<int>(view_.streets().size()); ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (EditDistance(plain, Forms(WrittenAs::kName)[k].front().plain, most) <= most ||
        EditDistance(squeezed, Forms(WrittenAs::kSqueezed)[k].front().plain, most) <= most)
      within.push_back(i);
  }
  return within;
}

}  // namespace lagesbild::tools::bench
