#include "service/import.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "geo/errors.h"
#include "geo/geocoder.h"
#include "geo/import_tally.h"
#include "geo/personal_data.h"
#include "geo/study_area.h"
#include "maps/table_input.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/import_lock.h"
#include "service/import_place.h"
#include "service/import_row.h"
#include "service/mapping.h"
#include "service/report_template.h"
#include "service/utf8.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kPreviewRows = 20;
constexpr std::int64_t kRowsPerProgress = 1000;
constexpr std::size_t kLongestFileName = 120, kLongestColumnName = 200;  // bytes

Reporter FindReporter(Store& store, const std::string& code) {
  for (Reporter& reporter : store.ListReporters())
    if (reporter.code == code) return reporter;
  throw NotReady("UNKNOWN_REPORTER", "the reporter is not known; add it before its first delivery");
}

Municipality RequireMunicipality(Store& store) {
  auto municipality = store.LoadMunicipality();
  if (!municipality)
    throw NotReady("NO_MUNICIPALITY", "no boundary is known; import the reference layers before any reports");
  return std::move(*municipality);
}

std::string ContentHash(const ImportRequest& request) {
  return Hex(Sha256()
                 .UpdateField(Sha256HexOfFile(request.file))
                 .UpdateField(request.mapping_toml)
                 .UpdateField(request.reporter)
                 .Digest());
}

/// The name without folders; people write names and numbers into file names too.
std::string SafeFileName(const std::string& sent) {
  const std::string name = ValidUtf8(std::string_view(sent).substr(sent.find_last_of("/\\") + 1));
  // The whole name is asked: half a number would not be recognized.
  if (!geo::FindPersonalData(name, geo::PersonalText::kPlace)) return LastBytes(name, kLongestFileName);
  const std::size_t dot = name.find_last_of('.');
  return "leverans" + (dot == std::string::npos ? "" : LastBytes(name.substr(dot), kLongestFileName));
}

/// Every rejected row names its column: a long name would be stored over and over.
void CheckColumnNames(const std::vector<std::string>& header) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i].size() > kLongestColumnName || !IsValidUtf8(header[i]))
      throw InvalidRequest("chunk", "the name of column " + std::to_string(i + 1) +
                                        " must be text of at most 200 bytes; is the first line the header?");
}

/// The stored import that this one repeats.
std::optional<ImportBatch> EarlierImport(Store& store, const ImportBatch& batch) {
  if (!batch.request_id.empty())
    if (const auto same_id = store.FindImport("", batch.request_id);
        same_id && same_id->content_sha256 != batch.content_sha256)
      throw InvalidRequest("request_id", "this request_id was used for another request");
  return store.FindImport(batch.content_sha256, "");
}

/// Reads one delivery into memory, ready to store.
class Delivery {
 public:
  Delivery(Store& store, const ImportRequest& request, const Reporter& reporter, const Mapping& mapping,
           Municipality municipality)
      : scheme_(store.CurrentAgeScheme()),
        area_(std::move(municipality.boundary)),
        geocoder_(std::move(municipality.gazetteer)),
        keys_(store.Salt()),
        mapping_(mapping),
        rows_({mapping, reporter, scheme_, area_, municipality.crs, request.now, keys_}),
        places_(geocoder_, area_, municipality.crs, mapping, reporter, store.PlaceDecisions(), rows_.today()),
        tally_(scheme_, geo::PictureOptions{}.max_accuracy) {
    for (auto& [key, content] : store.KnownIncidents(reporter.code)) seen_.emplace(key, Seen{content, kNone});
  }

  void Read(const std::filesystem::path& file, const std::stop_token& stop,
            const std::function<void(std::int64_t)>& progress) {
    const maps::TableForm form = maps::ReadTable(
        file, mapping_.table,
        [&](const std::vector<std::string>& header) {
          CheckColumnNames(header);
          rows_.UseHeader(header);
        },
        [&](maps::TableRow&& row) {
          if (stop.stop_requested()) throw geo::Cancelled();
          Take(row);
          if (progress && ++rows_read_ % kRowsPerProgress == 0) progress(rows_read_);
        });
    encoding = form.encoding;
    if (progress) progress(rows_read_);
    for (Group& group : groups_) {
      if (stop.stop_requested()) throw geo::Cancelled();
      Finish(group);
    }
    if (!tally_.Reconciles()) throw std::logic_error("the counts of an import do not add up");
  }

  void Fill(ImportBatch& batch) const {
    batch.incidents = tally_.incidents();
    batch.persons = tally_.persons();
    batch.groups = tally_.groups();
    std::set<std::string> quarters;
    for (const StoredIncident& stored : incidents)
      quarters.insert(geo::QuarterOf(stored.incident.date).code());
    batch.quarters.assign(quarters.begin(), quarters.end());
  }

  geo::PlaceComparison places_compared() const { return places_.compared(); }

  std::string encoding;  ///< of the file
  std::vector<StoredIncident> incidents;
  std::vector<RejectedImportRow> rejected;
  std::vector<UnresolvedPlace> unresolved;
  std::vector<DuplicateRow> duplicates;  ///< of stored incidents, not those of this file alone

 private:
  void Take(const maps::TableRow& row) {
    RowRead read = rows_.Read(row);
    if (read.rejection) {
      tally_.Add(geo::RowOutcome::kRejected, read.stored.incident);
      rejected.push_back(std::move(*read.rejection));
      return;
    }
    Seen& seen = seen_.try_emplace(read.stored.incident_key, Seen{std::nullopt, kNone}).first->second;
    if (seen.index != kNone) {
      TakeAgain(groups_[seen.index], std::move(read));
      return;
    }
    seen.index = groups_.size();
    Group& group = groups_.emplace_back(Group{std::move(read), seen.stored_content, {}, {}});
    if (!group.stored_content) group.waiting = places_.Place(group.read);
  }

