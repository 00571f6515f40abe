#include "tools/bench_geocode/bench.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "geo/errors.h"
#include "service/register_mapping.h"
#include "tools/bench_geocode/blocks.h"
#include "tools/bench_geocode/hostile.h"
#include "tools/bench_geocode/interpolation.h"
#include "tools/bench_geocode/report.h"
#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/size.h"
#include "tools/bench_geocode/speed_table.h"
#include "tools/bench_geocode/tables.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kLeftOutShare = 0.02;

std::string Content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !text) throw geo::InvalidInput(file.string() + " cannot be read");
  return text.str();
}

class GeocodeBench {
 public:
  GeocodeBench(ReportForm form, const GeocodeBenchOptions& options)
      : options_(options), report_(form), set_(options.set == "dev" ? QuerySet::kDev : QuerySet::kHeldOut) {}

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
      throw geo::InvalidInput(options_.data +
                              " holds none of the files to measure on; say --data FOLDER, in which "
                              "malmo/malmo_adresser.csv lies, or --register FILE");
    report_.End();
  }

 private:
  bool Part(const std::string& part) {
    if (part == "generated") return Generated();
    if (part == "interpolation") return Interpolation();
    if (part == "noisy") return Noisy();
    if (part == "philadelphia") return Philadelphia();
    if (!HaveFirst()) return false;
    if (part == "speed") Speed();
    if (part == "hostile") Hostile();
    if (part == "size") Size();
    return true;
  }

  fs::path Malmo() const { return fs::path(options_.data) / "malmo" / "malmo_adresser.csv"; }
  fs::path MalmoNoisy() const { return fs::path(options_.data) / "malmo" / "malmo_noisy_queries.csv"; }
  fs::path Elverum() const { return fs::path(options_.data) / "elverum" / "elverum_no_adresser.csv"; }

  /// A missing file ends the run when its part was named, else skips the part.
  bool Have(const fs::path& file) {
    if (fs::exists(file)) return true;
    const std::string text = file.string() + " not found";
    if (!options_.only.empty()) throw geo::InvalidInput(text + "; say --data FOLDER, in which it lies");
    if (told_.insert(file).second) std::fprintf(stderr, "lagesbild: %s: skipped\n", text.c_str());
    return false;
  }

  BenchRegister OwnRegister() const {
    const fs::path file = options_.register_file;
    if (!fs::exists(file))
      throw geo::InvalidInput(file.string() + " not found; --register names an address register");
    if (file.extension() == ".gpkg") return ReadBenchGeoPackage(file);
    if (options_.register_mapping.empty())
      throw geo::InvalidInput(file.string() + ": a table needs --mapping, which names its columns");
    BenchTable table{.code = file.stem().string(), .town = "", .style = options_.style};
    table.columns = service::ParseAddressMapping(Content(options_.register_mapping));
    if (options_.style == "us-block") table.columns.block_size = 100;
    table.plane = geo::Epsg{options_.plane};
    return ReadBenchTable(file, table);
  }

  static BenchRegister WithTown(BenchRegister of) {
    FillPostalTown(of);
    return of;
  }

  std::vector<BenchRegister> Registers() {
    std::vector<BenchRegister> registers;
    if (!options_.register_file.empty()) {
      registers.push_back(OwnRegister());
      return registers;
    }
    if (Have(Malmo())) registers.push_back(WithTown(ReadBenchTable(Malmo(), MalmoTable())));
    if (Have(Elverum())) registers.push_back(ReadBenchTable(Elverum(), ElverumTable()));
    return registers;
  }

  /// The register for what needs one alone: one's own, else Malmö.
  bool HaveFirst() {
    if (first_) return true;
    if (!options_.register_file.empty())
      first_ = std::make_unique<BenchRegister>(OwnRegister());
    else if (Have(Malmo()))
      first_ = std::make_unique<BenchRegister>(WithTown(ReadBenchTable(Malmo(), MalmoTable())));
    return first_ != nullptr;
  }
  const geo::Geocoder& FirstGeocoder() {
    if (!geocoder_) geocoder_ = std::make_unique<geo::Geocoder>(first_->gazetteer);
    return *geocoder_;
  }
  std::vector<BenchQuery> ReadAgainstFirst(const fs::path& file) const {
    return ReadQueries(file, [&](const std::string& text) {
      std::vector<geo::PlanePoint> found;
      for (const geo::Address& a : first_->gazetteer.addresses)
        if (Plain(a.area + " " + std::to_string(a.number) + a.letter +
                  (a.addition.empty() ? "" : " " + a.addition)) == Plain(text))
          found.push_back(a.position);
      return found;
    });
  }

  void Dump(const std::string& name, const std::vector<BenchQuery>& queries) const {
    if (options_.dump.empty()) return;
    fs::create_directories(options_.dump);
    WriteQueries(queries, fs::path(options_.dump) / (name + ".csv"));
  }

  bool Generated() {
    const std::vector<BenchRegister> registers = Registers();
    for (const BenchRegister& of : registers) {
      Rng rng(SeedOf(set_) + options_.seed, of.code + "/left out");
      const LeftOut left_out = LeaveOutNumbers(RegisterView(of.gazetteer), kLeftOutShare, rng);
      const geo::Gazetteer known = Without(of.gazetteer, left_out.addresses);
      const RegisterView view(known);
      const std::vector<BenchQuery> queries = MakeQueries(view, left_out,
                                                          {.code = of.code,
                                                           .town = of.town,
                                                           .language = LanguageOf(known.address_style),
                                                           .set = set_,
                                                           .seed = options_.seed,
                                                           .per_class = options_.per_class});
      const geo::Geocoder geocoder(known);
      std::vector<std::size_t> not_right;
      const Score score = Ask(geocoder, queries, &not_right);
      PrintScore(report_, "generated_" + of.code, "Genererade frågor, " + of.code + ", mängd " + options_.set,
                 "Generated queries, " + of.code + ", set " + options_.set, score);
      Dump("queries_" + of.code + "_" + options_.set, queries);
      if (set_ == QuerySet::kHeldOut) continue;  // nobody is to tune on those
      std::vector<BenchQuery> failed;
      for (const std::size_t i : not_right) failed.push_back(queries[i]);
      Dump("not_right_" + of.code + "_" + options_.set, failed);
    }
    return !registers.empty();
  }

  bool Noisy() {
    if (!options_.register_file.empty() || !Have(MalmoNoisy()) || !HaveFirst()) return false;
    const std::vector<BenchQuery> queries = ReadAgainstFirst(MalmoNoisy());
    PrintScore(report_, "noisy_malmo", "malmo_noisy_queries.csv, registret med postort Malmö",
               "malmo_noisy_queries.csv, the register with the postal town Malmö",
               Ask(FirstGeocoder(), queries));
    const geo::Geocoder bare(ReadBenchTable(Malmo(), MalmoTable()).gazetteer);
    PrintScore(report_, "noisy_malmo_without_town",
               "malmo_noisy_queries.csv, registret som filen är, utan ort",
               "malmo_noisy_queries.csv, the register as the file is, without a town", Ask(bare, queries));
    return true;
  }

  void Queries() {
    if (!HaveFirst()) throw geo::InvalidInput("no register to ask; say --register FILE or --data FOLDER");
    const std::string name = fs::path(options_.queries).filename().string();
    PrintScore(report_, "queries", name, name, Ask(FirstGeocoder(), ReadAgainstFirst(options_.queries)));
  }

  bool Interpolation() {
    const std::vector<BenchRegister> registers = Registers();
    for (const BenchRegister& of : registers) {
      const InterpolationScore score =
          LeaveOneOut(of.gazetteer, options_.folds, SeedOf(QuerySet::kDev) + options_.seed);
      report_.Begin("interpolation_" + of.code, "Utelämnade nummer, " + of.code,
                    "Numbers left out, " + of.code,
                    {{"asked_count", "frågor", "queries"},
                     {"ambiguous_share", "tvetydig", "ambiguous"},
                     {"none_share", "inget", "none"},
                     {"coarse_share", "grövre", "coarse"}});
      report_.Row({report_.Count(score.asked), report_.Share(score.ambiguous, score.asked),
                   report_.Share(score.none, score.asked), report_.Share(score.coarse, score.asked)});
      PrintLevels(report_, "interpolation_" + of.code + "_levels", score.levels);
    }
    return !registers.empty();
  }

  bool Philadelphia() {
    if (!options_.register_file.empty()) return false;
    const fs::path folder = fs::path(options_.data) / "philadelphia";
    const fs::path gazetteer = folder / "philadelphia_gazetteer_2015-2018.csv",
                   pairs_file = folder / "philadelphia_geocode_pairs_dev_2019-2020.csv";
    if (!Have(gazetteer) || !Have(pairs_file)) return false;
    const BenchRegister blocks = ReadBenchTable(gazetteer, PhiladelphiaTable());
    const std::vector<BenchQuery> pairs = ReadPairs(pairs_file, blocks.gazetteer.crs);
    const geo::Geocoder geocoder(blocks.gazetteer);
    PrintBlocks(report_, AskNaive(NaiveBlocks(blocks.gazetteer), pairs), AskBlocks(geocoder, pairs));
    return true;
  }

  /// Mixed: the noisy queries of Malmö where there are any, else generated ones.
  std::vector<BenchQuery> Mixed() const {
    if (options_.register_file.empty() && fs::exists(MalmoNoisy())) return ReadAgainstFirst(MalmoNoisy());
    return MakeQueries(RegisterView(first_->gazetteer), {},
                       {.code = first_->code,
                        .town = first_->town,
                        .language = LanguageOf(first_->gazetteer.address_style),
                        .per_class = 100});
  }

  void Speed() {
    PrintSpeed(report_, FirstGeocoder(), first_->gazetteer, Mixed(), options_.runs, options_.threads);
  }

  void Hostile() {
    const HostileScore score = AskHostile(FirstGeocoder(), HostileTexts(first_->gazetteer), options_.runs);
    report_.Begin("hostile", "Texter som inte är adresser", "Texts that are no addresses",
                  {{"text_count", "texter", "texts"},
                   {"placed_count", "lagda", "placed"},
                   {"without_fault_count", "utan angivet fel", "without a fault"},
                   {"p99_ms", "p99 ms", "p99 ms"},
                   {"most_ms", "störst ms", "most ms"},
                   {"slowest", "långsammast", "slowest"}});
    report_.Row({report_.Count(score.texts), report_.Count(score.placed), report_.Count(score.without_fault),
                 report_.Number(score.p99_ms, 2), report_.Number(score.most_ms, 2),
                 report_.Text(score.slowest)});
  }

  void Size() {
    const SizeScore score = MeasureSize(first_->gazetteer, static_cast<std::size_t>(options_.size));
    report_.Begin("size", "Förstorat register", "Enlarged register",
                  {{"address_count", "adresser", "addresses"},
                   {"street_count", "gator", "streets"},
                   {"register_mib", "register MiB", "register MiB"},
                   {"geocoder_mib", "geokodare MiB", "geocoder MiB"},
                   {"build_s", "bygge s", "build s"},
                   {"answer_us", "svar µs", "answer µs"}});
    report_.Row({report_.Count(static_cast<long long>(score.addresses)),
                 report_.Count(static_cast<long long>(score.streets)), report_.Number(score.register_mib, 0),
                 report_.Number(score.geocoder_mib, 0), report_.Number(score.build_s, 2),
                 report_.Number(score.answer_us, 1)});
    Compiled();
  }

  /// Goals of geocoding: under 300 MB, loaded in under 0.2 s.
  void Compiled() {
    constexpr double kMostMb = 300, kMostSeconds = 0.2;
    report_.Begin("compiled", "Kompilerat register", "Compiled register",
                  {{"register", "register", "register"},
                   {"address_count", "adresser", "addresses"},
                   {"street_count", "gator", "streets"},
                   {"build_s", "bygge s", "build s"},
                   {"file_mb", "fil MB", "file MB"},
                   {"cold_s", "kallt s", "cold s"},
                   {"warm_s", "varmt s", "warm s"},
                   {"resident_mb", "minne MB", "memory MB"},
                   {"below_300_mb", "< 300 MB", "< 300 MB"},
                   {"below_0_2_s", "< 0,2 s", "< 0.2 s"}});
    const auto size = static_cast<std::size_t>(options_.size);
    const auto row = [&](const std::string& name, geo::Gazetteer gazetteer) {
      const CompiledSizeScore s = MeasureCompiledSize(std::move(gazetteer), options_.runs);
      const auto reached = [&](bool yes) {
        return report_.Text(yes && s.answered ? (report_.swedish() ? "ja" : "yes")
                                              : (report_.swedish() ? "nej" : "no"));
      };
      report_.Row({report_.Text(name), report_.Count(static_cast<long long>(s.addresses)),
                   report_.Count(static_cast<long long>(s.streets)), report_.Number(s.build_s, 2),
                   report_.Number(s.file_mb, 1), report_.Number(s.cold_s, 3), report_.Number(s.warm_s, 3),
                   report_.Number(s.resident_mb, 1), reached(s.file_mb < kMostMb && s.resident_mb < kMostMb),
                   reached(s.warm_s < kMostSeconds)});
    };
    row(first_->code, Scaled(first_->gazetteer, size));
    row(report_.swedish() ? "många gator" : "many streets", ManyStreets(size));
    report_.Note("Sekunder från filens namn till det första svaret: kallt utan att filen ligger i minnet.",
                 "Seconds from the file's name to the first answer: cold with the file not in memory.");
  }

  const GeocodeBenchOptions& options_;
  BenchReport report_;
  QuerySet set_;
  std::set<fs::path> told_;  ///< files whose absence was told
  std::unique_ptr<BenchRegister> first_;
  std::unique_ptr<geo::Geocoder> geocoder_;
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
