#include "tools/bench_geocode/bench.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "geo/errors.h"
#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/compiled_size.h"
#include "tools/bench_geocode/coverage.h"
#include "tools/bench_geocode/hostile.h"
#include "tools/bench_geocode/interpolation.h"
#include "tools/bench_geocode/score_goals.h"
#include "tools/bench_geocode/size.h"
#include "tools/bench_geocode/sources.h"
#include "tools/bench_geocode/speed_table.h"
#include "tools/bench_geocode/tables.h"

namespace lagesbild::tools::bench {
namespace {

namespace fs = std::filesystem;

class GeocodeBench {
 public:
  GeocodeBench(ReportForm form, const GeocodeBenchOptions& options)
      : options_(options),
        sources_(options),
        report_(form),
        set_(options.set == "dev" ? QuerySet::kDev : QuerySet::kHeldOut) {}

  void Run() {
    bool any = false;
    if (!options_.queries.empty()) {
      Queries();
      any = true;
    } else {
      for (const std::string& part : GeocodeBenchParts())
        if (options_.only.empty() ||
            std::find(options_.only.begin(), options_.only.end(), part) != options_.only.end())
          any = Part(part) || any;
    }
    if (!any)
      throw geo::InvalidInput(
          "there is nothing to measure on; say --data FOLDER, in which malmo/malmo_adresser.csv lies, or "
          "--register FILE");
    goals_.Print(report_);
    report_.End();
  }

 private:
  bool Part(const std::string& part) {
    if (part == "generated") return Generated();
    if (part == "interpolation") return Interpolation();
    if (part == "noisy") return Noisy();
    if (part == "philadelphia") return Philadelphia();
    if (sources_.First() == nullptr) return false;
    if (part == "speed") Speed();
    if (part == "hostile") Hostile();
    if (part == "size") Size();
    return true;
  }

  std::uint64_t Seed(QuerySet set) const { return SeedOf(set) + options_.seed; }

  void Dump(const std::string& name, const std::vector<BenchQuery>& queries) const {
    if (options_.dump.empty()) return;
    fs::create_directories(options_.dump);
    WriteQueries(queries, fs::path(options_.dump) / (name + ".csv"));
  }

  Score Prepared(const std::string& code, const std::string& title_sv, const std::string& title_en,
                 const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries) {
    std::vector<Miss> misses;
    const Score score = Ask(geocoder, queries, &misses);
    PrintScore(report_, code, title_sv, title_en, score);
    PrintExamples(report_, code, queries, misses, options_.examples);
    return score;
  }

  bool Generated() {
    const std::vector<BenchRegister> registers = sources_.Registers();
    for (const BenchRegister& of : registers) {
      Rng rng(Seed(set_), of.stream() + "/left out");
      constexpr double kLeftOutShare = 0.02;
      const LeftOut left_out = LeaveOutNumbers(RegisterView(of.gazetteer), kLeftOutShare, rng);
      const geo::Geocoder geocoder(Without(of.gazetteer, left_out.addresses));
      const geo::Gazetteer& known = geocoder.gazetteer();
      const std::vector<BenchQuery> queries = MakeQueries(RegisterView(known), left_out,
                                                          {.code = of.stream(),
                                                           .town = of.town,
                                                           .language = LanguageOf(known.address_style),
                                                           .set = set_,
                                                           .seed = options_.seed,
                                                           .per_class = options_.per_class});
      const std::string code = "generated_" + of.code;
      std::vector<Miss> misses;
      const Score score = Ask(geocoder, queries, &misses);
      PrintScore(report_, code, "Genererade frågor, " + of.code + ", mängd " + options_.set,
                 "Generated queries, " + of.code + ", set " + options_.set, score);
      AddGeneratedGoals(goals_, of.code, score);
      Dump("queries_" + of.code + "_" + options_.set, queries);
      if (set_ == QuerySet::kHeldOut) continue;  // nobody is to tune on those
      PrintExamples(report_, code, queries, misses, options_.examples);
      std::vector<BenchQuery> failed;
      for (const Miss& miss : misses) failed.push_back(queries[miss.query]);
      Dump("not_right_" + of.code + "_" + options_.set, failed);
    }
    return !registers.empty();
  }

  bool Noisy() {
    if (sources_.own_register() || !sources_.Have(sources_.MalmoNoisy()) || sources_.First() == nullptr)
      return false;
    const std::vector<BenchQuery> queries = sources_.ReadAgainstFirst(sources_.MalmoNoisy());
    AddPreparedGoals(goals_, "malmo",
                     Prepared("noisy_malmo", "malmo_noisy_queries.csv, registret med postort Malmö",
                              "malmo_noisy_queries.csv, the register with the postal town Malmö",
                              sources_.FirstGeocoder(), queries));
    const geo::Geocoder bare(ReadBenchTable(sources_.Malmo(), MalmoTable()).gazetteer);
    AddPreparedGoals(
        goals_, "malmo_bare",
        Prepared("noisy_malmo_bare", "malmo_noisy_queries.csv, registret som filen är, utan ort",
                 "malmo_noisy_queries.csv, the register as the file is, without a town", bare, queries));
    return true;
  }

