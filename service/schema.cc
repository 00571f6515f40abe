#include "service/schema.h"

#include <array>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

constexpr const char* kFirstSchema = R"sql(
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE age_scheme(
  version INTEGER PRIMARY KEY,
  valid_from TEXT NOT NULL,
  definition TEXT NOT NULL
) STRICT;

CREATE TABLE reporter(
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  home_locality TEXT NOT NULL,
  onboarded TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE register_version(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('addresses', 'reference', 'population')),
  sha256 TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  synthetic INTEGER NOT NULL,
  epsg INTEGER NOT NULL,
  read_count INTEGER NOT NULL,
  accepted_count INTEGER NOT NULL,
  not_in_force_count INTEGER NOT NULL,
  rejected_count INTEGER NOT NULL,
  current INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX register_version_current ON register_version(kind) WHERE current = 1;

CREATE TABLE municipality(
  register_id INTEGER PRIMARY KEY REFERENCES register_version(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  boundary BLOB NOT NULL
) STRICT;

CREATE TABLE area(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  kind TEXT NOT NULL CHECK (kind IN ('district', 'locality')),
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  polygons BLOB NOT NULL,
  PRIMARY KEY (register_id, kind, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE place(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  kind TEXT NOT NULL,
  locality TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  accuracy_radius_m REAL NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE address(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  kind INTEGER NOT NULL,
  area TEXT NOT NULL,
  number INTEGER NOT NULL,
  letter TEXT NOT NULL,
  addition TEXT NOT NULL,
  postcode TEXT NOT NULL,
  postal_town TEXT NOT NULL,
  locality TEXT NOT NULL,
  district TEXT NOT NULL,
  municipality_code TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  accuracy_radius_m REAL NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE population(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  address_code TEXT NOT NULL,
  age INTEGER NOT NULL,
  inhabitants INTEGER NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reporter TEXT NOT NULL REFERENCES reporter(code),
  file_name TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  request_id TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  incident_digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX import_batch_content ON import_batch(content_sha256) WHERE undone = 0;

CREATE TABLE import_quarter(
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  quarter TEXT NOT NULL,
  PRIMARY KEY (import_id, quarter)
) STRICT, WITHOUT ROWID;

-- ordinal 0 is the whole import, 1.. the age groups in the scheme's order.
CREATE TABLE import_tally(
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  ordinal INTEGER NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('incidents', 'persons')),
  age_group TEXT NOT NULL,
  read_count INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  placed INTEGER NOT NULL,
  unplaced INTEGER NOT NULL,
  digital INTEGER NOT NULL,
  outside INTEGER NOT NULL,
  too_coarse INTEGER NOT NULL,
  PRIMARY KEY (import_id, ordinal, unit),
  CHECK (read_count = accepted + rejected + duplicate AND accepted = placed + unplaced + digital)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  source_row INTEGER NOT NULL,
  reporter TEXT NOT NULL REFERENCES reporter(code),
  occurred_on TEXT NOT NULL,
  category TEXT NOT NULL,
  place_kind TEXT NOT NULL CHECK (place_kind IN ('PLACED', 'UNPLACED', 'DIGITAL')),
  unplaced_reason TEXT NOT NULL,
  match_level TEXT NOT NULL,
  easting REAL,
  northing REAL,
  accuracy_radius_m REAL NOT NULL,
  incident_key TEXT NOT NULL UNIQUE,
  place_key TEXT NOT NULL
) STRICT;
CREATE INDEX incident_import ON incident(import_id);
CREATE INDEX incident_occurred ON incident(occurred_on);

-- Only the band of an age is stored, never a birth date or an age in years.
CREATE TABLE person(
  incident_id INTEGER NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  role TEXT NOT NULL,
  age_span TEXT NOT NULL,
  age_estimated INTEGER NOT NULL,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_row(
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  source_row INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (import_id, source_row)
) STRICT, WITHOUT ROWID;

-- The only place texts in the store; deleted after 90 days.
CREATE TABLE unresolved_place(
  incident_id INTEGER PRIMARY KEY REFERENCES incident(id) ON DELETE CASCADE,
  place_key TEXT NOT NULL,
  place_text TEXT NOT NULL,
  locality TEXT NOT NULL,
  reason TEXT NOT NULL,
  expires_on TEXT NOT NULL
) STRICT;
CREATE INDEX unresolved_expiry ON unresolved_place(expires_on);

CREATE TABLE picture(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  quarter TEXT NOT NULL,
  audience TEXT NOT NULL,
  data_version TEXT NOT NULL,
  parameters_hash TEXT NOT NULL,
  program_version TEXT NOT NULL,
  created_at TEXT NOT NULL,
  summary_json TEXT NOT NULL,
  stale INTEGER NOT NULL,
  UNIQUE (run_id, audience)
) STRICT;

CREATE TABLE picture_file(
  picture_id INTEGER NOT NULL REFERENCES picture(id),
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  title_sv TEXT NOT NULL,
  layer_group TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (picture_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE job(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  request BLOB NOT NULL,
  request_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  state TEXT NOT NULL,
  progress_fraction REAL NOT NULL,
  stage TEXT NOT NULL,
  error_code TEXT NOT NULL,
  error_message TEXT NOT NULL,
  error_reason TEXT NOT NULL,
  result TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX job_request ON job(request_id) WHERE request_id <> '';
CREATE INDEX job_state ON job(state);
)sql";

// Which rows of a delivery were left out because an earlier import holds their incidents. Imports from before
// this table have none.
constexpr const char* kDuplicateRows = R"sql(
CREATE TABLE duplicate_row(
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  source_row INTEGER NOT NULL,
  incident_key TEXT NOT NULL,
  PRIMARY KEY (import_id, source_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_row_key ON duplicate_row(incident_key);
)sql";

// What people decided about place texts that the register does not know; the key stands for the text.
constexpr const char* kPlaceDecisions = R"sql(
CREATE TABLE place_decision(
  place_key TEXT PRIMARY KEY,
  placed INTEGER NOT NULL,
  match_level TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  accuracy_radius_m REAL NOT NULL,
  crs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unresolved_key ON unresolved_place(place_key);
)sql";

// A picture for partner or public is a draft that only its makers see until it is published.
constexpr const char* kPublished = R"sql(
ALTER TABLE picture ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
)sql";

// A reporter with keys of its own can correct what it delivered. The earlier version waits, out of use, for
// the day when the correction is undone. Incidents from before this have no content key and cannot be
// corrected.
constexpr const char* kCorrections = R"sql(
ALTER TABLE incident ADD COLUMN content_key TEXT NOT NULL DEFAULT '';
ALTER TABLE import_tally ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_tally ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;

CREATE TABLE superseded_incident(
  id INTEGER PRIMARY KEY,
  superseded_by INTEGER NOT NULL REFERENCES import_batch(id),
  import_id INTEGER NOT NULL REFERENCES import_batch(id),
  source_row INTEGER NOT NULL,
  reporter TEXT NOT NULL REFERENCES reporter(code),
  occurred_on TEXT NOT NULL,
  category TEXT NOT NULL,
  place_kind TEXT NOT NULL,
  unplaced_reason TEXT NOT NULL,
  match_level TEXT NOT NULL,
  easting REAL,
  northing REAL,
  accuracy_radius_m REAL NOT NULL,
  incident_key TEXT NOT NULL,
  place_key TEXT NOT NULL,
  content_key TEXT NOT NULL
) STRICT;
CREATE INDEX superseded_incident_import ON superseded_incident(import_id);
CREATE INDEX superseded_incident_by ON superseded_incident(superseded_by);

CREATE TABLE superseded_person(
  incident_id INTEGER NOT NULL REFERENCES superseded_incident(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  role TEXT NOT NULL,
  age_span TEXT NOT NULL,
  age_estimated INTEGER NOT NULL,
  PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Like unresolved_place: deleted after the same 90 days.
CREATE TABLE superseded_place(
  incident_id INTEGER PRIMARY KEY REFERENCES superseded_incident(id) ON DELETE CASCADE,
  place_key TEXT NOT NULL,
  place_text TEXT NOT NULL,
  locality TEXT NOT NULL,
  reason TEXT NOT NULL,
  expires_on TEXT NOT NULL
) STRICT;
CREATE INDEX superseded_place_expiry ON superseded_place(expires_on);
)sql";

// The newest date in a register's file, by which its age is told.
constexpr const char* kRegisterDates = R"sql(
ALTER TABLE register_version ADD COLUMN dated_on TEXT NOT NULL DEFAULT '';
)sql";

// How much of the truth a release leaves; for its makers, never part of it.
constexpr const char* kReleaseUtility = R"sql(
ALTER TABLE picture ADD COLUMN utility_json TEXT NOT NULL DEFAULT '';
)sql";

// Places beside the reference file's, roads, properties and neighbors, each in parts that are replaced on
// their own; and whose the data are.
constexpr const char* kRegisterLayers = R"sql(
-- The table is made anew, as its check of kinds cannot be changed. Rows that refer to it find their versions
-- again before the transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE earlier_version AS SELECT * FROM register_version;
DROP TABLE register_version;
CREATE TABLE register_version(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('addresses', 'reference', 'population', 'places', 'roads', 'properties',
    'neighbors')),
  sha256 TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  synthetic INTEGER NOT NULL,
  epsg INTEGER NOT NULL,
  read_count INTEGER NOT NULL,
  accepted_count INTEGER NOT NULL,
  not_in_force_count INTEGER NOT NULL,
  rejected_count INTEGER NOT NULL,
  current INTEGER NOT NULL,
  dated_on TEXT NOT NULL DEFAULT '',
  part TEXT NOT NULL DEFAULT '',
  attribution TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO register_version(id, kind, sha256, imported_at, synthetic, epsg, read_count, accepted_count,
    not_in_force_count, rejected_count, current, dated_on)
  SELECT id, kind, sha256, imported_at, synthetic, epsg, read_count, accepted_count, not_in_force_count,
    rejected_count, current, dated_on FROM earlier_version ORDER BY id;
DROP TABLE earlier_version;
CREATE UNIQUE INDEX register_version_current ON register_version(kind, part) WHERE current = 1;

CREATE TABLE layer_place(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  kind TEXT NOT NULL,
  locality TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  accuracy_radius_m REAL NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE road(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  number TEXT NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE property(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  designation TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  area_m2 REAL NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE neighbor(
  register_id INTEGER NOT NULL REFERENCES register_version(id),
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (register_id, ordinal)
) STRICT, WITHOUT ROWID;
)sql";

// Decisions about places get versions, with who, when and why, and can be taken back: texts stay aside until
// their day, and where the register had put an incident is kept while it follows a decision.
constexpr const char* kDecisionHistory = R"sql(
CREATE TABLE place_resolution(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place_key TEXT NOT NULL,
  version INTEGER NOT NULL,
  placed INTEGER NOT NULL,
  match_level TEXT NOT NULL,
  easting REAL NOT NULL,
  northing REAL NOT NULL,
  accuracy_radius_m REAL NOT NULL,
  crs INTEGER NOT NULL,
  overrides INTEGER NOT NULL DEFAULT 0,
  matched TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  undone_at TEXT NOT NULL DEFAULT '',
  undone_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX place_resolution_key ON place_resolution(place_key, version) WHERE place_key <> '';
INSERT INTO place_resolution(place_key, version, placed, match_level, easting, northing, accuracy_radius_m, crs)
  SELECT place_key, 1, placed, match_level, easting, northing, accuracy_radius_m, crs FROM place_decision
  ORDER BY place_key;
DROP TABLE place_decision;

ALTER TABLE incident ADD COLUMN resolved_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE superseded_incident ADD COLUMN resolved_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unresolved_place ADD COLUMN resolved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE superseded_place ADD COLUMN resolved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incident_place ON incident(place_key);
CREATE INDEX incident_resolved ON incident(resolved_by) WHERE resolved_by <> 0;

CREATE TABLE place_before(
  incident_id INTEGER PRIMARY KEY,
  place_kind TEXT NOT NULL,
  unplaced_reason TEXT NOT NULL,
  match_level TEXT NOT NULL,
  easting REAL,
  northing REAL,
  accuracy_radius_m REAL NOT NULL
) STRICT;
-- What followed a decision of before this: it had waited, or nobody would have been asked.
UPDATE incident SET resolved_by = coalesce((SELECT id FROM place_resolution r WHERE r.place_key = incident.place_key
  AND ((r.placed = 1 AND r.easting = incident.easting AND r.northing = incident.northing
        AND r.match_level = incident.match_level)
    OR (r.placed = 0 AND incident.place_kind = 'UNPLACED' AND incident.easting IS NULL))), 0)
  WHERE place_key <> '' AND place_kind <> 'DIGITAL' AND id NOT IN (SELECT incident_id FROM unresolved_place);
INSERT INTO place_before(incident_id, place_kind, unplaced_reason, match_level, accuracy_radius_m)
  SELECT id, 'UNPLACED', CASE WHEN unplaced_reason IN ('', 'OUTSIDE') THEN 'NOT_FOUND' ELSE unplaced_reason END,
  'none', 0 FROM incident WHERE resolved_by <> 0;
)sql";

// What a reporter can see and until when it counts, what it answered per quarter, and how many the promise
// wants. The lists are JSON.
constexpr const char* kReporterCoverage = R"sql(
ALTER TABLE reporter ADD COLUMN disconnected TEXT NOT NULL DEFAULT '';
ALTER TABLE reporter ADD COLUMN areas TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reporter ADD COLUMN ages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reporter ADD COLUMN contact_role TEXT NOT NULL DEFAULT '';

CREATE TABLE reporter_quarter(
  quarter TEXT NOT NULL,
  reporter TEXT NOT NULL REFERENCES reporter(code),
  asked_on TEXT NOT NULL,
  nothing_on TEXT NOT NULL,
  PRIMARY KEY (quarter, reporter)
) STRICT, WITHOUT ROWID;

CREATE TABLE reporter_aim(
  year INTEGER PRIMARY KEY,
  connected INTEGER NOT NULL
) STRICT;
CREATE INDEX import_quarter_quarter ON import_quarter(quarter);
)sql";

constexpr std::array<Migration, 10> kMigrations{{
    {1, "registers, imports, pictures and jobs", kFirstSchema},
    {2, "rows left out as duplicates", kDuplicateRows},
    {3, "decisions about places", kPlaceDecisions},
    {4, "published pictures", kPublished},
    {5, "corrections of incidents", kCorrections},
    {6, "dates of registers", kRegisterDates},
    {7, "utility of releases", kReleaseUtility},
    {8, "layers of registers", kRegisterLayers},
    {9, "versions of decisions about places", kDecisionHistory},
    {10, "coverage of reporters", kReporterCoverage},
}};

int CurrentNumber(Database& database) {
  Statement& query = database.Query("SELECT coalesce(max(number), 0) FROM schema_migrations");
  query.Step();
  const int number = static_cast<int>(query.Int(0));
  query.Reset();
  return number;
}

}  // namespace

std::span<const Migration> Migrations() { return kMigrations; }

void Migrate(Database& database, std::span<const Migration> migrations) {
  database.Execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations(number INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT");
  const int known = migrations.empty() ? 0 : migrations.back().number;
  if (const int found = CurrentNumber(database); found > known)
    throw StoreUnavailable("the store has schema " + std::to_string(found) +
                           ", this program knows only up to " + std::to_string(known) +
                           "; start a newer program or restore an older backup");
  for (const Migration& migration : migrations) {
    Transaction transaction(database);
    // Asked inside the transaction: another process may have migrated meanwhile.
    if (CurrentNumber(database) >= migration.number) continue;
    database.Execute(migration.sql);
    database.Query("INSERT INTO schema_migrations(number, what) VALUES (?1, ?2)")
        .Bind(migration.number, migration.what)
        .Run();
    transaction.Commit();
  }
}

}  // namespace lagesbild::service
