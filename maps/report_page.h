#pragma once

#include <string>
#include <vector>

#include "maps/report.h"

namespace lagesbild::maps {

/// A whole HTML document around `body`, with the styles of all our pages inside, a policy that forbids
/// scripts and requests, and A4 for print. `title` is plain text.
std::string HtmlPage(const std::string& language, const std::string& title, const std::string& body);

/// "<p>text</p>", escaped; attributes as given.
std::string HtmlElement(const std::string& name, const std::string& text, const std::string& attributes = {});

std::string HtmlBanners(const std::vector<std::string>& banners);

/// Legend as lists with a sample beside each text. `id` is unique in the page.
std::string HtmlLegend(const std::vector<ReportKeyGroup>& groups, const std::string& id);

}  // namespace lagesbild::maps
