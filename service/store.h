#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geo/calendar.h"
#include "geo/gazetteer.h"
#include "geo/incident.h"
#include "geo/reconciliation.h"
#include "geo/situation_picture.h"

namespace lagesbild::service {

enum class ReporterKind {
  kPolice,
  kSchool,
  kSocialServices,
  kHousing,
  kCompany,
  kAssociation,
  kMunicipality
};
std::string_view ReporterKindCode(ReporterKind kind);  ///< "POLICE", ...
std::optional<ReporterKind> ParseReporterKind(std::string_view code);

/// An organization that reports; never a person.
struct Reporter {
  std::string code;  ///< "polisen": lower-case ASCII, stable
  std::string name;  ///< "Polisen, lokalpolisområde Enköping"
  ReporterKind kind = ReporterKind::kMunicipality;
  std::string home_locality;            ///< context for its addresses; may be empty
  std::string onboarded;                ///< ISO date from which it counts; may be empty
  std::string disconnected = {};        ///< ISO date from which it counts no more; empty: it still does
  std::vector<std::string> areas = {};  ///< codes of districts and localities that it sees; empty: all
  std::vector<std::string> ages = {};   ///< codes of age groups that it sees; empty: all
  std::string contact_role = {};        ///< whom to ask for, a role and never a name; may be empty
};

/// What is known of one reporter in one quarter. With none of the three it was not asked.
struct ReporterRecord {
  std::string reporter, quarter;  ///< codes
  std::string asked_on = {};      ///< ISO date; empty: not asked
  std::string nothing_on = {};    ///< ISO date on which it said that there was nothing; empty: it did not
  bool delivered = false;         ///< an import not undone touches the quarter; told, never stored
};

/// One version of the address register, reference layers or population.
struct RegisterVersion {
  std::int64_t id = 0;
  std::string kind;         ///< "addresses", "reference", "population", or one of IsLayerKind
  std::string sha256;       ///< of the file, with its mapping, and of a population with its addresses
  std::string imported_at;  ///< UTC, ISO
  bool synthetic = false;
  std::int64_t read = 0, accepted = 0, not_in_force = 0, rejected = 0;
  geo::Epsg crs{0};              ///< of addresses and reference layers; 0 for population
  std::string dated_on = {};     ///< newest date in the file itself, ISO; empty when it has none
  std::string part = {};         ///< of a layer: replaced on its own, "osm"; may be empty
  std::string attribution = {};  ///< whose the data are, as must be said where they are shown; may be empty
};

/// "places", "roads", "properties" or "neighbors": kinds that add to the gazetteer, in parts.
bool IsLayerKind(std::string_view kind);

/// What one version of a layer, or of the addresses (names of single ones), adds to the gazetteer.
struct RegisterLayer {
  std::string kind, part;
  std::vector<geo::Place> places;  ///< those of kind "locality" are localities
  std::vector<geo::Road> roads;
  std::vector<geo::Property> properties;
  std::vector<std::string> neighbors;
};

/// Everything of the registers that analysis and geocoding need, as of their current versions.
struct Municipality {
  std::string code, name;
  bool synthetic = false;
  geo::Epsg crs{3006};
  geo::MultiPolygon boundary;
  std::vector<geo::NamedArea> districts, localities;
  geo::Gazetteer gazetteer;  ///< its address_style too is the municipality's
  /// So many of gazetteer.places, the first, are the reference file's; empty before it is put together.
  std::optional<std::size_t> reference_places = {};
  std::vector<geo::Inhabitants> inhabitants;
  /// Given with a reference file: the scheme from now on. Never loaded; see Store::CurrentAgeScheme.
  std::optional<geo::AgeScheme> new_age_scheme;
  std::string register_hash;  ///< SHA-256 over the current versions' hashes: part of every run id
  std::vector<RegisterVersion> registers;  ///< the current versions that it was put together from
};

/// Where an incident lies, or why nowhere.
struct PlaceState {
  geo::PlaceKind place = geo::PlaceKind::kUnplaced;
  geo::UnplacedReason reason = geo::UnplacedReason::kNone;
  geo::MatchLevel level = geo::MatchLevel::kNone;
  geo::PlanePoint position;
  bool has_position = false;
  geo::Meters accuracy_radius;
};
PlaceState PlaceStateOf(const geo::Incident& incident);

/// One row of an accepted delivery, ready to store.
struct StoredIncident {
  geo::Incident incident;    ///< id is assigned by the store
  std::string incident_key;  ///< salted hash that makes a repeated row recognizable
  std::string place_key;     ///< salted hash of the normalized place; empty when no place was given
  std::int64_t source_row = 0;
  /// Salted hash of what the row says; empty when it has no key of the reporter's own and cannot be
  /// corrected.
  std::string content_key = {};
  bool corrects = false;         ///< of one to add: takes the place of the stored incident with its key
  std::int64_t resolved_by = 0;  ///< decision of a person that its place follows; 0 = none
  PlaceState before = {};        ///< while it follows one: where the register had put it
};

/// A row of a delivery that repeats an incident stored by an earlier import.
struct DuplicateRow {
  std::string incident_key;
  std::int64_t source_row = 0;
};

struct RejectedImportRow {
  std::int64_t row = 0;
  std::string column;   ///< name of the column, may be empty for the whole row
  std::string reason;   ///< UPPER_SNAKE: "BAD_DATE", "BAD_AGE", "PERSONAL_DATA", "UNKNOWN_CATEGORY", ...
  std::string message;  ///< Swedish sentence: what was wrong and what would be right; never the value where
                        ///< it could be personal data
};

/// A place text that could not be resolved: plain text, internal only, at most 90 days.
struct UnresolvedPlace {
  std::int64_t incident_id = 0;
  std::string place_key, text, locality, reason;
  std::string expires_on;  ///< ISO date
  bool resolved = false;   ///< waits no more; kept until its day so that the decision can be taken back
};

/// An incident of one place key or decision, with its text while that is kept.
struct KeyedIncident {
  StoredIncident stored;
  std::optional<UnresolvedPlace> text;
  bool superseded = false;  ///< the earlier version of a corrected incident
};

/// What becomes of the text that an incident waits with when its place changes.
enum class TextFate {
  kDelete,     ///< a text that waits is deleted, one that was resolved before stays aside
  kForget,     ///< deleted, waiting or not
  kKeepAside,  ///< waits no more, but is kept until its day
  kWaitAgain,  ///< waits, with the reason of the change
};

/// Where a stored incident lies from now on.
struct PlaceChange {
  std::int64_t incident_id = 0;
  geo::PlaceKind place = geo::PlaceKind::kUnplaced;
  geo::UnplacedReason reason = geo::UnplacedReason::kNone;
  geo::MatchLevel level = geo::MatchLevel::kNone;
  geo::PlanePoint position;
  bool has_position = false;
  geo::Meters accuracy_radius;
  /// The place is coarser than what was written: the key of the words goes too, as one could try them all.
  bool forget_key = false;
  /// Decision that it follows from now on; 0 = none; kNewDecision = the one of the same changes. Empty = as
  /// before.
  std::optional<std::int64_t> follows = {};
  TextFate text = TextFate::kDelete;
};
inline constexpr std::int64_t kNewDecision = -1;

/// What a person decided about a place text, one version of it. Holds no text. Later deliveries with the same
/// key follow the latest version that is not undone.
struct PlaceDecision {
  std::string place_key;  ///< empty: for one incident alone, nothing follows it
  bool placed = false;    ///< false: it cannot be placed, do not ask again
  geo::MatchLevel level = geo::MatchLevel::kNone;
  geo::PlanePoint position;  ///< in the municipality's CRS of that day, `crs`
  geo::Meters accuracy_radius;
  geo::Epsg crs{0};
  bool overrides = false;    ///< also where the register finds the text: it found a wrong place
  std::string matched = {};  ///< the register's name of the place; empty when given as coordinates
  std::string decided_at = {},
              decided_by = {};                 ///< UTC, ISO; name of the token. Empty: before both were kept
  std::string reason = {}, note = {};          ///< code as in the API without prefix, "LOCAL_NAME"
  std::string undone_at = {}, undone_by = {};  ///< empty: not undone
  std::int64_t id = 0;                         ///< assigned by the store
  int version = 0;                             ///< of its key, from 1; assigned by the store; 0 without a key
  std::int64_t incidents = 0;                  ///< in use that follow it; told, never stored
};

/// Changes of places, made all together or not at all.
struct PlaceChanges {
  std::vector<PlaceChange> incidents;
  std::vector<PlaceDecision> decisions = {};  ///< new versions
  /// Of earlier versions of corrected incidents: where they lie when their correction is undone.
  std::vector<PlaceChange> superseded = {};
  std::int64_t undone_decision = 0;  ///< taken back; 0 = none
  std::string undone_at = {}, undone_by = {};
};

struct ImportBatch {
  std::int64_t id = 0;
  std::string reporter;
  std::string file_name;       ///< base name only
  std::string content_sha256;  ///< of file bytes and mapping bytes together: the import's identity
  std::string request_id;      ///< UUID of the request, may be empty
  std::string imported_at;     ///< UTC, ISO
  bool undone = false;
  geo::Tally incidents, persons;
  std::vector<geo::GroupTally> groups;  ///< per age group of the scheme
  /// Codes of the quarters that it touches, ascending: of its accepted incidents, and of what they correct.
  std::vector<std::string> quarters;
};

/// Which incidents a picture or an analysis looks at.
struct IncidentSelection {
  geo::CalendarQuarter first, last;       ///< both included
  std::vector<geo::Category> categories;  ///< empty = all
  std::vector<std::string> reporters;     ///< empty = all
  geo::RoleSelection role = geo::RoleSelection::kAny;
};

struct StoredFile {
  std::string name;  ///< base name
  std::string media_type, title_sv, layer_group;
  std::int64_t size = 0;
  std::string sha256;
};

struct PictureRecord {
  std::int64_t id = 0;
  std::string run_id;
  std::string quarter;   ///< "2026Q3"
  std::string audience;  ///< "internal", "partner", "public"
  std::string data_version, parameters_hash, program_version;
  std::string created_at;
  std::string summary_json;       ///< the reply's numbers, for listing without recomputing
  bool stale = false;             ///< the data changed after it was made
  bool published = false;         ///< its audience may read it; internal pictures need no publishing
  std::string utility_json = {};  ///< of a release: how much of the truth is left; for its makers only
  std::vector<StoredFile> files;
};

enum class JobState { kQueued, kRunning, kSucceeded, kFailed, kCancelled };
/// The quarters whose internal pictures tell of one of these: they themselves, the ones after and the ones a
/// year later. Each once, ascending.
std::vector<std::string> QuartersThatTellOf(const std::vector<std::string>& quarters);
/// Whether a caller of the audience may know of the picture.
bool MayRead(const PictureRecord& picture, std::string_view audience);
class Store;
/// The picture, if a caller of the audience may know of it. Throws NotFound with one and the same message for
/// those that are not there and those that the caller may not know of.
PictureRecord ReadablePicture(Store& store, std::int64_t id, std::string_view audience);

std::string_view JobStateCode(JobState state);  ///< "QUEUED", ...
std::optional<JobState> ParseJobState(std::string_view code);

struct JobRecord {
  std::int64_t id = 0;
  std::string kind;        ///< "picture"
  std::string request;     ///< serialized request, opaque to the store
  std::string request_id;  ///< UUID of the request, may be empty
  std::string audience;    ///< of the caller who made it
  JobState state = JobState::kQueued;
  double progress_fraction = 0;
  std::string stage;
  std::string error_code, error_message, error_reason;
  std::string result;  ///< "pictures/12" when it succeeded
  std::string created_at, started_at, finished_at;
};

/// Data version: changes with every import, undo, register import and change of a reporter. The hash covers
/// the accepted incidents' content, the imports' identities, the registers, the reporters that delivered, the
/// age scheme and the taxonomy; never ids, the order of imports or the salt.
struct DataVersion {
  std::int64_t number = 0;  ///< grows by one per change
  std::string
      hash;  ///< content only: equal for two stores with the same content, whatever the order of imports
};

template <class T>
struct Page {
  std::vector<T> items;
  std::int64_t next_after = 0;  ///< id to continue after; 0 = no more
};

/// Storage for one municipality. Every call is one transaction. Thread safe. Lists are in ascending id order;
/// `limit` is at least 1. Throws StoreUnavailable, Exhausted (disk full), NotFound.
class Store {
 public:
  virtual ~Store() = default;

