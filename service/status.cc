#include "service/status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>
#include <new>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/utf8.h"

namespace lagesbild::service {
namespace {

using grpc::StatusCode;

// A status travels in HTTP/2 trailers, of which gRPC takes 8 KiB; message and details both count, escaped.
constexpr std::size_t kViolations = 10;
constexpr std::size_t kMessageBytes = 1000, kLocalizedBytes = 500, kFieldBytes = 100, kDescriptionBytes = 300;
constexpr std::size_t kViolationBytes = 1400;  ///< all of them together

std::string Cut(std::string_view text, std::size_t bytes) {
  const std::string valid = ValidUtf8(text);
  return valid.size() <= bytes ? valid : FirstBytes(valid, bytes - 3) + "…";
}

/// As many as fit, each cut where it is long.
std::vector<FieldViolation> Fitting(const std::vector<FieldViolation>& all) {
  std::vector<FieldViolation> fitting;
  std::size_t bytes = 0;
  for (const FieldViolation& violation : all) {
    FieldViolation cut{Cut(violation.field, kFieldBytes), Cut(violation.description, kDescriptionBytes),
                       Cut(violation.description_sv, kDescriptionBytes)};
    bytes += cut.field.size() + cut.description.size();
    if (fitting.size() == kViolations || bytes > kViolationBytes) {
      break;
    }
    fitting.push_back(std::move(cut));
  }
  return fitting;
}

Fault FieldFault(const InvalidRequest& error) {
  Fault fault{.code = StatusCode::INVALID_ARGUMENT, .reason = "INVALID_FIELDS"};
  fault.violations = Fitting(error.violations);
  std::string fields, message, sentences;
  std::size_t told = 0;
  for (const FieldViolation& violation : fault.violations) {
    const std::string next = (told == 0 ? "" : "; ") + violation.field + ": " + violation.description;
    if (message.size() + next.size() > kMessageBytes - 30) {
      break;
    }
    message += next;
    if (!violation.description_sv.empty())
      sentences += (sentences.empty() ? "" : "; ") + violation.description_sv;
    fields += (told == 0 ? "" : ", ") + violation.field;
    ++told;
  }
  if (const std::size_t more = error.violations.size() - told; more > 0) {
    message += "; … and " + std::to_string(more) + " more";
    fields += " … och " + std::to_string(more) + " till";
  }
  fault.message = message;
  fault.message_sv = !sentences.empty() ? "Går inte: " + sentences + "."
                                        : "Begäran kan inte utföras. Fält att rätta: " + fields + ".";
  return fault;
}

Fault NotReadyFault(const NotReady& error) {
  Fault fault{.code = StatusCode::FAILED_PRECONDITION, .reason = error.reason, .message = error.what()};
  fault.message_sv = !error.message_sv.empty() ? error.message_sv
                     : error.reason == "NO_DATA"
                         ? "Ingen leverans omfattar kvartalet. Läs in uppgiftslämnarnas filer först."
                     : error.reason == "UNKNOWN_REPORTER" ? "Uppgiftslämnaren är inte upplagd."
                     : error.reason == "BEFORE_SERIES" ? "Serien av bilder för partner och allmänhet börjar "
                                                         "senare än kvartalet; det har bara interna bilder."
                     : error.reason == "OLD_PICTURE" ? "Bilden gjordes av en äldre version. Gör den på nytt."
                     : error.reason == "NO_MUNICIPALITY" || error.reason == "NO_ADDRESSES"
                         ? "Underlag saknas för detta. Läs in kommunens register först."
                         : "Det går inte i nuvarande läge.";
  return fault;
}

Fault TooFewFault(const geo::TooFewIncidents& error) {
  return {.code = StatusCode::FAILED_PRECONDITION,
          .reason = "TOO_FEW_INCIDENTS",
          .message = error.what(),
          .message_sv = "För få händelser för detta.",
          .metadata = {{"found", std::to_string(error.found)}, {"minimum", std::to_string(error.minimum)}}};
}

bool Below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  return !folder.empty() && path.parent_path() == folder;
}

/// "the file" instead of `path` and of whatever else begins as an absolute path: GDAL's sentences name files
/// in forms of their own.
std::string WithoutPaths(std::string text, const std::string& path) {
  for (auto at = text.find(path); !path.empty() && at != std::string::npos; at = text.find(path, at)) {
    text.replace(at, path.size(), "the file");
  }
  static constexpr std::string_view kEnds = " \t\n\r\"'`´()<>,;:";
  for (std::size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at)) {
    const bool begins = at == 0 || kEnds.find(text[at - 1]) != std::string_view::npos;
    const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
    if (begins && end > at + 1) {
      text.replace(at, end - at, "the file");
    } else {
      ++at;
    }
  }
  return text;
}

