#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "lagesbild/v1/incident_service.pb.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// "local-name" for RESOLUTION_REASON_LOCAL_NAME; empty when none was told.
std::string ResolutionReasonWord(v1::ResolutionReason reason);
/// "--reason" of the command line: the words of all reasons, in the order of the API.
std::vector<std::string> ResolutionReasonWords();
/// The inverse. Throws BadInput.
v1::ResolutionReason ParseResolutionReason(const std::string& word);

/// One line per picture that must be made again.
void PrintStalePictures(Session& session, const google::protobuf::RepeatedPtrField<v1::Picture>& pictures);

/// `review history`: what was decided, when, by whom and why, replaced and undone versions included. The
/// reporter's words are told only `with_texts`.
void ReviewHistory(Session& session, bool with_texts);

/// On stderr: decisions in force that name what the register does not have any more. Nothing when there are
/// none.
void WarnOfStaleDecisions(Session& session);

/// `review undo`: takes a decision back and tells where its incidents went.
void UndoReview(Session& session, const std::string& name);

/// `review report`: how well places are found. Quarters as written on the command line; empty: all.
void ReviewReport(Session& session, const std::string& first_quarter, const std::string& last_quarter);

}  // namespace lagesbild::tools
