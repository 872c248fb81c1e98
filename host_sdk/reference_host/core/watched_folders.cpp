#include "reference_host/core/watched_folders.hpp"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "dms/cpp/json.hpp"
#include "reference_host/core/claimed_file.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/kept_payloads.hpp"

namespace dms::reference {
namespace {

using namespace std::chrono_literals;
constexpr auto look_pause = 300ms;
constexpr auto unchanged_for = 2s;
constexpr std::chrono::milliseconds first_pause = 1s, longest_pause = 60s;
constexpr int most_failures = 5;  ///< of a fault that is not "try again": then the file is set aside

/// Links, folders and devices are no payloads.
std::vector<std::filesystem::path> files_in(const std::filesystem::path &folder) {
  std::vector<std::filesystem::path> files;
  for (const auto &item : std::filesystem::directory_iterator(folder)) {
    const bool plain = item.symlink_status().type() == std::filesystem::file_type::regular;
    if (plain && !is_unfinished(item.path().filename().string())) files.push_back(item.path());
  }
  std::ranges::sort(files);
  return files;
}

/// What was delivered into the maildir that the folder may be.
std::vector<std::filesystem::path> delivered_to(const std::filesystem::path &folder) {
  const auto kind = std::filesystem::symlink_status(folder / "new").type();
  if (kind != std::filesystem::file_type::directory) return {};
  return files_in(folder / "new");
}

/// Why something of the payload was quarantined, a line each; empty when nothing was.
std::string reasons_of(const std::string &report) {
  const auto parsed = read_json(report, {.bytes = report.size()}).value_or(nlohmann::json());
  if (!parsed.is_object()) return "The import report cannot be read.\n";
  std::string lines;
  if (const auto whole = text_of(parsed, "reason"); !whole.empty()) lines += whole + '\n';
  if (parsed.value("quarantined", std::int64_t{0}) == 0) return lines;
  for (const auto &item : parsed.value("items", nlohmann::json::array())) {
    if (text_of(item, "outcome") != "quarantined") continue;
    // A payload that is quarantined whole is its own item, without an id: its reason is said once.
    const auto id = text_of(item, "external_id"), reason = text_of(item, "reason");
    const auto line = (id.empty() ? "" : id + ": ") + reason + '\n';
    if (('\n' + lines).find('\n' + line) == std::string::npos) lines += line;
  }
  return lines.empty() ? "Something in it was quarantined; the import log has the reason.\n" : lines;
}

}  // namespace

bool is_unfinished(const std::string &name) {
  return name.empty() || name.front() == '.' || name.ends_with(".part") || name.ends_with(".tmp");
}

watched_folders::watched_folders(host &of, std::filesystem::path inbox)
    : host_(of), inbox_(std::move(inbox)), strays_(of, inbox_) {
  events_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);  // without it files are taken after 2 s all the same
}

watched_folders::~watched_folders() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (events_ >= 0) ::close(events_);
}

void watched_folders::start() {
  thread_ = std::thread([this] { watch(); });
}

void watched_folders::watch() {
  while (!stopping_) {
    look();
    pollfd wait{events_, POLLIN, 0};
    ::poll(&wait, events_ >= 0 ? 1 : 0, static_cast<int>(look_pause.count()));
  }
}

void watched_folders::hear() {
  alignas(inotify_event) std::array<char, 16384> buffer;
  for (;;) {
    const auto count = events_ < 0 ? -1 : ::read(events_, buffer.data(), buffer.size());
    if (count <= 0) return;
    for (std::ptrdiff_t at = 0; at < count;) {
      const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
      if ((event->mask & IN_MOVED_TO) != 0 && event->len > 0) {
        renamed_in_.insert((heard_[event->wd] / event->name).string());
      }
      at += static_cast<std::ptrdiff_t>(sizeof(inotify_event) + event->len);
    }
  }
}

void watched_folders::look() {
  hear();
  for (const auto &hook : host_.registry().hooks()) {
    if (stopping_) return;
    const auto folder = inbox_ / hook.source;
    if (paused(folder.string())) continue;
    try {
      look_into(hook.source, folder);
      pauses_.erase(folder.string());
    } catch (const std::exception &reason) {
      const auto pause = std::chrono::duration_cast<std::chrono::seconds>(put_off(folder.string()).length);
      host_.log().error("inbox {}: {} The next try is in {} s.", hook.source, reason.what(), pause.count());
    }
  }
  try {
    strays_.look();
    drop_old();
  } catch (const std::exception &reason) {
    if (const auto more = complaints_.ask("strays")) {
      host_.log().error("inbox: {}{}", reason.what(), seldom::said(*more));
    }
  }
}

