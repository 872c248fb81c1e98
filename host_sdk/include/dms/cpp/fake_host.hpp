// fake_host.hpp - a whole host in memory, for tests of a plugin without a dealership: every service of the interface,
// what the plugin registered, and the calls of a host. Needs nlohmann/json.
//
//   dms::testing::fake_host host(folder);
//   auto shown = host.load({.user = "admin"}, "my.screen");
//
// Its tables of functions are members: a test puts another function in, or names a service in `without`. Services may
// be called from several threads at once, as the interface says; who reads a member while the plugin works holds
// `locked()`.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host.hpp"
#include "json.hpp"

namespace dms::testing {

/// Who asks. Rights: everything for the host itself and for "admin", else those that a default role of the user has.
struct asker {
  std::string user{}, locale = "en", channel = "web", request{}, name{}, correlation = "1";
  bool cancelled = false;
};

class fake_host {
 public:
  /// `folder` becomes the plugin's own; it is made.
  explicit fake_host(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    raw = dms_host{sizeof(dms_host),
                   DMS_ABI_MAJOR,
                   DMS_ABI_MINOR,
                   0,
                   this,
                   str("Fake"),
                   str("1.0"),
                   [](const dms_host *from, dms_str id) { return of(from->context).find(std::string(view(id))); }};
    fill_simple();
    fill_records();
    fill_registries();
  }
  fake_host(const fake_host &) = delete;
  fake_host &operator=(const fake_host &) = delete;
  static fake_host &of(void *context) { return *static_cast<fake_host *>(context); }

  // --- what the plugin sees ---
  dms_host raw{};
  std::set<std::string> without;  ///< services that this host does not have
  dms_log log{};
  dms_settings settings{};
  dms_secrets secrets{};
  dms_storage storage{};
  dms_directory directory{};
  dms_customers customers{};
  dms_customer_changes changes{};
  dms_contacts contacts{};
  dms_contact_completion completion{};
  dms_sales sales{};
  dms_absences absences{};
  dms_mail mail{};
  dms_notifications notifications{};
  dms_audit audit{};
  dms_erasure erasure{};
  dms_menu menu{};
  dms_rights rights{};
  dms_screens screens{};
  dms_imports imports{};
  dms_jobs jobs{};
  dms_events events{};
  dms_references references{};

  // --- what it keeps ---
  struct right_kept {
    std::string id, label, roles;
  };
  struct menu_kept {
    std::string path, label, right, screen;
  };
  std::atomic<std::int64_t> generation{1};
  std::int64_t now_us =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  nlohmann::json users = nlohmann::json::parse(
      R"([{"id":"admin","name":"Ada Wimmer","email":"a@example.org","active":true,"roles":["admin"],"locations":["wien"]},
          {"id":"verkauf1","name":"Lukas Steiner","email":"l@example.org","active":true,"roles":["sales"],"locations":["wien"]}])");
  nlohmann::json locations = nlohmann::json::parse(
      R"([{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",
           "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])");
  std::map<std::string, std::string> values;                      ///< settings and secrets
  std::map<std::string, nlohmann::json> known_customers, listed;  ///< by id; contacts by id
  std::map<std::string, std::string> made, answered;              ///< ids and answers by idempotency key
  std::map<std::string, nlohmann::json> bell;                     ///< notifications by key
  nlohmann::json deals = nlohmann::json::array(), absent = nlohmann::json::array();  ///< in their order
  std::map<std::string, nlohmann::json> mails;                                       ///< what was sent, by id
  nlohmann::json mail_news = nlohmann::json::array();                                ///< in the order of their changes
  std::vector<std::string> lines, audited;
  std::map<dms_handle, menu_kept> menus;
  std::map<dms_handle, right_kept> granted;
  std::map<dms_handle, const dms_screen *> shown;
  std::map<dms_handle, const dms_import_hook *> hooks;
  std::map<dms_handle, const dms_job *> work;
  std::map<dms_handle, const dms_event_handler *> handlers;
  std::map<dms_handle, const dms_reference_guard *> guards;
  std::vector<std::string> woken;

