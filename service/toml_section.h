#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/errors.h"

namespace lagesbild::service {

/// One table of a TOML file, read key by key. Whatever is wrong is added to the violations with its line, and
/// reading goes on. Values that are absent or wrong come back empty.
class TomlSection {
 public:
  /// `table` may be null: the section is not in the file. `path` is how violations name it, "columns".
  TomlSection(const toml::table* table, std::string path, std::vector<FieldViolation>& violations);

  bool present() const { return table_ != nullptr; }
  bool Has(std::string_view key) const { return table_ != nullptr && table_->contains(key); }

  std::optional<std::string> Text(std::string_view key);
  std::vector<std::string> Texts(std::string_view key);  ///< one text, or an array of texts
  std::optional<std::int64_t> Integer(std::string_view key);
  std::optional<bool> Boolean(std::string_view key);
  TomlSection Section(std::string_view key);
  std::vector<TomlSection> Sections(std::string_view key);  ///< [[key]]
  /// A table whose keys are the user's own words; the caller reads each.
  const toml::table* Words(std::string_view key);

  void Require(std::string_view key, std::string_view what);
  /// Adds a violation at the key, or at the section when the key is absent.
  void Wrong(std::string_view key, std::string description);
  void WrongAt(const toml::node& node, std::string_view key, std::string description);
  /// Adds a violation for every key that nobody asked for.
  void RefuseUnknownKeys();

 private:
  const toml::node* Find(std::string_view key);
  std::string PathOf(std::string_view key) const;

  const toml::table* table_;
  std::string path_;
  std::vector<FieldViolation>* violations_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace lagesbild::service
