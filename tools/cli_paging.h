#pragma once

#include "tools/cli_session.h"

namespace lagesbild::tools {

/// Every page of a list, in one response without a token. `call` takes context, request and response, as the
/// stub's method does. Throws CallFailed.
template <class Response, class Request, class Call>
Response AllPages(Session& session, Request request, const Call& call) {
  Response all;
  do {
    const auto context = session.Context();
    Response page;
    session.Check(call(context.get(), request, &page));
    request.set_page_token(page.next_page_token());
    all.MergeFrom(page);
  } while (!request.page_token().empty());
  all.clear_next_page_token();
  return all;
}

}  // namespace lagesbild::tools
