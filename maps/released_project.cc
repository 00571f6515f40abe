#include "maps/released_project.h"

#include <algorithm>
#include <utility>

#include "maps/how_to_read.h"
#include "maps/picture_project.h"
#include "maps/picture_text.h"
#include "maps/released_layers.h"
#include "maps/released_text.h"

namespace lagesbild::maps {
namespace {

/// Age groups in the order of the layers, the chosen map's first.
std::vector<ProjectGroup> AgeGroupFolders(const ReleasedContent& content) {
  const geo::ReleasedPicture& picture = content.picture;
  std::vector<ProjectGroup> folders;
  for (std::size_t i = 0; i < picture.layers.size(); ++i) {
    const geo::ReleasedLayer& layer = picture.layers[i];
    const std::string name = layer.group.label_sv;
    auto folder = std::find_if(folders.begin(), folders.end(),
                               [&](const ProjectGroup& one) { return one.name_sv == name; });
    if (folder == folders.end()) {
      ProjectGroup group;
      group.name_sv = name;
      group.one_at_a_time = true;  // areas would cover the density
      group.on = group.expanded = folders.empty();
      folder = folders.insert(folders.end(), std::move(group));
    }
    folder->tables.push_back(AreaTable(picture, i));
    if (HasDensity(content, i)) folder->tables.push_back(DensityTable(picture, i));
  }
  return folders;
}

}  // namespace

QgisProject MakeReleasedProject(const ReleasedContent& content, const PictureMetadata& metadata,
                                const ReferenceLayers& reference) {
  const geo::ReleasedPicture& picture = content.picture;
  QgisProject project;
  project.name = "Lägesbild " + picture.quarter.swedish_code();
  project.title_sv = ReleasedTitle(metadata, picture.quarter.swedish_code(), "Gemensam lägesbild");
  project.abstract_sv = "Läs tabellen Så läser du kartan först. " + std::string(kOneGroupAtATime) +
                        ": lagren täcker varandra. Streckat är skyddat, inte noll. " + kDraftTitle + ".";
  geo::CalendarQuarter first = picture.quarter;
  for (const geo::ReleasedLayer& layer : picture.layers) first = std::min(first, layer.period.first);
  project.start = PeriodStart(first);
  project.end = PeriodEnd(picture.quarter);
  SetExtent(project, reference.boundary);

  ProjectGroup ages{
      .name_sv = "Åldersgrupper – en i taget", .tables = {}, .expanded = true, .one_at_a_time = true};
  ages.groups = AgeGroupFolders(content);
  project.groups = {{"Läs först", {kHowToReadTable, kAboutTable}, true, true}};
  if (!ages.groups.empty()) project.groups.push_back(std::move(ages));
  project.groups.push_back({"Karta för orientering", {"kommungrans", "platser", "tatorter", "distrikt"}});
  project.groups.push_back({"Tabeller", {kReleasedCountsTable}});
  return project;
}

}  // namespace lagesbild::maps
