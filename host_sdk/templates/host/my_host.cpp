#include "my_host.hpp"

#include <chrono>

namespace {

/// Who asks; borrowed by the plugin while this lives. Ask your own roles in `may`.
struct asking {
  asking(std::string who, std::string way) : user(std::move(who)), channel(std::move(way)) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    raw = dms_call{sizeof(dms_call),
                   this,
                   dms::str(user),
                   dms::str(user),
                   dms::str("en"),
                   dms::str("request-1"),
                   dms::str(channel),
                   {},
                   std::chrono::duration_cast<std::chrono::microseconds>(now).count(),
                   [](void *, dms_str) -> std::int32_t { return 1; },
                   [](void *) -> std::int32_t { return 0; }};
  }
  std::string user, channel;
  dms_call raw{};
};

}  // namespace

my_host::my_host(std::string folder) : folder_(std::move(folder)) {
  raw_ = dms_host{sizeof(dms_host),
                  DMS_ABI_MAJOR,
                  DMS_ABI_MINOR,
                  0,
                  this,
                  dms::str("My host"),
                  dms::str("1.0"),
                  [](const dms_host *host, dms_str id) { return of(host->context).service(dms::view(id)); }};
  storage_ = {this,
              [](void *context, const dms_sink *path, dms_error *) {
                return path->write(path->context, dms::str(of(context).folder_));
              },
              [](void *, const dms_sink *, dms_error *) -> dms_status { return dms_ok; }};
  menu_ = {this,
           [](void *context, const dms_menu_entry *entry, dms_error *) -> dms_handle {
             of(context).entries_[++of(context).last_] = dms::view(entry->screen);
             return of(context).last_;
           },
           [](void *context, dms_handle handle) { of(context).entries_.erase(handle); }};
  screens_ = {this,
              [](void *context, const dms_screen *screen, dms_error *error) -> dms_handle {
                for (const auto &known : of(context).shown_) {
                  if (dms::view(known.second->id) == dms::view(screen->id)) {
                    dms::fail(error, dms_refused, "There is a screen of that id.");
                    return 0;
                  }
                }
                of(context).shown_[++of(context).last_] = screen;
                return of(context).last_;
              },
              [](void *context, dms_handle handle) { of(context).shown_.erase(handle); }};
}

const void *my_host::service(std::string_view id) const {
  if (id == DMS_STORAGE_ID) return &storage_;
  if (id == DMS_MENU_ID) return &menu_;
  if (id == DMS_SCREENS_ID) return &screens_;
  return nullptr;
}

void my_host::start(const dms_plugin_entry *entry) {
  if (entry == nullptr || entry->struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0 || entry->abi_major != DMS_ABI_MAJOR) {
    throw dms::failure(dms_unsupported, "This library is no plugin for this interface.");
  }
  auto error = dms::no_error();
  dms::check(entry->init(&error), error);
  entry_ = entry;
  dms::string_sink about;
  dms::check(entry->describe(about.get(), &error), error);
  plugin_ = entry->create(&error);
  if (plugin_ == nullptr) throw dms::failure(dms_failed, error.message);
  dms::check(plugin_->init(plugin_, &raw_, &error), error);
  const asking itself("", "command_line");
  dms::check(plugin_->activate(plugin_, &itself.raw, nullptr, &error), error);
}

void my_host::stop() noexcept {
  if (plugin_ != nullptr) {
    plugin_->deactivate(plugin_);
    plugin_->destroy(plugin_);
  }
  if (entry_ != nullptr) entry_->deinit();
  plugin_ = nullptr;
  entry_ = nullptr;
}

std::string my_host::load(const std::string &user, std::string_view screen, std::string_view parameters) const {
  for (const auto &each : shown_) {
    if (dms::view(each.second->id) != screen) continue;
    const asking who(user, "web");
    dms::string_sink document(DMS_MAX_DOCUMENT);
    auto error = dms::no_error();
    dms::check(each.second->load(each.second->context, &who.raw, dms::str(parameters), document.get(), &error), error);
    return document.take();
  }
  throw dms::failure(dms_not_found, "There is no such screen.");
}
