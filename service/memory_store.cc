#include "service/memory_store.h"

#include <algorithm>

#include "service/age_scheme_json.h"
#include "service/data_version.h"
#include "service/errors.h"
#include "service/hashing.h"
#include "service/import_conflicts.h"
#include "service/municipality.h"
#include "service/retally.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kSaltBytes = 32;

using Lock = std::lock_guard<std::mutex>;

/// One page of a map in key order, of the values that `wanted` accepts.
template <class Value, class Wanted>
Page<Value> PageOf(const std::map<std::int64_t, Value>& map, std::int64_t after, int limit,
                   const Wanted& wanted) {
  Page<Value> page;
  std::int64_t last = 0;
  for (auto entry = map.upper_bound(after); entry != map.end(); ++entry) {
    if (!wanted(entry->second)) continue;
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_after = last;
      break;
    }
    page.items.push_back(entry->second);
    last = entry->first;
  }
  return page;
}

template <class Value>
bool Everything(const Value&) {
  return true;
}

template <class Value>
Value& Find(std::map<std::int64_t, Value>& map, std::int64_t id, const char* what) {
  const auto found = map.find(id);
  if (found == map.end()) throw NotFound(std::string(what) + " " + std::to_string(id) + " does not exist");
  return found->second;
}

template <class Value>
std::int64_t NextId(const std::map<std::int64_t, Value>& map) {
  return map.empty() ? 1 : map.rbegin()->first + 1;
}

bool Contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool Selected(const IncidentSelection& selection, const geo::Incident& incident) {
  const geo::CalendarQuarter quarter = geo::QuarterOf(incident.date);
  if (quarter < selection.first || quarter > selection.last) return false;
  if (!selection.categories.empty() && std::find(selection.categories.begin(), selection.categories.end(),
                                                 incident.category) == selection.categories.end())
    return false;
  return selection.reporters.empty() || Contains(selection.reporters, incident.reporter);
}

/// Whether a change that these quarters tell of touches the picture: what partner and public are shown
/// depends on every quarter of the series up to theirs.
bool Touched(const PictureRecord& picture, const std::vector<std::string>& quarters) {
  if (Contains(quarters, picture.quarter)) return true;
  return picture.audience != "internal" && !quarters.empty() &&
         picture.quarter >= *std::min_element(quarters.begin(), quarters.end());
}

bool Finished(JobState state) {
  return state == JobState::kSucceeded || state == JobState::kFailed || state == JobState::kCancelled;
}

/// Writes the change into the incident. `decided` is the decision that was made with it.
void Place(StoredIncident& stored, const PlaceChange& change, std::int64_t decided) {
  geo::Incident& incident = stored.incident;
  if (change.follows) {
    const std::int64_t decision = *change.follows == kNewDecision ? decided : *change.follows;
    if (stored.resolved_by == 0 || decision == 0)
      stored.before = decision == 0 ? PlaceState{} : PlaceStateOf(incident);
    stored.resolved_by = decision;
  }
  incident.place = change.place;
  incident.reason = change.reason;
  incident.level = change.level;
  incident.position = change.position;
  incident.has_position = change.has_position;
  incident.accuracy_radius = change.accuracy_radius;
  if (change.forget_key) stored.place_key.clear();
}

/// Whether the text is kept after the change; changes it where it is.
bool KeepsText(UnresolvedPlace& text, const PlaceChange& change) {
  switch (change.text) {
    case TextFate::kDelete:
      return text.resolved;
    case TextFate::kForget:
      return false;
    case TextFate::kKeepAside:
      text.resolved = true;
      return true;
    case TextFate::kWaitAgain:
      text.resolved = false;
      text.reason = geo::UnplacedReasonCode(change.reason);
      return true;
  }
  return false;
}

}  // namespace

MemoryStore::MemoryStore(std::string salt)
    : salt_(salt.empty() ? RandomBytes(kSaltBytes) : std::move(salt)), scheme_(geo::DefaultAgeScheme()) {}

RegisterVersion MemoryStore::Register(RegisterVersion version) {
  version.id = next_register_id_++;
  registers_[{version.kind, version.part}] = version;
  ++version_number_;
  for (auto& [id, picture] : pictures_) picture.stale = true;
  return version;
}

