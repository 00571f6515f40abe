#include "service/page_token.h"

#include <algorithm>
#include <charconv>

#include "service/errors.h"
#include "service/hashing.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kCheckDigits = 16;

std::string Check(std::string_view number, std::string_view arguments) {
  Sha256 hash;
  hash.UpdateField(number).UpdateField(arguments);
  return Hex(hash.Digest()).substr(0, kCheckDigits);
}

}  // namespace

std::string MakePageToken(std::int64_t next_after, std::string_view arguments) {
  if (next_after == 0) {
    return {};
  }
  const std::string number = std::to_string(next_after);
  return Check(number, arguments) + number;
}

std::int64_t ReadPageToken(std::string_view token, std::string_view arguments) {
  if (token.empty()) {
    return 0;
  }
  const std::string_view number = token.substr(std::min(kCheckDigits, token.size()));
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || value <= 0 ||
      token.substr(0, kCheckDigits) != Check(number, arguments)) {
    throw InvalidRequest(
        "page_token",
        "is not a token of this call; send next_page_token of the page before with the same arguments");
  }
  return value;
}

int PageSize(int asked, int otherwise, int maximum) {
  if (asked < 0) {
    throw InvalidRequest("page_size", "is negative; must be 0 (default) or more");
  }
  return asked == 0 ? otherwise : std::min(asked, maximum);
}

}  // namespace lagesbild::service
