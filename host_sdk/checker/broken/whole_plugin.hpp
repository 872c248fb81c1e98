// whole_plugin.hpp - a plugin that keeps to everything, in parts that a defect may change.
#pragma once

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>

#include "dms/cpp/basics.hpp"
#include "dms/sdk.h"

namespace {

using dms::fail;
using dms::str;
using dms::view;

constexpr std::string_view page = R"({"schema":"dms.screen/1","id":"broken.screen","title":"Page","blocks":[]})";
constexpr std::string_view refusal =
    R"({"schema":"dms.result/1","status":"unsupported","message":"There is no such action."})";
constexpr std::string_view report =
    R"({"schema":"dms.import_report/1","receipt":"1","accepted":0,"repeated":0,"legacy":0,"quarantined":0,"items":[]})";

enum class state { made, ready, active };

struct instance {
  dms_plugin raw{};
  const dms_host *host = nullptr;
  state now = state::made;
  dms_handle handles[8]{};
};

dms_status put(const dms_sink *sink, std::string_view text) {
  return sink->write(sink->context, str(text));
}
instance &of(dms_plugin *raw) {
  return *static_cast<instance *>(raw->context);
}
template <typename Service>
const Service *service(const instance &self, const char *id) {
  return static_cast<const Service *>(self.host->get_service(self.host, str(id)));
}
instance *newest = nullptr;
void log(std::string_view line) {
  if (newest == nullptr || newest->host == nullptr) return;
  if (const auto *to = service<dms_log>(*newest, DMS_LOG_ID)) to->write(to->context, dms_log_info, str(line));
}

// --- the whole plugin ---

std::atomic<int> inits{0};
dms_status library_init(dms_error *) {
  ++inits;
  return dms_ok;
}
void library_deinit() {
  --inits;
}
dms_status describe(const dms_sink *sink, dms_error *) {
  return put(sink, R"({"id":"broken_defects","version":"1.0.0","name":"Defects"})");
}

dms_status load(void *, const dms_call *, dms_str parameters, const dms_sink *document, dms_error *error) {
  if (view(parameters) == "[") return fail(error, dms_invalid, "These are no parameters.");
  return put(document, page);
}
dms_status act(void *, const dms_call *, dms_str, dms_str, const dms_sink *result, dms_error *error) {
  put(result, refusal);
  return fail(error, dms_unsupported, "There is no such action.");
}
std::int32_t probe(void *, dms_str) {
  return 0;
}
dms_status take_in(void *, const dms_call *, const dms_stream *payload, dms_str, const dms_progress *,
                   const dms_sink *sink, dms_error *error) {
  char some[64];
  std::int64_t count = 0;
  while ((count = payload->read(payload->context, some, sizeof some)) > 0) continue;
  return count < 0 ? fail(error, dms_cancelled, "The payload broke off.") : put(sink, report);
}
dms_status run(void *, const dms_call *, const dms_sink *, dms_error *) {
  return dms_ok;
}
dms_status handle(void *, const dms_call *, dms_str, dms_error *) {
  return dms_ok;
}
dms_status judge(void *, const dms_call *, dms_str, const dms_sink *json, dms_error *) {
  return put(json, "{}");
}
dms_status translate(void *, dms_str, dms_str key, const dms_sink *text) {
  return put(text, view(key));
}
dms_status check_health(void *, const dms_call *, const dms_sink *json, dms_error *) {
  return put(json, R"([{"id":"all","label":"All","tone":"good","text":"Well"}])");
}
dms_status count(void *, const dms_call *, const dms_sink *json, dms_error *) {
  return put(json, R"({"broken.screen":1})");
}
dms_status open_work(void *, const dms_call *, dms_str, const dms_sink *json, dms_error *) {
  return put(json, "{}");
}
dms_status hand_over(void *, const dms_call *, dms_str, dms_str, dms_str, const dms_sink *, dms_error *error) {
  return fail(error, dms_invalid, "Nobody takes it over.");
}

/// All that a defect may change.
struct parts {
  dms_screen screen{sizeof screen, 0, nullptr, str("broken.screen"), str("broken.see"), &load, &act};
  dms_import_hook hook{sizeof hook, 0, nullptr, str("broken_feed"), str("Feed"), &probe, &take_in};
  dms_job job{sizeof job, 3600, nullptr, str("broken.job"), str("Job"), &run};
  dms_event_handler handler{sizeof handler, 0, nullptr, str("user.activated"), &handle};
  dms_reference_guard guard{sizeof guard, 0, nullptr, str("broken:"), &judge};
  dms_menu_entry menu{sizeof menu,         900, str(DMS_MENU_ADMINISTRATION), str("Broken"), str("broken.see"),
                      str("broken.screen")};
  dms_right right{sizeof right, 0, str("broken.see"), str("See"), str("admin")};
  dms_texts texts{nullptr, &translate};
  dms_health health{nullptr, &check_health};
  dms_counts counts{nullptr, &count};
  dms_handover handover{nullptr, &open_work, &hand_over};
  dms_plugin plugin{};
  dms_plugin_entry entry{};
};
parts &the();

template <typename Registry, typename Item>
void add(instance &self, int at, const char *id, const Item &item) {
  const auto *registry = service<Registry>(self, id);
  if (registry != nullptr) self.handles[at] = registry->add(registry->context, &item, nullptr);
}
template <typename Registry>
void take_back(instance &self, int at, const char *id) {
  const auto *registry = service<Registry>(self, id);
  if (registry != nullptr && self.handles[at] != 0) registry->remove(registry->context, self.handles[at]);
  self.handles[at] = 0;
}

dms_status init(dms_plugin *raw, const dms_host *host, dms_error *error) {
  auto &self = of(raw);
  if (self.now != state::made) return fail(error, dms_invalid, "It was init'ed before.");
  self.host = host;
  self.now = state::ready;
  return dms_ok;
}
dms_status activate(dms_plugin *raw, const dms_call *, const dms_progress *, dms_error *error) {
  auto &self = of(raw);
  if (self.now != state::ready) return fail(error, dms_invalid, "It is not its turn.");
  if (service<dms_screens>(self, DMS_SCREENS_ID) == nullptr)
    return fail(error, dms_unsupported, "The host has no screens.");
  add<dms_rights>(self, 0, DMS_RIGHTS_ID, the().right);
  add<dms_screens>(self, 1, DMS_SCREENS_ID, the().screen);
  add<dms_imports>(self, 2, DMS_IMPORTS_ID, the().hook);
  add<dms_jobs>(self, 3, DMS_JOBS_ID, the().job);
  add<dms_events>(self, 4, DMS_EVENTS_ID, the().handler);
  add<dms_references>(self, 5, DMS_REFERENCES_ID, the().guard);
  add<dms_menu>(self, 6, DMS_MENU_ID, the().menu);
  self.now = state::active;
  newest = &self;
  return dms_ok;
}
void deactivate(dms_plugin *raw) {
  auto &self = of(raw);
  if (self.now != state::active) return;
  take_back<dms_menu>(self, 6, DMS_MENU_ID);
  take_back<dms_references>(self, 5, DMS_REFERENCES_ID);
  take_back<dms_events>(self, 4, DMS_EVENTS_ID);
  take_back<dms_jobs>(self, 3, DMS_JOBS_ID);
  take_back<dms_imports>(self, 2, DMS_IMPORTS_ID);
  take_back<dms_screens>(self, 1, DMS_SCREENS_ID);
  take_back<dms_rights>(self, 0, DMS_RIGHTS_ID);
  self.now = state::ready;
}
void destroy(dms_plugin *raw) {
  if (newest == &of(raw)) newest = nullptr;
  delete &of(raw);
}
const void *extension(dms_plugin *, dms_str id) {
  if (view(id) == DMS_TEXTS_ID) return &the().texts;
  if (view(id) == DMS_HEALTH_ID) return &the().health;
  if (view(id) == DMS_COUNTS_ID) return &the().counts;
  if (view(id) == DMS_HANDOVER_ID) return &the().handover;
  return nullptr;
}
dms_plugin *create(dms_error *) {
  auto *made = new instance;
  made->raw = the().plugin;
  made->raw.context = made;
  return &made->raw;
}

}  // namespace
