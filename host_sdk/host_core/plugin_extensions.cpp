// What a plugin is asked beside its contributions: texts, health, counts, what is open and who takes it over. One that
// is not enabled, or offers no such thing, has nothing to say.
#include <spdlog/spdlog.h>

#include "dms/cpp/host.hpp"
#include "host_core/core.hpp"
#include "host_core/plugin_manager.hpp"
#include "loader/survive.hpp"

namespace dms::host_core {

/// What `call` (extension, sink, error) writes, or `nothing`; the plugin stays while it runs.
template <typename Extension, typename Call>
std::string plugin_manager::ask(std::string_view id, const char *extension, std::string nothing, Call &&call) const {
  const auto used = core_.registry().use(id);
  if (!used) return nothing;
  const auto *offered = static_cast<const Extension *>(extension_of(id, extension));
  if (offered == nullptr) return nothing;
  return written([&](const dms_sink *sink, dms_error *error) {
    return survive(*error, [&] { return call(*offered, sink, error); });
  });
}

std::string plugin_manager::text(std::string_view owner, std::string_view locale, std::string_view key) const {
  std::string translated(key);
  const auto used = core_.registry().use(owner);
  if (!used) return translated;
  const auto *texts = static_cast<const dms_texts *>(extension_of(owner, DMS_TEXTS_ID));
  string_sink said(65536);
  if (texts == nullptr) return translated;
  auto error = no_error();
  const auto status =
      survive(error, [&] { return texts->translate(texts->context, str(locale), str(key), said.get()); });
  if (status == dms_ok) translated = said.take();
  return translated;
}

std::string plugin_manager::health(std::string_view id, const dms_call *who) const {
  return ask<dms_health>(id, DMS_HEALTH_ID, "[]", [&](const auto &health, const dms_sink *json, dms_error *error) {
    return health.check(health.context, who, json, error);
  });
}

std::string plugin_manager::open_work(std::string_view id, const dms_call *who, std::string_view kind) const {
  return ask<dms_handover>(id, DMS_HANDOVER_ID, "{}", [&](const auto &work, const dms_sink *json, dms_error *error) {
    return work.open(work.context, who, str(kind), json, error);
  });
}

std::string plugin_manager::hand_over(std::string_view id, const dms_call *who, std::string_view kind,
                                      std::string_view from, std::string_view to) const {
  return ask<dms_handover>(id, DMS_HANDOVER_ID, {}, [&](const auto &work, const dms_sink *json, dms_error *error) {
    return work.hand_over(work.context, who, str(kind), str(from), str(to), json, error);
  });
}

std::string plugin_manager::counts(std::string_view id, const dms_call *who) const {
  try {
    return ask<dms_counts>(id, DMS_COUNTS_ID, "{}", [&](const auto &counts, const dms_sink *json, dms_error *error) {
      return counts.count(counts.context, who, json, error);
    });
  } catch (const failure &reason) {
    // A page without a number is better than no page.
    core_.log().warn("{}: what waits was not counted: {}", id, reason.what());
    return "{}";
  }
}

}  // namespace dms::host_core
