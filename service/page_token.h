#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lagesbild::service {

/// Opaque token of the page after `next_after`; empty when `next_after` is 0. `arguments` are the call's
/// other arguments in any unambiguous form: the token is valid with the same ones only.
std::string MakePageToken(std::int64_t next_after, std::string_view arguments);

/// What MakePageToken was given; 0 for an empty token. Throws InvalidRequest for field "page_token" when the
/// token is not ours or belongs to other arguments.
std::int64_t ReadPageToken(std::string_view token, std::string_view arguments);

/// The page size to use: `asked`, `otherwise` when 0, at most `maximum`. Throws InvalidRequest when negative.
int PageSize(int asked, int otherwise, int maximum);

}  // namespace lagesbild::service
