#include "service/convert.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kKeyIdDigits = 16;
constexpr const char* kReasonPrefix = "RESOLUTION_REASON_";

v1::ResolutionReason ReasonOf(const std::string& code) {
  v1::ResolutionReason reason = v1::RESOLUTION_REASON_UNSPECIFIED;
  if (!code.empty() && !v1::ResolutionReason_Parse(kReasonPrefix + code, &reason))
    return v1::RESOLUTION_REASON_OTHER;
  return reason;
}

}  // namespace

std::string FromProto(v1::ResolutionReason reason, Violations& violations) {
  if (reason == v1::RESOLUTION_REASON_UNSPECIFIED) return {};
  if (!v1::ResolutionReason_IsValid(reason)) {
    violations.Add("reason", "is no known reason");
    return {};
  }
  return v1::ResolutionReason_Name(reason).substr(std::string_view(kReasonPrefix).size());
}

v1::Resolution ToProto(const PlaceDecision& decision, bool in_force, const std::string& text,
                       const std::string& locality) {
  v1::Resolution result;
  result.set_name("resolutions/" + std::to_string(decision.id));
  result.set_place_key_id(decision.place_key.substr(0, kKeyIdDigits));
  result.set_version(decision.version);
  result.set_state(!decision.undone_at.empty() ? v1::RESOLUTION_STATE_UNDONE
                   : in_force                  ? v1::RESOLUTION_STATE_IN_FORCE
                                               : v1::RESOLUTION_STATE_REPLACED);
  result.set_resolver_name(decision.decided_by);
  if (const auto time = TimeToProto(decision.decided_at)) *result.mutable_resolve_time() = *time;
  result.set_reason(ReasonOf(decision.reason));
  result.set_note(decision.note);
  result.set_dismissed(!decision.placed);
  result.set_match_level(ToProto(decision.level));
  result.set_matched(decision.matched);
  if (decision.placed) {
    *result.mutable_plane_position() = ToProto(decision.position);
    result.set_epsg_code(static_cast<int>(decision.crs));
    result.set_accuracy_radius_m(decision.accuracy_radius.value());
  }
  result.set_incident_count(decision.incidents);
  result.set_text(text);
  result.set_locality(locality);
  if (const auto time = TimeToProto(decision.undone_at)) *result.mutable_undo_time() = *time;
  result.set_undoer_name(decision.undone_by);
  return result;
}

}  // namespace lagesbild::service