  /// What the store knows of a key, and where this file's rows with it are; kNone before the first.
  struct Seen {
    std::optional<std::string> stored_content;
    std::size_t index;
  };

  /// One incident of the file.
  struct Group {
    RowRead read;  ///< of its first row, with every row's persons where rows are persons
    std::optional<std::string> stored_content;  ///< of the version that the store holds
    std::optional<UnresolvedPlace> waiting;
    std::vector<std::int64_t> more_rows;
  };

  /// A row whose key has come before in this file: one more person of the incident, a repetition, or another
  /// story under the same key. Nobody could say which of two stories is right, so the first stands.
  void TakeAgain(Group& group, RowRead&& row) {
    if (mapping_.rows_are_persons) {
      std::vector<geo::Person>& persons = group.read.stored.incident.persons;
      persons.insert(persons.end(), row.stored.incident.persons.begin(), row.stored.incident.persons.end());
    } else if (ContentKey(row) != ContentKey(group.read)) {
      tally_.Add(geo::RowOutcome::kRejected, row.stored.incident);
      rejected.push_back(ConflictingKey(mapping_, row, group.read.stored.source_row));
      return;
    } else {
      tally_.Add(geo::RowOutcome::kDuplicate, row.stored.incident);
    }
    group.more_rows.push_back(row.stored.source_row);
  }

  /// A new incident, a correction of a stored one, or the same as that.
  void Finish(Group& group) {
    StoredIncident& stored = group.read.stored;
    stored.content_key = ContentKey(group.read);
    stored.corrects =
        group.stored_content && !group.stored_content->empty() && *group.stored_content != stored.content_key;
    if (group.stored_content && !stored.corrects) {
      tally_.Add(geo::RowOutcome::kDuplicate, stored.incident);
      duplicates.push_back({stored.incident_key, stored.source_row});
      for (const std::int64_t row : group.more_rows) duplicates.push_back({stored.incident_key, row});
      return;
    }
    if (stored.corrects) group.waiting = places_.Place(group.read);
    tally_.Add(stored.corrects ? geo::RowOutcome::kCorrection : geo::RowOutcome::kAccepted, stored.incident);
    if (group.waiting) {
      group.waiting->incident_id = static_cast<std::int64_t>(incidents.size());
      unresolved.push_back(std::move(*group.waiting));
    }
    incidents.push_back(std::move(stored));
  }

  /// Empty for rows without a key of the reporter's own.
  std::string ContentKey(const RowRead& read) const {
    return read.content.empty() ? "" : keys_.HexOf(read.content + PersonsText(read.stored.incident, scheme_));
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  geo::AgeScheme scheme_;
  geo::StudyArea area_;
  geo::Geocoder geocoder_;
  Hmac keys_;
  const Mapping& mapping_;
  RowReader rows_;
  PlaceFinder places_;
  geo::ImportTally tally_;
  std::int64_t rows_read_ = 0;
  std::vector<Group> groups_;  ///< in the order of their first rows
  /// By key. Only asked, never listed: its order reaches no result.
  std::unordered_map<std::string, Seen> seen_;
};

}  // namespace

ImportOutcome ImportIncidents(Store& store, const ImportRequest& as_sent, std::stop_token stop,
                              const std::function<void(std::int64_t)>& progress) {
  const Reporter reporter = FindReporter(store, as_sent.reporter);
  ImportRequest request = as_sent;
  if (request.mapping_toml.empty()) request.mapping_toml = MappingOfTemplate(request.file, reporter.kind);
  const Mapping mapping = ParseMapping(request.mapping_toml);
  CheckMappingAgainst(mapping, reporter.kind);
  ImportOutcome outcome;
  ImportBatch& batch = outcome.batch;
  batch.reporter = reporter.code;
  batch.file_name = SafeFileName(request.file_name);
  batch.content_sha256 = ContentHash(request);
  batch.request_id = request.request_id;
  batch.imported_at = request.now;

  const auto lock = LockImports(store, stop);
  if (auto earlier = EarlierImport(store, batch)) {
    outcome.batch = std::move(*earlier);
    outcome.repeated = true;
    outcome.rejected_preview =
        store.ListRejectedRows(outcome.batch.id, 0, static_cast<int>(kPreviewRows)).items;
    return outcome;
  }
  // Loaded under the lock: the registers may have changed while this import waited.
  Delivery delivery(store, request, reporter, mapping, RequireMunicipality(store));
  delivery.Read(request.file, stop, progress);
  delivery.Fill(batch);
  outcome.places = delivery.places_compared();
  outcome.encoding = delivery.encoding;
  outcome.rejected_preview.assign(delivery.rejected.begin(),
                                  delivery.rejected.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                  kPreviewRows, delivery.rejected.size())));
  if (!request.validate_only)
    batch = store.AddImport(batch, std::move(delivery.incidents), delivery.rejected,
                            std::move(delivery.unresolved), delivery.duplicates);
  return outcome;
}

std::vector<PictureRecord> UndoImport(Store& store, std::int64_t id, const std::stop_token& stop) {
  const auto lock = LockImports(store, stop);
  return store.UndoImport(id);
}

}  // namespace lagesbild::service
