#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "service/sqlite_db.h"
#include "service/store.h"

namespace lagesbild::service {

/// The store in one SQLite file. One connection behind one mutex: the data are small and writes are rare.
/// Its parts: sqlite_store.cc (opening, versions), sqlite_registers.cc, sqlite_imports.cc,
/// sqlite_corrections.cc, sqlite_places.cc, sqlite_decisions.cc, sqlite_incidents.cc, sqlite_pictures.cc,
/// sqlite_jobs.cc. None of them knows sqlite3.h.
class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, const std::string& salt);

  RegisterVersion PutAddresses(RegisterVersion version, geo::Epsg crs,
                               const std::vector<geo::Address>& addresses, const PlaceChanges& changes = {},
                               const std::vector<geo::Place>& popular_names = {}) override;
  RegisterVersion PutReference(RegisterVersion version, const Municipality& reference,
                               const PlaceChanges& changes = {}) override;
  RegisterVersion PutPopulation(RegisterVersion version, const std::vector<PopulationEntry>& rows) override;
  RegisterVersion PutLayer(RegisterVersion version, const RegisterLayer& layer,
                           const PlaceChanges& changes = {}) override;
  std::vector<RegisterLayer> LoadLayers() override;
  std::vector<RegisterVersion> ListRegisters() override;
  std::optional<Municipality> LoadMunicipality() override;

  void PutReporter(const Reporter& reporter) override;
  std::vector<Reporter> ListReporters() override;
  void PutReporterRecords(const std::vector<ReporterRecord>& records) override;
  std::vector<ReporterRecord> ReporterRecords(const std::string& first, const std::string& last) override;
  void PutReporterAim(int year, std::optional<int> aim) override;
  std::map<int, int> ReporterAims() override;

  std::optional<ImportBatch> FindImport(const std::string& content_sha256,
                                        const std::string& request_id) override;
  std::map<std::string, std::string> KnownIncidents(const std::string& reporter) override;
  ImportBatch AddImport(ImportBatch batch, std::vector<StoredIncident> incidents,
                        const std::vector<RejectedImportRow>& rejected,
                        std::vector<UnresolvedPlace> unresolved,
                        const std::vector<DuplicateRow>& duplicates = {}) override;
  ImportBatch GetImport(std::int64_t id) override;
  Page<ImportBatch> ListImports(std::int64_t after, int limit) override;
  Page<RejectedImportRow> ListRejectedRows(std::int64_t import_id, std::int64_t after, int limit) override;
  std::vector<PictureRecord> UndoImport(std::int64_t id) override;
  Page<UnresolvedPlace> ListUnresolved(std::int64_t after, int limit) override;
  std::int64_t ExpireUnresolved(const std::string& today) override;
  std::vector<StoredIncident> IncidentsById(const std::vector<std::int64_t>& ids) override;
  std::vector<StoredIncident> SupersededIncidents() override;
  std::vector<KeyedIncident> IncidentsOfKey(const std::string& place_key) override;
  std::vector<KeyedIncident> IncidentsOfDecision(std::int64_t id) override;
  std::vector<PictureRecord> ChangePlaces(const PlaceChanges& changes) override;
  std::vector<PlaceDecision> PlaceDecisions() override;
  Page<PlaceDecision> ListDecisions(std::int64_t after, int limit) override;
  PlaceDecision GetDecision(std::int64_t id) override;
  std::optional<PlaceDecision> DecisionOfKey(const std::string& place_key) override;

  std::vector<geo::Incident> Select(const IncidentSelection& selection) override;
  Page<StoredIncident> ListIncidents(const IncidentSelection& selection, std::int64_t after,
                                     int limit) override;
  std::vector<std::string> QuartersWithIncidents() override;
  std::string SeriesStart() override;
  std::string BeginSeries(const std::string& quarter) override;
  geo::AgeScheme CurrentAgeScheme() override;
  DataVersion CurrentDataVersion() override;
  std::string Salt() override;

  PictureRecord AddPicture(const PictureRecord& picture) override;
  std::optional<PictureRecord> FindPicture(const std::string& run_id, const std::string& audience) override;
  PictureRecord GetPicture(std::int64_t id) override;
  Page<PictureRecord> ListPictures(const std::string& audience, std::int64_t after, int limit) override;

  JobRecord AddJob(const JobRecord& job) override;
  JobRecord GetJob(std::int64_t id) override;
  Page<JobRecord> ListJobs(std::int64_t after, int limit) override;
  std::optional<JobRecord> ClaimJob() override;
  void UpdateJob(const JobRecord& job) override;
  int RequeueRunningJobs() override;
  bool Healthy() override;
  std::vector<std::string> CheckIntegrity() override;

 private:
  using Lock = std::lock_guard<std::mutex>;

  // All below expect the mutex to be held; those that write expect an open transaction.
  void SeedOnce(const std::string& salt);
  void GrowDataVersion();
  void PutAgeScheme(const geo::AgeScheme& scheme);
  void PutSetting(const std::string& name, const std::string& value);
  /// "2026Q3" of "2026-07-01", as the store writes dates.
  static std::string QuarterOfIsoDate(const std::string& date);
  RegisterVersion Register(RegisterVersion version);
  void EmptyRegisterTables(const std::string& kind, const std::string& part);
  void InsertLayer(std::int64_t register_id, const RegisterLayer& layer);
  RegisterLayer LoadLayer(const RegisterVersion& version);
  std::vector<RegisterLayer> CurrentLayers();
  std::vector<RegisterVersion> CurrentRegisters();
  Municipality LoadReference(std::int64_t register_id);
  std::vector<geo::Address> LoadAddresses(std::int64_t register_id);
  std::vector<PopulationEntry> LoadPopulation(std::int64_t register_id);
  std::vector<Reporter> LoadReporters();
  std::vector<ReporterRecord> LoadReporterRecords(const std::string& first, const std::string& last);
  /// Takes what `incidents` correct out of use, adds their quarters to `by` and says whose they were.
  std::set<std::int64_t> Supersede(const std::vector<StoredIncident>& incidents, ImportBatch& by);
  std::set<std::int64_t> BringBack(std::int64_t superseded_by);  ///< whose incidents are in use again
  void RequireNotCorrected(std::int64_t import_id);
  std::int64_t Place(const std::string& table, const PlaceChange& change, std::int64_t new_decision);
  void ChangeText(const std::string& table, const PlaceChange& change);
  void Follow(const std::string& table, const PlaceChange& change, std::int64_t new_decision);
  void KeepBefore(std::int64_t incident_id, const PlaceState& before);
  PlaceDecision GetDecisionInside(std::int64_t id);
  std::int64_t AddDecision(const PlaceDecision& decision);
  std::vector<PlaceDecision> Decisions(const std::string& where, std::int64_t number, const std::string& key,
                                       std::int64_t limit);
  std::vector<KeyedIncident> KeyedIncidents(const std::string& where, std::int64_t number,
                                            const std::string& key);
  std::vector<StoredIncident> SupersededOfImport(std::int64_t import_id);
  void InsertIncidents(std::int64_t import_id, std::vector<StoredIncident>& incidents);
  void InsertDuplicates(std::int64_t import_id, const std::vector<DuplicateRow>& duplicates);
  void RequireNoDuplicatesOf(std::int64_t import_id);
  void InsertTallies(const ImportBatch& batch);
  ImportBatch LoadImport(std::int64_t id);
  void RequireImport(std::int64_t id);
  std::vector<StoredIncident> IncidentsOfImport(std::int64_t import_id);
  std::vector<StoredIncident> Retally(std::int64_t import_id);  ///< all that the import holds in use
  std::vector<StoredIncident> SelectStored(const IncidentSelection& selection, std::int64_t after,
                                           std::int64_t limit);
  std::vector<std::string> ApplyPlaces(const PlaceChanges& changes);  ///< the quarters of what moved
  void MarkStale(const std::vector<std::string>& quarters);
  std::vector<PictureRecord> StalePictures(const std::vector<std::string>& quarters);
  PictureRecord LoadPicture(std::int64_t id);
  JobRecord LoadJob(std::int64_t id);

  std::mutex mutex_;
  Database database_;
  geo::AgeScheme scheme_;
  std::string salt_;
};

}  // namespace lagesbild::service