void watched_folders::look_into(const std::string &source, const std::filesystem::path &folder) {
  for (const char *inner : {".work", "done", "quarantine"}) std::filesystem::create_directories(folder / inner);
  if (events_ >= 0) {
    // Watching again what is watched gives the same descriptor.
    heard_[::inotify_add_watch(events_, folder.c_str(), IN_MOVED_TO | IN_ONLYDIR)] = folder;
  }
  const auto files = files_in(folder), mails = delivered_to(folder);
  std::vector<std::filesystem::path> left_behind;
  for (const auto &item : std::filesystem::directory_iterator(folder / ".work")) left_behind.push_back(item.path());
  for (const auto &file : left_behind) {
    if (stopping_ || paused(file.string())) continue;
    attend(source, folder, file, true);
  }
  for (const auto &file : files) {
    if (stopping_ || paused(file.string()) || !complete(file)) continue;
    attend(source, folder, file, false);
  }
  for (const auto &mail : mails) {
    if (!stopping_ && !paused(mail.string())) attend(source, folder, mail, false);
  }
  const auto gone = [](const auto &entry) { return !std::filesystem::exists(entry.first); };
  std::erase_if(sightings_, gone);
  std::erase_if(pauses_, gone);
  std::erase_if(imported_, gone);
  std::erase_if(renamed_in_, [](const auto &file) { return !std::filesystem::exists(file); });
}

void watched_folders::drop_old() {
  constexpr auto pause = 1h;
  if (dropped_ != steady::time_point{} && steady::now() - dropped_ < pause) return;
  dropped_ = steady::now();
  const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(kept_payloads_for).count();
  if (const auto count = kept_payloads(inbox_).drop_before(host_.clock().now_us() - kept); count > 0) {
    host_.log().info("inbox: {} files were older than {} days and are removed", count, kept_payloads_for.count());
  }
}

bool watched_folders::complete(const std::filesystem::path &file) {
  if (renamed_in_.contains(file.string())) return true;
  std::error_code gone;
  const auto size = std::filesystem::file_size(file, gone);
  const auto written = std::filesystem::last_write_time(file, gone);
  if (gone) return false;
  auto &seen = sightings_[file.string()];
  const auto now = steady::now();
  if (seen.since == steady::time_point{} || seen.size != size || seen.written != written) {
    seen = {size, written, now};
    return false;
  }
  return now - seen.since >= unchanged_for;
}

bool watched_folders::paused(const std::string &file) const {
  const auto found = pauses_.find(file);
  return found != pauses_.end() && steady::now() < found->second.until;
}

void watched_folders::attend(const std::string &source, const std::filesystem::path &folder,
                             const std::filesystem::path &file, bool left_behind) {
  auto stands_at = file.string();
  try {
    auto taken = left_behind ? claimed_file::take_over(file) : claimed_file::take(folder, file);
    if (!taken) return;
    stands_at = taken->path().string();
    if (const auto found = imported_.find(stands_at); found != imported_.end()) {
      settle(folder, *taken, std::string(found->second));
    } else {
      import(source, folder, *taken);
    }
  } catch (const std::exception &reason) {
    const auto pause = std::chrono::duration_cast<std::chrono::seconds>(put_off(stands_at).length);
    host_.log().error("inbox {}: {} The next try is in {} s.", source, reason.what(), pause.count());
  }
}

void watched_folders::import(const std::string &source, const std::filesystem::path &folder, claimed_file &file) {
  const auto call = host_.make_call({.channel = "folder"});
  call->also_stop_on(&stopping_);
  const auto result = host_.run_import(
      *call, source, [&](char *buffer, std::uint64_t capacity) { return file.read(buffer, capacity); }, file.name());
  switch (result.status) {
    case dms_ok:
      settle(folder, file, reasons_of(result.document));
      return;
    case dms_unavailable:
    case dms_cancelled:
    case dms_not_found:  // the plugin is being disabled: the file waits for it
      try_later(folder, file);
      break;
    case dms_failed: {
      auto &pause = pauses_[(folder / file.name()).string()];
      if (++pause.failures >= most_failures) {
        settle(folder, file, result.message + '\n');
        return;
      }
      try_later(folder, file);
      break;
    }
    default:
      settle(folder, file, result.message + '\n');
      return;
  }
  host_.log().warn("inbox {}: {} waits: {}", source, file.name(), result.message);
}

void watched_folders::settle(const std::filesystem::path &folder, claimed_file &file, const std::string &reasons) {
  // A move that fails is tried again later; the import is not.
  const auto held = file.path().string();
  imported_.insert_or_assign(held, reasons);
  const auto at = file.move_to(folder / (reasons.empty() ? "done" : "quarantine"));
  imported_.erase(held);
  if (reasons.empty()) return;
  std::ofstream(at.string() + ".reason.txt") << reasons;
}

void watched_folders::try_later(const std::filesystem::path &folder, claimed_file &file) {
  const auto name = (folder / file.name()).string();
  const auto kept = file.put_back(folder) ? name : file.path().string();
  const auto pause = put_off(name);
  pauses_[kept] = pause;
}

const watched_folders::retry &watched_folders::put_off(const std::string &file) {
  auto &pause = pauses_[file];
  pause.length = std::clamp(pause.length * 2, first_pause, longest_pause);
  pause.until = steady::now() + pause.length;
  return pause;
}

}  // namespace dms::reference
