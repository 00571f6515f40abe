#include "tools/bench_geocode/score_goals.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "geo/incident.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kEnoughPlaced = 100;

ClassScore Together(const Score& score, std::initializer_list<std::string_view> beginnings) {
  ClassScore all;
  for (const ClassScore& of : score.classes) {
    const bool meant = std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view name) {
      return name.ends_with('*') ? of.query_class.starts_with(name.substr(0, name.size() - 1))
                                 : of.query_class == name;
    });
    if (!meant) continue;
    for (std::size_t i = 0; i < all.outcomes.size(); ++i) all.outcomes[i] += of.outcomes[i];
    all.confident_wrong += of.confident_wrong;
  }
  return all;
}

void AddRight(GoalTable& goals, const std::string& code, const std::string& sv, const std::string& en,
              const ClassScore& of, double at_least, double goal) {
  if (of.queries() == 0) return;
  goals.Add({code, sv + ", rätt", en + ", right", Unit::kShare, AtLeast(at_least), AtLeast(goal),
             GoalTable::Share(of.count(Outcome::kRight), of.queries())});
}

void AddWrong(GoalTable& goals, const std::string& code, const std::string& sv, const std::string& en,
              const ClassScore& of, double at_least, double goal) {
  if (of.queries() == 0) return;
  goals.Add({code, sv + ", fel", en + ", wrong", Unit::kShare, AtMost(at_least), AtMost(goal),
             GoalTable::Share(of.count(Outcome::kWrong), of.queries())});
}

void AddSure(GoalTable& goals, const std::string& code, const std::string& sv, const std::string& en,
             const ClassScore& of) {
  if (of.queries() == 0) return;
  goals.Add({code,
             sv + ", säkra (A/B) av felen",
             en + ", sure (A/B) of the wrong",
             Unit::kShare,
             {},
             {},
             GoalTable::Share(of.confident_wrong, of.count(Outcome::kWrong)).value_or(0)});
}

const LevelScore* LevelOf(const std::vector<LevelScore>& levels, geo::MatchLevel level) {
  const auto found =
      std::find_if(levels.begin(), levels.end(), [&](const LevelScore& of) { return of.level == level; });
  return found == levels.end() ? nullptr : &*found;
}

struct ClassGoal {
  const char* code;
  const char* sv;
  const char* en;
  std::initializer_list<std::string_view> classes;
  double at_least, goal;
};

}  // namespace

void AddPreparedGoals(GoalTable& goals, const std::string& code, const Score& score) {
  const std::string end = "_" + code, sv = "förberedda frågor, " + code, en = "prepared queries, " + code;
  AddRight(goals, "prepared_right" + end, sv, en, score.all, 0.995, 0.998);
  AddWrong(goals, "prepared_wrong" + end, sv, en, score.all, 0.001, 0);
  AddSure(goals, "prepared_sure_wrong" + end, sv, en, score.all);
  if (const LevelScore* point = LevelOf(score.levels, geo::MatchLevel::kAddressPoint))
    goals.Add({"prepared_point_p95" + end, sv + ", adresspunkt, p95", en + ", address point, p95",
               Unit::kMeters, AtMost(1), AtMost(0), Quantile(point->distances, 0.95)});
}

