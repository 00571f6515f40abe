#include "service/toml_section.h"

#include <utility>

namespace lagesbild::service {

TomlSection::TomlSection(const toml::table* table, std::string path, std::vector<FieldViolation>& violations)
    : table_(table), path_(std::move(path)), violations_(&violations) {}

std::string TomlSection::PathOf(std::string_view key) const {
  if (path_.empty() || key.empty()) return path_ + std::string(key);
  return path_ + "." + std::string(key);
}

const toml::node* TomlSection::Find(std::string_view key) {
  asked_.emplace(key);
  return table_ == nullptr ? nullptr : table_->get(key);
}

void TomlSection::WrongAt(const toml::node& node, std::string_view key, std::string description) {
  violations_->push_back(
      {PathOf(key), "line " + std::to_string(node.source().begin.line) + ": " + std::move(description)});
}

void TomlSection::Wrong(std::string_view key, std::string description) {
  const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
  if (node == nullptr) node = table_;
  if (node != nullptr && node->source().begin.line > 0) return WrongAt(*node, key, std::move(description));
  violations_->push_back({PathOf(key), std::move(description)});
}

void TomlSection::Require(std::string_view key, std::string_view what) {
  if (!Has(key)) Wrong(key, PathOf(key) + " is missing; it must be " + std::string(what));
}

std::optional<std::string> TomlSection::Text(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto text = node->value_exact<std::string>()) return *text;
  WrongAt(*node, key, PathOf(key) + " must be a text in quotes");
  return std::nullopt;
}

std::vector<std::string> TomlSection::Texts(std::string_view key) {
  const toml::node* node = Find(key);
  std::vector<std::string> texts;
  if (node == nullptr) return texts;
  if (const auto text = node->value_exact<std::string>()) return {*text};
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    WrongAt(*node, key, PathOf(key) + " must be a list of texts in quotes");
    return texts;
  }
  for (const toml::node& element : *array) {
    if (const auto text = element.value_exact<std::string>())
      texts.push_back(*text);
    else
      WrongAt(element, key, PathOf(key) + " must hold nothing but texts in quotes");
  }
  return texts;
}

std::optional<std::int64_t> TomlSection::Integer(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto value = node->value_exact<std::int64_t>()) return *value;
  WrongAt(*node, key, PathOf(key) + " must be a whole number");
  return std::nullopt;
}

std::optional<bool> TomlSection::Boolean(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto value = node->value_exact<bool>()) return *value;
  WrongAt(*node, key, PathOf(key) + " must be true or false");
  return std::nullopt;
}

const toml::table* TomlSection::Words(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) return nullptr;
  if (node->as_table() == nullptr)
    WrongAt(*node, key, PathOf(key) + " must be a section [" + PathOf(key) + "]");
  return node->as_table();
}

TomlSection TomlSection::Section(std::string_view key) { return {Words(key), PathOf(key), *violations_}; }

std::vector<TomlSection> TomlSection::Sections(std::string_view key) {
  const toml::node* node = Find(key);
  std::vector<TomlSection> sections;
  if (node == nullptr) return sections;
  const toml::array* array = node->as_array();
  if (array == nullptr || !array->is_homogeneous(toml::node_type::table)) {
    WrongAt(*node, key, PathOf(key) + " must be sections [[" + PathOf(key) + "]]");
    return sections;
  }
  for (std::size_t i = 0; i < array->size(); ++i)
    sections.emplace_back((*array)[i].as_table(), PathOf(key) + "[" + std::to_string(i) + "]", *violations_);
  return sections;
}

void TomlSection::RefuseUnknownKeys() {
  if (table_ == nullptr) return;
  for (const auto& [key, node] : *table_)
    if (asked_.count(key.str()) == 0) {
      const toml::source_position at = key.source().begin;
      violations_->push_back({PathOf(key.str()), "line " + std::to_string(at.line) + ": the key " +
                                                     PathOf(key.str()) +
                                                     " is not known; see tools/mapping.md"});
    }
}

}  // namespace lagesbild::service
