#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace spdlog {
class logger;
}

namespace lagesbild::service {

/// JSON lines, one per event, to standard error or a file. Callers put no personal data, no query text and no
/// request contents into it. Thread safe.
class Log {
 public:
  /// `file` empty: standard error. `quiet`: only errors. Throws maps::IoError when the file cannot be opened.
  explicit Log(const std::filesystem::path& file = {}, bool quiet = false);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  void Info(std::string_view event, Fields fields = {});
  void Error(std::string_view event, Fields fields = {});
  /// One line per finished call.
  void Call(std::string_view rpc, std::string_view status, double milliseconds, std::string_view audience);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace lagesbild::service