  // --- a host's calls ---
  /// One call; borrowed by what is called, for as long as this lives.
  class calling {
   public:
    calling(const fake_host &host, asker who) : host_(host), who_(std::move(who)) {
      raw_ = dms_call{
          sizeof(dms_call),
          this,
          str(who_.user),
          str(who_.name),
          str(who_.locale),
          str(who_.correlation),
          str(who_.channel),
          str(who_.request),
          host.now_us,
          [](void *context, dms_str right) -> std::int32_t {
            const auto &self = *static_cast<calling *>(context);
            return self.host_.may(self.who_.user, view(right)) ? 1 : 0;
          },
          [](void *context) -> std::int32_t { return static_cast<calling *>(context)->who_.cancelled ? 1 : 0; }};
    }
    calling(const calling &) = delete;
    calling &operator=(const calling &) = delete;
    dms_call *raw() noexcept { return &raw_; }
    asker &who() noexcept { return who_; }

   private:
    const fake_host &host_;
    asker who_;
    dms_call raw_{};
  };
  struct answer {
    dms_status status = dms_ok;
    std::string document, sentence;
  };

  bool may(std::string_view user, std::string_view right) const {
    if (user.empty() || user == "admin") return true;
    for (const auto &each : users) {
      if (each["id"] != user) continue;
      for (const auto &[handle, kept] : granted) {
        for (const auto &role : each["roles"]) {
          if (kept.id == right &&
              (' ' + kept.roles + ' ').find(' ' + role.get<std::string>() + ' ') != std::string::npos) {
            return true;
          }
        }
      }
    }
    return false;
  }
  /// dms_not_found where there is no such screen, or not for this user.
  answer load(asker who, std::string_view screen, std::string_view parameters = "{}") {
    const auto *found = screen_of(who.user, screen);
    if (found == nullptr) return {dms_not_found, {}, "There is no such screen."};
    calling call(*this, named(std::move(who)));
    return written_by([&](const dms_sink *sink, dms_error *error) {
      return found->load(found->context, call.raw(), str(parameters), sink, error);
    });
  }
  answer act(asker who, std::string_view screen, std::string_view action, std::string_view input = "{}") {
    const auto *found = screen_of(who.user, screen);
    if (found == nullptr) return {dms_not_found, {}, "There is no such screen."};
    calling call(*this, named(std::move(who)));
    return written_by([&](const dms_sink *sink, dms_error *error) {
      return found->act(found->context, call.raw(), str(action), str(input), sink, error);
    });
  }
  answer take_in(std::string_view source, std::string_view payload, std::string_view name = {}) {
    for (const auto &entry : hooks) {
      const auto *hook = entry.second;
      if (view(hook->source) != source) continue;
      calling call(*this, {.channel = "folder"});
      const string_stream stream(payload);
      return written_by([&](const dms_sink *sink, dms_error *error) {
        return hook->run(hook->context, call.raw(), stream.get(), str(name), nullptr, sink, error);
      });
    }
    return {dms_not_found, {}, "There is no such source."};
  }
  answer run_job(std::string_view id, bool cancelled = false) {
    for (const auto &entry : work) {
      const auto *job = entry.second;
      if (view(job->id) != id) continue;
      calling call(*this, {.channel = "job", .cancelled = cancelled});
      return written_by(
          [&](const dms_sink *sink, dms_error *error) { return job->run(job->context, call.raw(), sink, error); });
    }
    return {dms_not_found, {}, "There is no such job."};
  }
  /// The first refusal of whoever handles the event, else dms_ok.
  answer tell(asker who, std::string_view event, const nlohmann::json &data) {
    calling call(*this, named(std::move(who)));
    for (const auto &[handle, handler] : handlers) {
      if (view(handler->event) != event) continue;
      auto error = no_error();
      const auto text = to_text(data);
      const auto status = handler->handle(handler->context, call.raw(), str(text), &error);
      if (status != dms_ok) return {status, {}, error.message};
    }
    return {};
  }
  template <typename Function>
  static answer written_by(Function &&function) {
    string_sink sink(DMS_MAX_DOCUMENT);
    auto error = no_error();
    const auto status = function(sink.get(), &error);
    return {status, sink.take(), error.message};
  }
  /// Holds what is kept: every service does while it looks at it, and never while it calls the plugin.
  std::unique_lock<std::mutex> locked() const { return std::unique_lock(turn_); }
  std::size_t registrations() const {
    return menus.size() + granted.size() + shown.size() + hooks.size() + work.size() + handlers.size() + guards.size();
  }
  static dms_status put(const dms_sink *sink, std::string_view text) { return sink->write(sink->context, str(text)); }
  static dms_status put_json(const dms_sink *sink, const nlohmann::json &value) {
    return put(sink, std::string_view(to_text(value)));
  }
  static dms_status missing(dms_error *error) {
    return fail(error, dms_not_found, "There is no such thing in this host.");
  }

