#include "reference_host/core/host.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "host_core/plugin_signature.hpp"
#include "host_core/seldom.hpp"
#include "host_core/watched_folders.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/data/scratch_folder.hpp"
#include "reference_host/core/intake/inbox_strays.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/plugins/plugin_wish_rows.hpp"
#include "reference_host/core/plugins/services.hpp"

namespace dms::reference {
namespace {

constexpr std::chrono::milliseconds wish_pause{250};
constexpr auto own_name = "host";

/// Beside the executable: the build tree, an installed tree, a folder that was unpacked.
std::vector<std::filesystem::path> usual_plugin_folders() {
  std::error_code none;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
  return {here / "plugins", here / "../plugins", here / "../lib/dms/plugins"};
}

/// Commands say what failed themselves, once.
std::shared_ptr<spdlog::logger> quiet_log() {
  auto log = std::make_shared<spdlog::logger>("dms_host", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  log->set_level(spdlog::level::off);
  return log;
}

host_options checked(host_options how) {
  if (how.data_directory.empty()) throw failure(dms_invalid, "Name the data directory: --data DIR, or set DMS_DATA.");
  std::error_code reason;
  const bool made = std::filesystem::create_directories(how.data_directory, reason);
  if (reason) {
    throw failure(dms_unavailable, "The data directory \"" + how.data_directory.string() +
                                       "\" cannot be made: check its name and its rights.");
  }
  // Personal data: for the account that runs the host alone. What an admin opened to a feed stays open.
  if (made) std::filesystem::permissions(how.data_directory, std::filesystem::perms::owner_all);
  how.data_directory = std::filesystem::canonical(how.data_directory);
  if (how.drop_root.empty()) how.drop_root = how.data_directory / "outbox";
  if (how.plugin_folders.empty()) how.plugin_folders = usual_plugin_folders();
  if (!how.log) how.log = quiet_log();
  return how;
}

}  // namespace

std::int64_t host_clock::now_us() const {
  if (const auto fixed = fixed_.load(); fixed != 0) return fixed;
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

host::host(host_options how)
    : how_(checked(std::move(how))), log_(how_.log), serve_lock_(how_.data_directory / "serve.lock") {
  database_ = std::make_unique<reference::database>(place_of_data(how_.data_directory, how_.database));
  migrate(*database_);
  data_ = std::make_unique<master_data>(*database_);
  mail_ = std::make_unique<mail_room>(*this);
  mail_->set(how_.mail);
  // Nothing was here before that could be meant.
  if (remembered_database(how_.data_directory).empty()) remember_place();
  if (data_->settings.get(own_name, "database")) {
    // Of a version that kept only the plugins' data there.
    place_of_data(how_.data_directory, "postgresql://");
  }
  directory_changed();
  own_services_ = std::make_unique<services>(*this, own_name);
  set_up(how_.plugin_folders, std::make_unique<plugin_wish_rows>(*database_, instance()));
  own_ = std::make_unique<dms::contributions>(dms::host(own_services_->raw()));
  registry().open(own_name);
}

host::~host() {
  stop();
  own_->drop();
  tear_down();
}

void host::remember_place() const {
  if (database_->kind() == engine::postgresql) remember_database(how_.data_directory, database_->place());
}

std::string host::instance() const {
  if (database_->kind() == engine::sqlite) return {};
  std::array<char, 256> machine{};
  ::gethostname(machine.data(), machine.size() - 1);
  return std::string(machine.data()) + ':' + how_.data_directory.string();
}

void host::start_plugins() {
  plugins().start_wanted();
}

void host::take_directory() {
  serve_lock_.take();
  plugins().expect_wanted();
}

void host::start_serving(std::function<void()> started) {
  take_directory();
  remember_place();
  stopping_ = false;
  forget_abandoned(how_.data_directory);
  tending_ = std::thread([this, started = std::move(started)] { tend_plugins(started); });
  jobs().start();
  const auto inbox = how_.data_directory / "inbox";
  folders_ = std::make_unique<watched_folders>(
      *this, inbox, [strays = std::make_shared<inbox_strays>(*this, inbox)] { strays->look(); });
  folders_->start();
  mail_->start();
  wishes_ = std::thread([this] { watch_wishes(); });
}

void host::stop() {
  stopping_ = true;
  if (wishes_.joinable()) wishes_.join();
  if (tending_.joinable()) tending_.join();
  folders_.reset();
  mail_->stop();
  jobs().stop();
  plugins().stop_all();
  serve_lock_.release();
}

std::unique_ptr<owned_call> host::own_call(const std::string &channel, const std::string &locale) {
  return make_call({.channel = channel, .locale = locale});
}

std::unique_ptr<host_core::contributor> host::services_for(const std::string &owner) {
  return std::make_unique<services>(*this, owner);
}

bool host::offers(std::string_view service) const {
  const auto *ours = own_services_->raw();
  return ours->get_service(ours, str(service)) != nullptr;
}

std::optional<std::string> host::trusted_makers() const {
  return data_->settings.get(own_name, host_core::trusted_makers);
}

void host::note(const host_core::plugin_decision &made) noexcept {
  record({0, now_us(), made.actor, made.channel, made.action, "plugin " + made.plugin, made.detail});
}

void host::job_ran(std::string_view id, double seconds, bool failed) {
  const metric_labels which{{"job", std::string(id)}};
  numbers_.observe(job_seconds, which, seconds);
  numbers_.count(job_failures, which, failed ? 1 : 0);
}

bool host::served_elsewhere() const {
  return serve_lock_.held_elsewhere();
}

void host::watch_wishes() {
  seldom complaints;
  while (!stopping_) {
    try {
      directory_changed();
      plugins().follow_wishes();
      remember_sources();
    } catch (const std::exception &reason) {
      if (const auto more = complaints.ask("wishes")) {
        log_->error("following the wishes of other processes: {}{}", reason.what(), seldom::said(*more));
      }
    }
    std::this_thread::sleep_for(wish_pause);
  }
}

void host::tend_plugins(const std::function<void()> &started) {
  seldom complaints;
  bool first = true;
  while (!stopping_) {
    try {
      if (std::exchange(first, false)) {
        plugins().start_wanted();
        if (started) started();
      }
      plugins().tend();
    } catch (const std::exception &reason) {
      if (const auto more = complaints.ask("plugins")) {
        log_->error("starting plugins: {}{}", reason.what(), seldom::said(*more));
      }
    }
    std::this_thread::sleep_for(wish_pause);
  }
}

/// For the time when their plugin is disabled: then they are not unknown.
void host::remember_sources() {
  for (const auto &hook : registry().hooks()) {
    if (remembered_sources_.contains(hook.source)) continue;
    if (!data_->settings.get("sources", hook.source)) data_->settings.set("sources", hook.source, hook.owner);
    remembered_sources_.insert(hook.source);
  }
}

bool host::knows_source(std::string_view source) const {
  return data_->settings.get("sources", source).has_value() ||
         std::ranges::any_of(registry().hooks(), [&](const hook_item &hook) { return hook.source == source; });
}

void host::directory_changed() {
  directory_generation_ = reference::directory_generation(*database_);
}

void host::set_translator(std::function<std::string(std::string_view, std::string_view)> translate) {
  translate_ = std::move(translate);
}

std::string host::text(std::string_view owner, std::string_view locale, std::string_view key) const {
  if (owner != own_name) return plugins().text(owner, locale, key);
  return translate_ ? translate_(locale, key) : std::string(key);
}

std::string host::name() const {
  return data_->settings.get(own_name, "name").value_or("Reference DMS");
}

host::health_report host::health() {
  health_report report;
  report.plugins = plugins().list();
  report.ok = plugins().waiting().empty() && std::ranges::none_of(report.plugins, [](const auto &plugin) {
                return plugin.state == plugin_state::stuck;
              });
  try {
    reference::directory_generation(*database_);
    const auto call = make_call({.channel = "http"});
    for (const auto &plugin : report.plugins) plugins().health(plugin.id, call->raw());
  } catch (const std::exception &reason) {
    log_->error("health: {}", reason.what());
    report.ok = false;
  }
  return report;
}

}  // namespace dms::reference
