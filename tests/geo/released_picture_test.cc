#include "geo/released_picture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iostream>
#include <random>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

MultiPolygon Box(double easting, double northing, double width, double height) {
  return {{{At(easting, northing), At(easting + width, northing), At(easting + width, northing + height),
            At(easting, northing + height)},
           {}}};
}

/// An invented municipality: seven districts in a row, a town in each, 2,000 dwellings; four quarters of
/// incidents that follow the dwellings, with a place where more happens.
class World {
 public:
  explicit World(unsigned seed = 1, int quarters = 4, int incidents = 40) : random_(seed) {
    for (int d = 0; d < 7; ++d) {
      districts_.push_back({"D" + std::to_string(d), "Distrikt " + std::to_string(d),
                            Box(600000 + 3000 * d, 6640000, 3000, 10000)});
      localities_.push_back(
          {"T" + std::to_string(d), "Ort " + std::to_string(d), Box(601000 + 3000 * d, 6644000, 1000, 1000)});
    }
    for (int i = 0; i < 2000; ++i) {
      const int d = static_cast<int>(Unit() * Unit() * 7);
      const PlanePoint point = i % 3 != 0 ? At(601000 + 3000 * d + 1000 * Unit(), 6644000 + 1000 * Unit())
                                          : At(600000 + 21000 * Unit(), 6640000 + 10000 * Unit());
      dwellings_.push_back(point);
      inhabitants_.push_back({point, 5 + i % 70, 2});
    }
    LatticeInput input;
    input.boundary = &boundary_;
    input.districts = districts_;
    input.localities = localities_;
    input.dwellings = dwellings_;
    input.inhabitants = inhabitants_;
    lattice_.emplace(MakeLattice(input));
    series_.scheme = DefaultAgeScheme();
    series_.first = {2023, 4};
    for (int q = 0; q < quarters; ++q)
      for (int i = 0; i < incidents; ++i) AddIncident(q, i);
  }

  DisclosureSeries& series() { return series_; }
  const std::vector<Inhabitants>& inhabitants() const { return inhabitants_; }
  const Lattice& lattice() const { return *lattice_; }
  DisclosureResult Make(Audience audience, int quarter = 3) const {
    return MakeReleasedPicture(series_, *lattice_, {}, audience, QuarterAt(quarter));
  }
  static CalendarQuarter QuarterAt(int index) {
    const int number = 2023 * 4 + 3 + index;
    return {number / 4, number % 4 + 1};
  }

 private:
  double Unit() { return static_cast<double>(random_() >> 11) * 0x1p-53; }
  void AddIncident(int quarter, int i) {
    static constexpr int kAges[] = {14, 15, 16, 19, 22, 9, 35, 13};
    static constexpr Category kCategories[] = {Category::kVandalism, Category::kTheft, Category::kDisorder,
                                               Category::kAssault, Category::kSexualOffence};
    Incident incident;
    incident.id = static_cast<std::int64_t>(series_.incidents.size()) + 1;
    incident.reporter = "polisen";
    incident.date = std::chrono::sys_days{QuarterAt(quarter).first_day()} + std::chrono::days{i};
    incident.category = kCategories[static_cast<std::size_t>(Unit() * 4.3)];
    const bool hot = i < 9;
    incident.position = hot ? At(601500 + 200 * Unit(), 6644500 + 200 * Unit())
                            : dwellings_[static_cast<std::size_t>(Unit() * 2000)];
    incident.place = i % 10 == 9 ? PlaceKind::kDigital : PlaceKind::kPlaced;
    incident.has_position = incident.place == PlaceKind::kPlaced;
    incident.level = incident.has_position ? MatchLevel::kAddressPoint : MatchLevel::kNone;
    incident.accuracy_radius = Meters{10};
    incident.persons = {
        {AgeRole::kVictim, SpanOfAge(series_.scheme, kAges[static_cast<std::size_t>(Unit() * 8)]), false}};
    series_.incidents.push_back(incident);
  }

  std::mt19937_64 random_;
  StudyArea boundary_{Box(600000, 6640000, 21000, 10000)};
  std::vector<NamedArea> districts_, localities_;
  std::vector<PlanePoint> dwellings_;
  std::vector<Inhabitants> inhabitants_;
  std::optional<Lattice> lattice_;
  DisclosureSeries series_;
};

double ValueOf(const ReleasedPicture& picture, const std::string& area, const std::string& group) {
  double value = -1;
  for (const ReleasedRow& row : picture.rows)
    if (row.area_code == area && row.group.slug == group && std::holds_alternative<double>(row.incidents))
      value = std::max(value, std::get<double>(row.incidents));
  return value;
}