RegisterVersion MemoryStore::PutAddresses(RegisterVersion version, geo::Epsg crs,
                                          const std::vector<geo::Address>& addresses,
                                          const PlaceChanges& changes,
                                          const std::vector<geo::Place>& popular_names) {
  const Lock lock(mutex_);
  ApplyPlaces(changes);
  layers_[{"addresses", ""}] = {"addresses", "", popular_names, {}, {}, {}};
  version.kind = "addresses";
  version.crs = crs;
  addresses_ = addresses;
  return Register(std::move(version));
}

RegisterVersion MemoryStore::PutReference(RegisterVersion version, const Municipality& reference,
                                          const PlaceChanges& changes) {
  const Lock lock(mutex_);
  const bool new_scheme =
      reference.new_age_scheme && IsNewAgeScheme(*reference.new_age_scheme, scheme_, !incidents_.empty());
  ApplyPlaces(changes);  // throws before anything has changed
  if (new_scheme) scheme_ = *reference.new_age_scheme;
  version.kind = "reference";
  version.crs = reference.crs;
  reference_.emplace();
  reference_->code = reference.code;
  reference_->name = reference.name;
  reference_->crs = reference.crs;
  reference_->boundary = reference.boundary;
  reference_->districts = reference.districts;
  reference_->localities = reference.localities;
  reference_->gazetteer.places = reference.gazetteer.places;
  reference_->gazetteer.address_style = reference.gazetteer.address_style;
  return Register(std::move(version));
}

RegisterVersion MemoryStore::PutPopulation(RegisterVersion version,
                                           const std::vector<PopulationEntry>& rows) {
  const Lock lock(mutex_);
  version.kind = "population";
  population_ = rows;
  return Register(std::move(version));
}

RegisterVersion MemoryStore::PutLayer(RegisterVersion version, const RegisterLayer& layer,
                                      const PlaceChanges& changes) {
  const Lock lock(mutex_);
  ApplyPlaces(changes);
  version.kind = layer.kind;
  version.part = layer.part;
  layers_[{layer.kind, layer.part}] = layer;
  return Register(std::move(version));
}

std::vector<RegisterLayer> MemoryStore::LoadLayers() {
  const Lock lock(mutex_);
  std::vector<RegisterLayer> layers;
  for (const auto& [key, layer] : layers_) layers.push_back(layer);
  return layers;
}

std::vector<RegisterVersion> MemoryStore::ListRegisters() {
  const Lock lock(mutex_);
  std::vector<RegisterVersion> versions;
  for (const auto& [kind, version] : registers_) versions.push_back(version);
  return versions;
}

std::optional<Municipality> MemoryStore::LoadMunicipality() {
  const std::vector<RegisterVersion> versions = ListRegisters();
  const std::vector<RegisterLayer> layers = LoadLayers();
  const Lock lock(mutex_);
  if (!reference_ || reference_->boundary.empty()) return std::nullopt;
  return AssembleMunicipality(*reference_, addresses_, population_, versions, layers);
}

void MemoryStore::PutReporter(const Reporter& reporter) {
  const Lock lock(mutex_);
  reporters_[reporter.code] = reporter;
  ++version_number_;
}

std::vector<Reporter> MemoryStore::ListReporters() {
  const Lock lock(mutex_);
  std::vector<Reporter> reporters;
  for (const auto& [code, reporter] : reporters_) reporters.push_back(reporter);
  return reporters;
}

void MemoryStore::PutReporterRecords(const std::vector<ReporterRecord>& records) {
  const Lock lock(mutex_);
  std::vector<std::string> quarters;
  for (const ReporterRecord& record : records)
    if (!reporters_.contains(record.reporter))
      throw NotFound("reporter " + record.reporter + " is not known");
  for (const ReporterRecord& record : records) {
    if (record.asked_on.empty() && record.nothing_on.empty())
      reporter_records_.erase({record.quarter, record.reporter});
    else
      reporter_records_[{record.quarter, record.reporter}] = record;
    quarters.push_back(record.quarter);
  }
  MarkStale(quarters);
  ++version_number_;
}

std::vector<ReporterRecord> MemoryStore::Recorded(const std::string& first, const std::string& last) const {
  auto known = reporter_records_;
  for (auto& [key, record] : known) record.delivered = false;
  for (const auto& [id, batch] : imports_)
    for (const std::string& quarter : batch.quarters)
      if (!batch.undone) {
        ReporterRecord& record = known[{quarter, batch.reporter}];
        record.reporter = batch.reporter;
        record.quarter = quarter;
        record.delivered = true;
      }
  std::vector<ReporterRecord> records;
  for (const auto& [key, record] : known)
    if (key.first >= first && key.first <= last) records.push_back(record);
  return records;
}