Fault FileFault(const maps::IoError& error, const std::filesystem::path& uploads) {
  if (!Below(error.path, uploads)) {
    return {.code = StatusCode::INTERNAL, .reason = "FILE_ERROR", .log_text = error.what()};
  }
  // The reason is maps/' own sentence about the file; the server's path to it is nobody's business.
  const std::string reason = Cut(WithoutPaths(error.reason, error.path), kDescriptionBytes);
  return {.code = StatusCode::INVALID_ARGUMENT,
          .reason = "UNREADABLE_FILE",
          .message = "the file cannot be read: " + reason,
          .message_sv = error.reason_sv.empty() ? "Filen går inte att läsa som den sort som angavs."
                                                : "Filen går inte att läsa: " + error.reason_sv + ".",
          .violations = {{"chunk", reason}}};
}

}  // namespace

std::string_view StatusCodeName(StatusCode code) {
  static constexpr std::string_view kNames[] = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  const auto index = static_cast<std::size_t>(code);
  return index < std::size(kNames) ? kNames[index] : "UNKNOWN";
}

Fault CurrentFault(const std::filesystem::path& uploads) {
  try {
    throw;
  } catch (const InvalidRequest& e) {
    return FieldFault(e);
  } catch (const NotReady& e) {
    return NotReadyFault(e);
  } catch (const geo::TooFewIncidents& e) {
    return TooFewFault(e);
  } catch (const geo::CrossingBoundary& e) {
    return {.code = StatusCode::INVALID_ARGUMENT,
            .reason = "INVALID_INPUT",
            .message = e.what(),
            .message_sv = "Gränsen får inte korsa sig själv eller röra sig själv längs en linje" +
                          (e.place.empty() ? std::string() : "; det gör den vid " + e.place) +
                          ". Rätta geometrin och skicka filen igen."};
  } catch (const geo::InvalidInput& e) {
    return {.code = StatusCode::INVALID_ARGUMENT,
            .reason = "INVALID_INPUT",
            .message = e.what(),
            .message_sv = "Begäran kan inte utföras med de angivna värdena."};
  } catch (const geo::Cancelled&) {
    return {.code = StatusCode::CANCELLED,
            .reason = "CANCELLED",
            .message = "cancelled by the caller",
            .message_sv = "Avbruten."};
  } catch (const NotFound& e) {
    return {.code = StatusCode::NOT_FOUND,
            .reason = "NOT_FOUND",
            .message = e.what(),
            .message_sv = "Finns inte."};
  } catch (const Forbidden& e) {
    return {.code = StatusCode::PERMISSION_DENIED,
            .reason = "AUDIENCE_LACKS_RIGHT",
            .message = e.what(),
            .message_sv = "Behörighet saknas."};
  } catch (const Unauthenticated& e) {
    return {.code = StatusCode::UNAUTHENTICATED,
            .reason = "NO_VALID_TOKEN",
            .message = e.what(),
            .message_sv = "Giltig inloggning saknas."};
  } catch (const Exhausted& e) {
    return {.code = StatusCode::RESOURCE_EXHAUSTED,
            .reason = "LIMIT_REACHED",
            .message = e.what(),
            .message_sv =
                e.message_sv.empty() ? "En gräns är nådd: för stor fil eller full disk." : e.message_sv};
  } catch (const std::bad_alloc&) {
    return {.code = StatusCode::RESOURCE_EXHAUSTED,
            .reason = "OUT_OF_MEMORY",
            .message = "not enough memory for this call; ask for larger cells or try again later",
            .message_sv = "Minnet räcker inte. Välj större rutor eller försök igen senare.",
            .retry_after = std::chrono::seconds{30}};
  } catch (const StoreChanged& e) {
    return {.code = StatusCode::UNAVAILABLE,
            .reason = "STORE_CHANGED",
            .message = e.what(),
            .message_sv = "Databasen ändrades under inläsningen. Skicka filen igen.",
            .retry_after = std::chrono::seconds{1}};
  } catch (const StoreUnavailable& e) {
    return {.code = StatusCode::UNAVAILABLE,
            .reason = "STORE_UNAVAILABLE",
            .message = "the store does not answer; try again in a few seconds",
            .message_sv = "Databasen svarar inte. Försök igen om en stund.",
            .retry_after = std::chrono::seconds{5},
            .log_text = e.what()};
  } catch (const Draining& e) {
    return {.code = StatusCode::UNAVAILABLE,
            .reason = "DRAINING",
            .message = e.what(),
            .message_sv = "Tjänsten stängs. Försök igen om en stund.",
            .retry_after = std::chrono::seconds{5}};
  } catch (const BeyondEnd& e) {
    return {.code = StatusCode::OUT_OF_RANGE,
            .reason = "BEYOND_END",
            .message = e.what(),
            .message_sv = "Läget ligger efter filens slut."};
  } catch (const DataLost& e) {
    return {.code = StatusCode::DATA_LOSS,
            .reason = "FILE_CHANGED",
            .message = e.what(),
            .message_sv = "Filen är skadad. Gör om lägesbilden."};
  } catch (const maps::WriteFailed& e) {
    return {.code = StatusCode::RESOURCE_EXHAUSTED,
            .reason = "CANNOT_WRITE",
            .message =
                "a file could not be written; is the service's disk full, or its folder read-only? "
                "Nothing half-written is kept",
            .message_sv =
                "En fil kunde inte skrivas: är tjänstens disk full eller mappen skrivskyddad? Inget "
                "halvskrivet finns kvar.",
            .log_text = e.what()};
  } catch (const maps::IoError& e) {
    return FileFault(e, uploads);
  } catch (const std::exception& e) {
    return {.code = StatusCode::INTERNAL, .reason = "INTERNAL", .log_text = e.what()};
  } catch (...) {
    return {.code = StatusCode::INTERNAL, .reason = "INTERNAL", .log_text = "unknown exception"};
  }
}