void AddGeneratedGoals(GoalTable& goals, const std::string& code, const Score& score) {
  static const std::array<ClassGoal, 14> kClasses{
      {{"diacritics", "utan prickar", "without marks", {"diacritics", "digraphs", "decomposed"}, 1, 1},
       {"abbreviation", "förkortning", "abbreviation", {"abbreviation"}, 1, 1},
       {"wrong_context", "fel postnummer", "wrong postcode", {"wrong_context"}, 1, 1},
       {"edit_1", "ett skrivfel", "one edit", {"edit_1"}, 0.99, 1},
       {"edit_2", "två skrivfel", "two edits", {"edit_2"}, 0.95, 0.96},
       {"edit_1_any", "en fel bokstav", "one wrong letter", {"edit_1_any_letter"}, 0.99, 1},
       {"edit_2_any", "två fel bokstäver", "two wrong letters", {"edit_2_any_letter"}, 0.95, 0.96},
       {"abbreviation_edit",
        "förkortning + skrivfel",
        "abbreviation + edit",
        {"abbreviation_edit"},
        0.97,
        0.98},
       {"clutter", "tillägg", "clutter", {"clutter"}, 0.99, 0.995},
       {"edit_2_clutter", "två skrivfel + tillägg", "two edits + clutter", {"edit_2_clutter"}, 0.90, 0.905},
       {"compound", "sär- och ihopskrivet", "split or joined", {"compound"}, 0.99, 0.995},
       {"first_word", "första ordet borta", "first word dropped", {"first_word"}, 0.90, 0.95},
       {"suffix", "fel ändelse", "wrong suffix", {"suffix"}, 0.90, 0.95},
       {"sentence", "mening", "free text", {"sentence"}, 0.95, 0.97}}};
  const std::string end = "_" + code;
  const ClassScore hard =
      Together(score, {"abbreviation_edit*", "edit_2_clutter", "compound", "first_word", "suffix", "sentence",
                       "sentence_noisy", "left_out_number", "decoy_*"});
  const std::string sv = "svårare slag, " + code, en = "harder classes, " + code;
  AddRight(goals, "hard_right" + end, sv, en, hard, 0.90, 0.95);
  AddWrong(goals, "hard_wrong" + end, sv, en, hard, 0.01, 0.005);
  AddSure(goals, "hard_sure_wrong" + end, sv, en, hard);
  const ClassScore refused = Together(score, {"decoy_*", "number_far"});
  goals.Add({"refused" + end, "påhittade gator och orimliga nummer avvisade, " + code,
             "invented streets and far-out numbers refused, " + code, Unit::kShare, AtLeast(0.99), AtLeast(1),
             GoalTable::Share(refused.count(Outcome::kRight), refused.queries())});
  for (const ClassGoal& of : kClasses) {
    const ClassScore one = Together(score, of.classes);
    AddRight(goals, std::string("class_") + of.code + end, std::string(of.sv) + ", " + code,
             std::string(of.en) + ", " + code, one, of.at_least, of.goal);
  }
  const ClassScore relaxed = Together(score, {"first_word", "suffix"});
  AddWrong(goals, "class_first_word_suffix_wrong" + end, "första ordet borta, fel ändelse, " + code,
           "first word dropped, wrong suffix, " + code, relaxed, 0.01, 0.005);
}

void AddEstimateGoals(GoalTable& goals, const std::string& code, const std::vector<LevelScore>& levels,
                      const EstimateGoals& of) {
  const LevelScore* between = LevelOf(levels, geo::MatchLevel::kInterpolated);
  const auto error = [&](double share) -> std::optional<double> {
    if (between == nullptr) return std::nullopt;
    return Quantile(between->distances, share);
  };
  const std::string sv = "interpolerat, " + code, en = "interpolated, " + code;
  goals.Add({"interpolated_p50_" + code, sv + ", p50", en + ", p50", Unit::kMeters, AtMost(of.least_p50_m),
             AtMost(of.goal_p50_m), error(0.5)});
  goals.Add({"interpolated_p95_" + code, sv + ", p95", en + ", p95", Unit::kMeters, AtMost(of.least_p95_m),
             AtMost(of.goal_p95_m), error(0.95)});
}

void AddRadiusGoals(GoalTable& goals, const std::string& code, const std::vector<LevelScore>& levels) {
  for (const LevelScore& of : levels) {
    if (of.placed < kEnoughPlaced) continue;
    const std::string level(geo::MatchLevelCode(of.level));
    goals.Add({"radius_" + level + "_" + code, "inom 90 %-radien, " + level + ", " + code,
               "within the 90 % radius, " + level + ", " + code, Unit::kShare, Bounds{0.85, 0.95},
               Bounds{0.88, 0.92}, GoalTable::Share(of.within, of.placed)});
  }
}

