// watched_folders.hpp - DIR/inbox/{source}/: files become leads, then stand in done/ or quarantine/.
//
// A file is taken when it is complete (renamed in, or unchanged for 2 s), by renaming it into the hidden folder .work/
// and locking it there: of two processes one takes it. After a crash the lock is gone, and the next process goes on
// with what lies in .work/. Nothing is ever overwritten;
// what stands in done/ or quarantine/ goes after 90 days, or with the person in it (kept_payloads.hpp).
//
// The folder may be a maildir: what stands in new/ was delivered whole and is taken at once, tmp/ never; cur/ is left
// to whoever reads mail there.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "host_core/inbox_folder.hpp"
#include "host_core/seldom.hpp"

namespace dms::host_core {

class core;
class claimed_file;

/// Hidden, or named as what is still being written.
bool is_unfinished(const std::string &name);

class watched_folders {
 public:
  using steady = std::chrono::steady_clock;
  /// `now`: how long a file rests and when one is tried again is measured with this clock.
  /// `besides` is called after each look at the folders: what else the system wants of its inbox; may be
  /// empty.
  watched_folders(core &of, std::filesystem::path inbox, std::function<void()> besides,
                  std::function<steady::time_point()> now = steady::now);
  watched_folders(const watched_folders &) = delete;
  watched_folders &operator=(const watched_folders &) = delete;
  ~watched_folders();
  void start();
  /// One look at every folder: what is complete now is imported. Also what the thread does.
  void look();

 private:
  struct sighting {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type written;
    steady::time_point since;
  };
  struct retry {
    steady::time_point until;
    std::chrono::milliseconds length{0};
    int failures = 0;
  };
  void watch();
  void hear();
  void look_into(const std::string &source, const std::filesystem::path &path);
  bool complete(const std::filesystem::path &file);
  bool paused(const std::string &file) const;
  /// One file; whatever goes wrong with it is its own pause, never that of the others.
  void attend(const std::string &source, const inbox_folder &folder, inbox_folder::part from, const std::string &name);
  const retry &put_off(const std::string &file);
  void import(const std::string &source, const inbox_folder &folder, claimed_file &file);
  void settle(const inbox_folder &folder, claimed_file &file, const std::string &reasons);
  /// Once an hour.
  void drop_old();
  void try_later(const inbox_folder &folder, claimed_file &file);

  core &core_;
  std::filesystem::path inbox_;
  std::function<void()> besides_;
  std::function<steady::time_point()> now_;
  int events_ = -1;
  std::map<int, std::filesystem::path> heard_;  ///< by watch descriptor
  std::set<std::string> renamed_in_;
  std::map<std::string, sighting> sightings_;
  std::map<std::string, retry> pauses_;          ///< of a file, or of a whole folder
  std::map<std::string, std::string> imported_;  ///< in .work/, still to be moved: the reasons that go with it
  seldom complaints_;
  steady::time_point dropped_{};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace dms::host_core