/// Everything that is read, as text.
std::string TextOf(const ReleasedPicture& picture) {
  std::string text = picture.quarter.code();
  const auto add = [&](const std::string& code, const PublishedGroup& group, const Period& period,
                       const Statistic& incidents) {
    text += "|" + code + ";" + group.slug + ";" + period.first.code() + "-" + period.last.code() + ";";
    text += std::holds_alternative<double>(incidents) ? std::to_string(std::get<double>(incidents)) : "x";
  };
  for (const ReleasedLayer& layer : picture.layers)
    for (const ReleasedArea& area : layer.areas) add(area.code, layer.group, layer.period, area.incidents);
  for (const ReleasedRow& row : picture.rows) add(row.area_code, row.group, row.period, row.incidents);
  for (const CoarseningStep& step : picture.steps) text += "|" + step.from_sv + step.to_sv + step.reason_sv;
  return text;
}

TEST(ReleasedPicture, SaysSomethingTrueOfYouthsForBothAudiences) {
  const World world;
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    const ReleasedPicture picture = world.Make(audience).picture;
    EXPECT_GT(ValueOf(picture, "M", "13_24"), 0) << AudienceCode(audience);
    EXPECT_GT(ValueOf(picture, "M", "0_24"), 0) << AudienceCode(audience);
    EXPECT_TRUE(picture.table_shown);
  }
}

TEST(ReleasedPicture, ReleasesNoCountUnderTheThresholdOfItsAudience) {
  const World world;
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    const ReleasedPicture picture = world.Make(audience).picture;
    ASSERT_FALSE(picture.values.empty());
    for (const PublishedValue& value : picture.values) EXPECT_GE(value.value, picture.rule.k) << value.area;
  }
}

TEST(ReleasedPicture, KeepsChildrenAndSensitiveCategoriesAtDistrictLevel) {
  const World world;
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    const ReleasedPicture picture = world.Make(audience).picture;
    for (const ReleasedLayer& layer : picture.layers)
      if (layer.level == AreaLevel::kLocality || layer.level == AreaLevel::kLeaf) {
        EXPECT_FALSE(layer.group.protected_ages);
        EXPECT_EQ(layer.categories, CategoryClass::kNonSensitive);
      }
    for (const ReleasedRow& row : picture.rows)
      if (audience == Audience::kPublic &&
          (row.group.protected_ages || row.categories == CategoryClass::kAll)) {
        EXPECT_EQ(row.period.quarters, 4) << row.area_code << " " << row.group.slug;
      }
  }
}

TEST(ReleasedPicture, DoesNotChangeWhenALaterQuarterIsAdded) {
  World world;
  const std::string before = TextOf(world.Make(Audience::kPartner, 1).picture);
  std::erase_if(world.series().incidents,
                [](const Incident& incident) { return QuarterOf(incident.date) > World::QuarterAt(1); });
  EXPECT_EQ(TextOf(world.Make(Audience::kPartner, 1).picture), before);
}

TEST(ReleasedPicture, IsTheSameWhateverTheOrderOfIncidents) {
  World world;
  const std::string before = TextOf(world.Make(Audience::kPublic).picture);
  std::mt19937_64 random(2);
  std::shuffle(world.series().incidents.begin(), world.series().incidents.end(), random);
  EXPECT_EQ(TextOf(world.Make(Audience::kPublic).picture), before);
}

/// Whether `outer` holds all that `inner` counts.
bool Holds(const Lattice& lattice, const std::vector<PublishedGroup>& groups, const PublishedValue& outer,
           const PublishedValue& inner) {
  const auto area_of = [&](const std::string& code) {
    return static_cast<int>(std::find_if(lattice.areas().begin(), lattice.areas().end(),
                                         [&](const LatticeArea& area) { return area.code == code; }) -
                            lattice.areas().begin());
  };
  const auto group_of = [&](const std::string& slug) {
    return *std::find_if(groups.begin(), groups.end(),
                         [&](const PublishedGroup& group) { return group.slug == slug; });
  };
  const auto index = [](CalendarQuarter quarter) { return quarter.year * 4 + quarter.number; };
  const auto [first, last] = lattice.Span(area_of(outer.area));
  const int inside = area_of(inner.area);
  const PublishedGroup a = group_of(outer.group), b = group_of(inner.group);
  return inside >= first && inside < last && a.first_age <= b.first_age && a.last_age >= b.last_age &&
         (outer.categories == CategoryClass::kAll || inner.categories == outer.categories) &&
         index(outer.last) >= index(inner.last) &&
         index(outer.last) - outer.quarters <= index(inner.last) - inner.quarters;
}

TEST(ReleasedPicture, LeavesNoSmallDifferenceBetweenTwoOfItsValues) {
  const World world;
  std::vector<PublishedValue> values;
  for (int quarter = 0; quarter < 4; ++quarter)
    for (const PublishedValue& value : world.Make(Audience::kPublic, quarter).picture.values)
      values.push_back(value);
  const auto groups = PublishedGroups(DefaultAgeScheme(), DefaultRule(Audience::kPublic));
  int nested = 0;
  for (const PublishedValue& outer : values)
    for (const PublishedValue& inner : values) {
      if (outer == inner || !Holds(world.lattice(), groups, outer, inner)) continue;
      ++nested;
      const int difference = outer.value - inner.value;
      EXPECT_FALSE(difference >= 1 && difference < 10)
          << outer.area << " " << outer.group << " - " << inner.area << " " << inner.group;
    }
  EXPECT_GT(nested, 3) << "there is something to subtract";
}

