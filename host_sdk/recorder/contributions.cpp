// What a plugin registers: the host gets a struct of ours that leads to it.
#include "recorder/between.hpp"

namespace dms::recording {
namespace {

/// A copy of what the plugin filled in, with our functions in it; a member of a later minor is left out.
template <typename Item>
between<Item> &copy_of(const Item *item, const char *service, std::string_view who, keeper &by) {
  auto &made = by.keep(std::make_unique<between<Item>>(item, direction::to_plugin, service, std::string(who), by));
  std::memcpy(&made.face, item, std::min<std::size_t>(item->struct_size, sizeof made.face));
  made.face.struct_size = std::min(item->struct_size, static_cast<std::uint32_t>(sizeof made.face));
  made.face.context = &made;
  return made;
}

}  // namespace

const dms_screen *stand_between(const dms_screen *item, keeper &by) {
  auto &made = copy_of(item, DMS_SCREENS_ID, view(item->id), by);
  made.face.load = DMS_THROUGH(dms_screen, load, "", "parameters", "", "");
  made.face.act = DMS_THROUGH(dms_screen, act, "", "action", "input", "", "");
  return &made.face;
}
const dms_import_hook *stand_between(const dms_import_hook *item, keeper &by) {
  auto &made = copy_of(item, DMS_IMPORTS_ID, view(item->source), by);
  made.face.probe = DMS_THROUGH(dms_import_hook, probe, "first_bytes");
  made.face.run = DMS_THROUGH(dms_import_hook, run, "", "", "file_name", "", "", "");
  return &made.face;
}
const dms_job *stand_between(const dms_job *item, keeper &by) {
  auto &made = copy_of(item, DMS_JOBS_ID, view(item->id), by);
  made.face.run = DMS_THROUGH(dms_job, run, "", "", "");
  return &made.face;
}
const dms_event_handler *stand_between(const dms_event_handler *item, keeper &by) {
  auto &made = copy_of(item, DMS_EVENTS_ID, view(item->event), by);
  made.face.handle = DMS_THROUGH(dms_event_handler, handle, "", "data", "");
  return &made.face;
}
const dms_reference_guard *stand_between(const dms_reference_guard *item, keeper &by) {
  auto &made = copy_of(item, DMS_REFERENCES_ID, view(item->prefix), by);
  made.face.judge = DMS_THROUGH(dms_reference_guard, judge, "", "references", "", "");
  return &made.face;
}

}  // namespace dms::recording
