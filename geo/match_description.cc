#include "geo/match_description.h"

#include <algorithm>
#include <string>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/match_fault.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

/// The characters of the text as written that a stretch of the clean text came from.
class Spans {
 public:
  Spans(std::string_view written, std::string_view clean) : written_(written), same_(written == clean) {}
  TextSpan Of(TextSpan clean) const {
    if (clean.begin >= clean.end) return {};
    return {Characters(BytesFor(clean.begin, false)), Characters(BytesFor(clean.end, true))};
  }

 private:
  std::size_t Characters(std::size_t bytes) const {
    const std::string_view head = written_.substr(0, bytes);
    return static_cast<std::size_t>(std::count_if(
        head.begin(), head.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  /// The end of the shortest beginning of the written text that cleans to as many bytes; for a begin, what is
  /// cleaned away just before is not of it.
  std::size_t BytesFor(std::size_t clean_bytes, bool end) const {
    if (same_) return clean_bytes;
    const std::size_t wanted = end ? clean_bytes : clean_bytes + 1;
    std::size_t low = 0, high = written_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (CleanText(written_.substr(0, middle)).size() < wanted)
        low = middle + 1;
      else
        high = middle;
    }
    if (end) return low;
    std::size_t begin = low > 0 ? low - 1 : 0;
    while (begin > 0 && (static_cast<unsigned char>(written_[begin]) & 0xC0) == 0x80) --begin;
    return begin;
  }

  std::string_view written_;
  bool same_;
};

TextSpan Both(TextSpan a, TextSpan b) {
  if (a.begin >= a.end) return b;
  if (b.begin >= b.end) return a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

/// The part of the text that a fault found in the register concerns.
TextSpan ConcernedBy(const std::string& fault, const Finding& finding) {
  const FaultRule* rule = FindFaultRule(fault);
  if (rule == nullptr) return {};
  if (rule->group == "number") return finding.number;
  if (rule->group == "spelling" || rule->group == "structure" || fault == "FOLDED" ||
      fault == "ABBREVIATION_EXPANDED" || rule->group == "source")
    return finding.name;
  return {};
}

/// The named fault of an answer that places nothing, where no better one was found.
const char* WhyNot(UnplacedReason reason) {
  switch (reason) {
    case UnplacedReason::kNoPlaceGiven:
      return "TEXT_EMPTY";
    case UnplacedReason::kAmbiguous:
      return "SEVERAL_CANDIDATES";
    case UnplacedReason::kNumberNotFound:
      return "NUMBER_NOT_FOUND";
    case UnplacedReason::kOutside:
      return "OUTSIDE_AREA";
    case UnplacedReason::kNotFound:
    case UnplacedReason::kNone:
      break;
  }
  return "STREET_NOT_FOUND";
}

}  // namespace

TextSpan SpanInText(std::string_view written, std::string_view clean, TextSpan span) {
  return Spans(written, clean).Of(span);
}

void Describe(std::string_view written, std::string_view clean, const ParsedAddress& parsed,
              Finding& finding) {
  FaultNotes notes = parsed.faults;
  if (!finding.match.placed() && std::all_of(finding.match.faults.begin(), finding.match.faults.end(),
                                             [](const std::string& f) { return FaultPenalty(f) < 100; }))
    AddFault(finding.match.faults, WhyNot(finding.match.reason));
  for (const std::string& fault : finding.match.faults) notes.Add(fault, ConcernedBy(fault, finding));
  const Spans text(written, clean);
  GeocodeMatch& match = finding.match;
  match.span = text.Of(Both(finding.name, finding.number));
  match.faults = std::move(notes.codes);
  match.fault_spans.clear();
  for (const TextSpan span : notes.spans) match.fault_spans.push_back(text.Of(span));
  Grade(match);
}

}  // namespace lagesbild::geo
