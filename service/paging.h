#pragma once

#include <string>

#include "service/page_token.h"
#include "service/store.h"

namespace lagesbild::service {

/// The call's arguments without those that may change from page to page.
template <class Request>
std::string PageArguments(const Request& request) {
  Request rest = request;
  rest.clear_page_size();
  rest.clear_page_token();
  return rest.GetTypeName() + "\n" + rest.SerializeAsString();
}

/// One page: asks `list(after, limit)` for it, hands each item to `add` and sets the response's
/// next_page_token.
template <class Request, class Response, class List, class Add>
void AnswerPage(const Request& request, Response* response, int page_size, int max_page_size, List&& list,
                Add&& add) {
  const std::string arguments = PageArguments(request);
  const int limit = PageSize(request.page_size(), page_size, max_page_size);
  const auto page = list(ReadPageToken(request.page_token(), arguments), limit);
  for (const auto& item : page.items) {
    add(item);
  }
  response->set_next_page_token(MakePageToken(page.next_after, arguments));
}

}  // namespace lagesbild::service
