#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/service/support.h"

extern char** environ;

namespace lagesbild::tools {

struct Ended {
  int code = -1;  ///< exit code; 128 + signal when one ended it
  std::string out, err;
};

/// The built program as another process, with its output in files of `folder`.
class Process {
 public:
  Process(const std::filesystem::path& folder, const std::vector<std::string>& arguments)
      : out_(folder / ("out" + std::to_string(++count_))), err_(folder / ("err" + std::to_string(count_))) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    std::vector<std::string> words = {LAGESBILD_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    if (::posix_spawn(&pid_, LAGESBILD_PROGRAM, &actions, nullptr, argv.data(), environ) != 0) {
      throw std::runtime_error("cannot start the program");
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Process() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal) const { ::kill(pid_, signal); }
  Ended Wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), service::ReadBytes(out_),
            service::ReadBytes(err_)};
  }
  std::string out() const { return service::ReadBytes(out_); }

 private:
  static inline int count_ = 0;
  std::filesystem::path out_, err_;
  pid_t pid_ = -1;
};

/// Waits for something that another process does. False after a minute.
template <class Condition>
bool Eventually(Condition&& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

}  // namespace lagesbild::tools
