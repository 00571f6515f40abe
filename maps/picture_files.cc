#include "maps/picture_files.h"

#include <algorithm>
#include <system_error>

#include "geo/errors.h"
#include "maps/atomic_bytes.h"
#include "maps/atomic_file.h"
#include "maps/cog.h"
#include "maps/errors.h"
#include "maps/geopackage.h"
#include "maps/how_to_read.h"
#include "maps/markup.h"
#include "maps/picture_layers.h"
#include "maps/picture_project.h"
#include "maps/picture_text.h"
#include "maps/qgis_style.h"
#include "maps/ranked_places.h"
#include "maps/report.h"

namespace lagesbild::maps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGeoPackageType = "application/geopackage+sqlite3";
constexpr const char* kCogType = "image/tiff; application=geotiff; profile=cloud-optimized";
constexpr const char* kXmlType = "application/xml";
constexpr const char* kHtmlType = "text/html; charset=utf-8";
constexpr const char* kProjectType = "application/x-qgis-project-container";

void CheckInput(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  if (metadata.audience != "internal")
    throw geo::InvalidInput(
        "files are made for the audience internal only: nothing else has passed disclosure control");
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (metadata.run_id.size() < 8 || !std::all_of(metadata.run_id.begin(), metadata.run_id.end(), is_hex))
    throw geo::InvalidInput("a run id has 16 lower-case hex digits");
  if (picture.layers.empty()) throw geo::InvalidInput("a situation picture needs at least one age layer");
}

std::string RunSuffix(const PictureMetadata& metadata) { return metadata.run_id.substr(0, 8); }

/// "rapport_heby_2026K3_internal_7c769d38": name of a file about the picture as a whole, without extension.
std::string PictureName(const char* kind, const geo::SituationPicture& picture,
                        const PictureMetadata& metadata) {
  return std::string(kind) + "_" + AsciiSlug(metadata.municipality_name, 20, "kommun") + "_" +
         picture.quarter.swedish_code() + "_" + metadata.audience + "_" + RunSuffix(metadata);
}

fs::path GeoPackageName(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  return PictureName("lagesbild", picture, metadata) + ".gpkg";
}

/// Base name of the density files, without extension.
std::string DensityName(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                        const geo::PictureLayer& layer) {
  return "tathet_" + AsciiSlug(layer.group.slug, 33, "grupp") + "_" + picture.quarter.swedish_code() + "_" +
         RunSuffix(metadata);
}

/// The tables, the ranked places first where there are any.
std::vector<VectorLayer> LayersWithPlaces(const geo::SituationPicture& picture,
                                          const PictureMetadata& metadata, const ReferenceLayers& reference,
                                          const Legend& legend, const geo::PlaceList& list) {
  std::vector<VectorLayer> layers = MakePictureLayers(picture, metadata, reference, legend);
  if (!list.variants.empty())
    layers.insert(layers.begin(),
                  RankedPlacesLayer(picture, metadata, list, RankPlaces(picture, list, metadata, reference)));
  return layers;
}

/// The ranked places above the age groups.
void ShowPlaces(QgisProject& project, const geo::PlaceList& list) {
  if (!list.variants.empty())
    project.groups.insert(project.groups.begin() + 1, ProjectGroup{"", {kRankedPlacesTable}, true});
}

WrittenFile WriteVectors(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                         const ReferenceLayers& reference, const Legend& legend, const fs::path& folder,
                         const geo::PlaceList& list) {
  GeoPackage content;
  content.crs = metadata.crs;
  content.timestamp = PeriodEnd(picture.quarter);
  content.style_note_sv = "Lägesbild, teckenförklaring version " + std::to_string(legend.version);
  content.layers = LayersWithPlaces(picture, metadata, reference, legend, list);
  content.project = MakePictureProject(picture, metadata, reference);
  ShowPlaces(*content.project, list);
  const fs::path path = folder / GeoPackageName(picture, metadata);
  CheckFileName(path);
  WriteGeoPackage(path, content);
  return {path, kGeoPackageType, Title(picture, metadata, "Gemensam lägesbild"), ""};
}

LayerMetadata DensityMetadata(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                              const geo::PictureLayer& layer) {
  const std::string abstract = GroupAbstract(
      picture, metadata, layer, "Händelser per km² och kvartal, utjämnade med en kärna.",
      "En topp är ingen hotspot: färgen säger var händelser ligger tätt, inte om det är fler än väntat. Den "
      "ljusaste klassen är högst vad en ensam händelse ger inne i kommunen (mer intill gränsen). " +
          BandwidthReasonText(metadata));
  return MakeLayerMetadata(picture, metadata, DensityName(picture, metadata, layer),
                           Title(picture, metadata, "Täthet", layer.group.label_sv), abstract);
}

