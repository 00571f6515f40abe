#pragma once

#include "lagesbild/v1/incident_service.pb.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// Prints both equations, for incidents and persons, and the accepted ones per age group.
void PrintReconciliation(Session& session, const v1::Import& import);

/// Adds an import's counts to `sum`.
void AddImport(const v1::Import& import, v1::Import& sum);

/// What was wrong with a row. The service's sentences are Swedish; in English the reason in short, or its
/// code.
std::string RejectionText(const v1::RejectedRow& row, bool swedish);

}  // namespace lagesbild::tools
