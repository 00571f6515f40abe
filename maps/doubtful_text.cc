#include "maps/doubtful_text.h"

#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

int Incidents(const geo::PictureLayer& layer) {
  int incidents = 0;
  for (const geo::DoubtfulPoint& point : layer.doubtful_points) incidents += point.incidents;
  return incidents;
}

}  // namespace

std::string DoubtText(const geo::DoubtfulPoint& point) {
  if (point.kind == geo::PileUpKind::kCentroid)
    return "mitten av " + point.center_name + ", troligen vald när platsen inte var känd närmare";
  return "troligen en standardpunkt, inskriven när platsen inte var känd";
}

std::string DoubtfulPointText(const geo::DoubtfulPoint& point, const std::string& where) {
  return Count(point.incidents, "händelse ligger", "händelser ligger") + " på en misstänkt punkt (" + where +
         "): " + DoubtText(point) +
         ". De är med i täthet och rutor; läs kartan intill punkten med försiktighet.";
}

std::string DoubtfulGroupText(const geo::PictureLayer& layer) {
  const int incidents = Incidents(layer);
  if (incidents == 0) return {};
  return Count(incidents, "händelse", "händelser") + " ligger på " +
         Count(static_cast<std::int64_t>(layer.doubtful_points.size()), "misstänkt standardpunkt",
               "misstänkta standardpunkter") +
         "; med dem n = " + std::to_string(layer.used_incidents) +
         ", utan dem n = " + std::to_string(layer.used_incidents - incidents);
}

}  // namespace lagesbild::maps
