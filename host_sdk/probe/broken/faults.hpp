// faults.hpp - the rules that a host can break, and how: a table that a day in broken_host.cpp is led by.
#pragma once

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
/// All that changed later, however few are asked for.
dms_status without_limit(const json &all, std::int64_t after, const dms_sink *sink) {
  auto found = json::array();
  for (const auto &one : all) {
    if (one["change"] > after) found.push_back(one);
  }
  return fake_host::put_json(sink, found);
}
/// What is there; for what is not, an empty document.
dms_status there_or_empty(const json &all, dms_str id, const dms_sink *sink) {
  for (const auto &one : all) {
    if (one["id"] == view(id)) return fake_host::put_json(sink, one);
  }
  return fake_host::put(sink, "{}");
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
    {"customers.merged", "", [](fake_host &host) { host.known_customers["before"]["id"] = "before"; }},
    {"deals.whole", "", [](fake_host &host) { host.deals[0]["change"] = "3"; }},
    {"deals.order", "", [](fake_host &host) { std::swap(host.deals[0], host.deals[1]); }},
    {"deals.limit", "",
     [](fake_host &host) {
       host.sales.changed = [](void *context, std::int64_t after, std::uint32_t, const dms_sink *sink, dms_error *) {
         return without_limit(fake_host::of(context).deals, after, sink);
       };
     }},
    {"deals.missing", "",
     [](fake_host &host) {
       host.sales.get = [](void *context, dms_str id, const dms_sink *sink, dms_error *) {
         return there_or_empty(fake_host::of(context).deals, id, sink);
       };
     }},
    {"deals.told", "",
     [](fake_host &host) {
       host.sales.get = [](void *, dms_str, const dms_sink *, dms_error *error) { return fake_host::missing(error); };
     }},
    {"absences.list", "", [](fake_host &host) { std::swap(host.absent[0], host.absent[1]); }},
    {"absences.since", "",
     [](fake_host &host) {
       host.absences.list = [](void *context, dms_str, const dms_sink *sink, dms_error *) {
         return fake_host::put_json(sink, fake_host::of(context).absent);
       };
     }},
    {"absences.generation", "",
     [](fake_host &host) {
       host.absences.generation = [](void *) -> std::int64_t {
         static std::int64_t last = 0;
         return ++last;
       };
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
    {"mail.sender", "",
     [](fake_host &host) {
       host.mail.sender = [](void *, const dms_sink *sink, dms_error *) {
         return fake_host::put(sink, R"({"name":"Example","replies":true})");
       };
     }},
    {"mail.news", "", [](fake_host &host) { host.mail_news[0]["state"] = "on its way"; }},
    {"mail.order", "", [](fake_host &host) { std::swap(host.mail_news[0], host.mail_news[1]); }},
    {"mail.limit", "",
     [](fake_host &host) {
       host.mail.changed = [](void *context, std::int64_t after, std::uint32_t, const dms_sink *sink, dms_error *) {
         return without_limit(fake_host::of(context).mail_news, after, sink);
       };
     }},
    {"mail.missing", "",
     [](fake_host &host) {
       host.mail.get = [](void *context, dms_str id, const dms_sink *sink, dms_error *) {
         return there_or_empty(fake_host::of(context).mail_news, id, sink);
       };
     }},
    {"mail.bad", ""},
    {"mail.once", ""},
    {"mail.told", "",
     [](fake_host &host) {
       host.mail.get = [](void *, dms_str, const dms_sink *, dms_error *error) { return fake_host::missing(error); };
     }},
    {"handover.kind", ""},
    {"handover.to", ""},
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

dms_mail mail_before;
dms_customer_changes changes_before;
dms_contact_completion completion_before;

void put_in_wrapped(fake_host &host, std::string_view rule) {
  changes_before = host.changes;
  completion_before = host.completion;
  mail_before = host.mail;
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
  if (rule == "mail.bad" || rule == "mail.once") {
    static bool any_address;
    any_address = rule == "mail.bad";
    host.mail.send = [](void *context, const dms_call *call, dms_str key, dms_str mail, const dms_sink *sink,
                        dms_error *error) -> dms_status {
      auto document = dms::json_or_null(view(mail));
      if (any_address) document["to"] = "anybody@example.org";
      static int sent = 0;
      auto name = std::string(view(key));
      if (!any_address) name += std::to_string(++sent);
      const auto text = dms::to_text(document);
      return mail_before.send(context, call, str(name), str(text), sink, error);
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

}  // namespace
