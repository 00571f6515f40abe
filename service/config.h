#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "service/limits.h"

namespace lagesbild::service {

/// How one server runs. `lagesbild serve` fills it from its options and, before them, a TOML file.
struct Config {
  std::filesystem::path store;       ///< SQLite file; made when it is not there
  std::filesystem::path data_dir;    ///< pictures and, while they last, uploads; empty: "<store>-files"
  std::filesystem::path token_file;  ///< made with one internal token when it is not there
  std::string process_token;  ///< in place of a token file: one for the internal audience, never written down
  std::string listen;         ///< "unix:/path" or "127.0.0.1:50051"; empty: in this process only
  std::filesystem::path log_file;                             ///< empty: standard error
  bool quiet = false;                                         ///< log errors only
  std::chrono::milliseconds drain_wait = limits::kDrainWait;  ///< from NOT_SERVING to the end of new calls
  std::chrono::milliseconds drain_deadline = limits::kDrainDeadline;  ///< for open calls
};

/// Reads keys `store`, `data_dir`, `token_file`, `listen` and `log_file`, all optional text. Paths are
/// relative to the working directory. Throws InvalidRequest naming every wrong key with its line;
/// maps::IoError.
Config ReadConfig(const std::filesystem::path& file);

/// The address in the form that gRPC takes. Plain text may travel on a Unix socket or the loopback interface
/// only. Throws InvalidRequest for anything else, a path over 107 bytes, or a port that is no number.
std::string CheckListenAddress(const std::string& listen);

}  // namespace lagesbild::service
