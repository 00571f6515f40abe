#include "geo/multiple_testing.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {

CaseResults RunMultipleTesting(const CaseInputs& inputs) {
  const Table input = inputs.input("input_p.csv");
  const std::vector<double> p = input.numbers("p");
  Table table;
  table.add("id", input.texts("id"));
  table.add("BH", geo::AdjustPValues(p, geo::Adjustment::kBenjaminiHochberg));
  table.add("BY", geo::AdjustPValues(p, geo::Adjustment::kBenjaminiYekutieli));
  table.add("holm", geo::AdjustPValues(p, geo::Adjustment::kHolm));
  table.add("hochberg", geo::AdjustPValues(p, geo::Adjustment::kHochberg));
  table.add("bonferroni", geo::AdjustPValues(p, geo::Adjustment::kBonferroni));
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) results.files[file] = table;
  return results;
}

}  // namespace lagesbild::tools
