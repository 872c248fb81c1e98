// broken_host PROBE.so FOLDER [RULE]: a day of a host that loads the probe and breaks that rule alone, or none. The
// report lies in FOLDER afterwards. --list: every rule that it can break, and which others break along with it.
#include <dlfcn.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <mutex>
#include <thread>

#include "dms/cpp/fake_host.hpp"

namespace {

using dms::str;
using dms::view;
using dms::testing::asker;
using dms::testing::fake_host;
using nlohmann::json;

/// Held by whoever breaks a rule on locks; the services of such a host want it as well.
std::recursive_mutex &lock_of_host() {
  static std::recursive_mutex only;
  return only;
}
/// What the functions below break with, since a table of C functions has no room for more.
fake_host *the_host = nullptr;
const dms_plugin_entry *the_entry = nullptr;
dms_plugin *the_plugin = nullptr;
dms_call *call_of_now = nullptr;

struct fault {
  std::string_view rule;
  std::string_view also;                  ///< what breaks along with it, with blanks between
  void (*put_in)(fake_host &) = nullptr;  ///< null: the day itself does it
};

void slow() {
  ::usleep(300'000);
}
dms_status code_forgotten(dms_error *error) {
  if (error != nullptr) error->code = dms_ok;
  return dms_not_found;
}
/// The list of contacts with a change in each.
template <typename Change>
dms_status changed_list(void *context, dms_str reference, const dms_sink *sink, Change &&change) {
  auto found = json::array();
  for (auto each : fake_host::of(context).listed) {
    if (each.second.value("reference", "") != view(reference)) continue;
    change(each.second);
    found.push_back(each.second);
  }
  return fake_host::put_json(sink, found);
}
dms_handle forgetful_screens(void *context, const dms_screen *item, dms_error *error) {
  static std::set<std::string> ever;
  if (!ever.insert(std::string(view(item->id))).second)
    return dms::fail(error, dms_refused, "It was here."), dms_handle{0};
  fake_host::of(context).shown[900 + ever.size()] = item;
  return 900 + ever.size();
}
dms_handle kept_menu(void *context, const dms_menu_entry *entry, dms_error *) {
  fake_host::of(context).menus[901] = {};
  static dms_menu_entry kept;
  kept = *entry;  // the struct is copied, its texts are not
  the_host->bell["label"] = json(reinterpret_cast<std::uintptr_t>(kept.label.ptr));
  the_host->bell["length"] = json(kept.label.len);
  return 901;
}
dms_handle kept_right(void *context, const dms_right *right, dms_error *) {
  fake_host::of(context).granted[902] = {std::string(view(right->id)), "", "admin"};
  the_host->bell["label"] = json(reinterpret_cast<std::uintptr_t>(right->label.ptr));
  the_host->bell["length"] = json(right->label.len);
  return 902;
}

/// One row a rule of host_sdk/probe/rules.hpp.
const fault faults[] = {
    {"order.library_init", "order.deinit"},
    {"order.describe", ""},
    {"order.init_first", ""},
    {"order.init_once", ""},
    {"order.activate_once", ""},
    {"order.deactivate", ""},
    {"order.deinit", ""},
    {"state.registering", "",
     [](fake_host &host) {
       host.jobs.add = [](void *context, const dms_job *item, dms_error *) -> dms_handle {
         if (fake_host::of(context).work.contains(903)) return 0;
         fake_host::of(context).work[903] = item;
         fake_host::of(context).run_job(view(item->id));
         return 903;
       };
     }},
    {"state.gone", "jobs.pause"},
    {"state.ended", "jobs.pause services.stay"},
    {"state.extension", ""},
    {"threads.main", "",
     [](fake_host &host) {
       host.storage.database = [](void *, const dms_sink *, dms_error *) -> dms_status {
         std::thread([] {
           dms::string_sink about;
           the_entry->describe(about.get(), nullptr);
         }).join();
         return dms_ok;
       };
     }},
    {"threads.stack", ""},
    {"threads.job", "",
     [](fake_host &host) {
       host.log.write = [](void *context, std::int32_t, dms_str line) {
         static std::atomic<bool> inside{false};
         if (view(line) != "probe: a job runs" || inside.exchange(true)) return;
         fake_host::of(context).run_job("dms_probe.look");
       };
     }},
    {"threads.any", "", [](fake_host &host) { host.log.write = [](void *, std::int32_t, dms_str) { slow(); }; }},
    {"process.fork", ""},
    {"locks.load", ""},
    {"locks.act", ""},
    {"locks.job", ""},
    {"locks.import", ""},
    {"locks.event", ""},
    {"locks.judge", ""},
    {"host.size", "", [](fake_host &host) { host.raw.struct_size = 48; }},
    {"host.major", "", [](fake_host &host) { host.raw.abi_major = 2; }},
    {"host.name", "", [](fake_host &host) { host.raw.version = {}; }},
    {"host.stays", ""},
    {"services.unknown", "",
     [](fake_host &host) {
       host.raw.get_service = [](const dms_host *from, dms_str id) -> const void * {
         const auto *found = fake_host::of(from->context).find(std::string(view(id)));
         return found != nullptr ? found : &fake_host::of(from->context).log;
       };
     }},
    {"services.whole", "", [](fake_host &host) { host.contacts.reassign = nullptr; }},
    {"services.stay", ""},
    {"call.there", ""},
    {"call.size", ""},
    {"call.functions", ""},
    {"call.user", ""},
    {"call.user_name", ""},
    {"call.locale", ""},
    {"call.correlation", ""},
    {"call.channel", ""},
    {"call.job", ""},
    {"call.now", "", [](fake_host &host) { host.now_us /= 1000; }},
    {"call.stays", "",
     [](fake_host &host) {
       host.directory.users = [](void *context, const dms_sink *sink, dms_error *) {
         if (call_of_now != nullptr) call_of_now->user_name = str("somebody else");
         return fake_host::put_json(sink, fake_host::of(context).users);
       };
     }},
    {"call.request_size", ""},
    {"call.request_once", ""},
    {"may.host", ""},
    {"may.screen", ""},
    {"cancelled.value", ""},
    {"cancelled.stays", ""},
    {"sink.empty", ""},
    {"sink.split", ""},
    {"sink.large", ""},
    {"screen.parameters", ""},
    {"screen.input", ""},
    {"screen.context", ""},
    {"import.read", ""},
    {"import.end", ""},
    {"import.whole", ""},
    {"texts.locale", ""},
    {"texts.menu_copied", "", [](fake_host &host) { host.menu.add = &kept_menu; }},
    {"texts.right_copied", "", [](fake_host &host) { host.rights.add = &kept_right; }},
    {"registry.handle", "",
     [](fake_host &host) {
       host.screens.add = [](void *context, const dms_screen *item, dms_error *) -> dms_handle {
         if (view(item->id) == "dms_probe.report") return 0;
         fake_host::of(context).shown[904] = item;
         return 904;
       };
     }},
    {"registry.remove", "", [](fake_host &host) { host.screens.add = &forgetful_screens; }},
    {"registry.screen", "",
     [](fake_host &host) {
       host.screens.add = [](void *context, const dms_screen *item, dms_error *) -> dms_handle {
         static dms_handle last = 910;
         fake_host::of(context).shown[++last] = item;
         return last;
       };
     }},
    {"registry.source", "",
     [](fake_host &host) {
       host.imports.add = [](void *context, const dms_import_hook *item, dms_error *) -> dms_handle {
         static dms_handle last = 930;
         if (view(item->source) != "dms_probe") return 0;
         fake_host::of(context).hooks[++last] = item;
         return last;
       };
     }},
    {"registry.source_name", "",
     [](fake_host &host) {
       host.imports.add = [](void *context, const dms_import_hook *item, dms_error *) -> dms_handle {
         static std::set<std::string> ever;
         if (!ever.insert(std::string(view(item->source))).second) return 0;
         fake_host::of(context).hooks[940 + ever.size()] = item;
         return 940 + ever.size();
       };
     }},
    {"registry.job", "",
     [](fake_host &host) {
       host.jobs.add = [](void *context, const dms_job *item, dms_error *) -> dms_handle {
         static dms_handle last = 950;
         fake_host::of(context).work[++last] = item;
         return last;
       };
     }},
    {"registry.prefix", "",
     [](fake_host &host) {
       host.references.add = [](void *context, const dms_reference_guard *item, dms_error *) -> dms_handle {
         static dms_handle last = 960;
         fake_host::of(context).guards[++last] = item;
         return last;
       };
     }},
    {"registry.event", "",
     [](fake_host &host) {
       host.events.add = [](void *context, const dms_event_handler *item, dms_error *) -> dms_handle {
         static dms_handle last = 970;
         fake_host::of(context).handlers[++last] = item;
         return last;
       };
     }},
    {"jobs.wake", "jobs.pause",
     [](fake_host &host) {
       host.jobs.wake = [](void *context, dms_str id) { fake_host::of(context).run_job(view(id)); };
     }},
    {"jobs.pause", ""},
    {"events.asked", ""},
    {"events.data", ""},
    {"events.generation", ""},
    {"references.prefix", ""},
    {"error.filled", "",
     [](fake_host &host) {
       host.customers.get = [](void *context, dms_str id, const dms_sink *sink, dms_error *error) {
         const auto found = fake_host::of(context).known_customers.find(std::string(view(id)));
         return found == fake_host::of(context).known_customers.end() ? code_forgotten(error)
                                                                      : fake_host::put_json(sink, found->second);
       };
     }},
    {"error.null", "",
     [](fake_host &host) {
       host.settings.get = [](void *context, dms_str key, const dms_sink *value, dms_error *error) -> dms_status {
         if (error == nullptr) return dms_invalid;
         const auto found = fake_host::of(context).values.find(std::string(view(key)));
         return found == fake_host::of(context).values.end() ? fake_host::missing(error)
                                                             : fake_host::put(value, std::string_view(found->second));
       };
     }},
    {"error.small", "",
     [](fake_host &host) {
       host.settings.get = [](void *context, dms_str key, const dms_sink *value, dms_error *error) -> dms_status {
         const auto found = fake_host::of(context).values.find(std::string(view(key)));
         if (found != fake_host::of(context).values.end())
           return fake_host::put(value, std::string_view(found->second));
         if (error != nullptr) {
           error->code = dms_not_found;
           std::strncpy(error->message, "It is not set.", sizeof error->message);
         }
         return dms_not_found;
       };
     }},
    {"service.refused_sink", "",
     [](fake_host &host) {
       host.directory.users = [](void *context, const dms_sink *sink, dms_error *) -> dms_status {
         fake_host::put_json(sink, fake_host::of(context).users);
         return dms_ok;
       };
     }},
    {"storage.directory", ""},
    {"storage.database", "",
     [](fake_host &host) {
       host.storage.database = [](void *, const dms_sink *sink, dms_error *) {
         return fake_host::put(sink, "host=localhost");
       };
     }},
    {"settings.missing", "secrets.kept",
     [](fake_host &host) {
       host.settings.get = [](void *context, dms_str key, const dms_sink *value, dms_error *error) -> dms_status {
         if (error == nullptr || error->struct_size < sizeof *error) return fake_host::missing(error);
         return fake_host::put(value, std::string_view(fake_host::of(context).values[std::string(view(key))]));
       };
     }},
    {"directory.users", "", [](fake_host &host) { host.users[1].erase("active"); }},
    {"directory.locations", "", [](fake_host &host) { host.locations[0].erase("open"); }},
    {"directory.generation", "",
     [](fake_host &host) {
       host.directory.generation = [](void *context) { return ++fake_host::of(context).generation; };
     }},
    {"customers.missing", "error.filled",
     [](fake_host &host) {
       host.customers.get = [](void *context, dms_str id, const dms_sink *sink, dms_error *) -> dms_status {
         const auto found = fake_host::of(context).known_customers.find(std::string(view(id)));
         if (found == fake_host::of(context).known_customers.end()) return dms_failed;
         return fake_host::put_json(sink, found->second);
       };
     }},
    {"customers.made", "",
     [](fake_host &host) {
       host.customers.create = [](void *, const dms_call *, dms_str, dms_str customer, const dms_sink *sink,
                                  dms_error *) { return fake_host::put(sink, view(customer)); };
     }},
    {"customers.once", "",
     [](fake_host &host) {
       host.customers.create = [](void *context, const dms_call *, dms_str, dms_str customer, const dms_sink *sink,
                                  dms_error *) {
         static int last = 5000;
         auto made = dms::json_or_null(view(customer));
         made["id"] = std::to_string(++last);
         made["revision"] = 1;
         fake_host::of(context).known_customers[std::to_string(last)] = made;
         return fake_host::put_json(sink, made);
       };
     }},
    {"customers.text", "",
     [](fake_host &host) {
       host.customers.get = [](void *context, dms_str id, const dms_sink *sink, dms_error *error) {
         const auto found = fake_host::of(context).known_customers.find(std::string(view(id)));
         if (found == fake_host::of(context).known_customers.end()) return fake_host::missing(error);
         auto changed = found->second;
         changed["last_name"] = "PROBE-NEMCOVA";
         return fake_host::put_json(sink, changed);
       };
     }},
    {"customers.found", "",
     [](fake_host &host) {
       host.customers.find = [](void *, dms_str, const dms_sink *sink, dms_error *) {
         return fake_host::put(sink, "[]");
       };
     }},
    {"customers.limit", "",
     [](fake_host &host) {
       host.customers.find = [](void *context, dms_str, const dms_sink *sink, dms_error *) {
         auto all = json::array();
         for (const auto &each : fake_host::of(context).known_customers) all.push_back(each.second);
         return fake_host::put_json(sink, all);
       };
     }},
    {"changes.was", ""},
    {"changes.once", ""},
    {"changes.conflict", ""},
    {"changes.taken_back", "",
     [](fake_host &host) {
       host.changes.take_back = [](void *, const dms_call *, dms_str, std::int64_t, dms_str,
                                   dms_error *) -> dms_status { return dms_ok; };
     }},
    {"contacts.made", "",
     [](fake_host &host) {
       host.contacts.list = [](void *, dms_str, const dms_sink *sink, dms_error *) {
         return fake_host::put(sink, "[]");
       };
     }},
    {"contacts.once", "",
     [](fake_host &host) {
       host.contacts.create = [](void *context, const dms_call *, dms_str, dms_str contact, const dms_sink *sink,
                                 dms_error *) {
         static int last = 6000;
         auto made = dms::json_or_null(view(contact));
         made["id"] = std::to_string(++last);
         made["done_us"] = 0;
         fake_host::of(context).listed[std::to_string(last)] = made;
         return fake_host::put_json(sink, made);
       };
     }},
    {"contacts.reassigned", "",
     [](fake_host &host) {
       host.contacts.reassign = [](void *, const dms_call *, dms_str, dms_str, dms_error *) -> dms_status {
         return dms_ok;
       };
     }},
    {"contacts.ended", "",
     [](fake_host &host) {
       host.contacts.end = [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_ok; };
     }},
    {"completion.done", "",
     [](fake_host &host) {
       host.contacts.list = [](void *context, dms_str reference, const dms_sink *sink, dms_error *) {
         return changed_list(context, reference, sink, [](json &contact) { contact["result"] = ""; });
       };
     }},
    {"completion.bad", ""},
    {"completion.quiet", ""},
    {"notifications.twice", "error.filled",
     [](fake_host &host) {
       host.notifications.notify = [](void *context, dms_str key, dms_str, dms_error *) -> dms_status {
         return fake_host::of(context).bell.emplace(view(key), json()).second ? dms_ok : dms_conflict;
       };
     }},
    {"audit.written", "",
     [](fake_host &host) {
       host.audit.write = [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *error) -> dms_status {
         return dms::fail(error, dms_unsupported, "There is no audit log.");
       };
     }},
    {"erasure.forgotten", "",
     [](fake_host &host) {
       host.erasure.forget = [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_ok; };
     }},
    {"secrets.kept", "",
     [](fake_host &host) {
       host.secrets.set = [](void *context, const dms_call *, dms_str key, dms_str value, dms_error *) -> dms_status {
         if (value.len > 0) fake_host::of(context).values[std::string(view(key))] = view(value);
         return dms_ok;
       };
     }},
};

// --- faults that need what was there before ---

dms_customer_changes changes_before;
dms_contact_completion completion_before;

void put_in_wrapped(fake_host &host, std::string_view rule) {
  changes_before = host.changes;
  completion_before = host.completion;
  if (rule == "changes.was") {
    host.changes.change = [](void *context, const dms_call *call, dms_str key, dms_str id, std::int64_t revision,
                             dms_str wanted, const dms_sink *sink, dms_error *error) {
      dms::string_sink whole;
      const auto status = changes_before.change(context, call, key, id, revision, wanted, whole.get(), error);
      if (status != dms_ok) return status;
      auto read = dms::json_or_null(whole.text());
      read.erase("was");
      return fake_host::put_json(sink, read);
    };
  }
  if (rule == "changes.once" || rule == "changes.conflict") {
    static bool any_revision;
    any_revision = rule == "changes.conflict";
    host.changes.change = [](void *context, const dms_call *call, dms_str key, dms_str id, std::int64_t revision,
                             dms_str wanted, const dms_sink *sink, dms_error *error) {
      auto &own = fake_host::of(context);
      if (any_revision) {
        const auto found = own.known_customers.find(std::string(view(id)));
        if (found != own.known_customers.end()) revision = found->second["revision"];
      } else {
        own.answered.clear();
      }
      return changes_before.change(context, call, key, id, revision, wanted, sink, error);
    };
  }
  if (rule == "completion.bad") {
    host.completion.complete = [](void *context, const dms_call *call, dms_str id, dms_str, dms_str note,
                                  dms_error *error) {
      return completion_before.complete(context, call, id, str("reached"), note, error);
    };
  }
  if (rule == "completion.quiet") {
    host.completion.complete = [](void *context, const dms_call *call, dms_str id, dms_str result, dms_str note,
                                  dms_error *error) {
      const auto status = completion_before.complete(context, call, id, result, note, error);
      fake_host::of(context).tell({.channel = "event"}, "contact.completed",
                                  {{"contact", view(id)}, {"reference", "x"}, {"result", view(result)}, {"note", ""}});
      return status;
    };
  }
  if (rule.substr(0, 6) == "locks.") {
    static dms_directory before;
    before = host.directory;
    host.directory.users = [](void *context, const dms_sink *sink, dms_error *error) {
      const std::lock_guard lock(lock_of_host());
      return before.users(context, sink, error);
    };
  }
}

// --- the day ---

class day {
 public:
  day(fake_host &host, std::string_view breaks) : host_(host), breaks_(breaks) {}
  void lead(const char *library);

 private:
  bool is(std::string_view rule) const { return breaks_ == rule; }
  void begin(const char *library);
  void look_at_screens();
  void change_things();
  void run_jobs();
  void take_in();
  void judge_references();
  void hear_events();
  void ask_for_words();
  void end();
  dms_status load_as(const asker &who, const std::function<void(dms_call &)> &change = {},
                     std::string_view parameters = "{}", const dms_sink *into = nullptr);
  /// Held while a call runs, where that is what is broken.
  std::unique_lock<std::recursive_mutex> hold(std::string_view rule) const {
    return is(rule) ? std::unique_lock(lock_of_host()) : std::unique_lock<std::recursive_mutex>();
  }

  fake_host &host_;
  std::string_view breaks_;
  dms_job late_{};
};

void day::begin(const char *library) {
  auto *opened = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr) throw std::runtime_error(::dlerror());
  the_entry = reinterpret_cast<dms_plugin_get_entry_function>(::dlsym(opened, DMS_PLUGIN_ENTRY_SYMBOL))();
  auto error = dms::no_error();
  if (!is("order.library_init")) the_entry->init(&error);
  if (is("process.fork")) {
    if (const auto child = ::fork(); child > 0) {
      int status = 0;
      ::waitpid(child, &status, 0);
      ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
  }
  dms::string_sink about;
  if (!is("order.describe")) the_entry->describe(about.get(), &error);
  the_plugin = the_entry->create(&error);
  fake_host::calling itself(host_, {.channel = "command_line"});
  const auto *health = static_cast<const dms_health *>(the_plugin->get_extension(the_plugin, str(DMS_HEALTH_ID)));
  if (is("state.extension")) health->check(health->context, itself.raw(), about.get(), &error);
  if (is("order.init_first")) the_plugin->activate(the_plugin, itself.raw(), nullptr, &error);
  the_plugin->init(the_plugin, &host_.raw, &error);
  if (is("order.init_once")) the_plugin->init(the_plugin, &host_.raw, &error);
  health->check(health->context, itself.raw(), about.get(), &error);
  if (the_plugin->activate(the_plugin, itself.raw(), nullptr, &error) != dms_ok)
    throw std::runtime_error(error.message);
  if (is("order.activate_once")) the_plugin->activate(the_plugin, itself.raw(), nullptr, &error);
}

dms_status day::load_as(const asker &who, const std::function<void(dms_call &)> &change, std::string_view parameters,
                        const dms_sink *into) {
  for (const auto &[handle, screen] : host_.shown) {
    if (view(screen->id) != "dms_probe.report") continue;
    if (!is("may.screen") && !host_.may(who.user, view(screen->right))) return dms_not_found;
    fake_host::calling call(host_, who);
    if (change) change(*call.raw());
    call_of_now = call.raw();
    dms::string_sink document(DMS_MAX_DOCUMENT);
    auto error = dms::no_error();
    const auto held = hold("locks.load");
    const auto status = screen->load(is("screen.context") ? nullptr : screen->context, call.raw(), str(parameters),
                                     is("call.there")  ? nullptr
                                     : into != nullptr ? into
                                                       : document.get(),
                                     &error);
    call_of_now = nullptr;
    return status;
  }
  return dms_not_found;
}

void day::look_at_screens() {
  asker who{.user = "admin", .locale = "de-AT", .name = "Ada Wimmer", .correlation = "1"};
  if (is("call.user")) who.user = "Ada Wimmer";
  if (is("call.user_name")) who.name = "";
  if (is("call.locale")) who.locale = "de_AT.UTF-8";
  if (is("call.correlation")) who.correlation = "";
  if (is("call.channel")) who.channel = "browser";
  if (is("call.request_size")) who.request = std::string(DMS_MAX_KEY + 1, 'r');
  if (is("call.user")) host_.granted[999] = {"dms_probe.see", "", "admin"};
  static int answers;
  const auto change = [&](dms_call &call) {
    if (is("call.size")) call.struct_size = 64;
    if (is("call.functions")) call.cancelled = nullptr;
    if (is("call.user")) call.may = [](void *, dms_str) -> std::int32_t { return 1; };
    if (is("cancelled.value")) call.cancelled = [](void *) -> std::int32_t { return -1; };
    if (is("cancelled.stays")) call.cancelled = [](void *) -> std::int32_t { return answers++ == 0 ? 1 : 0; };
  };
  if (is("call.user")) {
    for (const auto &[handle, screen] : host_.shown) {
      fake_host::calling call(host_, who);
      change(*call.raw());
      dms::string_sink document;
      if (view(screen->id) == "dms_probe.report")
        screen->load(screen->context, call.raw(), str("{}"), document.get(), nullptr);
    }
    return;
  }
  load_as(who, change, is("screen.parameters") ? R"({"page":3})" : R"({"tab":"all","x":["1","2"]})");
  const dms_sink strict{
      nullptr, [](void *, dms_str piece) -> dms_status {
        return piece.len == 0 || (static_cast<unsigned char>(piece.ptr[0]) & 0xC0U) != 0x80U ? dms_ok : dms_invalid;
      }};
  const dms_sink never_empty{nullptr,
                             [](void *, dms_str piece) -> dms_status { return piece.len == 0 ? dms_invalid : dms_ok; }};
  if (is("sink.split")) load_as(who, {}, "{}", &strict);
  if (is("sink.empty")) load_as(who, {}, "{}", &never_empty);
  if (is("threads.stack")) {
    pthread_attr_t small;
    ::pthread_attr_init(&small);
    ::pthread_attr_setstacksize(&small, std::size_t{192} * 1024);
    static day *self;
    self = this;
    pthread_t thread;
    ::pthread_create(
        &thread, &small,
        [](void *) -> void * {
          self->load_as({.user = "admin", .name = "Ada Wimmer"});
          return nullptr;
        },
        nullptr);
    ::pthread_join(thread, nullptr);
  }
  const dms::string_sink narrow(std::size_t{1} << 20);
  load_as(who, {}, R"({"size":"large"})", is("sink.large") ? narrow.get() : nullptr);
  load_as({.user = "verkauf1", .name = "Lukas Steiner"});
}

void day::change_things() {
  const auto act = [&](const char *action, const char *request, const char *input) {
    const auto held = hold("locks.act");
    return host_.act({.user = "admin", .locale = "en", .request = request}, "dms_probe.report", action, input).status;
  };
  act("look", "one", is("screen.input") ? "[]" : "{}");
  if (!host_.contacts.reassign) return;
  act("create", is("call.request_once") ? "one" : "two", "{}");
  if (!is("call.request_once")) act("create", "two", "{}");  // as an impatient person does
}

void day::run_jobs() {
  if (is("may.host") || is("call.job")) {
    for (const auto &[handle, job] : host_.work) {
      fake_host::calling call(host_, {.channel = is("call.job") ? "web" : "job"});
      if (is("may.host")) call.raw()->may = [](void *, dms_str) -> std::int32_t { return 0; };
      dms::string_sink line;
      job->run(job->context, call.raw(), line.get(), nullptr);
    }
    return;
  }
  const auto held = hold("locks.job");
  host_.run_job("dms_probe.look");
  if (is("jobs.pause")) host_.run_job("dms_probe.look");
  if (!breaks_.empty()) return;
  std::this_thread::sleep_for(std::chrono::seconds(host_.work.begin()->second->interval_s));
  host_.run_job("dms_probe.look");
}

void day::take_in() {
  std::string payload = "dms_probe and what follows";
  for (const auto &[handle, hook] : host_.hooks) {
    if (view(hook->source) != "dms_probe") continue;
    hook->probe(hook->context, str(payload));
    if (is("import.whole")) payload = payload.substr(4);
    const auto held = hold("locks.import");
    fake_host::calling call(host_, {.channel = "folder"});
    const dms::string_stream whole(payload);
    dms_stream stream = *whole.get();
    if (is("import.read")) {
      stream.read = [](void *, char *buffer, std::uint64_t capacity) -> std::int64_t {
        buffer[0] = '.';
        return static_cast<std::int64_t>(capacity) + 1;
      };
    }
    static int ends;
    if (is("import.end")) {
      stream.read = [](void *, char *buffer, std::uint64_t) -> std::int64_t {
        buffer[0] = 'd';
        return ends++ % 2;
      };
    }
    dms::string_sink report;
    hook->run(hook->context, call.raw(), &stream, str("p.txt"), nullptr, report.get(), nullptr);
    break;
  }
}

void day::judge_references() {
  for (const auto &[handle, guard] : host_.guards) {
    const auto held = hold("locks.judge");
    fake_host::calling call(host_, {.user = "admin", .name = "Ada Wimmer"});
    dms::string_sink sights;
    guard->judge(guard->context, call.raw(), str(is("references.prefix") ? R"(["lead:1"])" : R"(["dms_probe:1"])"),
                 sights.get(), nullptr);
  }
}

void day::hear_events() {
  const auto tell = [&](const char *event, const json &data) {
    const auto held = hold("locks.event");
    const bool done = std::string_view(event).find("ing") == std::string_view::npos;
    if (done && !is("events.generation")) ++host_.generation;
    host_.tell({.user = "admin", .channel = "event"}, event, data);
  };
  if (!is("events.asked")) tell("user.deactivating", {{"user", "verkauf1"}});
  tell("user.deactivated", is("events.data") ? json{{"id", "verkauf1"}} : json{{"user", "verkauf1"}});
  tell("user.activated", {{"user", "verkauf1"}});
  tell("contact.completed", {{"contact", "0"}, {"reference", "x:1"}, {"result", "reached"}, {"note", ""}});
}

void day::ask_for_words() {
  const auto *texts = static_cast<const dms_texts *>(the_plugin->get_extension(the_plugin, str(DMS_TEXTS_ID)));
  const auto word = [&](dms_str key) {
    dms::string_sink text;
    texts->translate(texts->context, str(is("texts.locale") ? "German" : "de-AT"), key, text.get());
  };
  if (host_.bell.contains("label")) {
    word({reinterpret_cast<const char *>(host_.bell["label"].get<std::uintptr_t>()),
          host_.bell["length"].get<std::uint64_t>()});
  }
  if (!is("texts.menu_copied")) {
    for (const auto &[handle, entry] : host_.menus) word(str(entry.label));
  }
  if (!is("texts.right_copied")) {
    for (const auto &[handle, right] : host_.granted) word(str(right.label));
  }
}

void day::end() {
  if (is("host.stays")) host_.raw.name = str("Renamed");
  if (is("services.stay")) {
    host_.audit.write = [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *) -> dms_status {
      return dms_ok;
    };
  }
  for (const auto &[handle, job] : host_.work) late_ = *job;
  std::thread still;
  std::atomic<bool> running{false}, left{false};
  if (is("state.ended")) {
    static std::atomic<bool> *is_running, *may_leave;
    is_running = &running, may_leave = &left;
    host_.log.write = [](void *, std::int32_t, dms_str) {
      *is_running = true;
      while (!*may_leave) ::usleep(1000);
    };
    still = std::thread([&] {
      fake_host::calling call(host_, {.channel = "job"});
      dms::string_sink line;
      late_.run(late_.context, call.raw(), line.get(), nullptr);
    });
    while (!running) ::usleep(1000);
  }
  if (!is("order.deactivate")) the_plugin->deactivate(the_plugin);
  left = true;
  if (still.joinable()) still.join();
  if (is("state.gone")) {
    fake_host::calling call(host_, {.channel = "job"});
    dms::string_sink line;
    late_.run(late_.context, call.raw(), line.get(), nullptr);
  }
  if (is("order.deinit")) the_entry->deinit();
  the_plugin->destroy(the_plugin);
  if (!is("order.deinit")) the_entry->deinit();
}

void day::lead(const char *library) {
  begin(library);
  look_at_screens();
  change_things();
  run_jobs();
  take_in();
  judge_references();
  hear_events();
  ask_for_words();
  end();
}

int run(const char *library, const std::string &folder, std::string_view rule) {
  fake_host host(folder);
  the_host = &host;
  put_in_wrapped(host, rule);
  if (rule == "storage.directory") {
    host.storage.data_directory = [](void *, const dms_sink *path, dms_error *) {
      return fake_host::put(path, "somewhere");
    };
  }
  const auto *found =
      std::find_if(std::begin(faults), std::end(faults), [&](const fault &one) { return one.rule == rule; });
  if (!rule.empty() && found == std::end(faults)) {
    std::cerr << "There is no way to break " << rule << ".\n";
    return 2;
  }
  if (!rule.empty() && found->put_in != nullptr) found->put_in(host);
  day(host, rule).lead(library);
  return 0;
}

}  // namespace

int main(int count, char **words) {
  if (count == 2 && std::string_view(words[1]) == "--list") {
    for (const auto &one : faults) std::cout << one.rule << ' ' << one.also << '\n';
    return 0;
  }
  if (count != 3 && count != 4) {
    std::cerr << "usage: broken_host PROBE.so FOLDER [RULE]\n";
    return 2;
  }
  try {
    return run(words[1], words[2], count == 4 ? words[3] : "");
  } catch (const std::exception &reason) {
    std::cerr << reason.what() << '\n';
    return 1;
  }
}