std::vector<ReporterRecord> MemoryStore::ReporterRecords(const std::string& first, const std::string& last) {
  const Lock lock(mutex_);
  return Recorded(first, last);
}

void MemoryStore::PutReporterAim(int year, std::optional<int> aim) {
  const Lock lock(mutex_);
  if (aim)
    reporter_aims_[year] = *aim;
  else
    reporter_aims_.erase(year);
}

std::map<int, int> MemoryStore::ReporterAims() {
  const Lock lock(mutex_);
  return reporter_aims_;
}

std::optional<ImportBatch> MemoryStore::FindImport(const std::string& content_sha256,
                                                   const std::string& request_id) {
  const Lock lock(mutex_);
  for (const auto& [id, batch] : imports_)
    if (!batch.undone &&
        (batch.content_sha256 == content_sha256 || (!request_id.empty() && batch.request_id == request_id)))
      return batch;
  return std::nullopt;
}

std::map<std::string, std::string> MemoryStore::KnownIncidents(const std::string& reporter) {
  const Lock lock(mutex_);
  std::map<std::string, std::string> known;
  for (const auto& [id, stored] : incidents_)
    if (stored.incident.reporter == reporter) known.emplace(stored.incident_key, stored.content_key);
  return known;
}

ImportBatch MemoryStore::AddImport(ImportBatch batch, std::vector<StoredIncident> incidents,
                                   const std::vector<RejectedImportRow>& rejected,
                                   std::vector<UnresolvedPlace> unresolved,
                                   const std::vector<DuplicateRow>& duplicates) {
  const Lock lock(mutex_);
  if (!reporters_.contains(batch.reporter)) throw NotFound("reporter " + batch.reporter + " is not known");
  for (const auto& [id, earlier] : imports_)
    if (!earlier.undone && earlier.content_sha256 == batch.content_sha256) return earlier;
  std::map<std::string, std::int64_t> ids;  // of the stored incidents; 0 for new ones
  for (const auto& [id, stored] : incidents_) ids.emplace(stored.incident_key, id);
  for (const DuplicateRow& row : duplicates)
    if (!ids.contains(row.incident_key)) throw StoreChanged(kStoreChanged);
  std::set<std::int64_t> corrected;
  for (const StoredIncident& stored : incidents) {
    const auto [known, is_new] = ids.emplace(stored.incident_key, 0);
    if (is_new == stored.corrects) throw StoreChanged(kStoreChanged);
    if (!stored.corrects) continue;
    if (!Corrects(stored, incidents_.at(known->second)) || !corrected.insert(known->second).second)
      throw StoreChanged(kStoreChanged);
  }
  batch.id = NextId(imports_);
  Supersede(corrected, batch);
  ImportContent& content = contents_[batch.id];
  for (StoredIncident& stored : incidents) {
    stored.incident.id = next_incident_id_++;
    stored.corrects = false;
    content.incident_ids.push_back(stored.incident.id);
  }
  for (UnresolvedPlace& place : unresolved) {
    place.incident_id = content.incident_ids.at(static_cast<std::size_t>(place.incident_id));
    unresolved_[place.incident_id] = std::move(place);
  }
  for (StoredIncident& stored : incidents) incidents_[stored.incident.id] = std::move(stored);
  for (const RejectedImportRow& row : rejected) content.rejected[row.row] = row;
  content.duplicates = duplicates;
  imports_[batch.id] = batch;
  ++version_number_;
  MarkStale(batch.quarters);
  return batch;
}

ImportBatch MemoryStore::GetImport(std::int64_t id) {
  const Lock lock(mutex_);
  return Find(imports_, id, "import");
}

Page<ImportBatch> MemoryStore::ListImports(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  return PageOf(imports_, after, limit, Everything<ImportBatch>);
}

Page<RejectedImportRow> MemoryStore::ListRejectedRows(std::int64_t import_id, std::int64_t after, int limit) {
  const Lock lock(mutex_);
  Find(imports_, import_id, "import");
  return PageOf(contents_[import_id].rejected, after, limit, Everything<RejectedImportRow>);
}

