#include "tools/cli_tally.h"

#include <cstdio>
#include <map>
#include <string_view>

#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

void AddTally(const v1::Tally& tally, v1::Tally* sum) {
  sum->set_read_count(sum->read_count() + tally.read_count());
  sum->set_accepted_count(sum->accepted_count() + tally.accepted_count());
  sum->set_rejected_count(sum->rejected_count() + tally.rejected_count());
  sum->set_duplicate_count(sum->duplicate_count() + tally.duplicate_count());
  sum->set_placed_count(sum->placed_count() + tally.placed_count());
  sum->set_unplaced_count(sum->unplaced_count() + tally.unplaced_count());
  sum->set_digital_count(sum->digital_count() + tally.digital_count());
  sum->set_outside_count(sum->outside_count() + tally.outside_count());
  sum->set_too_coarse_count(sum->too_coarse_count() + tally.too_coarse_count());
  sum->set_corrected_count(sum->corrected_count() + tally.corrected_count());
  sum->set_superseded_count(sum->superseded_count() + tally.superseded_count());
}

void PrintEquations(Session& session, const char* unit, const v1::Tally& t) {
  const auto n = [](std::int64_t value) { return static_cast<long long>(value); };
  std::printf(session.Say("  %s: lästa %lld = godkända %lld + stoppade %lld + dubbletter %lld\n",
                          "  %s: read %lld = accepted %lld + rejected %lld + duplicate %lld\n"),
              unit, n(t.read_count()), n(t.accepted_count()), n(t.rejected_count()), n(t.duplicate_count()));
  std::printf(
      session.Say(
          "  %s: godkända %lld = placerade %lld + oplacerade %lld (varav %lld utanför) + digitala %lld\n",
          "  %s: accepted %lld = placed %lld + unplaced %lld (%lld of them outside) + digital %lld\n"),
      unit, n(t.accepted_count()), n(t.placed_count()), n(t.unplaced_count()), n(t.outside_count()),
      n(t.digital_count()));
  if (t.corrected_count() > 0) {
    std::printf(session.Say("  %s: av godkända rättar %lld en tidigare leverans\n",
                            "  %s: %lld of the accepted correct an earlier delivery\n"),
                unit, n(t.corrected_count()));
  }
  if (t.superseded_count() > 0) {
    std::printf(session.Say("  %s: av godkända är %lld ersatta av en senare leverans\n",
                            "  %s: %lld of the accepted are superseded by a later delivery\n"),
                unit, n(t.superseded_count()));
  }
}

std::vector<std::string> GroupRow(const std::string& name, const char* unit, const v1::Tally& t) {
  return {name,
          unit,
          std::to_string(t.read_count()),
          std::to_string(t.rejected_count()),
          std::to_string(t.duplicate_count()),
          std::to_string(t.accepted_count()),
          std::to_string(t.placed_count()),
          std::to_string(t.unplaced_count()),
          std::to_string(t.digital_count()),
          std::to_string(t.too_coarse_count())};
}

}  // namespace

void PrintReconciliation(Session& session, const v1::Import& import) {
  const char* incidents = session.Say("händelser", "incidents");
  const char* persons = session.Say("personer", "persons");
  PrintEquations(session, incidents, import.incidents());
  PrintEquations(session, persons, import.persons());
  TextTable table({session.Say("åldersgrupp", "age group"), session.Say("enhet", "unit"),
                   session.Say("lästa", "read"), session.Say("stoppade", "rejected"),
                   session.Say("dubbletter", "duplicate"), session.Say("godkända", "accepted"),
                   session.Say("placerade", "placed"), session.Say("oplacerade", "unplaced"),
                   session.Say("digitala", "digital"), session.Say("för grova", "too coarse")});
  for (const v1::GroupTally& group : import.groups()) {
    table.Add(GroupRow(group.group_code(), incidents, group.incidents()));
    table.Add(GroupRow("", persons, group.persons()));
  }
  table.Print("  ");
}

void AddImport(const v1::Import& import, v1::Import& sum) {
  AddTally(import.incidents(), sum.mutable_incidents());
  AddTally(import.persons(), sum.mutable_persons());
  for (int i = 0; i < import.groups_size(); ++i) {
    v1::GroupTally* group = i < sum.groups_size() ? sum.mutable_groups(i) : sum.add_groups();
    group->set_group_code(import.groups(i).group_code());
    AddTally(import.groups(i).incidents(), group->mutable_incidents());
    AddTally(import.groups(i).persons(), group->mutable_persons());
  }
}

std::string RejectionText(const v1::RejectedRow& row, bool swedish) {
  static const std::map<std::string_view, std::string_view> kEnglish = {
      {"BAD_ROW", "the row cannot be read"},
      {"PERSONAL_DATA", "a cell holds personal data"},
      {"BAD_DATE", "no valid date"},
      {"UNKNOWN_CATEGORY", "the mapping does not know this category"},
      {"BAD_COUNT", "no valid number of persons"},
      {"BAD_AGE", "no valid age"},
      {"BAD_COORDINATE", "no valid coordinate"},
      {"CONFLICTING_KEY", "an earlier row has the same key and says something else"},
  };
  if (swedish) {
    return row.message_sv();
  }
  const auto english = kEnglish.find(row.reason());
  return english == kEnglish.end() ? row.reason() : std::string(english->second);
}

}  // namespace lagesbild::tools
