#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "service/store.h"

namespace lagesbild::service {

/// In-memory twin of the SQLite store, for fast tests. The same behavior, nothing kept after it is gone.
class MemoryStore : public Store {
 public:
  explicit MemoryStore(std::string salt);

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
  struct ImportContent {
    std::vector<std::int64_t> incident_ids;
    std::map<std::int64_t, RejectedImportRow> rejected;  ///< by row
    std::vector<DuplicateRow> duplicates;
  };

  /// An earlier version of an incident, kept for the day when its correction is undone.
  struct SupersededIncident {
    StoredIncident stored;
    std::optional<UnresolvedPlace> waiting;
    std::int64_t import_id = 0, by = 0;
  };

  RegisterVersion Register(RegisterVersion version);
  std::vector<std::string> ApplyPlaces(const PlaceChanges& changes);
  template <class Wanted>
  std::vector<KeyedIncident> Keyed(const Wanted& wanted) const;
  PlaceDecision Told(PlaceDecision decision) const;
  void Supersede(const std::set<std::int64_t>& ids, ImportBatch& by);
  void BringBack(std::int64_t superseded_by);
  void RequireNotCorrected(std::int64_t import_id) const;
  std::vector<ReporterRecord> Recorded(const std::string& first, const std::string& last) const;
  void Retally(std::int64_t import_id);
  void RequireNoDuplicatesOf(std::int64_t import_id) const;
  void MarkStale(const std::vector<std::string>& quarters);
  std::vector<PictureRecord> StalePictures(const std::vector<std::string>& quarters) const;

  std::mutex mutex_;
  std::string series_start_;
  std::string salt_;
  geo::AgeScheme scheme_;
  std::int64_t version_number_ = 0, next_incident_id_ = 1, next_register_id_ = 1;
  std::map<std::pair<std::string, std::string>, RegisterVersion>
      registers_;  ///< current ones by kind and part
  std::map<std::pair<std::string, std::string>, RegisterLayer> layers_;
  std::optional<Municipality> reference_;
  std::vector<geo::Address> addresses_;
  std::vector<PopulationEntry> population_;
  std::map<std::string, Reporter> reporters_;
  std::map<std::pair<std::string, std::string>, ReporterRecord> reporter_records_;  ///< by quarter, reporter
  std::map<int, int> reporter_aims_;
  std::map<std::int64_t, ImportBatch> imports_;
  std::map<std::int64_t, ImportContent> contents_;
  std::map<std::int64_t, StoredIncident> incidents_;
  std::map<std::int64_t, SupersededIncident> superseded_;
  std::map<std::int64_t, UnresolvedPlace> unresolved_;
  std::map<std::int64_t, PlaceDecision> decisions_;
  std::map<std::int64_t, PictureRecord> pictures_;
  std::map<std::int64_t, JobRecord> jobs_;
};

}  // namespace lagesbild::service