TEST(ReleasedPicture, TakesALedgerForPublishedAndReportsWhatTheDataNoLongerGive) {
  World world;
  std::vector<PublishedValue> ledger = world.Make(Audience::kPublic).picture.values;
  ASSERT_FALSE(ledger.empty());
  const DisclosureResult again = MakeReleasedPicture(world.series(), world.lattice(), {}, Audience::kPublic,
                                                     World::QuarterAt(3), ledger);
  EXPECT_TRUE(again.contradicted.empty());
  for (const PublishedValue& value : ledger)
    EXPECT_THAT(again.picture.values, testing::Contains(value)) << "what was published stays so";
  ledger.front().value += 1;
  const DisclosureResult corrected = MakeReleasedPicture(world.series(), world.lattice(), {},
                                                         Audience::kPublic, World::QuarterAt(3), ledger);
  ASSERT_EQ(corrected.contradicted.size(), 1U);
  EXPECT_EQ(corrected.contradicted.front(), ledger.front());
}

TEST(ReleasedPicture, ComparesOnlyWithCountsThatTheSameAudienceCouldReadBefore) {
  const World world(1, 6);
  for (const Audience audience : {Audience::kPartner, Audience::kPublic}) {
    std::vector<PublishedValue> before;
    for (int quarter = 0; quarter < 5; ++quarter)
      for (const PublishedValue& value : world.Make(audience, quarter).picture.values)
        before.push_back(value);
    const ReleasedPicture picture = world.Make(audience, 5).picture;
    int compared = 0;
    const auto check = [&](const std::string& area, const PublishedGroup& group, CategoryClass categories,
                           const Period& period, const ChangeFinding& change) {
      if (change.change == Change::kNotReleased || change.change == Change::kNotComparable) return;
      ++compared;
      EXPECT_TRUE(std::any_of(before.begin(), before.end(),
                              [&](const PublishedValue& value) {
                                return value.area == area && value.group == group.slug &&
                                       value.categories == categories && value.quarters == period.quarters &&
                                       value.last == change.earlier_last;
                              }))
          << area << " " << group.slug;
      EXPECT_LT(change.earlier_last, period.first) << "no overlap";
    };
    for (const ReleasedRow& row : picture.rows)
      check(row.area_code, row.group, row.categories, row.period, row.change);
    for (const ReleasedLayer& layer : picture.layers)
      for (const ReleasedArea& area : layer.areas)
        check(area.code, layer.group, layer.categories, layer.period, area.change);
    EXPECT_GT(compared, 0) << AudienceCode(audience);
  }
}

TEST(ReleasedPicture, ComparesAreasByInhabitantsOfTheGroupWhenAgesAreKnown) {
  World world;
  const ReleasedPicture all = world.Make(Audience::kPartner).picture;
  ASSERT_FALSE(all.layers.empty());
  EXPECT_EQ(all.layers[0].comparison.basis, ExposureBasis::kAllInhabitants);
  world.series().inhabitants = world.inhabitants();
  const ReleasedPicture by_age = world.Make(Audience::kPartner).picture;
  EXPECT_EQ(by_age.layers[0].comparison.basis, ExposureBasis::kGroupInhabitants);
  EXPECT_EQ(TextOf(by_age), TextOf(all)) << "the counts do not change";
}

TEST(ReleasedPicture, RefusesARuleUnderTheDefaultAndAQuarterBeforeTheSeries) {
  const World world(1, 1, 20);
  DisclosureRules weak;
  weak.open.k = 9;
  World other(1, 1, 20);
  EXPECT_THROW(MakeReleasedPicture(other.series(), world.lattice(), weak, Audience::kPublic, {2023, 4}),
               InvalidInput);
  weak = {};
  weak.partner.lattice.min_dwellings = 4;
  EXPECT_THROW(MakeReleasedPicture(other.series(), world.lattice(), weak, Audience::kPublic, {2023, 4}),
               InvalidInput);
  EXPECT_THROW(MakeReleasedPicture(other.series(), world.lattice(), {}, Audience::kPublic, {2023, 3}),
               InvalidInput);
}

TEST(ReleasedPicture, StopsWhenAsked) {
  World world;
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(MakeReleasedPicture(world.series(), world.lattice(), {}, Audience::kPartner,
                                   World::QuarterAt(3), source.get_token()),
               Cancelled);
}

TEST(ReleasedPicture, TellsItsMakersWhatIsLeftOfTheTruth) {
  const World world;
  const DisclosureResult result = world.Make(Audience::kPartner);
  EXPECT_GE(result.utility.share_in_released_areas, 0);
  EXPECT_LE(result.utility.share_in_released_areas, 1);
  EXPECT_GT(result.utility.placed_incidents, 0);
  std::cout << "4 quarters of 40 incidents, " << world.lattice().areas().size() << " areas: partner shows "
            << 100 * result.utility.share_in_released_areas << " % of " << result.utility.placed_incidents
            << " placed incidents\n";
}

}  // namespace
}  // namespace lagesbild::geo
