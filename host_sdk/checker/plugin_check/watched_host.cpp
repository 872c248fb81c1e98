#include "checker/plugin_check/watched_host.hpp"

#include <utility>

namespace dms::checking {
namespace {

dms_status away(dms_error *error) {
  return fail(error, dms_unavailable, "The host cannot do this now.");
}
dms_status nonsense(const dms_sink *sink) {
  return testing::fake_host::put(sink, "{\"a\":[[[null,\"\xFF");
}

/// The registry's own functions, and before them a look whether it may be called now.
template <typename Registry, typename Item>
struct timed {
  static inline dms_handle (*add)(void *, const Item *, dms_error *) = nullptr;
  static inline void (*remove)(void *, dms_handle) = nullptr;
  static void put_before(Registry &registry) {
    add = registry.add;
    remove = registry.remove;
    registry.add = [](void *context, const Item *item, dms_error *error) {
      note(context);
      return add(context, item, error);
    };
    registry.remove = [](void *context, dms_handle handle) {
      note(context);
      remove(context, handle);
    };
  }
  static void note(void *context) {
    auto &host = static_cast<watched_host &>(testing::fake_host::of(context));
    if (host.closed) ++host.out_of_time;
  }
};

}  // namespace

watched_host::watched_host(const std::filesystem::path &folder, std::set<std::string> lacking) : fake_host(folder) {
  without = std::move(lacking);
  raw.get_service = [](const dms_host *from, dms_str id) -> const void * {
    auto &host = self(from->context);
    ++host.calls;
    const std::string name(view(id));
    const std::lock_guard lock(host.mutex_);
    host.services_.insert(name);
    return host.find(name);
  };
  log.write = [](void *context, std::int32_t, dms_str line) {
    auto &host = self(context);
    ++host.calls;
    const std::lock_guard lock(host.mutex_);
    host.said_.append(view(line)).append("\n");
  };
  settings.get = [](void *context, dms_str key, const dms_sink *value, dms_error *error) -> dms_status {
    auto &host = self(context);
    ++host.calls;
    {
      const std::lock_guard lock(host.mutex_);
      host.settings_.emplace(view(key));
    }
    const auto text = host.value_of ? host.value_of(view(key)) : std::string();
    return text.empty() ? fake_host::missing(error) : put(value, text);
  };
  notifications.notify = [](void *context, dms_str, dms_str, dms_error *) -> dms_status {
    ++self(context).calls;
    return dms_ok;
  };
  notifications.withdraw = [](void *context, dms_str, dms_error *) -> dms_status {
    ++self(context).calls;
    return dms_ok;
  };
  watch_registries();
}

void watched_host::watch_registries() {
  timed<dms_menu, dms_menu_entry>::put_before(menu);
  timed<dms_rights, dms_right>::put_before(rights);
  timed<dms_screens, dms_screen>::put_before(screens);
  timed<dms_imports, dms_import_hook>::put_before(imports);
  timed<dms_jobs, dms_job>::put_before(jobs);
  timed<dms_events, dms_event_handler>::put_before(events);
  timed<dms_references, dms_reference_guard>::put_before(references);
}

const dms_host *watched_host::newer() {
  later_.host = raw;
  later_.host.abi_minor = DMS_ABI_MINOR + 1;
  later_.host.struct_size = sizeof later_;
  return &later_.host;
}

std::set<std::string> watched_host::services() const {
  const std::lock_guard lock(mutex_);
  return services_;
}
std::set<std::string> watched_host::settings_asked() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}
bool watched_host::has_said(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  return said_.find(text) != std::string::npos;
}

void watched_host::fail_all() {
  settings.get = [](void *, dms_str, const dms_sink *, dms_error *error) { return away(error); };
  directory.users = directory.locations = [](void *, const dms_sink *, dms_error *error) { return away(error); };
  customers.find = customers.get = [](void *, dms_str, const dms_sink *, dms_error *error) { return away(error); };
  customers.create = [](void *, const dms_call *, dms_str, dms_str, const dms_sink *, dms_error *error) {
    return away(error);
  };
  changes.get = sales.get = absences.list = customers.get;
  sales.changed = [](void *, std::int64_t, std::uint32_t, const dms_sink *, dms_error *error) { return away(error); };
  contacts.list = mail.get = customers.get;
  contacts.create = mail.send = customers.create;
  mail.changed = sales.changed;
  mail.sender = directory.users;
  contacts.reassign = [](void *, const dms_call *, dms_str, dms_str, dms_error *error) { return away(error); };
  contacts.end = [](void *, const dms_call *, dms_str, dms_error *error) { return away(error); };
  notifications.notify = [](void *, dms_str, dms_str, dms_error *error) { return away(error); };
  notifications.withdraw = [](void *, dms_str, dms_error *error) { return away(error); };
  audit.write = [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *error) { return away(error); };
  erasure.forget = contacts.end;
}

void watched_host::talk_nonsense() {
  settings.get = [](void *, dms_str, const dms_sink *sink, dms_error *) { return nonsense(sink); };
  directory.generation = [](void *context) { return ++of(context).generation; };
  directory.users = directory.locations = [](void *, const dms_sink *sink, dms_error *) { return nonsense(sink); };
  customers.find = customers.get = [](void *, dms_str, const dms_sink *sink, dms_error *) { return nonsense(sink); };
  customers.create = [](void *, const dms_call *, dms_str, dms_str, const dms_sink *sink, dms_error *) {
    return nonsense(sink);
  };
  changes.get = contacts.list = sales.get = absences.list = customers.get;
  sales.changed = [](void *, std::int64_t, std::uint32_t, const dms_sink *sink, dms_error *) { return nonsense(sink); };
  contacts.create = mail.send = customers.create;
  mail.get = customers.get;
  mail.changed = sales.changed;
  mail.sender = directory.users;
}

}  // namespace dms::checking