  /// Held by whoever reads known keys and then adds an import, and by whoever undoes one: two imports never
  /// both miss a duplicate, and no row is left out as a duplicate of one that is about to go.
  std::mutex& import_mutex() { return import_mutex_; }

  // Registers: a new version replaces the current one of its kind in one transaction, in which incidents move
  // too, as ChangePlaces says.
  virtual RegisterVersion PutAddresses(RegisterVersion version, geo::Epsg crs,
                                       const std::vector<geo::Address>& addresses,
                                       const PlaceChanges& changes = {},
                                       const std::vector<geo::Place>& popular_names = {}) = 0;
  /// Of `reference`: code, name, crs, boundary, districts, localities, gazetteer.places and .address_style,
  /// new_age_scheme. Throws NotReady("AGE_SCHEME_IN_USE") when that differs from the current one while
  /// incidents are stored, InvalidRequest when its version is not higher.
  virtual RegisterVersion PutReference(RegisterVersion version, const Municipality& reference,
                                       const PlaceChanges& changes = {}) = 0;
  struct PopulationEntry {
    std::string address_id;
    int age = 0, count = 0;
  };
  virtual RegisterVersion PutPopulation(RegisterVersion version,
                                        const std::vector<PopulationEntry>& rows) = 0;
  /// Replaces the current version of the layer's kind and part. `version.crs` is 0 for neighbors.
  virtual RegisterVersion PutLayer(RegisterVersion version, const RegisterLayer& layer,
                                   const PlaceChanges& changes = {}) = 0;
  /// The current versions' layers and the names of single addresses, by kind and part.
  virtual std::vector<RegisterLayer> LoadLayers() = 0;
  virtual std::vector<RegisterVersion> ListRegisters() = 0;  ///< current versions, by kind and part
  virtual std::optional<Municipality>
  LoadMunicipality() = 0;  ///< empty until a reference file with a boundary is there

