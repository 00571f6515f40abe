#include "service/import_conflicts.h"

#include <string>

#include "service/errors.h"

namespace lagesbild::service {

void ThrowDuplicatesElsewhere(std::int64_t later, std::int64_t rows) {
  const std::string number = std::to_string(later), count = std::to_string(rows);
  throw NotReady("DUPLICATES_ELSEWHERE",
                 "imports/" + number + " counted " + count + (rows == 1 ? " row" : " rows") +
                     " as duplicates of this import; undo that one first and import it again afterwards",
                 "Leverans " + number + " räknade " + count + (rows == 1 ? " rad" : " rader") + " som " +
                     (rows == 1 ? "dubblett" : "dubbletter") +
                     " av den här; ångra den först och läs in den igen efteråt.");
}

void ThrowCorrectedElsewhere(std::int64_t later, std::int64_t incidents) {
  const std::string number = std::to_string(later), count = std::to_string(incidents);
  throw NotReady("CORRECTED_ELSEWHERE",
                 "imports/" + number + " corrects " + count + (incidents == 1 ? " incident" : " incidents") +
                     " of this import; undo that one first",
                 "Leverans " + number + " rättar " + count + (incidents == 1 ? " händelse" : " händelser") +
                     " i den här; ångra den först.");
}

}  // namespace lagesbild::service
