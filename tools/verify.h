#pragma once

#include <filesystem>
#include <ostream>
#include <string>

namespace lagesbild::tools {

/// Runs the reference cases of a directory against the libraries (`lagesbild verify`).
///
/// `cases_dir/manifest.json` lists the cases; those whose id begins with `only_prefix` run. Every expected
/// column and scalar gives a line `kind, case, file, column, max deviation, tolerance, result` with the
/// result pass, FAIL, information or unsupported; notes on failures follow as lines beginning with `#`; the
/// last line is `N passed, N failed, N skipped`, unsupported ones counting as skipped. With `dump_dir` not
/// empty what was computed is written to dump_dir/<case>/<expected file>.
///
/// No expected value is read before the library has computed its own: until then a case gives access to its
/// inputs and to the key columns of its expected files only.
/// @return  0 when nothing failed, 1 when anything did, 3 (after one line) when the manifest cannot be read,
/// no
///          case fits the prefix, or the dump cannot be written.
int RunVerify(const std::filesystem::path& cases_dir, const std::string& only_prefix,
              const std::filesystem::path& dump_dir, std::ostream& out);

}  // namespace lagesbild::tools