  // Reporters.
  virtual void PutReporter(const Reporter& reporter) = 0;
  virtual std::vector<Reporter> ListReporters() = 0;
  /// Replaces what is recorded of each reporter and quarter; one without dates is forgotten. Marks pictures
  /// of those quarters stale. Throws NotFound, and records nothing, when a reporter is not known.
  virtual void PutReporterRecords(const std::vector<ReporterRecord>& records) = 0;
  /// Those of quarters `first` to `last` (codes, both included) where anything is known, by quarter and
  /// reporter.
  virtual std::vector<ReporterRecord> ReporterRecords(const std::string& first, const std::string& last) = 0;
  /// How many companies and associations the promise wants connected at the end of a year; empty: no aim.
  virtual void PutReporterAim(int year, std::optional<int> aim) = 0;
  virtual std::map<int, int> ReporterAims() = 0;  ///< by year

  // Imports.
  virtual std::optional<ImportBatch> FindImport(const std::string& content_sha256,
                                                const std::string& request_id) = 0;  ///< not undone
  /// Key to content_key of the reporter's incidents, in their latest version.
  virtual std::map<std::string, std::string> KnownIncidents(const std::string& reporter) = 0;
  /// `unresolved[i].incident_id` is the index into `incidents`; `duplicates` are the rows left out because
  /// their incidents are stored. An incident that `corrects` supersedes the one of its key, which then stands
  /// in no selection and no data version; its import still counts it, as superseded. Throws StoreChanged, and
  /// stores nothing, when an incident to repeat or correct is no longer stored, or one of `incidents` is
  /// stored by now.
  virtual ImportBatch AddImport(ImportBatch batch, std::vector<StoredIncident> incidents,
                                const std::vector<RejectedImportRow>& rejected,
                                std::vector<UnresolvedPlace> unresolved,
                                const std::vector<DuplicateRow>& duplicates = {}) = 0;
  virtual ImportBatch GetImport(std::int64_t id) = 0;
  virtual Page<ImportBatch> ListImports(std::int64_t after, int limit) = 0;
  virtual Page<RejectedImportRow> ListRejectedRows(std::int64_t import_id, std::int64_t after, int limit) = 0;
  /// Removes the import's incidents, rejected rows and unresolved texts and brings back what they superseded;
  /// marks pictures of its quarters stale and returns them. Throws NotReady("DUPLICATES_ELSEWHERE") when a
  /// later import left rows out as duplicates of this one's incidents: they would be gone although that
  /// delivery holds them. Throws NotReady("CORRECTED_ELSEWHERE") when a later import corrects some of them.
  virtual std::vector<PictureRecord> UndoImport(std::int64_t id) = 0;
  virtual Page<UnresolvedPlace> ListUnresolved(std::int64_t after, int limit) = 0;  ///< those that wait
  virtual std::int64_t ExpireUnresolved(
      const std::string& today) = 0;  ///< deletes texts past their day; how many

