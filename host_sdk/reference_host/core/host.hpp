// host.hpp - the DMS without a face: what the web server, the command line and the plugins work with.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "dms/cpp/contributions.hpp"
#include "host_core/core.hpp"
#include "reference_host/core/data/serve_lock.hpp"
#include "reference_host/core/host_core.hpp"
#include "reference_host/core/mail/mail_options.hpp"
#include "reference_host/core/master_data.hpp"
#include "reference_host/core/metrics.hpp"
#include "reference_host/core/people/vouched_people.hpp"

namespace dms::host_core {
class watched_folders;
}

namespace dms::reference {

class mail_room;
class services;
struct backup_summary;

struct host_options {
  std::filesystem::path data_directory;
  /// PostgreSQL connection string of the dealership, which any number of hosts share; "sqlite": files; nothing: as it
  /// was. Remembered by whoever serves, and where nothing was in the directory before.
  std::optional<std::string> database;
  /// Below it admins may name folders that plugins write to; empty: `outbox` in the data directory. No setting that a
  /// page could change: what is written there, as the host's account, may be read by whoever has that place.
  std::filesystem::path drop_root;
  mail_options mail;                                  ///< without a server plugins send no e-mails
  std::vector<std::filesystem::path> plugin_folders;  ///< empty: beside the executable
  std::shared_ptr<spdlog::logger> log;                ///< null: none
  /// How long a call into a plugin may take to end when it is to be disabled (dms/abi.h "Time").
  std::chrono::milliseconds longest_end{10'000};
};

/// Moves in tests and while the demo is made.
class host_clock {
 public:
  std::int64_t now_us() const;
  void set(std::optional<std::int64_t> fixed_us) { fixed_ = fixed_us.value_or(0); }

 private:
  std::atomic<std::int64_t> fixed_{0};
};

class host : public host_core::core {
 public:
  /// Opens the data directory (made when it is not there). Plugins are not started yet.
  explicit host(host_options how);
  host(const host &) = delete;
  host &operator=(const host &) = delete;
  ~host() override;

  // --- life ---
  void start_plugins();  ///< enables what is wanted
  /// Takes DIR/serve.lock; throws failure(dms_refused) when another process serves. Nothing else is changed. What is
  /// wanted of plugins and does not run counts as waiting from now on.
  void take_directory();
  /// As the serving process: takes the directory, remembers the place of the data, runs jobs, watches the inbox and
  /// follows wishes of other processes. Plugins are started beside it, and tried again where what they need is away;
  /// `started` is called, in another thread, when each was tried once.
  void start_serving(std::function<void()> started = {});
  void stop();  ///< ends jobs, watchers and plugins; also done by the destructor
  /// The data directory is served from the database that was named from now on. What is refused must not be remembered:
  /// so only with the directory taken.
  void remember_place() const;
  /// This host among those that share a database: machine and data directory; empty on SQLite, where it is alone.
  std::string instance() const;

  // --- parts ---
  master_data &data() noexcept { return *data_; }
  host_clock &clock() noexcept { return clock_; }
  mail_room &mail() noexcept { return *mail_; }
  metrics &numbers() noexcept { return numbers_; }
  const reference::database &database() const noexcept { return *database_; }
  const std::filesystem::path &drop_root() const noexcept { return how_.drop_root; }
  const std::vector<std::filesystem::path> &plugin_folders() const noexcept { return how_.plugin_folders; }
  /// The host's own contributions: its screens, menu entries and rights are registered as those of a plugin are.
  /// [main], before start_serving.
  dms::contributions &own() noexcept { return *own_; }
  /// Texts of the host's own labels; the face sets it. (locale, key) → text.
  void set_translator(std::function<std::string(std::string_view, std::string_view)> translate);
  /// A label of the registry in the reader's language.
  std::string text(std::string_view owner, std::string_view locale, std::string_view key) const;
  std::string name() const;  ///< of the dealership: "Autohaus Tauernblick"

  // --- what the core asks (host_core/core.hpp) ---
  std::int64_t now_us() const override { return clock_.now_us(); }
  spdlog::logger &log() noexcept override { return *log_; }
  std::unique_ptr<owned_call> own_call(const std::string &channel, const std::string &locale = {}) override;
  std::unique_ptr<host_core::contributor> services_for(const std::string &owner) override;
  bool offers(std::string_view service) const override;
  const std::filesystem::path &data_directory() const noexcept override { return how_.data_directory; }
  std::optional<std::string> trusted_makers() const override;
  std::chrono::milliseconds longest_end() const noexcept override { return how_.longest_end; }
  const std::atomic<bool> &stopping() const noexcept override { return stopping_; }
  bool served_elsewhere() const override;
  void note(const host_core::plugin_decision &made) noexcept override;
  void job_ran(std::string_view id, double seconds, bool failed) override;
  void taken_in(std::string_view source, const reply &came) override;

