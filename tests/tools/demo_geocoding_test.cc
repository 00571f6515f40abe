#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "geo/personal_data.h"
#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/gazetteer.h"

// The demo is worth something only when the program's own rules read it as its truth says.

namespace lagesbild::tools::demo {
namespace {

std::string Joined(const Delivery& delivery, std::size_t row, const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& name : columns)
    for (std::size_t c = 0; c < delivery.table.columns.size(); ++c)
      if (delivery.table.columns[c].name == name)
        text += (text.empty() ? "" : " ") + delivery.table.rows[row][c];
  return text;
}

class DemoPlaces : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = std::make_unique<World>(MakeWorld(331));
    story_ = std::make_unique<Story>(MakeStory(331, *world_));
    deliveries_ = MakeDeliveries(331, *world_, *story_);
  }
  static void TearDownTestSuite() {
    deliveries_.clear();
    story_.reset();
    world_.reset();
  }
  static std::unique_ptr<World> world_;
  static std::unique_ptr<Story> story_;
  static std::vector<Delivery> deliveries_;
};

std::unique_ptr<World> DemoPlaces::world_;
std::unique_ptr<Story> DemoPlaces::story_;
std::vector<Delivery> DemoPlaces::deliveries_;

TEST_F(DemoPlaces, HoldPersonalDataOnlyInRowsMeantToBeStopped) {
  for (const Delivery& delivery : deliveries_)
    for (std::size_t r = 0; r < delivery.table.rows.size(); ++r) {
      const auto& row = delivery.table.rows[r];
      const bool found = std::any_of(row.begin(), row.end(), [](const std::string& cell) {
        return geo::FindPersonalData(cell).has_value();
      });
      EXPECT_EQ(found, delivery.truths[r].outcome == "stoppad_personuppgift")
          << delivery.path << " row " << r + 2;
    }
}

TEST_F(DemoPlaces, AreGeocodedAsTheTruthSays) {
  const geo::Geocoder geocoder(GazetteerOf(*world_));
  struct Source {
    std::vector<std::string> address;
    std::string town_column, default_town;
  };
  const std::map<Teller, Source> sources = {{Teller::kPolice, {{"Gata", "Nr"}, "Ort", ""}},
                                            {Teller::kHebySchool, {{"Plats"}, "", "Heby"}},
                                            {Teller::kOstervalaSchool, {{"Var"}, "", "Östervåla"}},
                                            {Teller::kHousing, {{"Gata"}, "Ort", ""}},
                                            {Teller::kShops, {{"Butik"}, "", ""}},
                                            {Teller::kBuses, {{"Hållplats"}, "Ort", ""}},
                                            {Teller::kSports, {{"Anläggning"}, "", "Heby"}},
                                            {Teller::kWatch, {{"Plats"}, "Ort", ""}}};
  std::map<std::string, int> rows, as_meant;
  for (const Delivery& delivery : deliveries_) {
    const Source& source = sources.at(delivery.teller);
    for (std::size_t r = 0; r < delivery.table.rows.size(); ++r) {
      const RowTruth& truth = delivery.truths[r];
      const Event& event = story_->events[static_cast<std::size_t>(truth.event)];
      const std::string address = Joined(delivery, r, source.address);
      const std::string town =
          source.town_column.empty() ? source.default_town : Joined(delivery, r, {source.town_column});
      const geo::GeocodeMatch match = geocoder.Geocode({address, town, ""});
      const double off = match.placed() ? std::hypot(match.position.easting.value() - event.position.e,
                                                     match.position.northing.value() - event.position.n)
                                        : -1;
      ++rows[truth.outcome];
      bool good = true;
      if (truth.outcome == "placerad")
        good = match.placed() && off < 1 && match.accuracy_radius.value() <= 250;
      else if (truth.outcome == "grov")
        good = match.level == geo::MatchLevel::kStreet;
      else if (truth.outcome == "finns_ej")
        good = match.reason == geo::UnplacedReason::kNotFound;
      else if (truth.outcome == "standardadress")
        good = match.level == geo::MatchLevel::kPoi;
      as_meant[truth.outcome] += good;
      // Planted incidents must not get lost on the way: their truth would be no truth.
      if (event.hotspot >= 0) {
        EXPECT_TRUE(good) << delivery.path << " row " << r + 2 << ": " << address << ", " << town;
      }
    }
  }
  for (const auto& [outcome, count] : rows) EXPECT_EQ(as_meant[outcome], count) << outcome;
}

}  // namespace
}  // namespace lagesbild::tools::demo
