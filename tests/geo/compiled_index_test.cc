#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "geo/errors.h"
#include "geo/geocoder.h"
#include "geo/packed_gazetteer.h"
#include "geo/register_calibration.h"
#include "tests/geo/shared_registers.h"

namespace lagesbild::geo {
namespace {

using testing::HasSubstr;

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

/// A register with something of everything.
Gazetteer Varied() {
  Gazetteer g;
  const auto add = [&](AddressKind kind, const char* area, int number, const char* letter, const char* town,
                       double x) {
    Address a;
    a.id = "id" + std::to_string(g.addresses.size());
    a.kind = kind;
    a.area = area;
    a.number = number;
    a.letter = letter;
    a.postcode = x < 615000 ? "74431" : "74046";
    a.postal_town = town;
    a.position = At(x + number, 6646000);
    g.addresses.push_back(a);
  };
  for (int n = 1; n <= 20; ++n) {
    add(AddressKind::kStreet, "Storgatan", n, "", "Heby", 604000);
    add(AddressKind::kStreet, "Storgatan", n, "B", "Östervåla", 625000);
  }
  add(AddressKind::kStreet, "Norra Vallgatan", 34, "", "Heby", 604500);
  add(AddressKind::kStreet, "S:t Olofs väg", 3, "A", "Heby", 604600);
  add(AddressKind::kVillage, "Skegarn", 2, "", "Heby", 607000);
  add(AddressKind::kFarm, "Norrbo Lillgården", 0, "", "Heby", 608000);
  g.places.push_back({"p1",
                      "Heby skola",
                      {"Hebyskolan"},
                      "school",
                      "Heby",
                      At(604300, 6646200),
                      Meters{50},
                      std::chrono::sys_days{std::chrono::days{20000}},
                      std::nullopt});
  g.localities.push_back({"l1", "Heby", {"Heby tätort"}, "locality", "", At(604000, 6646000), Meters{900}});
  g.localities.push_back({"l2", "Östervåla", {}, "locality", "", At(625000, 6646000), Meters{900}});
  g.roads.push_back({"r1", "", "56", {At(600000, 6640000), At(604000, 6646000), At(608000, 6652000)}});
  g.roads.push_back({"r2", "Storgatan", "", {At(604000, 6645990), At(604030, 6646010)}});
  g.roads.push_back({"r3", "Törngatan", "", {At(604010, 6645900), At(604010, 6646100)}});
  g.properties.push_back({"HEBY HORRSTA 1:23", At(606000, 6648000), 1000});
  g.neighbors = {"Sala"};
  return g;
}

/// A copy that holds its bytes, as a mapped file would.
Geocoder Mapped(std::vector<std::byte> image) {
  const auto keep = std::make_shared<const std::vector<std::byte>>(std::move(image));
  return Geocoder::FromCompiled(*keep, keep);
}

std::string Everything(const GeocodeMatch& m) {
  std::string text = std::to_string(static_cast<int>(m.level)) + "|" +
                     std::to_string(static_cast<int>(m.reason)) + "|" + m.matched + "|";
  const double numbers[] = {m.position.easting.value(), m.position.northing.value(),
                            m.accuracy_radius.value()};
  text.append(reinterpret_cast<const char*>(numbers), sizeof numbers);
  for (const std::string& fault : m.faults) text += fault + ",";
  for (const std::string& candidate : m.candidates) text += candidate + ";";
  return text + std::to_string(m.score) + std::string(MatchCategoryCode(m.category)) + "|" +
         std::to_string(m.span.begin) + "-" + std::to_string(m.span.end);
}

/// Addresses as they are, cut short, with letters exchanged, two in one text, in sentences.
std::vector<std::string> Queries(const Gazetteer& gazetteer, std::size_t count) {
  std::mt19937_64 random(7);
  const auto pick = [&]() -> const Address& {
    return gazetteer.addresses[random() % gazetteer.addresses.size()];
  };
  std::vector<std::string> texts{
      "",     "Heby skola", "väg 56 vid Heby", "HORRSTA 1:23", "Storgatan/Törngatan", "6646000 604000",
      "Sala", "Skegarn"};
  while (texts.size() < count) {
    const Address& a = pick();
    const std::string plain = a.area + " " + std::to_string(a.number) + a.letter;
    std::string typo = plain;
    if (typo.size() > 6) std::swap(typo[2], typo[3]);
    texts.insert(texts.end(),
                 {plain, plain + ", " + a.postal_town, a.area, typo, "utanför " + plain + " i går",
                  "korsningen " + a.area + " och " + pick().area, a.area + " " + std::to_string(a.number + 2),
                  plain.substr(0, plain.size() / 2)});
  }
  return texts;
}

void ExpectEqualAnswers(const Gazetteer& gazetteer, std::size_t count) {
  const Geocoder built(gazetteer);
  const Geocoder mapped = Mapped(built.Compiled());
  for (const std::string& text : Queries(gazetteer, count)) {
    const GeocodeMatch a = built.Geocode({.address = text}), b = mapped.Geocode({.address = text});
    ASSERT_EQ(Everything(a), Everything(b)) << text;
    const NearestAddress near = built.Nearest(a.position), same = mapped.Nearest(a.position);
    ASSERT_EQ(near.label, same.label);
    ASSERT_EQ(near.side, same.side);
    ASSERT_EQ(Everything(built.AtStreet(a)).size(), Everything(mapped.AtStreet(b)).size());
    const auto suggested = built.Suggest(text.substr(0, 5)), again = mapped.Suggest(text.substr(0, 5));
    ASSERT_EQ(suggested.size(), again.size());
    for (std::size_t i = 0; i < suggested.size(); ++i) ASSERT_EQ(suggested[i].text, again[i].text);
  }
  EXPECT_EQ(built.calibration(), mapped.calibration());
  EXPECT_EQ(built.Compiled(), mapped.Compiled());
}

TEST(CompiledIndex, AnswersAsTheOneThatWasCompiled) { ExpectEqualAnswers(Varied(), 400); }

TEST(Geocoder, DescribesAStreetInPlaceOfADwellingByTheSameFaults) {
  const Geocoder geocoder(Varied());
  const GeocodeMatch fine = geocoder.Geocode({.address = "utanför Storgatn 7, Heby"});
  ASSERT_EQ(fine.level, MatchLevel::kAddressPoint);
  ASSERT_FALSE(fine.faults.empty());
  const GeocodeMatch coarse = geocoder.AtStreet(fine);
  EXPECT_EQ(coarse.level, MatchLevel::kStreet);
  EXPECT_EQ(coarse.faults, fine.faults);
  EXPECT_EQ(coarse.fault_spans, fine.fault_spans);
  EXPECT_EQ(coarse.category, MatchCategory::kC);
}

TEST(CompiledIndex, AnswersAsTheOneOfMalmö) {
  if (!std::filesystem::exists(shared::kData)) GTEST_SKIP() << "../shared/data not found: 1 test skipped";
  ExpectEqualAnswers(shared::Malmo(), 1500);
}

TEST(CompiledIndex, AnswersAsTheOneOfElverum) {
  if (!std::filesystem::exists(shared::kData)) GTEST_SKIP() << "../shared/data not found: 1 test skipped";
  ExpectEqualAnswers(shared::Elverum(), 1500);
}

TEST(CompiledIndex, AnswersAsTheOneOfPhiladelphia) {
  if (!std::filesystem::exists(shared::kData)) GTEST_SKIP() << "../shared/data not found: 1 test skipped";
  ExpectEqualAnswers(shared::Philadelphia(), 1500);
}

TEST(CompiledIndex, HasTheSameBytesForTheSameRegister) {
  EXPECT_EQ(Geocoder(Varied()).Compiled(), Geocoder(Varied()).Compiled());
}

TEST(CompiledIndex, IsOpenedWhenTheLastOfItsRoadsBearNoName) {
  Gazetteer gazetteer = Varied();
  gazetteer.roads.push_back({"r4", "", "272", {At(600000, 6641000), At(604000, 6647000)}});
  gazetteer.roads.push_back({"r5", "", "", {At(600000, 6642000), At(604000, 6648000)}});
  ExpectEqualAnswers(gazetteer, 50);
}

TEST(CompiledIndex, OfNothingFindsNothing) {
  const Geocoder empty = Mapped(Geocoder(Gazetteer{}).Compiled());
  EXPECT_FALSE(empty.Geocode({.address = "Storgatan 1"}).placed());
}

TEST(CompiledIndex, GivesTheRegisterBack) {
  const Gazetteer before = Varied();
  const Geocoder mapped = Mapped(Geocoder(before).Compiled());
  const Gazetteer& after = mapped.gazetteer();
  ASSERT_EQ(after.addresses.size(), before.addresses.size());
  EXPECT_EQ(after.addresses[41].id, "id41");
  EXPECT_EQ(after.addresses[41].area, before.addresses[41].area);
  EXPECT_EQ(after.places.front().aliases, before.places.front().aliases);
  EXPECT_EQ(after.places.front().valid_from, before.places.front().valid_from);
  EXPECT_EQ(after.roads.front().line, before.roads.front().line);
  EXPECT_EQ(after.properties.front().designation, "HEBY HORRSTA 1:23");
  EXPECT_EQ(after.neighbors, before.neighbors);
}

TEST(CompiledIndex, IsReadByManyThreadsAtOnce) {
  const Geocoder mapped = Mapped(Geocoder(Varied()).Compiled());
  const std::string expected = Everything(mapped.Geocode({.address = "Storgatan 7 B, Östervåla"}));
  std::vector<std::thread> threads;
  std::vector<std::string> answers(4);
  for (std::string& answer : answers)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        answer = Everything(mapped.Geocode({.address = "Storgatan 7 B, Östervåla"}));
      if (mapped.gazetteer().addresses.empty()) answer.clear();
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, testing::Each(expected));
}

TEST(CompiledIndex, IsRefusedWhereverItIsCutOff) {
  const std::vector<std::byte> image = Geocoder(Varied()).Compiled();
  for (std::size_t size = 0; size < image.size(); size += size < 200 ? 1 : 997)
    EXPECT_THROW(Mapped({image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size)}), InvalidInput)
        << size;
}