  /// Stored incidents by id, in the order asked for; those that are not there are left out.
  virtual std::vector<StoredIncident> IncidentsById(const std::vector<std::int64_t>& ids) = 0;
  /// The earlier versions of corrected incidents, by id.
  virtual std::vector<StoredIncident> SupersededIncidents() = 0;
  /// In use and superseded, by id: of a place key (never an empty one), or such as follow a decision.
  virtual std::vector<KeyedIncident> IncidentsOfKey(const std::string& place_key) = 0;
  virtual std::vector<KeyedIncident> IncidentsOfDecision(std::int64_t id) = 0;
  /// Moves incidents, decides what becomes of their texts, corrects the counts of their imports and remembers
  /// decisions and their undoing. Returns the pictures that are stale by it. Throws NotFound, and changes
  /// nothing, when an incident or decision is not there.
  virtual std::vector<PictureRecord> ChangePlaces(const PlaceChanges& changes) = 0;
  virtual std::vector<PlaceDecision> PlaceDecisions() = 0;  ///< those in force that have a key, by key
  /// All versions, replaced and undone ones included.
  virtual Page<PlaceDecision> ListDecisions(std::int64_t after, int limit) = 0;
  virtual PlaceDecision GetDecision(std::int64_t id) = 0;
  /// The version that holds for the key; empty when there is none.
  virtual std::optional<PlaceDecision> DecisionOfKey(const std::string& place_key) = 0;

