#include "maps/released_files.h"

#include <algorithm>
#include <system_error>

#include "geo/errors.h"
#include "maps/atomic_bytes.h"
#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "maps/geopackage.h"
#include "maps/how_to_read.h"
#include "maps/markup.h"
#include "maps/qgis_project.h"
#include "maps/released_guide.h"
#include "maps/released_layers.h"
#include "maps/released_project.h"
#include "maps/released_report.h"
#include "maps/released_text.h"
#include "maps/report.h"

namespace lagesbild::maps {
namespace {

namespace fs = std::filesystem;

void CheckInput(const ReleasedContent& content, const PictureMetadata& metadata) {
  if (metadata.audience != geo::AudienceCode(content.picture.rule.audience))
    throw geo::InvalidInput("the files' audience must be the one that the picture was released for");
  if (!metadata.data_version.empty())
    throw geo::InvalidInput(
        "a released picture carries no version of the data: it depends on withheld values");
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (metadata.run_id.size() < 8 || !std::all_of(metadata.run_id.begin(), metadata.run_id.end(), is_hex))
    throw geo::InvalidInput("a release id has 16 lower-case hex digits");
}

class Writer {
 public:
  Writer(const ReleasedContent& content, const PictureMetadata& metadata, const ReferenceLayers& reference,
         fs::path folder)
      : content_(content), metadata_(metadata), reference_(reference), folder_(std::move(folder)) {}

  std::vector<WrittenFile> Write() {
    try {
      WriteAll();
    } catch (...) {
      // A release is whole or not there at all.
      std::error_code ignored;
      for (const WrittenFile& file : written_) fs::remove(file.path, ignored);
      throw;
    }
    return std::move(written_);
  }

 private:
  void WriteAll() {
    GeoPackage package;
    package.crs = metadata_.crs;
    package.timestamp = PeriodEnd(geo::Period{content_.picture.quarter, content_.picture.quarter, 1});
    package.style_note_sv = "Lägesbild, röjanderegel version " +
                            std::to_string(content_.picture.rule.version) + ", " + kDraftNote;
    package.layers = MakeReleasedLayers(content_, metadata_, reference_);
    package.project = MakeReleasedProject(content_, metadata_, reference_);
    const fs::path data = Path(PictureName("lagesbild") + ".gpkg");
    WriteGeoPackage(data, package);
    Add(data, "application/geopackage+sqlite3", "Gemensam lägesbild");
    const char* const html = "text/html; charset=utf-8";
    WriteText(PictureName("rapport") + ".html",
              ReportHtml(MakeReleasedReport(content_, metadata_, reference_)), html, "Rapport");
    WriteText("sa_laser_du_kartan_" + content_.picture.quarter.swedish_code() + "_" + metadata_.audience +
                  "_" + RunSuffix() + ".html",
              HowToReadHtml(MakeReleasedGuide(content_, metadata_)), html, "Så läser du kartan");
    // Last: it refers to the GeoPackage.
    WriteText(
        PictureName("lagesbild") + ".qgz",
        ProjectZip(ProjectXml(*package.project, package.layers, data.filename().string(), metadata_.crs)),
        "application/x-qgis-project-container", "QGIS-projekt");
  }

  std::string RunSuffix() const { return metadata_.run_id.substr(0, 8); }
  std::string PictureName(const char* kind) const {
    return std::string(kind) + "_" + AsciiSlug(metadata_.municipality_name, 20, "kommun") + "_" +
           content_.picture.quarter.swedish_code() + "_" + metadata_.audience + "_" + RunSuffix();
  }
  fs::path Path(const std::string& name) const {
    const fs::path path = folder_ / name;
    CheckFileName(path);
    return path;
  }
  void Add(const fs::path& path, const char* media_type, const char* what) {
    written_.push_back(
        {path, media_type, ReleasedTitle(metadata_, content_.picture.quarter.swedish_code(), what), ""});
  }
  void WriteText(const std::string& name, const std::string& text, const char* media_type, const char* what) {
    const fs::path path = Path(name);
    WriteBytesAtomically(path, text);
    Add(path, media_type, what);
  }

  const ReleasedContent& content_;
  const PictureMetadata& metadata_;
  const ReferenceLayers& reference_;
  fs::path folder_;
  std::vector<WrittenFile> written_;
};

}  // namespace

std::vector<WrittenFile> WriteReleasedFiles(const ReleasedContent& content, const PictureMetadata& metadata,
                                            const ReferenceLayers& reference, const fs::path& folder) {
  CheckInput(content, metadata);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw IoError(folder.string(), "folder cannot be made: " + error.message());
  return Writer(content, metadata, reference, folder).Write();
}

}  // namespace lagesbild::maps