/// Whatever is written where: refused, or answered without leaving the arrays (the sanitizers look).
TEST(CompiledIndex, NeverFailsAQuestionHoweverItsBytesWereAltered) {
  const std::vector<std::byte> image = Geocoder(Varied()).Compiled();
  std::mt19937_64 random(11);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::byte> altered = image;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) {
      const std::uint32_t values[] = {0, 1, 0x7FFFFFFF, 0xFFFFFFFF,
                                      static_cast<std::uint32_t>(random() % 64)};
      std::memcpy(altered.data() + random() % (altered.size() - 4) / 4 * 4, &values[random() % 5], 4);
    }
    try {
      const Geocoder geocoder = Mapped(std::move(altered));
      for (const char* text :
           {"Storgatan 7, Heby", "Storgatn 7", "Storgatan 21", "Storgatan", "väg 56 vid Heby", "Hebyskolan",
            "HORRSTA 1:23", "Storgatan/Törngatan", "Norrbo Lillgården"}) {
        const GeocodeMatch match = geocoder.Geocode({.address = text, .locality = "Heby"});
        EXPECT_GE(match.score, 0);
        geocoder.AtStreet(match);
        geocoder.Nearest(match.position);
        geocoder.Suggest(text);
      }
    } catch (const InvalidInput& e) {
      ++refused;
      EXPECT_THAT(e.what(), HasSubstr("compiled index"));
    }
  }
  EXPECT_GT(refused, 300);
}

}  // namespace
}  // namespace lagesbild::geo