  void Queries() {
    if (sources_.First() == nullptr)
      throw geo::InvalidInput("no register to ask; say --register FILE or --data FOLDER");
    const std::string name = fs::path(options_.queries).filename().string();
    const Score score = Prepared("queries", name, name, sources_.FirstGeocoder(),
                                 sources_.ReadAgainstFirst(options_.queries));
    AddPreparedGoals(goals_, sources_.First()->code, score);
  }

  bool Interpolation() {
    const std::vector<BenchRegister> registers = sources_.Registers();
    for (const BenchRegister& of : registers) {
      if (of.code == "malmo_bare") continue;  // the same numbers
      const InterpolationScore score = LeaveOneOut(of.gazetteer, options_.folds, Seed(QuerySet::kDev));
      PrintInterpolation(report_, of.code, score);
      // The register has no measured figures but Malmö's and Elverum's to be held against.
      if (of.code == "malmo") AddEstimateGoals(goals_, of.code, score.levels, {10, 45, 5, 35});
      if (of.code == "elverum") AddEstimateGoals(goals_, of.code, score.levels, {25, 160, 20, 140});
      AddRadiusGoals(goals_, of.code, score.levels);
      constexpr int kMostWithLess = 2000;
      const Score less = AskWithLess(geo::Geocoder(of.gazetteer), Seed(QuerySet::kDev), kMostWithLess);
      PrintLevels(report_, "with_less_" + of.code + "_levels", less.levels);
      AddRadiusGoals(goals_, of.code, less.levels);
    }
    return !registers.empty();
  }

  bool Philadelphia() {
    if (sources_.own_register()) return false;
    const fs::path gazetteer = sources_.Philadelphia("philadelphia_gazetteer_2015-2018.csv"),
                   pairs_file = sources_.Philadelphia("philadelphia_geocode_pairs_dev_2019-2020.csv");
    if (!sources_.Have(gazetteer) || !sources_.Have(pairs_file)) return false;
    const BenchRegister blocks = ReadBenchTable(gazetteer, PhiladelphiaTable());
    const std::vector<BenchQuery> pairs = ReadQueries(
        pairs_file,
        {blocks.gazetteer.crs, [](const std::string&) { return std::vector<geo::PlanePoint>(); }});
    const PairScore score = AskBlocks(geo::Geocoder(blocks.gazetteer), pairs);
    PrintBlocks(report_, AskNaive(NaiveBlocks(blocks.gazetteer), pairs), score);
    PrintLevels(report_, "philadelphia_levels", score.levels);
    AddBlockGoals(goals_, score.All());
    AddRadiusGoals(goals_, blocks.code, score.levels);
    return true;
  }

  /// Mixed: the noisy queries of Malmö where there are any, else generated ones.
  std::vector<BenchQuery> Mixed() {
    if (!sources_.own_register() && fs::exists(sources_.MalmoNoisy()))
      return sources_.ReadAgainstFirst(sources_.MalmoNoisy());
    const BenchRegister& first = *sources_.First();
    return MakeQueries(RegisterView(first.gazetteer), {},
                       {.code = first.code,
                        .town = first.town,
                        .language = LanguageOf(first.gazetteer.address_style),
                        .per_class = 100});
  }

  void Speed() {
    const SpeedScore score = MeasureSpeed(sources_.FirstGeocoder(), Mixed(), options_.runs, options_.threads);
    PrintSpeed(report_, score);
    AddSpeedGoals(goals_, score);
  }

  void Hostile() {
    const HostileScore score =
        AskHostile(sources_.FirstGeocoder(), HostileTexts(sources_.First()->gazetteer), options_.runs);
    PrintHostile(report_, score);
    AddHostileGoals(goals_, score);
  }

  void Size() {
    const SizeScore score = MeasureSize(sources_.First()->gazetteer, static_cast<std::size_t>(options_.size));
    PrintSize(report_, score);
    const BenchRegister& first = *sources_.First();
    const auto size = static_cast<std::size_t>(options_.size);
    std::vector<CompiledSizeScore> compiled;
    compiled.push_back(MeasureCompiledSize(Scaled(first.gazetteer, size), options_.runs));
    compiled.back().code = compiled.back().sv = compiled.back().en = first.code;
    compiled.push_back(MeasureCompiledSize(ManyStreets(size), options_.runs));
    compiled.back().code = "many_streets";
    compiled.back().sv = "många gator";
    compiled.back().en = "many streets";
    PrintCompiledSizes(report_, compiled);
    AddSizeGoals(goals_, compiled);
  }

  const GeocodeBenchOptions& options_;
  BenchSources sources_;
  BenchReport report_;
  QuerySet set_;
  GoalTable goals_;
};

}  // namespace

const std::vector<std::string>& GeocodeBenchParts() {
  static const std::vector<std::string> kParts = {"noisy", "generated", "interpolation", "philadelphia",
                                                  "speed", "hostile",   "size"};
  return kParts;
}

void RunGeocodeBench(ReportForm form, const GeocodeBenchOptions& options) {
  GeocodeBench(form, options).Run();
}

}  // namespace lagesbild::tools::bench
