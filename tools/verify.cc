#include "tools/verify.h"

#include <exception>
#include <fstream>
#include <optional>

#include "geo/errors.h"
#include "tools/verify_rules.h"

namespace lagesbild::tools {
namespace {

std::string_view Word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "FAIL";
    case Verdict::kInformation:
      return "information";
    case Verdict::kUnsupported:
      return "unsupported";
  }
  return "";
}

/// Prints the lines and counts them.
class Protocol {
 public:
  explicit Protocol(std::ostream& out) : out_(out) {
    out_ << "kind, case, file, column, max deviation, tolerance, result\n";
  }

  void Line(const Json& entry, const std::string& file, const std::string& column,
            const Judgement& judgement) {
    const std::string id = entry.at("id").get<std::string>();
    out_ << entry.value("kind", "") << ", " << id << ", " << file << ", " << column << ", "
         << judgement.deviation << ", " << judgement.tolerance << ", " << Word(judgement.verdict) << '\n';
    passed_ += judgement.verdict == Verdict::kPass;
    failed_ += judgement.verdict == Verdict::kFail;
    skipped_ += judgement.verdict == Verdict::kUnsupported;
    if (judgement.verdict == Verdict::kFail && !judgement.note.empty())
      out_ << "# " << id << ", " << file << ", " << column << ": " << judgement.note << '\n';
  }

  int Close() {
    out_ << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped\n";
    return failed_ > 0 ? 1 : 0;
  }

 private:
  std::ostream& out_;
  int passed_ = 0, failed_ = 0, skipped_ = 0;
};

bool IsKey(const Json& rule) { return rule.is_object() && rule.value("key", false); }

/// Calls `visit(file, column)` for every expected column that is no key, then `visit("scalars", name)`.
template <class Visit>
void ForEveryResult(const Json& entry, Visit visit) {
  if (entry.contains("columns"))
    for (const auto& [file, rules] : entry.at("columns").items())
      for (const auto& [column, rule] : rules.items())
        if (!IsKey(rule)) visit(file, column);
  if (entry.contains("scalars"))
    for (const auto& [name, rule] : entry.at("scalars").items()) visit(std::string("scalars"), name);
}

void JudgeAll(const std::filesystem::path& folder, const Json& entry, const CaseResults& results,
              Protocol& protocol) {
  std::map<std::string, JoinedFile> files;
  ForEveryResult(entry, [&](const std::string& file, const std::string& column) {
    if (file == "scalars") {
      const auto ours = results.scalars.find(column);
      protocol.Line(entry, file, column,
                    JudgeScalar(entry.at("scalars").at(column),
                                ours == results.scalars.end() ? nullptr : &ours->second));
      return;
    }
    auto joined = files.find(file);
    if (joined == files.end()) {
      const auto ours = results.files.find(file);
      joined = files
                   .emplace(file, JoinedFile(ReadTable(folder / file),
                                             ours == results.files.end() ? Table{} : ours->second,
                                             entry.at("columns").at(file)))
                   .first;
    }
    protocol.Line(entry, file, column, joined->second.Judge(column));
  });
}

/// The columns of the expected file that we computed, under its names, so that someone else can compare.
Table DumpTable(const Table& ours, const Json& rules) {
  Table dump;
  for (const auto& [column, rule] : rules.items()) {
    const std::string source = rule.is_object() ? rule.value("compute_as", column) : column;
    if (ours.find(source)) dump.add(column, ours.texts(source));
  }
  for (const std::string& column : ours.columns)
    if (!dump.find(column)) dump.add(column, ours.texts(column));
  return dump;
}

void Dump(const std::filesystem::path& folder, const Json& entry, const CaseResults& results) {
  std::filesystem::create_directories(folder);
  for (const auto& [file, table] : results.files)
    WriteTable(folder / file, DumpTable(table, entry.at("columns").at(file)));
  if (results.scalars.empty()) return;
  Table scalars{.columns = {"scalar", "value"}, .rows = {}};
  for (const auto& [name, value] : results.scalars) scalars.rows.push_back({name, FormatNumber(value)});
  WriteTable(folder / "scalars.csv", scalars);
}

void FailAll(const Json& entry, const std::string& why, Protocol& protocol) {
  std::string note = why;
  ForEveryResult(entry, [&](const std::string& file, const std::string& column) {
    protocol.Line(entry, file, column,
                  {.verdict = Verdict::kFail, .deviation = "", .tolerance = "", .note = note});
    note.clear();
  });
}

void RunCase(const std::filesystem::path& folder, const Json& entry, const std::filesystem::path& dump_dir,
             Protocol& protocol) {
  const CaseRunner run = RunnerOf(entry.value("kind", ""));
  if (run == nullptr) {
    ForEveryResult(entry, [&](const std::string& file, const std::string& column) {
      protocol.Line(entry, file, column, {});
    });
    return;
  }
  std::optional<CaseResults> results;
  try {
    results = run(CaseInputs(folder, entry));
  } catch (const std::exception& error) {
    FailAll(entry, error.what(), protocol);
    return;
  }
  if (!dump_dir.empty()) Dump(dump_dir / entry.at("id").get<std::string>(), entry, *results);
  try {
    JudgeAll(folder, entry, *results, protocol);
  } catch (const geo::InvalidInput& error) {
    FailAll(entry, error.what(), protocol);
  }
}

Json ReadManifest(const std::filesystem::path& cases_dir) {
  const std::filesystem::path path = cases_dir / "manifest.json";
  std::ifstream file(path);
  if (!file)
    throw geo::InvalidInput(path.string() + " cannot be read; give the folder that holds manifest.json");
  Json manifest = Json::parse(file, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("cases") || !manifest.at("cases").is_array())
    throw geo::InvalidInput(path.string() +
                            " is not a manifest: it needs a JSON object with the list \"cases\"");
  for (const Json& entry : manifest.at("cases"))
    if (!entry.is_object() || !entry.contains("id") || !entry.at("id").is_string())
      throw geo::InvalidInput(path.string() + " has a case without an id");
  return manifest;
}

}  // namespace

int RunVerify(const std::filesystem::path& cases_dir, const std::string& only_prefix,
              const std::filesystem::path& dump_dir, std::ostream& out) {
  try {
    const Json manifest = ReadManifest(cases_dir);
    std::vector<const Json*> chosen;
    for (const Json& entry : manifest.at("cases"))
      if (entry.at("id").get<std::string>().starts_with(only_prefix)) chosen.push_back(&entry);
    if (chosen.empty() && !only_prefix.empty())
      throw geo::InvalidInput("no case in " + cases_dir.string() + " has an id that begins with " +
                              only_prefix);
    Protocol protocol(out);
    for (const Json* entry : chosen)
      RunCase(cases_dir / entry->at("id").get<std::string>(), *entry, dump_dir, protocol);
    return protocol.Close();
  } catch (const geo::InvalidInput& error) {
    out << error.what() << '\n';
  } catch (const std::filesystem::filesystem_error& error) {
    out << error.what() << '\n';
  } catch (const Json::exception& error) {
    out << "the manifest in " << cases_dir.string() << " has an unexpected form: " << error.what() << '\n';
  }
  return 3;
}

}  // namespace lagesbild::tools
