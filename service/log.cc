#include "service/log.h"

#include <fcntl.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "maps/errors.h"
#include "service/clock.h"

namespace lagesbild::service {
namespace {

std::shared_ptr<spdlog::logger> MakeLogger(const std::filesystem::path& file) {
  spdlog::sink_ptr sink;
  if (file.empty()) {
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  } else {
    // Made here, so that it is closed to other accounts whatever the umask.
    if (const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600); made >= 0) {
      ::close(made);
    }
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
  }
  return std::make_shared<spdlog::logger>("lagesbild", std::move(sink));
}

std::string Line(std::string_view level, std::string_view event, Log::Fields fields) {
  nlohmann::ordered_json line{{"time", SystemUtcNow()}, {"level", level}, {"event", event}};
  for (const auto& [name, value] : fields) {
    line[std::string(name)] = value;
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Log::Log(const std::filesystem::path& file, bool quiet) : logger_(MakeLogger(file)) {
  logger_->set_pattern("%v");
  logger_->set_level(quiet ? spdlog::level::err : spdlog::level::info);
  logger_->flush_on(spdlog::level::info);
}

Log::~Log() = default;

void Log::Info(std::string_view event, Fields fields) { logger_->info("{}", Line("info", event, fields)); }

void Log::Error(std::string_view event, Fields fields) { logger_->error("{}", Line("error", event, fields)); }

void Log::Call(std::string_view rpc, std::string_view status, double milliseconds,
               std::string_view audience) {
  if (!logger_->should_log(spdlog::level::info)) {
    return;
  }
  const nlohmann::ordered_json line{{"time", SystemUtcNow()}, {"level", "info"},
                                    {"event", "call"},        {"rpc", rpc},
                                    {"status", status},       {"milliseconds", milliseconds},
                                    {"audience", audience}};
  logger_->info("{}", line.dump());
}

}  // namespace lagesbild::service
