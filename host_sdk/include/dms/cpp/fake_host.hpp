// fake_host.hpp - a whole host in memory, for tests of a plugin without a dealership: every service of the interface,
// what the plugin registered, and the calls of a host. Needs nlohmann/json.
//
//   dms::testing::fake_host host(folder);
//   auto shown = host.load({.user = "admin"}, "my.screen");
//
// Its tables of functions are members: a test puts another function in, or names a service in `without`. For one test
// after the other, not for two threads that write at once.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
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
  std::int64_t generation = 1;
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
  std::vector<std::string> lines, audited;
  std::map<dms_handle, menu_kept> menus;
  std::map<dms_handle, right_kept> granted;
  std::map<dms_handle, const dms_screen *> shown;
  std::map<dms_handle, const dms_import_hook *> hooks;
  std::map<dms_handle, const dms_job *> work;
  std::map<dms_handle, const dms_event_handler *> handlers;
  std::map<dms_handle, const dms_reference_guard *> guards;
  std::vector<std::string> woken;
  /// Told of "contact.completed" by complete_contact: all handlers.
  static constexpr const char *known_events[] = {"user.deactivating", "user.deactivated", "user.activated",
                                                 "location.closing",  "location.closed",  "location.opened",
                                                 "contact.completed"};

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

  void fill_simple() {
    log = {this, [](void *context, std::int32_t, dms_str line) { of(context).lines.emplace_back(view(line)); }};
    settings = {this, [](void *context, dms_str key, const dms_sink *value, dms_error *error) {
                  const auto found = of(context).values.find(std::string(view(key)));
                  return found == of(context).values.end() ? missing(error)
                                                           : put(value, std::string_view(found->second));
                }};
    secrets = {this, [](void *context, const dms_call *, dms_str key, dms_str value, dms_error *) -> dms_status {
                 if (value.len == 0) {
                   of(context).values.erase(std::string(view(key)));
                 } else {
                   of(context).values[std::string(view(key))] = view(value);
                 }
                 return dms_ok;
               }};
    storage = {this,
               [](void *context, const dms_sink *path, dms_error *) {
                 return put(path, std::string_view(of(context).folder_.native()));
               },
               [](void *, const dms_sink *, dms_error *) -> dms_status { return dms_ok; }};
    directory = {
        this, [](void *context) { return of(context).generation; },
        [](void *context, const dms_sink *sink, dms_error *) { return put_json(sink, of(context).users); },
        [](void *context, const dms_sink *sink, dms_error *) { return put_json(sink, of(context).locations); }};
    notifications = {this,
                     [](void *context, dms_str key, dms_str what, dms_error *) -> dms_status {
                       of(context).bell.emplace(view(key), read(what));
                       return dms_ok;
                     },
                     [](void *context, dms_str key, dms_error *) -> dms_status {
                       of(context).bell.erase(std::string(view(key)));
                       return dms_ok;
                     }};
    audit = {this,
             [](void *context, const dms_call *, dms_str action, dms_str subject, dms_str, dms_error *) -> dms_status {
               of(context).audited.push_back(std::string(view(action)) + ' ' + std::string(view(subject)));
               return dms_ok;
             }};
    erasure = {this, [](void *context, const dms_call *, dms_str what, dms_error *) -> dms_status {
                 for (const auto &reference : read(what).value("references", nlohmann::json::array())) {
                   for (auto &[id, contact] : of(context).listed) {
                     if (contact.value("reference", "") == reference) contact["name"] = contact["note"] = "";
                   }
                 }
                 return dms_ok;
               }};
  }

  /// What was made under the key before, or a new one.
  nlohmann::json &once(std::map<std::string, nlohmann::json> &kept, dms_str key, dms_str document,
                       nlohmann::json more) {
    auto &id = made[std::string(view(key))];
    if (id.empty()) {
      id = std::to_string(++last_);
      more.update(read(document));
      more["id"] = id;
      kept[id] = std::move(more);
    }
    return kept[id];
  }
  static bool shares(const nlohmann::json &customer, const nlohmann::json &query) {
    const auto listed_in = [&](const char *list, const nlohmann::json &value) {
      const auto wanted = query.value(list, nlohmann::json::array());
      return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    };
    return listed_in("ids", customer["id"]) || listed_in("emails", customer.value("email", ""));
  }
  static nlohmann::json without_revision(nlohmann::json customer) {
    customer.erase("revision");
    return customer;
  }

  void fill_records() {
    customers = {this,
                 [](void *context, dms_str query, const dms_sink *json, dms_error *) {
                   const auto wanted = read(query);
                   auto found = nlohmann::json::array();
                   for (const auto &[id, customer] : of(context).known_customers) {
                     if (found.size() < wanted.value("limit", std::size_t{20}) && shares(customer, wanted)) {
                       found.push_back(without_revision(customer));
                     }
                   }
                   return put_json(json, found);
                 },
                 [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
                   const auto found = of(context).known_customers.find(std::string(view(id)));
                   return found == of(context).known_customers.end() ? missing(error)
                                                                     : put_json(json, without_revision(found->second));
                 },
                 [](void *context, const dms_call *, dms_str key, dms_str customer, const dms_sink *json, dms_error *) {
                   return put_json(json, without_revision(of(context).once(of(context).known_customers, key, customer,
                                                                           {{"revision", 1}})));
                 }};
    changes = {this,
               [](void *context, dms_str id, const dms_sink *json, dms_error *error) {
                 const auto found = of(context).known_customers.find(std::string(view(id)));
                 return found == of(context).known_customers.end() ? missing(error) : put_json(json, found->second);
               },
               &change, &take_back};
    contacts = {
        this,
        [](void *context, const dms_call *, dms_str key, dms_str contact, const dms_sink *json, dms_error *) {
          return put_json(json, of(context).once(of(context).listed, key, contact, {{"done_us", 0}, {"result", ""}}));
        },
        [](void *context, dms_str reference, const dms_sink *json, dms_error *) {
          auto found = nlohmann::json::array();
          for (const auto &[id, contact] : of(context).listed) {
            if (contact.value("reference", "") == view(reference)) found.push_back(contact);
          }
          return put_json(json, found);
        },
        [](void *context, const dms_call *, dms_str reference, dms_str user, dms_error *) -> dms_status {
          of(context).each_open(reference, [&](auto &contact) { contact["user"] = view(user); });
          return dms_ok;
        },
        [](void *context, const dms_call *, dms_str reference, dms_error *) -> dms_status {
          of(context).each_open(reference, [&](auto &contact) { contact["done_us"] = of(context).now_us; });
          return dms_ok;
        }};
    sales = {
        this,
        [](void *context, std::int64_t after, std::uint32_t limit, const dms_sink *json, dms_error *) -> dms_status {
          auto found = nlohmann::json::array();
          for (const auto &deal : of(context).deals) {
            if (deal["change"] > after && found.size() < limit) found.push_back(deal);
          }
          return put_json(json, found);
        },
        [](void *context, dms_str id, const dms_sink *json, dms_error *error) -> dms_status {
          for (const auto &deal : of(context).deals) {
            if (deal["id"] == view(id)) return put_json(json, deal);
          }
          return missing(error);
        }};
    absences = {this, [](void *context) -> std::int64_t { return of(context).generation; },
                [](void *context, dms_str since, const dms_sink *json, dms_error *error) -> dms_status {
                  if (since.len != 10) return fail(error, dms_invalid, "This is no day.");
                  auto found = nlohmann::json::array();
                  for (const auto &one : of(context).absent) {
                    if (one["to"] >= view(since)) found.push_back(one);
                  }
                  return put_json(json, found);
                }};
    completion = {
        this, [](void *context, const dms_call *, dms_str id, dms_str result, dms_str, dms_error *error) -> dms_status {
          const auto word = view(result);
          if (word != "reached" && word != "tried" && !word.empty()) {
            return fail(error, dms_invalid, "There is no such result.");
          }
          const auto found = of(context).listed.find(std::string(view(id)));
          if (found == of(context).listed.end()) return missing(error);
          if (found->second["done_us"] == 0) {
            found->second["done_us"] = of(context).now_us;
            found->second["result"] = word;
          }
          return dms_ok;
        }};
  }
  static dms_status change(void *context, const dms_call *, dms_str key, dms_str id, std::int64_t revision,
                           dms_str wanted, const dms_sink *json, dms_error *error) {
    auto &self = of(context);
    auto &answer = self.answered[std::string(view(key))];
    if (!answer.empty()) return put(json, std::string_view(answer));
    const auto found = self.known_customers.find(std::string(view(id)));
    if (found == self.known_customers.end()) return missing(error);
    auto &customer = found->second;
    if (customer["revision"] != revision) return fail(error, dms_conflict, "The customer was changed meanwhile.");
    auto was = nlohmann::json::object();
    const auto named = read(wanted);
    for (const auto &[name, value] : named.items()) {
      was[name] = customer.value(name, nlohmann::json(value.is_array() ? nlohmann::json::array() : nlohmann::json("")));
      customer[name] = value;
    }
    customer["revision"] = revision + 1;
    answer = to_text({{"customer", customer}, {"was", was}});
    return put(json, std::string_view(answer));
  }
  static dms_status take_back(void *context, const dms_call *, dms_str id, std::int64_t revision, dms_str,
                              dms_error *error) {
    auto &self = of(context);
    const auto found = self.known_customers.find(std::string(view(id)));
    if (found == self.known_customers.end()) return missing(error);
    if (found->second["revision"] != revision) return fail(error, dms_conflict, "The customer was changed meanwhile.");
    self.known_customers.erase(found);
    std::erase_if(self.made, [&](const auto &one) { return one.second == view(id); });
    return dms_ok;
  }
  template <typename Change>
  void each_open(dms_str reference, Change &&change_one) {
    for (auto &[id, contact] : listed) {
      if (contact.value("reference", "") == view(reference) && contact["done_us"] == 0) change_one(contact);
    }
  }

  template <typename Item>
  static dms_handle keep(void *context, std::map<dms_handle, const Item *> &items, const Item *item, dms_str Item::*id,
                         bool once_only, dms_error *error) {
    const bool taken = std::any_of(items.begin(), items.end(),
                                   [&](const auto &one) { return view(one.second->*id) == view(item->*id); });
    if (once_only && taken) return fail(error, dms_refused, "That id is taken."), dms_handle{0};
    items[++of(context).last_] = item;
    return of(context).last_;
  }
  void fill_registries() {
    menu = {this,
            [](void *context, const dms_menu_entry *entry, dms_error *) -> dms_handle {
              of(context).menus[++of(context).last_] = {std::string(view(entry->path)), std::string(view(entry->label)),
                                                        std::string(view(entry->right)),
                                                        std::string(view(entry->screen))};
              return of(context).last_;
            },
            [](void *context, dms_handle handle) { of(context).menus.erase(handle); }};
    rights = {this,
              [](void *context, const dms_right *right, dms_error *) -> dms_handle {
                of(context).granted[++of(context).last_] = {std::string(view(right->id)),
                                                            std::string(view(right->label)),
                                                            std::string(view(right->default_roles))};
                return of(context).last_;
              },
              [](void *context, dms_handle handle) { of(context).granted.erase(handle); }};
    screens = {this,
               [](void *context, const dms_screen *item, dms_error *error) {
                 return keep(context, of(context).shown, item, &dms_screen::id, true, error);
               },
               [](void *context, dms_handle handle) { of(context).shown.erase(handle); }};
    imports = {this,
               [](void *context, const dms_import_hook *item, dms_error *error) -> dms_handle {
                 const auto source = view(item->source);
                 const bool named = !source.empty() && source.size() <= 64 &&
                                    source.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == source.npos;
                 if (!named) return fail(error, dms_invalid, "A source is named by a-z, 0-9 and _."), dms_handle{0};
                 return keep(context, of(context).hooks, item, &dms_import_hook::source, true, error);
               },
               [](void *context, dms_handle handle) { of(context).hooks.erase(handle); }};
    jobs = {this,
            [](void *context, const dms_job *item, dms_error *error) {
              return keep(context, of(context).work, item, &dms_job::id, true, error);
            },
            [](void *context, dms_handle handle) { of(context).work.erase(handle); },
            [](void *context, dms_str id) { of(context).woken.emplace_back(view(id)); }};
    events = {this,
              [](void *context, const dms_event_handler *item, dms_error *error) -> dms_handle {
                const bool known = std::any_of(std::begin(known_events), std::end(known_events),
                                               [&](const char *name) { return view(item->event) == name; });
                if (!known) return fail(error, dms_unsupported, "This host does not tell about that."), dms_handle{0};
                return keep(context, of(context).handlers, item, &dms_event_handler::event, false, error);
              },
              [](void *context, dms_handle handle) { of(context).handlers.erase(handle); }};
    references = {this,
                  [](void *context, const dms_reference_guard *item, dms_error *error) {
                    return keep(context, of(context).guards, item, &dms_reference_guard::prefix, true, error);
                  },
                  [](void *context, dms_handle handle) { of(context).guards.erase(handle); }};
  }

  std::filesystem::path folder_;
  dms_handle last_ = 0;
};

}  // namespace dms::testing