  const void *find(const std::string &id) const {
    const std::pair<const char *, const void *> offered[] = {{DMS_LOG_ID, &log},
                                                             {DMS_SETTINGS_ID, &settings},
                                                             {DMS_SECRETS_ID, &secrets},
                                                             {DMS_STORAGE_ID, &storage},
                                                             {DMS_DIRECTORY_ID, &directory},
                                                             {DMS_CUSTOMERS_ID, &customers},
                                                             {DMS_CUSTOMER_CHANGES_ID, &changes},
                                                             {DMS_CONTACTS_ID, &contacts},
                                                             {DMS_CONTACT_COMPLETION_ID, &completion},
                                                             {DMS_SALES_ID, &sales},
                                                             {DMS_ABSENCES_ID, &absences},
                                                             {DMS_MAIL_ID, &mail},
                                                             {DMS_NOTIFICATIONS_ID, &notifications},
                                                             {DMS_AUDIT_ID, &audit},
                                                             {DMS_ERASURE_ID, &erasure},
                                                             {DMS_MENU_ID, &menu},
                                                             {DMS_RIGHTS_ID, &rights},
                                                             {DMS_SCREENS_ID, &screens},
                                                             {DMS_IMPORTS_ID, &imports},
                                                             {DMS_JOBS_ID, &jobs},
                                                             {DMS_EVENTS_ID, &events},
                                                             {DMS_REFERENCES_ID, &references}};
    for (const auto &[name, table] : offered) {
      if (id == name && !without.contains(id)) return table;
    }
    return nullptr;
  }

 private:
  asker named(asker who) const {
    for (const auto &each : users) {
      if (who.name.empty() && each["id"] == who.user) who.name = each["name"];
    }
    return who;
  }
  const dms_screen *screen_of(std::string_view user, std::string_view id) const {
    for (const auto &[handle, screen] : shown) {
      if (view(screen->id) == id && (screen->right.len == 0 || may(user, view(screen->right)))) return screen;
    }
    return nullptr;
  }
  static nlohmann::json read(dms_str text) { return json_or_null(view(text)); }

  // The services, see fake_services.hpp.
  void fill_simple();
  void fill_records();
  void fill_news();
  /// What is known of the e-mail of that key, which is sent at once.
  nlohmann::json sent(dms_str key, dms_str what);
  void fill_registries();
  /// What `body` makes of what is kept, and nobody else touches meanwhile.
  template <typename Body>
  static auto with(void *context, Body &&body) {
    const auto lock = of(context).locked();
    return body(of(context));
  }
  /// The document under that id; dms_not_found where there is none.
  static dms_status put_found(const dms_sink *json, dms_error *error, const std::optional<nlohmann::json> &found) {
    return found ? put_json(json, *found) : missing(error);
  }
  static std::optional<nlohmann::json> by_id(const std::map<std::string, nlohmann::json> &kept, dms_str id) {
    const auto found = kept.find(std::string(view(id)));
    return found == kept.end() ? std::nullopt : std::optional(found->second);
  }
  /// At most `limit` of those that changed after `after`.
  static nlohmann::json later_than(const nlohmann::json &all, std::int64_t after, std::uint32_t limit) {
    auto found = nlohmann::json::array();
    for (const auto &one : all) {
      if (one["change"] > after && found.size() < limit) found.push_back(one);
    }
    return found;
  }
  /// What was made under the key before, or a new one.
  nlohmann::json once(std::map<std::string, nlohmann::json> &kept, dms_str key, dms_str document, nlohmann::json more);
  static bool shares(const nlohmann::json &customer, const nlohmann::json &query);
  static nlohmann::json without_revision(nlohmann::json customer);
  static dms_status change(void *context, const dms_call *call, dms_str key, dms_str id, std::int64_t revision,
                           dms_str wanted, const dms_sink *json, dms_error *error);
  static dms_status take_back(void *context, const dms_call *call, dms_str id, std::int64_t revision, dms_str note,
                              dms_error *error);
  template <typename Change>
  void each_open(dms_str reference, Change &&change_one);
  template <typename Item>
  static dms_handle keep(void *context, std::map<dms_handle, const Item *> &items, const Item *item, dms_str Item::*id,
                         bool once_only, dms_error *error);

  std::filesystem::path folder_;
  dms_handle last_ = 0;
  mutable std::mutex turn_;
};

}  // namespace dms::testing

#include "fake_services.hpp"