grpc::Status ToStatus(const Fault& fault) {
  if (fault.code == StatusCode::INTERNAL) {
    return {StatusCode::INTERNAL, "internal error; see the server log"};
  }
  const std::string message = Cut(fault.message, kMessageBytes);
  google::rpc::Status status;
  status.set_code(static_cast<int>(fault.code));
  status.set_message(message);

  google::rpc::ErrorInfo info;
  info.set_reason(fault.reason);
  info.set_domain("lagesbild");
  for (const auto& [name, value] : fault.metadata) {
    (*info.mutable_metadata())[name] = Cut(value, kFieldBytes);
  }
  status.add_details()->PackFrom(info);

  if (!fault.violations.empty()) {
    google::rpc::BadRequest bad_request;
    for (const FieldViolation& violation : Fitting(fault.violations)) {
      auto* added = bad_request.add_field_violations();
      added->set_field(violation.field);
      added->set_description(violation.description);
    }
    status.add_details()->PackFrom(bad_request);
  }
  if (fault.retry_after) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(fault.retry_after->count());
    status.add_details()->PackFrom(retry);
  }
  google::rpc::LocalizedMessage localized;
  localized.set_locale("sv-SE");
  localized.set_message(Cut(fault.message_sv, kLocalizedBytes));
  status.add_details()->PackFrom(localized);
  return {fault.code, message, status.SerializeAsString()};
}

}  // namespace lagesbild::service
