#include "tools/cli_released_text.h"

#include <algorithm>
#include <cstdio>

#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

std::string PeriodText(Session& session, const v1::QuarterPeriod& period) {
  const std::string last = QuarterText(period.last(), session.swedish());
  const std::string first = QuarterText(period.first(), session.swedish());
  return first == last ? last : first + "–" + last;
}

bool IsShown(const v1::ReleasedCount& count) {
  return count.incident_count().kind_case() == v1::Statistic::kValue;
}

const char* AgainstExpectedWord(const Session& session, v1::AgainstExpected against) {
  switch (against) {
    case v1::AGAINST_EXPECTED_TOO_FEW_AREAS:
      return session.Say("för få områden", "too few areas");
    case v1::AGAINST_EXPECTED_NO_INHABITANTS:
      return session.Say("ingen känd befolkning", "no known population");
    case v1::AGAINST_EXPECTED_NOTHING_CLEAR:
      return session.Say("inget tydligt", "nothing clear");
    case v1::AGAINST_EXPECTED_MORE:
      return session.Say("fler än väntat", "more than expected");
    case v1::AGAINST_EXPECTED_CLEARLY_MORE:
      return session.Say("tydligt fler än väntat", "clearly more than expected");
    default:
      return "";
  }
}

std::string ChangeWord(Session& session, const v1::ReleasedCount& count) {
  const std::string before = PeriodText(session, count.change_period());
  switch (count.change()) {
    case v1::COUNT_CHANGE_NO_SURE_DIFFERENCE:
      return session.Say("ingen säker skillnad mot ", "no sure difference from ") + before;
    case v1::COUNT_CHANGE_MORE:
      return session.Say("fler än ", "more than ") + before;
    case v1::COUNT_CHANGE_FEWER:
      return session.Say("färre än ", "fewer than ") + before;
    default:
      return "";
  }
}

/// The map's released areas against each other and against an earlier period, in words.
void PrintFindings(Session& session, const v1::ReleasedNumbers& numbers) {
  TextTable table({session.Say("kartans område", "area of the map"), session.Say("ålder", "ages"),
                   session.Say("period", "period"), session.Say("händelser", "incidents"),
                   session.Say("mot väntat", "against expected"),
                   session.Say("mot tidigare", "against before")});
  bool any = false;
  for (const v1::ReleasedCount& count : numbers.map()) {
    if (!IsShown(count)) {
      continue;
    }
    any = true;
    table.Add({count.area_name_sv(), count.group_label_sv(), PeriodText(session, count.period()),
               std::to_string(static_cast<long long>(count.incident_count().value())),
               AgainstExpectedWord(session, count.against_expected()), ChangeWord(session, count)});
  }
  if (any) {
    table.Print("  ");
  }
}

/// Every released count, and how many more there are that are suppressed.
void PrintCounts(Session& session, const google::protobuf::RepeatedPtrField<v1::ReleasedCount>& counts,
                 int minimum) {
  TextTable table({session.Say("område", "area"), session.Say("ålder", "ages"),
                   session.Say("period", "period"), session.Say("kategorier", "categories"),
                   session.Say("händelser", "incidents")});
  int suppressed = 0;
  for (const v1::ReleasedCount& count : counts) {
    if (!IsShown(count)) {
      ++suppressed;
      continue;
    }
    table.Add({count.area_name_sv(), count.group_label_sv(), PeriodText(session, count.period()),
               count.categories() == v1::CATEGORY_CLASS_ALL
                   ? session.Say("alla", "all")
                   : session.Say("utan känsliga", "without sensitive"),
               std::to_string(static_cast<long long>(count.incident_count().value()))});
  }
  table.Print("  ");
  std::printf(
      session.Say("  %d tal är skyddade: färre än %d, noll inräknat, eller skulle avslöja ett sådant.\n",
                  "  %d counts are suppressed: fewer than %d, zero included, or would give one away.\n"),
      suppressed, minimum);
}

void PrintUtility(Session& session, const v1::ReleaseUtility& utility) {
  if (utility.share_in_released_areas().kind_case() != v1::Statistic::kValue) {
    return;
  }
  std::printf(
      session.Say("  Bara för er: %.0f %% av kartans %d placerade händelser ligger i områden som visas.\n",
                  "  For you only: %.0f %% of the map's %d placed incidents lie in areas that are shown.\n"),
      100 * utility.share_in_released_areas().value(), utility.placed_incident_count());
}

}  // namespace

void PrintReleased(Session& session, const v1::Picture& picture, const std::filesystem::path& folder) {
  const v1::ReleasedNumbers& numbers = picture.released();
  const bool partner = picture.audience() == v1::AUDIENCE_PARTNER;
  std::printf(
      session.Say("Lägesbild %s för %s, %s. UTKAST, ej för publicering.\n",
                  "Situation picture %s for %s, %s. DRAFT, not for publication.\n"),
      QuarterText(picture.quarter(), session.swedish()).c_str(),
      partner ? session.Say("samverkanspartner", "partners") : session.Say("allmänheten", "the public"),
      picture.run_id().c_str());
  std::printf(session.Say("  Inget tal under %d visas; områden har minst %d bostäder%s.\n",
                          "  No number under %d is shown; areas have at least %d dwellings%s.\n"),
              numbers.minimum_count(), numbers.minimum_dwelling_count(),
              numbers.rests_on_addresses_alone()
                  ? session.Say(" (befolkning är inte känd)", " (population is not known)")
                  : "");
  PrintCounts(session, numbers.table(), numbers.minimum_count());
  const auto shown = std::count_if(numbers.map().begin(), numbers.map().end(), IsShown);
  std::printf(session.Say("  Kartan: %lld av %d områden visas, övriga är skyddade.\n",
                          "  Map: %lld of %d areas are shown, the others are suppressed.\n"),
              static_cast<long long>(shown), numbers.map_size());
  PrintFindings(session, numbers);
  if (picture.has_utility()) {
    PrintUtility(session, picture.utility());
  }
  for (const v1::CoarseningStep& step : numbers.steps()) {
    std::printf("  %s: %s → %s\n",
                step.map() ? session.Say("Kartan", "Map") : session.Say("Tabellen", "Table"),
                step.from_sv().c_str(), step.to_sv().c_str());
  }
  for (const v1::Layer& layer : picture.layers()) {
    const std::filesystem::path file(layer.file_name());
    if (file.extension() == ".gpkg" || file.extension() == ".html") {
      std::printf("  %s: %s\n", layer.title_sv().c_str(), (folder / file).string().c_str());
    }
  }
}

}  // namespace lagesbild::tools
