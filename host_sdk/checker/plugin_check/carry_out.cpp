// One check in a process of its own: what it says comes through a pipe, what it breaks is gone with it.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

#include "checker/plugin_check/checks.hpp"
#include "dms/cpp/basics.hpp"

namespace dms::checking {
namespace {

/// In the child; never returns.
[[noreturn]] void be_the_child(const check &one, const subject &of, int to) {
  std::string trouble;
  try {
    one.body(of);
  } catch (const std::exception &reason) {
    trouble = reason.what();
    if (trouble.empty()) trouble = "it failed without a word";
  } catch (...) {
    trouble = "an exception of the plugin came through the interface";
  }
  trouble += '\n';
  [[maybe_unused]] const auto written = ::write(to, trouble.data(), trouble.size());
  ::_exit(0);
}

/// What the child wrote; ended where it takes longer.
std::string hear(pid_t child, int from, int limit_s) {
  std::string said;
  std::array<char, 4096> piece{};
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(limit_s);
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{from, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) == 0) {
      ::kill(child, SIGKILL);
      return "it takes longer than " + std::to_string(limit_s) + " seconds";
    }
    const auto count = ::read(from, piece.data(), piece.size());
    if (count <= 0) break;
    said.append(piece.data(), static_cast<std::size_t>(count));
  }
  return said;
}

}  // namespace

outcome carry_out(const check &one, const manifest &plugin, int limit_s, std::uint64_t seed) {
  auto pattern = (std::filesystem::temp_directory_path() / "dms-plugin-check-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw failure(dms_unavailable, "The temporary folder cannot be used.");
  std::array<int, 2> line{};
  if (::pipe(line.data()) != 0) throw failure(dms_unavailable, "There is no pipe to be had.");
  const auto begun = std::chrono::steady_clock::now();
  const auto child = ::fork();
  if (child < 0) throw failure(dms_unavailable, "There is no process to be had.");
  if (child == 0) {
    ::close(line[0]);
    be_the_child(one, {plugin, pattern, seed}, line[1]);
  }
  ::close(line[1]);
  auto trouble = hear(child, line[0], limit_s);
  ::close(line[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (trouble.empty()) {
    trouble = WIFSIGNALED(status) ? std::string("it crashes: ") + ::strsignal(WTERMSIG(status))
                                  : "it ends the process (" + std::to_string(WEXITSTATUS(status)) + ")";
  }
  if (trouble.ends_with('\n')) trouble.pop_back();
  std::error_code ignored;
  std::filesystem::remove_all(pattern, ignored);
  return {one.name, one.promise, trouble,
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
}

}  // namespace dms::checking
