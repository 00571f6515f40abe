#include "tools/demo_data/deliveries.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "tools/demo_data/random.h"

namespace lagesbild::tools::demo {
namespace {

std::string Outcome(const Event& event, Teller teller) {
  switch (event.fault) {
    case Fault::kBadDate:
      return "fel_datum";
    case Fault::kBadAge:
      return "fel_alder";
    case Fault::kPhone:
    case Fault::kEmail:
    case Fault::kPersonalNumber:
      return "stoppad_personuppgift";
    case Fault::kNone:
      break;
  }
  switch (event.spot) {
    case Spot::kAddress:
      return teller == Teller::kHousing ? "grov" : "placerad";
    case Spot::kPlace:
      return "placerad";
    case Spot::kStreet:
      return "grov";
    case Spot::kDefault:
      return "standardadress";
    case Spot::kMisspelt:
      return "felstavad";
    case Spot::kInvented:
      return "finns_ej";
    case Spot::kOutside:
      return "utanfor";
    case Spot::kDigital:
      return "digital";
    case Spot::kNone:
      return "utan_plats";
  }
  return "";
}

/// The quarters of the file that the reporter sends after quarter `q`; empty when it sends none then.
std::optional<std::pair<int, int>> Period(const ReporterSheet& reporter, int q) {
  const bool late_starter = reporter.teller == Teller::kBuses || reporter.teller == Teller::kWatch;
  if (late_starter && q < kJoinedHalfway) return std::nullopt;
  if (!reporter.half_yearly) return std::pair(q, q);
  const int number = QuarterAt(q).number;
  if (number % 2 == 1) return q + 1 == kQuarters ? std::optional(std::pair(q, q)) : std::nullopt;
  return std::pair(std::max(0, q - 1), q);
}

std::string LowerQuarter(int q) {
  const geo::CalendarQuarter quarter = QuarterAt(q);
  return std::to_string(quarter.year) + "k" + std::to_string(quarter.number);
}

std::string FilePath(const ReporterSheet& reporter, int first, int last) {
  const std::string period = first == last
                                 ? LowerQuarter(last)
                                 : LowerQuarter(first) + "-k" + std::to_string(QuarterAt(last).number);
  return "rapporter/" + reporter.code + "/syntetisk_" + reporter.code + "_" + period + "." +
         reporter.extension;
}

bool Tells(const Event& event, Teller teller) {
  return event.teller == teller || event.second_teller == static_cast<int>(teller);
}

/// What a reporter sends again by mistake: rows of its file before.
constexpr int kSentAgain = 2;
bool SendsAgain(Teller teller, int quarter) {
  return teller == Teller::kPolice ? quarter % 2 == 1 : teller == Teller::kHebySchool && quarter % 3 == 2;
}

void RepeatRows(const Delivery& earlier, Delivery& delivery) {
  int repeated = 0;
  for (std::size_t r = 0; r < earlier.table.rows.size() && repeated < kSentAgain; ++r) {
    RowTruth truth = earlier.truths[r];
    if (truth.outcome != "placerad" || !truth.earlier_row.empty()) continue;
    truth.earlier_row = earlier.path + ":" + std::to_string(r + 2);
    truth.outcome = "dubblett";
    delivery.table.rows.push_back(earlier.table.rows[r]);
    delivery.truths.push_back(std::move(truth));
    ++repeated;
  }
}

Delivery MakeDelivery(const ReporterSheet& reporter, std::pair<int, int> period, std::uint64_t seed,
                      const World& world, const Story& story) {
  Delivery delivery;
  delivery.teller = reporter.teller;
  delivery.path = FilePath(reporter, period.first, period.second);
  delivery.last_quarter = period.second;
  delivery.table.columns = ColumnsOf(reporter.teller);
  std::vector<const Event*> told;
  for (const Event& event : story.events)
    if (event.quarter >= period.first && event.quarter <= period.second && Tells(event, reporter.teller))
      told.push_back(&event);
  std::stable_sort(told.begin(), told.end(), [](const Event* a, const Event* b) {
    return std::pair(a->date, a->minute_of_day) < std::pair(b->date, b->minute_of_day);
  });
  Rng random(seed, delivery.path);
  for (const Event* event : told) {
    delivery.table.rows.push_back(RowOf(reporter.teller, *event, world, random));
    delivery.truths.push_back(
        {event->id, Outcome(*event, reporter.teller), event->teller == reporter.teller, ""});
  }
  return delivery;
}

}  // namespace

std::vector<Delivery> MakeDeliveries(std::uint64_t seed, const World& world, const Story& story) {
  std::vector<Delivery> deliveries;
  std::map<Teller, std::size_t> latest;
  for (int q = 0; q < kQuarters; ++q) {
    for (const ReporterSheet& reporter : Reporters()) {
      const auto period = Period(reporter, q);
      if (!period) continue;
      Delivery delivery = MakeDelivery(reporter, *period, seed, world, story);
      if (delivery.table.rows.empty()) continue;
      const auto before = latest.find(reporter.teller);
      if (before != latest.end() && SendsAgain(reporter.teller, q))
        RepeatRows(deliveries[before->second], delivery);
      latest[reporter.teller] = deliveries.size();
      deliveries.push_back(std::move(delivery));
    }
  }
  return deliveries;
}

void WriteDelivery(const std::filesystem::path& folder, const Delivery& delivery) {
  const std::filesystem::path path = folder / delivery.path;
  std::filesystem::create_directories(path.parent_path());
  switch (delivery.teller) {
    case Teller::kPolice:
      return WriteCsv(path, delivery.table, ';', Encoding::kWindows1252);
    case Teller::kHebySchool:
      return WriteXlsx(path, "Rapport", delivery.table);
    case Teller::kOstervalaSchool:
      return WriteXlsx(path, "Incidenter", delivery.table);
    case Teller::kHousing:
      return WriteCsv(path, delivery.table, ',', Encoding::kUtf8WithMark);
    case Teller::kShops:
      return WriteCsv(path, delivery.table, ';', Encoding::kUtf8);
    case Teller::kBuses:
      return WriteCsv(path, delivery.table, '\t', Encoding::kWindows1252);
    case Teller::kSports:
      return WriteXlsx(path, "Blad1", delivery.table);
    case Teller::kWatch:
      return WriteCsv(path, delivery.table, ';', Encoding::kUtf8);
  }
}

}  // namespace lagesbild::tools::demo