/// Takes incidents out of use for the import that corrects them; their quarters become its own too.
void MemoryStore::Supersede(const std::set<std::int64_t>& ids, ImportBatch& by) {
  std::set<std::string> quarters(by.quarters.begin(), by.quarters.end());
  std::set<std::int64_t> imports;
  for (auto& [import_id, content] : contents_)
    std::erase_if(content.incident_ids, [&, import = import_id](std::int64_t id) {
      if (!ids.contains(id)) return false;
      SupersededIncident& earlier = superseded_[id];
      earlier = {std::move(incidents_.at(id)), {}, import, by.id};
      incidents_.erase(id);
      if (const auto waiting = unresolved_.find(id); waiting != unresolved_.end()) {
        earlier.waiting = std::move(waiting->second);
        unresolved_.erase(waiting);
      }
      quarters.insert(geo::QuarterOf(earlier.stored.incident.date).code());
      imports.insert(import);
      return true;
    });
  by.quarters.assign(quarters.begin(), quarters.end());
  for (const std::int64_t import : imports) Retally(import);
}

void MemoryStore::BringBack(std::int64_t superseded_by) {
  std::set<std::int64_t> imports;
  for (auto& [id, earlier] : superseded_) {
    if (earlier.by != superseded_by) continue;
    std::vector<std::int64_t>& ids = contents_.at(earlier.import_id).incident_ids;
    ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
    incidents_[id] = std::move(earlier.stored);
    if (earlier.waiting) unresolved_[id] = std::move(*earlier.waiting);
    imports.insert(earlier.import_id);
  }
  std::erase_if(superseded_, [&](const auto& entry) { return entry.second.by == superseded_by; });
  for (const std::int64_t import : imports) Retally(import);
}

void MemoryStore::RequireNotCorrected(std::int64_t import_id) const {
  std::map<std::int64_t, std::int64_t> later;
  for (const auto& [id, earlier] : superseded_)
    if (earlier.import_id == import_id) ++later[earlier.by];
  if (!later.empty()) ThrowCorrectedElsewhere(later.begin()->first, later.begin()->second);
}

/// Counts anew where the import's incidents lie and which of them are superseded.
void MemoryStore::Retally(std::int64_t import_id) {
  std::vector<StoredIncident> in_use, superseded;
  for (const std::int64_t id : contents_.at(import_id).incident_ids) in_use.push_back(incidents_.at(id));
  for (const auto& [id, earlier] : superseded_)
    if (earlier.import_id == import_id) superseded.push_back(earlier.stored);
  service::Retally(imports_.at(import_id), in_use, superseded, scheme_);
}

void MemoryStore::RequireNoDuplicatesOf(std::int64_t import_id) const {
  std::set<std::string> keys;
  for (const std::int64_t incident : contents_.at(import_id).incident_ids)
    keys.insert(incidents_.at(incident).incident_key);
  for (const auto& [id, content] : contents_) {
    const auto rows = std::count_if(content.duplicates.begin(), content.duplicates.end(),
                                    [&](const DuplicateRow& row) { return keys.contains(row.incident_key); });
    // An earlier import's duplicates repeat a version from before this one's correction.
    if (id > import_id && rows > 0) ThrowDuplicatesElsewhere(id, rows);
  }
}

std::vector<PictureRecord> MemoryStore::UndoImport(std::int64_t id) {
  const Lock lock(mutex_);
  ImportBatch& batch = Find(imports_, id, "import");
  if (batch.undone) return StalePictures(batch.quarters);
  RequireNotCorrected(id);
  RequireNoDuplicatesOf(id);
  for (const std::int64_t incident : contents_[id].incident_ids) {
    incidents_.erase(incident);
    unresolved_.erase(incident);
  }
  contents_[id] = {};
  batch.undone = true;
  BringBack(id);
  ++version_number_;
  MarkStale(batch.quarters);
  return StalePictures(batch.quarters);
}

Page<UnresolvedPlace> MemoryStore::ListUnresolved(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  return PageOf(unresolved_, after, limit, [](const UnresolvedPlace& place) { return !place.resolved; });
}

