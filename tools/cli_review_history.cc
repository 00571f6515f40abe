#include <algorithm>
#include <chrono>
#include <cstdio>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "tools/cli_match.h"
#include "tools/cli_paging.h"
#include "tools/cli_review.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

constexpr const char* kReasonPrefix = "RESOLUTION_REASON_";

std::string StateWord(Session& session, v1::ResolutionState state) {
  switch (state) {
    case v1::RESOLUTION_STATE_IN_FORCE:
      return session.Say("gäller", "in force");
    case v1::RESOLUTION_STATE_REPLACED:
      return session.Say("ersatt", "replaced");
    case v1::RESOLUTION_STATE_UNDONE:
      return session.Say("återtagen", "undone");
    default:
      return v1::ResolutionState_Name(state);  // of a newer service
  }
}

/// "2026-11-25 10:00", UTC.
std::string MinuteOf(const google::protobuf::Timestamp& time) {
  const auto since = std::chrono::sys_seconds{std::chrono::seconds{time.seconds()}};
  const auto day = std::chrono::floor<std::chrono::days>(since);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(since - day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()));
  return text;
}

/// What the place was said to be.
std::string PlaceOf(Session& session, const v1::Resolution& resolution) {
  if (resolution.dismissed()) return session.Say("kan inte placeras", "cannot be placed");
  if (!resolution.matched().empty()) return resolution.matched();
  char text[64];
  std::snprintf(text, sizeof text, "E %.0f, N %.0f", resolution.plane_position().easting_m(),
                resolution.plane_position().northing_m());
  return text;
}

/// Told only where there is something to do or to know.
std::string StandingOf(Session& session, const v1::Resolution& resolution) {
  switch (resolution.register_standing()) {
    case v1::REGISTER_STANDING_MOVED:
      return session.Say("flyttad med registret", "moved with the register");
    case v1::REGISTER_STANDING_NOT_FOUND:
      return session.Say("finns inte i registret längre", "not in the register any more");
    default:
      return {};
  }
}

std::string WhyOf(const v1::Resolution& resolution) {
  const std::string word = ResolutionReasonWord(resolution.reason());
  if (word.empty() || resolution.note().empty()) return word + resolution.note();
  return word + ": " + resolution.note();
}

}  // namespace

std::string ResolutionReasonWord(v1::ResolutionReason reason) {
  if (reason == v1::RESOLUTION_REASON_UNSPECIFIED || !v1::ResolutionReason_IsValid(reason)) return {};
  return OptionWord(v1::ResolutionReason_Name(reason).substr(std::string(kReasonPrefix).size()));
}

std::vector<std::string> ResolutionReasonWords() {
  std::vector<std::string> words;
  for (int value = v1::RESOLUTION_REASON_UNSPECIFIED + 1; v1::ResolutionReason_IsValid(value); ++value)
    words.push_back(ResolutionReasonWord(static_cast<v1::ResolutionReason>(value)));
  return words;
}

v1::ResolutionReason ParseResolutionReason(const std::string& word) {
  const std::vector<std::string> words = ResolutionReasonWords();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) throw BadInput("--reason is no known reason; `review resolve --help` lists them");
  return static_cast<v1::ResolutionReason>(1 + (found - words.begin()));
}

void PrintStalePictures(Session& session, const google::protobuf::RepeatedPtrField<v1::Picture>& pictures) {
  for (const v1::Picture& picture : pictures)
    std::printf(
        session.Say("  %s (%s) är inaktuell: gör om den.\n", "  %s (%s) is out of date: make it again.\n"),
        picture.name().c_str(), QuarterText(picture.quarter(), session.swedish()).c_str());
}

void ReviewHistory(Session& session, bool with_texts) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListResolutionsRequest request;
  auto all = AllPages<v1::ListResolutionsResponse>(
      session, request, [&](auto... call) { return stub->ListResolutions(call...); });
  if (!with_texts)
    for (v1::Resolution& resolution : *all.mutable_resolutions()) {
      resolution.clear_text();
      resolution.clear_locality();
    }
  if (session.json()) return session.PrintJson(all);
  if (all.resolutions_size() == 0) {
    std::printf("%s\n", session.Say("Inga beslut om platser.", "No decisions about places."));
    return;
  }
  std::vector<std::string> header = {
      session.Say("beslut", "decision"),  session.Say("text", "text"),
      session.Say("version", "version"),  session.Say("läge", "state"),
      session.Say("händelser", "events"), session.Say("när (UTC)", "when (UTC)"),
      session.Say("vem", "who"),          session.Say("plats", "place"),
      session.Say("varför", "why"),       session.Say("registret", "register")};
  if (with_texts) header.push_back(session.Say("uppgiftslämnarens ord", "reporter's words"));
  TextTable table(std::move(header));
  for (const v1::Resolution& one : all.resolutions()) {
    std::vector<std::string> row = {
        one.name(),
        one.place_key_id(),
        std::to_string(one.version()),
        StateWord(session, one.state()) + (one.undoer_name().empty() ? "" : " (" + one.undoer_name() + ")"),
        std::to_string(one.incident_count()),
        MinuteOf(one.resolve_time()),
        one.resolver_name(),
        PlaceOf(session, one),
        WhyOf(one),
        StandingOf(session, one)};
    if (with_texts) row.push_back(one.text() + (one.locality().empty() ? "" : ", " + one.locality()));
    table.Add(std::move(row));
  }
  table.Print();
}

void WarnOfStaleDecisions(Session& session) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListResolutionsRequest request;
  const auto all = AllPages<v1::ListResolutionsResponse>(
      session, request, [&](auto... call) { return stub->ListResolutions(call...); });
  std::string names;
  for (const v1::Resolution& one : all.resolutions())
    if (one.state() == v1::RESOLUTION_STATE_IN_FORCE &&
        one.register_standing() == v1::REGISTER_STANDING_NOT_FOUND)
      names += (names.empty() ? "" : ", ") + one.name();
  if (names.empty()) return;
  std::fprintf(
      stderr,
      session.Say("varning: beslut om platser pekar på vad registret inte längre har: %s; läget från "
                  "beslutets dag gäller, besluta på nytt (review history)\n",
                  "warning: decisions about places name what the register does not have any more: %s; "
                  "the position of their day stands, decide anew (review history)\n"),
      names.c_str());
}

void UndoReview(Session& session, const std::string& name) {
  const auto stub = session.Stub<v1::IncidentService>();
  const auto context = session.Context();
  v1::UndoResolutionRequest request;
  request.set_name(name.find('/') == std::string::npos ? "resolutions/" + name : name);
  v1::UndoResolutionResponse response;
  session.Check(stub->UndoResolution(context.get(), request, &response));
  response.mutable_resolution()->clear_text();
  response.mutable_resolution()->clear_locality();
  if (session.json()) return session.PrintJson(response);
  std::printf(
      session.Say("%s är återtaget; %d händelser följde det.\n", "%s is undone; %d incidents followed it.\n"),
      request.name().c_str(), response.incident_names_size());
  const auto tell = [&](std::int64_t count, const char* sv, const char* en) {
    if (count > 0) std::printf("  %lld %s\n", static_cast<long long>(count), session.Say(sv, en));
  };
  tell(response.earlier_version_count(), "följer beslutet före det.", "follow the decision before it.");
  tell(response.register_count(), "placeras av registret.", "are placed by the register.");
  tell(response.waiting_count(), "väntar på en plats igen.", "wait for a place again.");
  PrintStalePictures(session, response.stale_pictures());
}

}  // namespace lagesbild::tools
