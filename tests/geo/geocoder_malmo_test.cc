// Real Swedish addresses: Malmö's 52,861 and 3,000 queries made noisy from them. The set measures the
// generator's noise, not people's; it is a regression set and no proof of quality (geocoding.md section 1).
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::geo {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(LAGESBILD_SOURCE_DIR) / "../shared/data/malmo";

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

/// Calls `use` with each row as column name -> cell.
template <class Use>
void ForEachRow(const char* file, Use&& use) {
  std::ifstream in(kFolder / file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = Cells(line);
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = Cells(line);
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < cells.size() && i < header.size(); ++i) row[header[i]] = cells[i];
    use(row);
  }
}

PlanePoint PointOf(const std::map<std::string, std::string>& row) {
  return {Meters{std::stod(row.at("easting_3006"))}, Meters{std::stod(row.at("northing_3006"))}};
}

/// "12", "12A", "11A U1" as the register's columns have them.
Address AddressOf(const std::map<std::string, std::string>& row, std::size_t id) {
  Address a;
  a.id = std::to_string(id);
  a.area = row.at("gata");
  const std::string& designation = row.at("gatunummer");
  std::size_t at = 0;
  while (at < designation.size() && designation[at] >= '0' && designation[at] <= '9')
    a.number = a.number * 10 + (designation[at++] - '0');
  while (at < designation.size() && designation[at] != ' ') a.letter += designation[at++];
  if (at < designation.size()) a.addition = designation.substr(at + 1);
  a.postcode = row.at("postnummer");
  a.postal_town = "Malmö";
  a.position = PointOf(row);
  a.accuracy_radius = Meters{10};
  return a;
}

struct Score {
  int asked = 0, right = 0, wrong = 0;
};

/// Within the set's own tolerance; nothing at all where the street is invented.
bool IsRight(const GeocodeMatch& match, const std::map<std::string, std::string>& row) {
  if (row.at("truth_address").empty() || !match.placed())
    return row.at("truth_address").empty() && !match.placed();
  const PlanePoint truth = PointOf(row);
  return std::hypot(match.position.easting.value() - truth.easting.value(),
                    match.position.northing.value() - truth.northing.value()) <=
         std::stod(row.at("tolerance_m"));
}

class GeocoderOnMalmo : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "../shared/data/malmo not found: 1 test skipped";
  }
  static Geocoder Make() {
    Gazetteer gazetteer;
    ForEachRow("malmo_adresser.csv", [&](const auto& row) {
      gazetteer.addresses.push_back(AddressOf(row, gazetteer.addresses.size()));
    });
    return Geocoder(std::move(gazetteer));
  }
};

TEST_F(GeocoderOnMalmo, FindsEveryAddressThatIsSpelledRightAndPicksNoWrongOne) {
  const Geocoder geocoder = Make();
  ASSERT_GT(geocoder.gazetteer().addresses.size(), 50000U);
  std::map<std::string, Score> scores;
  Score all;
  ForEachRow("malmo_noisy_queries.csv", [&](const auto& row) {
    const GeocodeMatch match = geocoder.Geocode({.address = row.at("query")});
    Score& score = scores[row.at("noise_class")];
    const bool right = IsRight(match, row);
    for (Score* s : {&score, &all}) {
      ++s->asked;
      s->right += right ? 1 : 0;
      s->wrong += match.placed() && !right ? 1 : 0;
    }
  });
  // Typing mistakes are not repaired here: such a query finds nothing rather than a street that looks alike.
  for (const auto& [name, score] : scores) {
    SCOPED_TRACE(name);
    EXPECT_EQ(score.asked, 250);
    if (name == "typo1" || name == "typo2")
      EXPECT_EQ(score.wrong, 0);
    else if (name ==
             "range")  // the truth is the first number; the middle of one long range lies over 80 m from it
      EXPECT_GE(score.right, 249);
    else
      EXPECT_EQ(score.right, 250);
  }
  EXPECT_EQ(all.asked, 3000);
  EXPECT_LE(all.wrong, 1);
}

}  // namespace
}  // namespace lagesbild::geo
