// throwing_everywhere.cpp - whatever the host calls after activate throws through the C interface.
#include <stdexcept>
#include <utility>
#define BROKEN_ACTIVATE
#define BROKEN_EXTENSION
#include "broken.h"
namespace {

dms_str text(const char *from) {
  return dms_str{from, strlen(from)};
}
dms_status thrown() {
  throw std::runtime_error("thrown by the plugin");
}
dms_status load(void *, const dms_call *, dms_str, const dms_sink *, dms_error *) {
  return thrown();
}
dms_status act(void *, const dms_call *, dms_str, dms_str, const dms_sink *, dms_error *) {
  return thrown();
}
int32_t probe(void *, dms_str) {
  return 0;
}
dms_status take(void *, const dms_call *, const dms_stream *, dms_str, const dms_progress *, const dms_sink *,
                dms_error *) {
  throw 7;
}
dms_status run(void *, const dms_call *, const dms_sink *, dms_error *) {
  return thrown();
}
dms_status handle(void *, const dms_call *, dms_str, dms_error *) {
  return thrown();
}
dms_status judge(void *, const dms_call *, dms_str, const dms_sink *, dms_error *) {
  return thrown();
}
dms_status translate(void *, dms_str, dms_str, const dms_sink *) {
  return thrown();
}
dms_status tell(void *, const dms_call *, const dms_sink *, dms_error *) {
  return thrown();
}
dms_status open_work(void *, const dms_call *, dms_str, const dms_sink *, dms_error *) {
  return thrown();
}
dms_status hand_over(void *, const dms_call *, dms_str, dms_str, dms_str, const dms_sink *, dms_error *) {
  return thrown();
}

const dms_screen screen{sizeof(dms_screen), 0, nullptr, text("broken.screen"), text(""), load, act};
const dms_import_hook hook{sizeof(dms_import_hook), 0, nullptr, text("broken_feed"), text("Feed"), probe, take};
const dms_job job{sizeof(dms_job), 3600, nullptr, text("broken.job"), text("Job"), run};
const dms_event_handler asked{sizeof(dms_event_handler), 0, nullptr, text("user.deactivating"), handle};
const dms_event_handler told{sizeof(dms_event_handler), 0, nullptr, text("user.activated"), handle};
const dms_reference_guard guard{sizeof(dms_reference_guard), 0, nullptr, text("broken:"), judge};
const dms_texts texts{nullptr, translate};
const dms_health health{nullptr, tell};
const dms_counts counts{nullptr, tell};
const dms_handover handover{nullptr, open_work, hand_over};

template <typename Registry, typename Item>
bool add(const char *id, const Item &item) {
  const auto *registry = static_cast<const Registry *>(broken_service(id, strlen(id)));
  return registry != nullptr && registry->add(registry->context, &item, nullptr) != 0;
}

}  // namespace
static dms_status plugin_activate(dms_plugin *, const dms_call *, const dms_progress *, dms_error *error) {
  const bool all = add<dms_screens>(DMS_SCREENS_ID, screen) && add<dms_imports>(DMS_IMPORTS_ID, hook) &&
                   add<dms_jobs>(DMS_JOBS_ID, job) && add<dms_events>(DMS_EVENTS_ID, asked) &&
                   add<dms_events>(DMS_EVENTS_ID, told) && add<dms_references>(DMS_REFERENCES_ID, guard);
  return all ? dms_ok : broken_fail(error, "The host refused a contribution.");
}
static const void *plugin_extension(dms_plugin *, dms_str id) {
  const std::pair<const char *, const void *> offered[] = {
      {DMS_TEXTS_ID, &texts}, {DMS_HEALTH_ID, &health}, {DMS_COUNTS_ID, &counts}, {DMS_HANDOVER_ID, &handover}};
  for (const auto &[name, extension] : offered) {
    if (id.len == strlen(name) && memcmp(id.ptr, name, id.len) == 0) return extension;
  }
  return nullptr;
}