std::int64_t MemoryStore::ExpireUnresolved(const std::string& today) {
  const Lock lock(mutex_);
  const auto expired =
      std::erase_if(unresolved_, [&](const auto& entry) { return entry.second.expires_on <= today; });
  std::int64_t superseded = 0;
  for (auto& [id, earlier] : superseded_) {
    if (!earlier.waiting || earlier.waiting->expires_on > today) continue;
    earlier.waiting.reset();
    ++superseded;
  }
  return static_cast<std::int64_t>(expired) + superseded;
}

std::vector<StoredIncident> MemoryStore::IncidentsById(const std::vector<std::int64_t>& ids) {
  const Lock lock(mutex_);
  std::vector<StoredIncident> incidents;
  for (const std::int64_t id : ids)
    if (const auto found = incidents_.find(id); found != incidents_.end()) incidents.push_back(found->second);
  return incidents;
}

std::vector<StoredIncident> MemoryStore::SupersededIncidents() {
  const Lock lock(mutex_);
  std::vector<StoredIncident> incidents;
  for (const auto& [id, earlier] : superseded_) incidents.push_back(earlier.stored);
  return incidents;
}

/// Returns the quarters of what moved. Changes nothing when it throws.
std::vector<std::string> MemoryStore::ApplyPlaces(const PlaceChanges& changes) {
  std::set<std::int64_t> moved, imports;
  for (const PlaceChange& change : changes.incidents) {
    Find(incidents_, change.incident_id, "incident");
    moved.insert(change.incident_id);
  }
  for (const PlaceChange& change : changes.superseded)
    imports.insert(Find(superseded_, change.incident_id, "superseded incident").import_id);
  std::int64_t decided = 0;
  if (changes.undone_decision != 0) {
    PlaceDecision& undone = Find(decisions_, changes.undone_decision, "resolution");
    if (undone.undone_at.empty()) {
      undone.undone_at = changes.undone_at;
      undone.undone_by = changes.undone_by;
    }
  }
  for (PlaceDecision decision : changes.decisions) {
    decision.id = decided = NextId(decisions_);
    decision.version = 0;
    if (!decision.place_key.empty())
      decision.version =
          1 + static_cast<int>(std::count_if(decisions_.begin(), decisions_.end(), [&](const auto& earlier) {
            return earlier.second.place_key == decision.place_key;
          }));
    decisions_[decision.id] = decision;
  }
  for (const PlaceChange& change : changes.incidents) {
    Place(incidents_.at(change.incident_id), change, decided);
    if (const auto text = unresolved_.find(change.incident_id);
        text != unresolved_.end() && !KeepsText(text->second, change))
      unresolved_.erase(text);
  }
  for (const PlaceChange& change : changes.superseded) {
    SupersededIncident& earlier = superseded_.at(change.incident_id);
    Place(earlier.stored, change, decided);
    if (change.follows && earlier.waiting && !KeepsText(*earlier.waiting, change)) earlier.waiting.reset();
  }
  std::set<std::string> quarters;
  for (auto& [id, batch] : imports_) {
    const std::vector<std::int64_t>& ids = contents_[id].incident_ids;
    const bool any =
        std::any_of(ids.begin(), ids.end(), [&](std::int64_t one) { return moved.contains(one); });
    if (any || imports.contains(id)) Retally(id);
    for (const std::int64_t incident : ids)
      if (moved.contains(incident))
        quarters.insert(geo::QuarterOf(incidents_.at(incident).incident.date).code());
  }
  return {quarters.begin(), quarters.end()};
}

std::vector<PictureRecord> MemoryStore::ChangePlaces(const PlaceChanges& changes) {
  const Lock lock(mutex_);
  const std::vector<std::string> touched = ApplyPlaces(changes);
  ++version_number_;
  MarkStale(touched);
  return StalePictures(touched);
}

PlaceDecision MemoryStore::Told(PlaceDecision decision) const {
  decision.incidents = std::count_if(incidents_.begin(), incidents_.end(), [&](const auto& entry) {
    return entry.second.resolved_by == decision.id;
  });
  return decision;
}

std::vector<PlaceDecision> MemoryStore::PlaceDecisions() {
  const Lock lock(mutex_);
  std::map<std::string, PlaceDecision> latest;  // ids grow with versions
  for (const auto& [id, decision] : decisions_)
    if (!decision.place_key.empty() && decision.undone_at.empty()) latest[decision.place_key] = decision;
  std::vector<PlaceDecision> decisions;
  for (const auto& [key, decision] : latest) decisions.push_back(Told(decision));
  return decisions;
}