  // Selection. Incidents in id order.
  virtual std::vector<geo::Incident> Select(const IncidentSelection& selection) = 0;
  virtual Page<StoredIncident> ListIncidents(const IncidentSelection& selection, std::int64_t after,
                                             int limit) = 0;
  virtual std::vector<std::string> QuartersWithIncidents() = 0;
  /// Code of the first quarter of the series of releases; empty until it is begun.
  virtual std::string SeriesStart() = 0;
  /// Begins the series with the quarter, once and for all: returns the one that holds.
  virtual std::string BeginSeries(const std::string& quarter) = 0;
  virtual geo::AgeScheme CurrentAgeScheme() = 0;
  virtual DataVersion CurrentDataVersion() = 0;
  virtual std::string
  Salt() = 0;  ///< secret of this store for incident and place keys; never leaves the server

  // Pictures.
  virtual PictureRecord AddPicture(
      const PictureRecord& picture) = 0;  ///< an equal run id and audience replaces nothing and returns the
                                          ///< earlier record, as stale as the given one
  virtual std::optional<PictureRecord> FindPicture(const std::string& run_id,
                                                   const std::string& audience) = 0;
  virtual PictureRecord GetPicture(std::int64_t id) = 0;
  /// What a caller of the audience may know of: everything for internal, else what was published for it.
  virtual Page<PictureRecord> ListPictures(const std::string& audience, std::int64_t after, int limit) = 0;

  // Jobs.
  virtual JobRecord AddJob(const JobRecord& job) = 0;  ///< an equal request_id returns the earlier job
  virtual JobRecord GetJob(std::int64_t id) = 0;
  virtual Page<JobRecord> ListJobs(std::int64_t after, int limit) = 0;
  virtual std::optional<JobRecord> ClaimJob() = 0;  ///< oldest queued becomes running
  virtual void UpdateJob(
      const JobRecord& job) = 0;         ///< a finished job no longer changes: a late writer changes nothing
  virtual int RequeueRunningJobs() = 0;  ///< at start: what a dead process left running
  virtual bool Healthy() = 0;
  /// What is wrong inside the store, one sentence each: damaged pages, broken references, tallies that do not
  /// match the stored rows. Empty when all is well. Cost: reads everything.
  virtual std::vector<std::string> CheckIntegrity() = 0;

 private:
  std::mutex import_mutex_;
};

/// SQLite file store: WAL, synchronous FULL, foreign keys, secure_delete, mode 0600; creates and migrates the
/// schema. `salt` is used when the file is created (tests); empty = 32 random bytes. Throws StoreUnavailable:
/// not a store, damaged, or written by a newer program.
std::unique_ptr<Store> OpenSqliteStore(const std::string& path, const std::string& salt = {});
/// In-memory twin for fast tests.
std::unique_ptr<Store> NewMemoryStore(const std::string& salt = {});

}  // namespace lagesbild::service