  // --- calls ---
  struct call_wish {
    std::string user{};  ///< empty: the host itself
    std::string channel = "web";
    std::string locale{};                  ///< empty: the user's, else de-AT
    std::string correlation{};             ///< empty: a new one
    std::optional<std::int64_t> now_us{};  ///< else the clock's
    std::string session{};                 ///< token of the session, where the request came with one
    std::string origin{};                  ///< "https://dms.example.at", as the browser knows us
    std::string request{};                 ///< dms_call.request: the same for each repeat of one request
  };
  std::unique_ptr<owned_call> make_call(const call_wish &wish);
  /// Whether a role of the user has the right.
  bool may(const user &who, std::string_view right) const;

  /// `parameters` and `input` are JSON objects. dms_not_found when there is no such screen, its plugin is disabled,
  /// or the user lacks its right; dms_invalid when something that stands for one record is named twice. Actions, and an
  /// admin's reads of one record, go to the audit log; the channel "refresh" shows nothing to anybody.
  reply load_screen(const owned_call &call, std::string_view screen, std::string_view parameters);
  reply act(const owned_call &call, std::string_view screen, std::string_view action, std::string_view input);
  /// Menu entries that the call's user may see, by order, with the words of label and menu in his language.
  std::vector<menu_item> menu(const owned_call &call);

  // --- changes that plugins are asked about or told of ---
  /// `hand_over_to`: who takes over what is open (handover.hpp), before anything else; empty: it stays. What is said of
  /// it is returned.
  std::string deactivate_user(const owned_call &call, const std::string &user, const std::string &hand_over_to = {});
  void activate_user(const owned_call &call, const std::string &user);
  /// The user for whom a sign-in service vouches (vouched_people.hpp), made or changed as it says; his login. Throws
  /// failure(dms_refused) with the sentence where he is not to sign in.
  std::string take_vouched(const vouched_person &who, const std::string &channel, const std::string &locale);
  std::string close_location(const owned_call &call, const std::string &location, const std::string &hand_over_to = {});
  void open_location(const owned_call &call, const std::string &location);
  /// Name, e-mail, roles and locations. Throws failure(dms_invalid / dms_not_found), and dms_refused where nobody would
  /// be administrator any more.
  void change_user(const owned_call &call, const user &to);
  /// Throws failure(dms_invalid / dms_refused), also for an id that is taken.
  void add_location(const owned_call &call, const location &item);
  /// All but the id and whether it is open.
  void change_location(const owned_call &call, const location &to);
  /// Writes to the audit log what is done already; where that fails, it stands in the log file instead.
  void record(const audit_entry &entry) noexcept;
  void merge_customers(const owned_call &call, std::int64_t from, std::int64_t into);
  /// False when it was done already.
  bool complete_contact(const owned_call &call, std::int64_t contact, std::string_view result, std::string_view note);
  /// The same for a plugin, which is not told of what it did itself.
  bool complete_contact(const dms_call &call, std::int64_t contact, std::string_view result, std::string_view note,
                        std::string_view by_plugin);
  /// A car was sold. Throws failure(dms_invalid) for an unknown customer, salesperson or location, or a day that is
  /// none or is still to come. Returns it with its number.
  deal enter_deal(const owned_call &call, const deal &item);
  /// It fell through. Throws failure(dms_not_found), and dms_refused where that is known already.
  void cancel_deal(const owned_call &call, std::int64_t id);
  /// The directory's generation: cheap, and right for changes by other processes within a quarter of a second.
  std::int64_t directory_generation() const noexcept { return directory_generation_; }
  void directory_changed();

  /// Whether a plugin brought this source once; it may be disabled now.
  bool knows_source(std::string_view source) const;

  // --- state ---
  struct health_report {
    bool ok = true;
    std::vector<plugin_status> plugins;
  };
  health_report health();
  /// One consistent file while serving (backup.hpp); `to` must not exist.
  backup_summary backup(const std::filesystem::path &to);

 private:
  class directory_turn;
  void ask_after(const std::string &handed_over, const owned_call &call, std::string_view event,
                 const std::string &data);
  void watch_wishes();
  void tend_plugins(const std::function<void()> &started);
  void remember_sources();
  void not_done(audit_entry line) noexcept;
  std::string menu_word(const menu_item &item, const std::string &locale) const;
  reply nothing_there(const owned_call &call, std::string_view screen) const;

  host_options how_;
  std::shared_ptr<spdlog::logger> log_;
  host_clock clock_;
  metrics numbers_;
  serve_lock serve_lock_;
  std::unique_ptr<reference::database> database_;
  std::unique_ptr<master_data> data_;
  std::unique_ptr<mail_room> mail_;
  std::function<std::string(std::string_view, std::string_view)> translate_;
  std::unique_ptr<services> own_services_;
  std::unique_ptr<dms::contributions> own_;
  std::unique_ptr<host_core::watched_folders> folders_;
  /// From the question to the write: of two admins who deactivate each other, the second hears of the first.
  /// Recursive, because a handler may itself deactivate or close something.
  std::recursive_mutex directory_mutex_;
  int directory_depth_ = 0;
  std::atomic<std::int64_t> directory_generation_{0};
  std::set<std::string, std::less<>> remembered_sources_;  ///< of the thread that watches wishes
  std::atomic<bool> stopping_{false};
  std::thread wishes_, tending_;
};

}  // namespace dms::reference