Page<PlaceDecision> MemoryStore::ListDecisions(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  Page<PlaceDecision> page = PageOf(decisions_, after, limit, Everything<PlaceDecision>);
  for (PlaceDecision& decision : page.items) decision = Told(decision);
  return page;
}

PlaceDecision MemoryStore::GetDecision(std::int64_t id) {
  const Lock lock(mutex_);
  return Told(Find(decisions_, id, "resolution"));
}

std::optional<PlaceDecision> MemoryStore::DecisionOfKey(const std::string& place_key) {
  const Lock lock(mutex_);
  for (auto entry = decisions_.rbegin(); entry != decisions_.rend(); ++entry)
    if (!place_key.empty() && entry->second.place_key == place_key && entry->second.undone_at.empty())
      return Told(entry->second);
  return std::nullopt;
}

template <class Wanted>
std::vector<KeyedIncident> MemoryStore::Keyed(const Wanted& wanted) const {
  std::vector<KeyedIncident> found;
  for (const auto& [id, stored] : incidents_)
    if (wanted(stored)) {
      found.push_back({stored, {}, false});
      if (const auto text = unresolved_.find(id); text != unresolved_.end()) found.back().text = text->second;
    }
  for (const auto& [id, earlier] : superseded_)
    if (wanted(earlier.stored)) found.push_back({earlier.stored, earlier.waiting, true});
  return found;
}

std::vector<KeyedIncident> MemoryStore::IncidentsOfKey(const std::string& place_key) {
  const Lock lock(mutex_);
  return Keyed([&](const StoredIncident& s) { return !place_key.empty() && s.place_key == place_key; });
}

std::vector<KeyedIncident> MemoryStore::IncidentsOfDecision(std::int64_t id) {
  const Lock lock(mutex_);
  return Keyed([&](const StoredIncident& s) { return id != 0 && s.resolved_by == id; });
}

std::vector<geo::Incident> MemoryStore::Select(const IncidentSelection& selection) {
  const Lock lock(mutex_);
  std::vector<geo::Incident> incidents;
  for (const auto& [id, stored] : incidents_)
    if (Selected(selection, stored.incident)) incidents.push_back(stored.incident);
  return incidents;
}

Page<StoredIncident> MemoryStore::ListIncidents(const IncidentSelection& selection, std::int64_t after,
                                                int limit) {
  const Lock lock(mutex_);
  return PageOf(incidents_, after, limit,
                [&](const StoredIncident& stored) { return Selected(selection, stored.incident); });
}

std::string MemoryStore::SeriesStart() {
  const Lock lock(mutex_);
  return series_start_;
}

std::string MemoryStore::BeginSeries(const std::string& quarter) {
  const Lock lock(mutex_);
  if (series_start_.empty()) series_start_ = quarter;
  return series_start_;
}

std::vector<std::string> MemoryStore::QuartersWithIncidents() {
  const Lock lock(mutex_);
  std::set<std::string> quarters;
  for (const auto& [id, stored] : incidents_) quarters.insert(geo::QuarterOf(stored.incident.date).code());
  return {quarters.begin(), quarters.end()};
}

geo::AgeScheme MemoryStore::CurrentAgeScheme() {
  const Lock lock(mutex_);
  return scheme_;
}

DataVersion MemoryStore::CurrentDataVersion() {
  const std::vector<RegisterVersion> versions = ListRegisters();
  const Lock lock(mutex_);
  DataContent content;
  content.registers = versions;
  content.age_scheme_version = scheme_.version;
  for (const auto& [code, reporter] : reporters_) content.reporters.push_back(reporter);
  content.reporter_records = Recorded(kFirstQuarterCode, kLastQuarterCode);
  for (const auto& [id, batch] : imports_)
    if (!batch.undone) content.import_identities.push_back(batch.reporter + " " + batch.content_sha256);
  for (const auto& [id, stored] : incidents_) content.incidents.Add(IncidentDigest(stored.incident, scheme_));
  return {version_number_, DataHash(content)};
}

std::string MemoryStore::Salt() { return salt_; }

void MemoryStore::MarkStale(const std::vector<std::string>& quarters) {
  const std::vector<std::string> telling = QuartersThatTellOf(quarters);
  for (auto& [id, picture] : pictures_)
    if (Touched(picture, telling)) picture.stale = true;
}