/// The project beside the GeoPackage, with the density files.
WrittenFile WriteProject(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                         const ReferenceLayers& reference, const Legend& legend, const fs::path& folder,
                         const geo::PlaceList& list) {
  std::vector<ProjectRaster> rasters;
  for (const geo::PictureLayer& layer : picture.layers) {
    if (!layer.density) continue;
    const std::string name = DensityName(picture, metadata, layer);
    rasters.push_back({"tathet_" + AsciiSlug(layer.group.slug, 33, "grupp"), name + ".tif",
                       "Täthet: " + layer.group.label_sv, layer.group.code, legend,
                       DensityMetadata(picture, metadata, layer)});
  }
  QgisProject project = MakePictureProject(picture, metadata, reference, std::move(rasters));
  ShowPlaces(project, list);
  const std::string xml = ProjectXml(project, LayersWithPlaces(picture, metadata, reference, legend, list),
                                     GeoPackageName(picture, metadata).string(), metadata.crs);
  const fs::path path = folder / (PictureName("lagesbild", picture, metadata) + ".qgz");
  CheckFileName(path);
  WriteBytesAtomically(path, ProjectZip(xml));
  return {path, kProjectType, Title(picture, metadata, "QGIS-projekt"), ""};
}

/// The pages that need no QGIS.
void WritePages(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                const ReferenceLayers& reference, const Legend& legend, const geo::PlaceList& list,
                const fs::path& folder, std::vector<WrittenFile>& written) {
  const fs::path report = folder / (PictureName("rapport", picture, metadata) + ".html");
  const fs::path reading = folder / ("sa_laser_du_kartan_" + picture.quarter.swedish_code() + "_" +
                                     metadata.audience + "_" + RunSuffix(metadata) + ".html");
  CheckFileName(report);
  CheckFileName(reading);
  WriteBytesAtomically(report, ReportHtml(MakeInternalReport(picture, metadata, reference, legend, list)));
  WriteBytesAtomically(reading, HowToReadHtml(MakeHowToRead(picture, metadata, legend)));
  written.push_back({report, kHtmlType, Title(picture, metadata, "Rapport"), ""});
  written.push_back({reading, kHtmlType, Title(picture, metadata, "Så läser du kartan"), ""});
}

RasterText DensityText(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                       const geo::PictureLayer& layer, const Legend& legend, const std::string& abstract) {
  const geo::Tally& tally = layer.tally.incidents;
  RasterText text;
  text.description_sv =
      "Täthet, " + layer.group.label_sv + " (" + legend.unit_sv + "); " + picture.quarter.swedish_code() +
      ", " + std::string(geo::RoleSelectionLabelSv(picture.options.role)) +
      ", n = " + std::to_string(layer.used_incidents) + ", " + std::to_string(tally.unplaced) +
      " oplacerade" + (metadata.synthetic ? ", SYNTETISKA DATA" : "");
  text.unit_sv = legend.unit_sv;
  text.items = {{"TIFFTAG_IMAGEDESCRIPTION", abstract},
                {"LAGESBILD_RUN_ID", metadata.run_id},
                {"LAGESBILD_AUDIENCE", metadata.audience},
                {"LAGESBILD_LEGEND_VERSION", std::to_string(legend.version)}};
  return text;
}

void WriteDensity(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                  const geo::PictureLayer& layer, const Legend& legend, const fs::path& folder,
                  std::vector<WrittenFile>& written) {
  const std::string name = DensityName(picture, metadata, layer);
  const LayerMetadata about = DensityMetadata(picture, metadata, layer);
  const fs::path tif = folder / (name + ".tif"), qml = folder / (name + ".qml"),
                 qmd = folder / (name + ".qmd");
  CheckFileName(tif);
  WriteCog(tif, *layer.density, metadata.crs,
           DensityText(picture, metadata, layer, legend, about.abstract_sv));
  WriteBytesAtomically(qml, DensityQml(legend, PeriodStart(picture.quarter), PeriodEnd(picture.quarter)));
  WriteBytesAtomically(qmd, LayerQmd(about, metadata.crs));
  written.push_back({tif, kCogType, about.title_sv, layer.group.code});
  written.push_back({qml, kXmlType, about.title_sv + " (stil)", layer.group.code});
  written.push_back({qmd, kXmlType, about.title_sv + " (metadata)", layer.group.code});
}

}  // namespace

std::vector<WrittenFile> WritePictureFiles(const geo::SituationPicture& picture,
                                           const PictureMetadata& metadata, const ReferenceLayers& reference,
                                           const fs::path& folder, const geo::PlaceList& list) {
  CheckInput(picture, metadata);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw IoError(folder.string(), "folder cannot be made: " + error.message());
  const Legend legend = MakeLegend(picture.options.kernel, picture.options.bandwidth, picture.options.test);
  std::vector<WrittenFile> written = {WriteVectors(picture, metadata, reference, legend, folder, list)};
  WritePages(picture, metadata, reference, legend, list, folder, written);
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.density) WriteDensity(picture, metadata, layer, legend, folder, written);
  // Last: it refers to all the others.
  written.push_back(WriteProject(picture, metadata, reference, legend, folder, list));
  return written;
}

}  // namespace lagesbild::maps
