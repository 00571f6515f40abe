#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::service {

/// Who calls: what a token is bound to.
struct Caller {
  std::string name;      ///< of the token; an organization or program
  std::string audience;  ///< "internal", "partner", "public"
};

struct Token {
  std::string secret;
  Caller caller;
};

/// Reads lines `token audience name`; `#` begins a comment. The file must be a regular file (no link) that
/// belongs to this user with mode 0600, tokens at least 32 characters, no token twice, at least one token.
/// Throws InvalidRequest naming the file and the line, never a token; maps::IoError when there is no such
/// file.
std::vector<Token> ReadTokenFile(const std::filesystem::path& file);

/// Makes the file, mode 0600, with one random token for the internal audience when there is none; a file that
/// is there is left alone. Throws maps::IoError.
void CreateTokenFile(const std::filesystem::path& file);

/// Knows the tokens and what each audience may call.
class Authorizer {
 public:
  explicit Authorizer(const std::vector<Token>& tokens);

  /// The caller of metadata `authorization: Bearer <token>`, which must have the right to `rpc`
  /// ("lagesbild.v1.LayerService/ReadLayer"). The comparison's time does not depend on the tokens.
  /// Throws Unauthenticated, Forbidden. An rpc that is not in the table is forbidden to all.
  Caller Authorize(std::string_view authorization, std::string_view rpc) const;

 private:
  struct Entry {
    std::string digest;
    Caller caller;
  };
  std::vector<Entry> entries_;
};

/// One line of the rights table.
struct Right {
  std::string_view rpc;
  bool partner_and_public = false;  ///< internal may always
};
/// Every rpc of the API. Default deny: what is missing here cannot be called.
std::span<const Right> Rights();

}  // namespace lagesbild::service