std::vector<PictureRecord> MemoryStore::StalePictures(const std::vector<std::string>& quarters) const {
  const std::vector<std::string> telling = QuartersThatTellOf(quarters);
  std::vector<PictureRecord> stale;
  for (const auto& [id, picture] : pictures_)
    if (picture.stale && Touched(picture, telling)) stale.push_back(picture);
  return stale;
}

PictureRecord MemoryStore::AddPicture(const PictureRecord& picture) {
  const Lock lock(mutex_);
  for (auto& [id, earlier] : pictures_) {
    if (earlier.run_id != picture.run_id || earlier.audience != picture.audience) continue;
    earlier.stale = picture.stale;
    return earlier;
  }
  PictureRecord added = picture;
  added.id = NextId(pictures_);
  return pictures_[added.id] = added;
}

std::optional<PictureRecord> MemoryStore::FindPicture(const std::string& run_id,
                                                      const std::string& audience) {
  const Lock lock(mutex_);
  for (const auto& [id, picture] : pictures_)
    if (picture.run_id == run_id && picture.audience == audience) return picture;
  return std::nullopt;
}

PictureRecord MemoryStore::GetPicture(std::int64_t id) {
  const Lock lock(mutex_);
  return Find(pictures_, id, "picture");
}

Page<PictureRecord> MemoryStore::ListPictures(const std::string& audience, std::int64_t after, int limit) {
  const Lock lock(mutex_);
  return PageOf(pictures_, after, limit,
                [&](const PictureRecord& picture) { return MayRead(picture, audience); });
}

JobRecord MemoryStore::AddJob(const JobRecord& job) {
  const Lock lock(mutex_);
  if (!job.request_id.empty())
    for (const auto& [id, earlier] : jobs_)
      if (earlier.request_id == job.request_id) return earlier;
  JobRecord added = job;
  added.id = NextId(jobs_);
  return jobs_[added.id] = added;
}

JobRecord MemoryStore::GetJob(std::int64_t id) {
  const Lock lock(mutex_);
  return Find(jobs_, id, "job");
}

Page<JobRecord> MemoryStore::ListJobs(std::int64_t after, int limit) {
  const Lock lock(mutex_);
  return PageOf(jobs_, after, limit, Everything<JobRecord>);
}

std::optional<JobRecord> MemoryStore::ClaimJob() {
  const Lock lock(mutex_);
  for (auto& [id, job] : jobs_) {
    if (job.state != JobState::kQueued) continue;
    job.state = JobState::kRunning;
    return job;
  }
  return std::nullopt;
}

void MemoryStore::UpdateJob(const JobRecord& job) {
  const Lock lock(mutex_);
  JobRecord& stored = Find(jobs_, job.id, "job");
  if (!Finished(stored.state)) stored = job;
}

int MemoryStore::RequeueRunningJobs() {
  const Lock lock(mutex_);
  int requeued = 0;
  for (auto& [id, job] : jobs_) {
    if (job.state != JobState::kRunning) continue;
    job.state = JobState::kQueued;
    job.progress_fraction = 0;
    job.stage.clear();
    job.started_at.clear();
    ++requeued;
  }
  return requeued;
}

bool MemoryStore::Healthy() { return true; }

std::vector<std::string> MemoryStore::CheckIntegrity() {
  const Lock lock(mutex_);
  std::vector<std::string> faults;
  for (const auto& [id, batch] : imports_) {
    const ImportContent& content = contents_[id];
    const std::int64_t expected = batch.undone ? 0 : batch.incidents.accepted - batch.incidents.superseded;
    if (static_cast<std::int64_t>(content.incident_ids.size()) != expected)
      faults.push_back("import " + std::to_string(id) + " says " + std::to_string(expected) +
                       " accepted incidents in use but holds " + std::to_string(content.incident_ids.size()));
    const auto superseded =
        std::count_if(superseded_.begin(), superseded_.end(),
                      [import_id = id](const auto& entry) { return entry.second.import_id == import_id; });
    if (superseded != batch.incidents.superseded)
      faults.push_back("import " + std::to_string(id) + " says " +
                       std::to_string(batch.incidents.superseded) + " superseded incidents but holds " +
                       std::to_string(superseded));
  }
  return faults;
}

std::unique_ptr<Store> NewMemoryStore(const std::string& salt) { return std::make_unique<MemoryStore>(salt); }

}  // namespace lagesbild::service
