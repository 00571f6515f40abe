#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/noise_query.h"

namespace lagesbild::tools {

/// What became of one query.
enum class Outcome {
  kRight,
  kWrong,      ///< placed at an address over 50 m from the truth, or placed though it had to be refused
  kOutside,    ///< an estimate over 50 m from the truth and outside its own radius
  kCoarse,     ///< at a street, a locality, ...: too coarse to be right or wrong
  kAmbiguous,  ///< where one address alone was meant
  kNone,
};

/// "right", "wrong", "outside_radius", "coarse", "ambiguous", "none".
const char* OutcomeCode(Outcome outcome);

struct ClassScore {
  std::string code, label_sv, label_en;
  int asked = 0, right = 0, wrong = 0, outside = 0, coarse = 0, ambiguous = 0, none = 0;
  int right_ambiguous = 0;                 ///< of `right`: said that several are equal, and several were
  int wrong_confident = 0;                 ///< of `wrong`: in category A or B
  std::vector<std::string> examples = {};  ///< queries that were not right, with the outcome's code
  int wrong_nearer = 0;  ///< of `wrong`: the text lies nearer to another address than to its truth
  void Add(const ClassScore& other);
  /// Counts a query that became `outcome`.
  void Count(Outcome outcome, const geo::GeocodeMatch& match);
};

/// Right: refused where it must be; within 50 m of a truth at address level; an estimate within 50 m or its
/// own radius where only an estimate can be right; "ambiguous" where another address is as near to the text.
Outcome OutcomeOf(const geo::GeocodeMatch& match, const NoisyQuery& query);
/// Keeps at most `examples` of the queries that were not right.
ClassScore ScoreQueries(const geo::Geocoder& geocoder, const std::vector<NoisyQuery>& queries,
                        std::size_t examples = 0);

/// The prepared queries of the data folder, per class, each with the file's own tolerance.
std::vector<ClassScore> ScorePreparedQueries(const geo::Geocoder& malmo, const std::filesystem::path& data);

struct BlockScore {
  int asked = 0, answered = 0, within_100_m = 0, within_250_m = 0, over_1_km = 0;
  int over_1_km_confident = 0;  ///< in category A or B
};
/// Texts of another period against the hundred blocks; nothing but the text is given to the geocoder.
BlockScore ScorePhiladelphia(const geo::Geocoder& philadelphia, const std::filesystem::path& data);

}  // namespace lagesbild::tools
