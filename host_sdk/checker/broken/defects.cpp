// defects.cpp - one plugin that is whole, and a table of what can be wrong with it: the environment variable
// BROKEN_DEFECT names the row, which is the name of the check that must find it; behind a "/" stands which of several.
#include "whole_plugin.hpp"

namespace {

// --- what can be wrong with it ---

constexpr unsigned too_long_s = 11;

/// The users of the host, or what became of asking for them.
std::string users_of(instance &self) {
  const auto *directory = service<dms_directory>(self, DMS_DIRECTORY_ID);
  dms::string_sink text;
  if (directory == nullptr || directory->users(directory->context, text.get(), nullptr) != dms_ok) return "away";
  return text.text();
}
std::string setting(const char *key) {
  const auto *settings = service<dms_settings>(*newest, DMS_SETTINGS_ID);
  dms::string_sink text;
  if (settings == nullptr || settings->get(settings->context, str(key), text.get(), nullptr) != dms_ok) return {};
  return text.text();
}
/// A load with something before it.
template <auto Before>
dms_status load_after(void *context, const dms_call *call, dms_str parameters, const dms_sink *document,
                      dms_error *error) {
  if (const auto status = Before(*call, parameters); status != dms_ok)
    return fail(error, status, "It does not do that.");
  return load(context, call, parameters, document, error);
}
/// Keeps the parameters that it was lent, and tells of them later.
dms_status keep_and_tell(const dms_call &, dms_str parameters) {
  static dms_str kept{};
  if (kept.len != 0) log(view(kept));
  if (parameters.len > 2) kept = parameters;
  return dms_ok;
}

struct defect {
  std::string_view check;
  void (*put_in)(parts &);
};

const defect defects[] = {
    // --- the library ---
    {"entry", [](parts &all) { all.entry.describe = nullptr; }},
    {"entry_again", [](parts &) {}},  // dms_plugin_get_entry itself
    {"counted",
     [](parts &all) {
       all.entry.init = [](dms_error *error) -> dms_status {
         return inits++ > 0 ? fail(error, dms_invalid, "It is init'ed.") : dms_ok;
       };
     }},
    {"description",
     [](parts &all) {
       all.entry.describe = [](const dms_sink *sink, dms_error *) {
         return put(sink, R"({"id":"somebody_else","version":"1.0.0"})");
       };
     }},
    {"description_sink",
     [](parts &all) {
       all.entry.describe = [](const dms_sink *sink, dms_error *) -> dms_status {
         describe(sink, nullptr);
         return dms_ok;
       };
     }},
    {"loads",
     [](parts &) {
       const char *before = std::getenv("BROKEN_LOADS");
       const int count = before == nullptr ? 1 : std::atoi(before) + 1;
       ::setenv("BROKEN_LOADS", std::to_string(count).c_str(), 1);
       if (count > 20) std::abort();
     }},
    // --- the life ---
    {"create", [](parts &all) { all.entry.create = [](dms_error *) -> dms_plugin * { return nullptr; }; }},
    {"extension",
     [](parts &all) { all.plugin.get_extension = [](dms_plugin *, dms_str) -> const void * { return &the().texts; }; }},
    {"order",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *call, const dms_progress *progress,
                                dms_error *error) -> dms_status {
         return of(raw).now == state::made ? dms_ok : activate(raw, call, progress, error);
       };
     }},
    {"instances",
     [](parts &all) {
       all.entry.create = [](dms_error *error) -> dms_plugin * {
         static int made = 0;
         return ++made > 10 ? nullptr : create(error);
       };
     }},
    {"two_at_once",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *call, const dms_progress *progress,
                                dms_error *error) -> dms_status {
         if (newest != nullptr && newest != &of(raw)) return fail(error, dms_failed, "There is another one.");
         return activate(raw, call, progress, error);
       };
     }},
    {"switch",
     [](parts &all) {
       all.plugin.deactivate = [](dms_plugin *raw) { of(raw).now = std::min(of(raw).now, state::ready); };
     }},
    {"threads",
     [](parts &all) {
       all.plugin.deactivate = [](dms_plugin *raw) {
         deactivate(raw);
         std::thread([] { ::sleep(60); }).detach();
       };
     }},
    {"files",
     [](parts &all) {
       all.plugin.deactivate = [](dms_plugin *raw) {
         deactivate(raw);
         [[maybe_unused]] const int left = ::open("/dev/null", O_RDONLY);
       };
     }},
    {"quiet",
     [](parts &all) {
       all.plugin.destroy = [](dms_plugin *raw) {
         log("gone");
         destroy(raw);
       };
     }},
    {"init",
     [](parts &all) {
       all.plugin.init = [](dms_plugin *raw, const dms_host *host, dms_error *error) {
         const auto status = init(raw, host, error);
         const auto *storage = service<dms_storage>(of(raw), DMS_STORAGE_ID);
         dms::string_sink folder;
         storage->data_directory(storage->context, folder.get(), nullptr);
         ::close(::open((folder.text() + "/early").c_str(), O_CREAT | O_WRONLY, 0600));
         return status;
       };
     }},
    {"newer_host",
     [](parts &all) {
       all.plugin.init = [](dms_plugin *raw, const dms_host *host, dms_error *error) {
         return host->struct_size != sizeof *host ? fail(error, dms_invalid, "This is another host.")
                                                  : init(raw, host, error);
       };
     }},
    {"older_host",
     [](parts &all) {
       all.plugin.init = [](dms_plugin *raw, const dms_host *host, dms_error *error) {
         return host->struct_size <= DMS_HOST_SIZE_1_0 ? fail(error, dms_invalid, "This host is too old.")
                                                       : init(raw, host, error);
       };
     }},
    {"cancelled_start",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *call, const dms_progress *progress, dms_error *error) {
         const auto status = activate(raw, call, progress, error);
         return call->cancelled(call->context) != 0 ? fail(error, dms_cancelled, "It was stopped.") : status;
       };
     }},
    // --- registrations ---
    {"ids", [](parts &all) { all.job.id = str("Broken Job!"); }},
    {"complete", [](parts &all) { all.screen.act = nullptr; }},
    {"menus", [](parts &all) { all.menu.screen = str("broken.nowhere"); }},
    {"rights", [](parts &all) { all.screen.right = str("broken.unknown"); }},
    {"services_named",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         service<dms_audit>(*newest, DMS_AUDIT_ID);
         return dms_status{dms_ok};
       }>;
     }},
    {"settings_named",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         setting("broken.undeclared");
         return dms_status{dms_ok};
       }>;
     }},
    {"registries",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         add<dms_menu>(*newest, 7, DMS_MENU_ID, the().menu);
         take_back<dms_menu>(*newest, 7, DMS_MENU_ID);
         return dms_status{dms_ok};
       }>;
     }},
    // --- screens ---
    {"screens",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *document, dms_error *) {
         return put(document, "<html>");
       };
     }},
    {"screen_id",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *document, dms_error *) {
         return put(document, R"({"schema":"dms.screen/1","id":"broken.other","title":"","blocks":[]})");
       };
     }},
    {"writes",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *, dms_error *) -> dms_status {
         return dms_ok;
       };
     }},
    {"without_rights",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &call, dms_str) {
         return call.may(call.context, str("broken.see")) != 0 ? dms_status{dms_ok} : dms_status{dms_failed};
       }>;
     }},
    {"locales",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &call, dms_str) {
         return view(call.locale) == "fr" ? dms_status{dms_failed} : dms_status{dms_ok};
       }>;
     }},
    {"newer_call",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &call, dms_str) {
         return call.struct_size == sizeof call ? dms_status{dms_ok} : dms_status{dms_invalid};
       }>;
     }},
    {"hostile_input",
     [](parts &all) {
       all.screen.act = [](void *, const dms_call *, dms_str, dms_str, const dms_sink *result, dms_error *) {
         return put(result, R"({"schema":"dms.result/1","status":"ok","message":"Done."})");
       };
     }},
    {"refused_sink",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *document, dms_error *) {
         put(document, page.substr(0, 5));
         return put(document, page.substr(5));
       };
     }},
    {"refused_result",
     [](parts &all) {
       all.screen.act = [](void *, const dms_call *, dms_str, dms_str, const dms_sink *result,
                           dms_error *) -> dms_status {
         for (const char &letter : refusal) put(result, {&letter, 1});
         return dms_unsupported;
       };
     }},
    {"cancelled_screen",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &call, dms_str) {
         if (call.cancelled(call.context) != 0) ::sleep(too_long_s);
         return dms_status{dms_ok};
       }>;
     }},
    {"at_once",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         static std::atomic<int> inside{0};
         const bool alone = inside++ == 0;
         ::usleep(2000);
         --inside;
         return alone ? dms_status{dms_ok} : dms_status{dms_conflict};
       }>;
     }},
    {"small_stack",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         volatile char much[std::size_t{512} * 1024];
         for (std::size_t at = 0; at < sizeof much; at += 4096) much[at] = 1;
         return much[0] == 1 ? dms_status{dms_ok} : dms_status{dms_failed};
       }>;
     }},
    {"borrowed", [](parts &all) { all.screen.load = &load_after<keep_and_tell>; }},
    {"error_filled",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *, dms_error *) -> dms_status {
         return dms_invalid;
       };
     }},
    {"error_small",
     [](parts &all) {
       all.screen.act = [](void *, const dms_call *, dms_str, dms_str, const dms_sink *result,
                           dms_error *error) -> dms_status {
         put(result, refusal);
         if (error != nullptr) std::memset(error->message, 'x', sizeof error->message - 1);
         return dms_unsupported;
       };
     }},
    {"error_null",
     [](parts &all) {
       all.screen.load = [](void *, const dms_call *, dms_str, const dms_sink *, dms_error *error) -> dms_status {
         const_cast<volatile dms_error *>(error)->code = dms_invalid;
         return dms_invalid;
       };
     }},
    // --- imports, jobs, handlers, guards ---
    {"hostile_payloads", [](parts &all) { all.hook.probe = [](void *, dms_str) -> std::int32_t { return 300; }; }},
    {"hostile_payloads/status",
     [](parts &all) {
       all.hook.run = [](void *, const dms_call *, const dms_stream *, dms_str, const dms_progress *, const dms_sink *,
                         dms_error *error) { return fail(error, dms_invalid, "This is no payload."); };
     }},
    {"broken_stream",
     [](parts &all) {
       all.hook.run = [](void *, const dms_call *, const dms_stream *payload, dms_str, const dms_progress *,
                         const dms_sink *sink, dms_error *) {
         char some[64];
         while (payload->read(payload->context, some, sizeof some) > 0) continue;
         return put(sink, report);
       };
     }},
    {"broken_stream/status",
     [](parts &all) {
       all.hook.run = [](void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                         const dms_progress *progress, const dms_sink *sink, dms_error *error) -> dms_status {
         const auto status = take_in(context, call, payload, name, progress, sink, error);
         return status == dms_cancelled ? dms_failed : status;
       };
     }},
    {"slow_stream",
     [](parts &all) {
       all.hook.run = [](void *, const dms_call *, const dms_stream *payload, dms_str, const dms_progress *,
                         const dms_sink *sink, dms_error *error) {
         char some[64];
         const auto count = payload->read(payload->context, some, sizeof some);
         return count < 0 ? fail(error, dms_cancelled, "The payload broke off.") : put(sink, report);
       };
     }},
    {"refused_report",
     [](parts &all) {
       all.hook.run = [](void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                         const dms_progress *progress, const dms_sink *sink, dms_error *error) -> dms_status {
         take_in(context, call, payload, name, progress, sink, error);
         return dms_ok;
       };
     }},
    {"refused_report/status",
     [](parts &all) {
       all.hook.run = [](void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                         const dms_progress *progress, const dms_sink *sink, dms_error *error) -> dms_status {
         const auto status = take_in(context, call, payload, name, progress, sink, error);
         return status == dms_too_large ? dms_failed : status;
       };
     }},
    {"refused_report/writes",
     [](parts &all) {
       all.hook.run = [](void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                         const dms_progress *progress, const dms_sink *sink, dms_error *error) -> dms_status {
         const auto status = take_in(context, call, payload, name, progress, sink, error);
         put(sink, " ");
         return status;
       };
     }},
    {"cancelled_import",
     [](parts &all) {
       all.hook.run = [](void *, const dms_call *call, const dms_stream *, dms_str, const dms_progress *,
                         const dms_sink *sink, dms_error *error) {
         return call->cancelled(call->context) != 0 ? fail(error, dms_failed, "It does not like to be stopped.")
                                                    : put(sink, report);
       };
     }},
    {"cancelled_import/status",
     [](parts &all) {
       all.hook.run = [](void *context, const dms_call *call, const dms_stream *payload, dms_str name,
                         const dms_progress *progress, const dms_sink *sink, dms_error *error) -> dms_status {
         if (call->cancelled(call->context) != 0) return fail(error, dms_invalid, "It does not like to be stopped.");
         return take_in(context, call, payload, name, progress, sink, error);
       };
     }},
    {"jobs",
     [](parts &all) {
       all.job.run = [](void *, const dms_call *, const dms_sink *, dms_error *error) {
         return fail(error, dms_invalid, "It does not run.");
       };
     }},
    {"jobs/cancelled",
     [](parts &all) {
       all.job.run = [](void *, const dms_call *, const dms_sink *, dms_error *error) {
         return fail(error, dms_cancelled, "Nobody asked it to stop.");
       };
     }},
    {"refused_line",
     [](parts &all) {
       all.job.run = [](void *, const dms_call *, const dms_sink *line, dms_error *) -> dms_status {
         put(line, "Done.");
         return dms_ok;
       };
     }},
    {"cancelled_jobs",
     [](parts &all) {
       all.job.run = [](void *, const dms_call *call, const dms_sink *, dms_error *) -> dms_status {
         if (call->cancelled(call->context) != 0) ::sleep(too_long_s);
         return dms_ok;
       };
     }},
    {"events",
     [](parts &all) {
       all.handler.handle = [](void *, const dms_call *, dms_str data, dms_error *) -> dms_status {
         return view(data) == "null" ? 77 : dms_ok;
       };
     }},
    {"events/refused",
     [](parts &all) {
       all.handler.handle = [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_refused; };
     }},
    {"guards",
     [](parts &all) {
       all.guard.judge = [](void *, const dms_call *, dms_str, const dms_sink *json, dms_error *) {
         return put(json, R"({"broken:0":"work"})");
       };
     }},
    {"guards/status",
     [](parts &all) {
       all.guard.judge = [](void *, const dms_call *, dms_str references, const dms_sink *json,
                            dms_error *) -> dms_status { return view(references) == "null" ? 77 : put(json, "{}"); };
     }},
    {"guards/refused",
     [](parts &all) {
       all.guard.judge = [](void *, const dms_call *, dms_str, const dms_sink *json, dms_error *) -> dms_status {
         put(json, "{}");
         return dms_ok;
       };
     }},
    // --- extensions ---
    {"exceptions",
     [](parts &all) {
       all.guard.judge = [](void *, const dms_call *, dms_str, const dms_sink *, dms_error *) -> dms_status {
         throw std::runtime_error("");
       };
     }},
    {"texts",
     [](parts &all) {
       all.texts.translate = [](void *, dms_str locale, dms_str key, const dms_sink *text) {
         return put(text, view(locale) == "fr" ? std::string_view("\xFF") : view(key));
       };
     }},
    {"unknown_text",
     [](parts &all) {
       all.texts.translate = [](void *, dms_str, dms_str, const dms_sink *text) { return put(text, "???"); };
     }},
    {"health",
     [](parts &all) {
       all.health.check = [](void *, const dms_call *, const dms_sink *json, dms_error *) {
         return put(json, R"([{"id":"all"}])");
       };
     }},
    {"counts",
     [](parts &all) {
       all.counts.count = [](void *, const dms_call *, const dms_sink *json, dms_error *) {
         return put(json, R"({"broken.nowhere":1})");
       };
     }},
    {"handover",
     [](parts &all) {
       all.handover.open = [](void *, const dms_call *, dms_str, const dms_sink *json, dms_error *) {
         return put(json, "[]");
       };
     }},
    {"handover_to_nobody",
     [](parts &all) {
       all.handover.hand_over = [](void *, const dms_call *, dms_str, dms_str, dms_str, const dms_sink *json,
                                   dms_error *) { return put(json, R"({"done":3,"left":0,"message":""})"); };
     }},
    // --- the host ---
    {"services_away",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         if (users_of(*newest) == "away") std::abort();
         return dms_status{dms_ok};
       }>;
     }},
    {"services_nonsense",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         if (users_of(*newest)[0] != '[') std::abort();
         return dms_status{dms_ok};
       }>;
     }},
    {"secrets",
     [](parts &all) {
       all.screen.load = &load_after<[](const dms_call &, dms_str) {
         log("the password is " + setting("broken.password"));
         return dms_status{dms_ok};
       }>;
     }},
    {"random",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *call, const dms_progress *progress,
                                dms_error *error) -> dms_status {
         static int starts = 0;
         if (of(raw).now == state::ready && ++starts > 5) return fail(error, dms_failed, "Five times is enough.");
         return activate(raw, call, progress, error);
       };
     }},
    {"without dms.log/1",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *call, const dms_progress *progress,
                                dms_error *error) -> dms_status {
         if (of(raw).now == state::ready && service<dms_log>(of(raw), DMS_LOG_ID) == nullptr)
           return fail(error, dms_failed, "There is no log.");
         return activate(raw, call, progress, error);
       };
     }},
    {"without dms.screens/1",
     [](parts &all) {
       all.plugin.activate = [](dms_plugin *raw, const dms_call *, const dms_progress *,
                                dms_error *error) -> dms_status {
         if (of(raw).now != state::ready) return fail(error, dms_invalid, "It is not its turn.");
         of(raw).now = state::active;
         return dms_ok;
       };
     }},
};

parts &the() {
  static parts all = [] {
    parts made;
    made.plugin = {sizeof made.plugin, 0, nullptr, &init, &activate, &deactivate, &destroy, &extension};
    made.entry = {sizeof made.entry, DMS_ABI_MAJOR,   DMS_ABI_MINOR, 0,
                  &library_init,     &library_deinit, &describe,     &create};
    const char *name = std::getenv("BROKEN_DEFECT");
    for (const auto &each : defects) {
      if (name != nullptr && each.check == name) each.put_in(made);
    }
    return made;
  }();
  return all;
}

}  // namespace

extern "C" DMS_EXPORT const dms_plugin_entry *dms_plugin_get_entry(void) {
  static const dms_plugin_entry another = the().entry;
  const char *name = std::getenv("BROKEN_DEFECT");
  static bool second = false;
  if (name != nullptr && std::string_view(name) == "entry_again" && second) return &another;
  second = true;
  return &the().entry;
}
