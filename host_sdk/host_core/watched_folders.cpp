#include "host_core/watched_folders.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "dms/cpp/json.hpp"
#include "host_core/claimed_file.hpp"
#include "host_core/core.hpp"
#include "host_core/json_members.hpp"
#include "host_core/kept_payloads.hpp"

namespace dms::host_core {
namespace {

using namespace std::chrono_literals;
using part = inbox_folder::part;
constexpr auto look_pause = 300ms;
constexpr auto unchanged_for = 2s;
constexpr std::chrono::milliseconds first_pause = 1s, longest_pause = 60s;
constexpr int most_failures = 5;  ///< of a fault that is not "try again": then the file is set aside

/// In the host's own folder, where nobody else can have put a link under that name.
void write_reasons(const inbox_folder &folder, const std::string &name, const std::string &reasons) {
  const auto &where = folder.in(part::quarantine);
  const auto beside = name + reason_suffix;
  ::unlinkat(where.get(), beside.c_str(), 0);  // of an earlier file of that name, which somebody took away
  const opened file(
      ::openat(where.get(), beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file || !write_all(file, reasons.data(), reasons.size())) {
    throw failure(dms_unavailable, "Why \"" + name + "\" stands in quarantine cannot be written beside it.");
  }
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

watched_folders::watched_folders(core &of, std::filesystem::path inbox, std::function<void()> besides,
                                 std::function<steady::time_point()> now)
    : core_(of), inbox_(std::move(inbox)), besides_(std::move(besides)), now_(std::move(now)) {
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
  for (const auto &hook : core_.registry().hooks()) {
    if (stopping_) return;
    const auto folder = inbox_ / hook.source;
    if (paused(folder.string())) continue;
    try {
      look_into(hook.source, folder);
      pauses_.erase(folder.string());
    } catch (const std::exception &reason) {
      const auto pause = std::chrono::duration_cast<std::chrono::seconds>(put_off(folder.string()).length);
      core_.log().error("inbox {}: {} The next try is in {} s.", hook.source, reason.what(), pause.count());
    }
  }
  try {
    if (besides_) besides_();
    drop_old();
  } catch (const std::exception &reason) {
    if (const auto more = complaints_.ask("besides")) {
      core_.log().error("inbox: {}{}", reason.what(), seldom::said(*more));
    }
  }
}

void watched_folders::look_into(const std::string &source, const std::filesystem::path &path) {
  const inbox_folder folder(path);
  if (events_ >= 0) {
    // Watching again what is watched gives the same descriptor.
    heard_[::inotify_add_watch(events_, path.c_str(), IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW)] = path;
  }
  // What comes while this looks is for the next time.
  const auto files = folder.files_in(part::itself), mails = folder.files_in(part::delivered);
  for (const auto &name : names_in(folder.in(part::work))) attend(source, folder, part::work, name);
  for (const auto &name : files) {
    if (!is_unfinished(name) && complete(folder.path_of(part::itself, name))) {
      attend(source, folder, part::itself, name);
    }
  }
  for (const auto &name : mails) {
    if (!is_unfinished(name)) attend(source, folder, part::delivered, name);
  }
  const auto gone = [](const auto &entry) { return !std::filesystem::exists(entry.first); };
  std::erase_if(sightings_, gone);
  std::erase_if(pauses_, gone);
  std::erase_if(imported_, gone);
  std::erase_if(renamed_in_, [](const auto &file) { return !std::filesystem::exists(file); });
}

void watched_folders::drop_old() {
  constexpr auto pause = 1h;
  if (dropped_ != steady::time_point{} && now_() - dropped_ < pause) return;
  dropped_ = now_();
  const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(kept_payloads_for).count();
  if (const auto count = kept_payloads(inbox_).drop_before(core_.now_us() - kept); count > 0) {
    core_.log().info("inbox: {} files were older than {} days and are removed", count, kept_payloads_for.count());
  }
}

bool watched_folders::complete(const std::filesystem::path &file) {
  if (renamed_in_.contains(file.string())) return true;
  std::error_code gone;
  const auto size = std::filesystem::file_size(file, gone);
  const auto written = std::filesystem::last_write_time(file, gone);
  if (gone) return false;
  auto &seen = sightings_[file.string()];
  const auto now = now_();
  if (seen.since == steady::time_point{} || seen.size != size || seen.written != written) {
    seen = {size, written, now};
    return false;
  }
  return now - seen.since >= unchanged_for;
}

bool watched_folders::paused(const std::string &file) const {
  const auto found = pauses_.find(file);
  return found != pauses_.end() && now_() < found->second.until;
}

void watched_folders::attend(const std::string &source, const inbox_folder &folder, part from,
                             const std::string &name) {
  auto stands_at = folder.path_of(from, name).string();
  if (stopping_ || paused(stands_at)) return;
  try {
    auto taken = from == part::work ? claimed_file::take_over(folder, name) : claimed_file::take(folder, from, name);
    if (!taken) return;
    stands_at = taken->path().string();
    if (const auto found = imported_.find(stands_at); found != imported_.end()) {
      settle(folder, *taken, std::string(found->second));
    } else {
      import(source, folder, *taken);
    }
  } catch (const std::exception &reason) {
    const auto pause = std::chrono::duration_cast<std::chrono::seconds>(put_off(stands_at).length);
    core_.log().error("inbox {}: {} The next try is in {} s.", source, reason.what(), pause.count());
  }
}

void watched_folders::import(const std::string &source, const inbox_folder &folder, claimed_file &file) {
  const auto call = core_.own_call("folder");
  call->also_stop_on(&stopping_);
  const auto result = core_.run_import(
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
      auto &pause = pauses_[folder.path_of(part::itself, file.name()).string()];
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
  core_.log().warn("inbox {}: {} waits: {}", source, file.name(), result.message);
}

void watched_folders::settle(const inbox_folder &folder, claimed_file &file, const std::string &reasons) {
  // A move that fails is tried again later; the import is not.
  const auto held = file.path().string();
  imported_.insert_or_assign(held, reasons);
  const auto name = file.move_to(reasons.empty() ? part::done : part::quarantine);
  imported_.erase(held);
  if (!reasons.empty()) write_reasons(folder, name, reasons);
}

void watched_folders::try_later(const inbox_folder &folder, claimed_file &file) {
  const auto name = folder.path_of(part::itself, file.name()).string();
  const auto kept = file.put_back() ? name : file.path().string();
  const auto pause = put_off(name);
  pauses_[kept] = pause;
}

const watched_folders::retry &watched_folders::put_off(const std::string &file) {
  auto &pause = pauses_[file];
  pause.length = std::clamp(pause.length * 2, first_pause, longest_pause);
  pause.until = now_() + pause.length;
  return pause;
}

}  // namespace dms::host_core
