#include "maps/legend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace lagesbild::maps {
namespace {

std::vector<double> Breaks(geo::Kernel kernel, double bandwidth_m) {
  std::vector<double> breaks;
  for (const DensityClass& step : MakeLegend(kernel, geo::Meters{bandwidth_m}, {}).density)
    breaks.push_back(step.upper);
  EXPECT_TRUE(std::isinf(breaks.back()));
  breaks.pop_back();
  return breaks;
}

TEST(LoneIncidentPeak, IsWhatTheFormulaGives) {
  // domain.md, G-3: h = 500 m gives 3.8197 (quartic) and 0.6366 (Gaussian) per km².
  EXPECT_NEAR(LoneIncidentPeak(geo::Kernel::kQuartic, geo::Meters{500}), 3.8197, 5e-5);
  EXPECT_NEAR(LoneIncidentPeak(geo::Kernel::kGaussian, geo::Meters{500}), 0.6366, 5e-5);
  EXPECT_NEAR(LoneIncidentPeak(geo::Kernel::kUniform, geo::Meters{1000}), 0.3183, 5e-5);
}

TEST(MakeLegend, HasBreaksAtMultiplesOfALoneIncident) {
  EXPECT_EQ(Breaks(geo::Kernel::kQuartic, 1000), (std::vector<double>{0.1, 1, 2, 4, 8}));
  EXPECT_EQ(Breaks(geo::Kernel::kQuartic, 500), (std::vector<double>{0.4, 4, 8, 16, 32}));
}

TEST(MakeLegend, NeverDrawsALoneIncidentAboveTheFirstClass) {
  for (const geo::Kernel kernel : {geo::Kernel::kQuartic, geo::Kernel::kEpanechnikov, geo::Kernel::kTriweight,
                                   geo::Kernel::kTriangular, geo::Kernel::kUniform, geo::Kernel::kGaussian})
    for (double bandwidth = 50; bandwidth < 20000; bandwidth *= 1.37) {
      const Legend legend = MakeLegend(kernel, geo::Meters{bandwidth}, {});
      EXPECT_LE(legend.lone_incident_peak, legend.density[1].upper * (1 + 1e-9)) << bandwidth;
      EXPECT_GT(legend.lone_incident_peak, legend.density[1].upper / 2.1) << bandwidth;
    }
}

TEST(MakeLegend, SaysTheBoundsInItsLabels) {
  const Legend legend = MakeLegend(geo::Kernel::kQuartic, geo::Meters{1000}, {});
  EXPECT_EQ(legend.density[1].label_sv, "0,1–1: högst vad en ensam händelse ger inne i kommunen");
  EXPECT_EQ(legend.density[4].label_sv, "4–8");
  EXPECT_EQ(legend.density[5].label_sv, "över 8");
  EXPECT_EQ(legend.unit_sv, "händelser per km² och kvartal");
  EXPECT_EQ(legend.density[0].color.alpha, 0);
}

TEST(MakeLegend, NamesLevelsAndCorrectionOfTheTest) {
  const Legend legend = MakeLegend(geo::Kernel::kQuartic, geo::Meters{1000}, {.alpha_99 = 0.001});
  EXPECT_EQ(legend.hotspots[0].label_sv, "Hotspot, 99,9 % (q ≤ 0,001 efter BH)");
  std::set<LegendCode> codes;
  for (const HotspotClass& step : legend.hotspots) codes.insert(step.code);
  EXPECT_EQ(codes.size(), legend.hotspots.size());
  EXPECT_LE(legend.hotspots.size(), 7U);
}

TEST(Color, IsWrittenForQgisAndForTheWeb) {
  EXPECT_EQ(HexColor({179, 0, 10}), "#b3000a");
  EXPECT_EQ(RgbaColor({179, 0, 10, 7}), "179,0,10,7");
}

}  // namespace
}  // namespace lagesbild::maps