void AddBlockGoals(GoalTable& goals, const BlockScore& score) {
  const auto add = [&](const char* code, const char* sv, const char* en, Bounds at_least, Bounds goal,
                       int part) {
    goals.Add({code, std::string("Philadelphia, ") + sv, std::string("Philadelphia, ") + en, Unit::kShare,
               at_least, goal, GoalTable::Share(part, score.asked)});
  };
  add("philadelphia_answered", "svarade", "answered", AtLeast(0.88), AtLeast(0.90), score.answered);
  add("philadelphia_100_m", "≤ 100 m av alla", "≤ 100 m of all", AtLeast(0.53), AtLeast(0.57),
      score.within_100);
  add("philadelphia_250_m", "≤ 250 m av alla", "≤ 250 m of all", AtLeast(0.69), AtLeast(0.74),
      score.within_250);
  add("philadelphia_over_1_km", "> 1 km av alla", "> 1 km of all", AtMost(0.02), AtMost(0.01),
      score.beyond_1000);
  goals.Add({"philadelphia_sure_over_1_km",
             "Philadelphia, säkra (A/B) av dem > 1 km",
             "Philadelphia, sure (A/B) of those > 1 km",
             Unit::kShare,
             {},
             {},
             GoalTable::Share(score.confident_beyond_1000, score.beyond_1000).value_or(0)});
}

void AddSpeedGoals(GoalTable& goals, const SpeedScore& score) {
  struct Wanted {
    const char* code;
    const char* sv;
    const char* en;
    const SpeedRow& row;
    double at_least, goal;
  };
  for (const Wanted& of : {Wanted{"mixed", "blandade frågor", "mixed queries", score.mixed, 4.5, 11},
                           Wanted{"fuzzy", "felstavade frågor", "misspelt queries", score.fuzzy, 4.5, 10},
                           Wanted{"exact", "exakta frågor", "exact queries", score.exact, 65, 150}}) {
    if (of.row.per_second.empty()) continue;
    goals.Add({std::string("speed_") + of.code, std::string(of.sv) + " mot genomsökning av hela tabeller",
               std::string(of.en) + " to the scan by whole tables", Unit::kRatio, AtLeast(of.at_least),
               AtLeast(of.goal), score.Ratio(of.row, score.whole)});
    goals.Add({std::string("speed_") + of.code + "_banded",
               std::string(of.sv) + " mot genomsökning i band",
               std::string(of.en) + " to the banded scan",
               Unit::kRatio,
               {},
               {},
               score.Ratio(of.row, score.banded)});
  }
  goals.Add({"speed_threads", std::to_string(score.threads) + " trådar mot en",
             std::to_string(score.threads) + " threads to one", Unit::kRatio, AtLeast(0.8 * score.threads),
             AtLeast(0.8 * score.threads), score.threads_ratio});
  goals.Add({"speed_same_bytes", "samma byte på trådarna (1 = ja)", "same bytes on the threads (1 = yes)",
             Unit::kCount, AtLeast(1), AtLeast(1), score.same_bytes ? 1 : 0});
}

void AddHostileGoals(GoalTable& goals, const HostileScore& score) {
  goals.Add({"hostile_p99", "fientliga texter, p99", "hostile texts, p99", Unit::kMilliseconds, AtMost(5),
             AtMost(5), score.p99_ms});
  goals.Add({"hostile_placed", "fientliga texter, lagda", "hostile texts, placed", Unit::kCount, AtMost(0),
             AtMost(0), score.placed});
  goals.Add({"hostile_without_fault", "fientliga texter utan angivet fel", "hostile texts without a fault",
             Unit::kCount, AtMost(0), AtMost(0), score.without_fault});
}

void AddSizeGoals(GoalTable& goals, const std::vector<CompiledSizeScore>& scores) {
  for (const CompiledSizeScore& of : scores) {
    if (!of.answered) continue;
    const std::string sv = std::to_string(of.addresses) + " adresser, " + of.sv,
                      en = std::to_string(of.addresses) + " addresses, " + of.en;
    goals.Add({"size_memory_" + of.code, sv + ", minne", en + ", memory", Unit::kMegabytes, AtMost(300),
               AtMost(300), std::max(of.file_mb, of.resident_mb)});
    goals.Add({"size_load_" + of.code, sv + ", inläst och svarar", en + ", loaded and answers",
               Unit::kSeconds, AtMost(0.2), AtMost(0.2), of.warm_s});
    goals.Add({"size_cold_" + of.code, sv + ", kallt", en + ", cold", Unit::kSeconds, {}, {}, of.cold_s});
  }
}

}  // namespace lagesbild::tools::bench
