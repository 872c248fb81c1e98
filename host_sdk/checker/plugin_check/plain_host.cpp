#include "checker/plugin_check/plain_host.hpp"

#include <chrono>
#include <utility>

namespace dms::checking {
namespace {

plain_host &self(void *context) {
  return *static_cast<plain_host *>(context);
}

dms_status written(const dms_sink *sink, std::string_view text) {
  return sink->write(sink->context, str(text));
}

dms_status nothing(dms_error *error) {
  return fail(error, dms_not_found, "There is no such thing in this host.");
}

constexpr std::string_view users =
    R"([{"id":"admin","name":"Admin","email":"","active":true,"roles":["admin","manager"],"locations":["here"]}])";
constexpr std::string_view locations =
    R"([{"id":"here","name":"Here","city":"Here","open":true,"time_zone":"Europe/Vienna","region":"AT-9",)"
    R"("opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])";

}  // namespace

plain_host::plain_host(std::filesystem::path folder, std::set<std::string> without)
    : folder_(std::move(folder)), without_(std::move(without)) {
  std::filesystem::create_directories(folder_);
  later_.host =
      dms_host{sizeof(dms_host),
               DMS_ABI_MAJOR,
               DMS_ABI_MINOR,
               0,
               this,
               str("dms-plugin-check"),
               str("1.0"),
               [](const dms_host *from, dms_str id) -> const void * { return self(from->context).find(view(id)); }};
  fill_services();
  fill_registries();
}

void plain_host::become_newer() {
  later_.host.abi_minor = DMS_ABI_MINOR + 1;
  later_.host.struct_size = sizeof later_;
}

std::size_t plain_host::registrations() const {
  return screens.size() + hooks.size() + jobs.size() + handlers.size() + guards.size() + others.size();
}

const void *plain_host::find(std::string_view id) {
  ++asked_;
  const auto found = services_.find(id);
  return found == services_.end() || without_.contains(std::string(id)) ? nullptr : found->second;
}

void plain_host::fill_services() {
  log_ = {this, [](void *, std::int32_t, dms_str) {}};
  settings_ = {this, [](void *, dms_str, const dms_sink *, dms_error *error) { return nothing(error); }};
  secrets_ = {this, [](void *, const dms_call *, dms_str, dms_str, dms_error *) -> dms_status { return dms_ok; }};
  storage_ = {
      this,
      [](void *context, const dms_sink *path, dms_error *) { return written(path, self(context).folder_.string()); },
      [](void *, const dms_sink *, dms_error *) -> dms_status { return dms_ok; }};
  directory_ = {this, [](void *) -> std::int64_t { return 1; },
                [](void *, const dms_sink *sink, dms_error *) { return written(sink, users); },
                [](void *, const dms_sink *sink, dms_error *) { return written(sink, locations); }};
  customers_ = {this, [](void *, dms_str, const dms_sink *sink, dms_error *) { return written(sink, "[]"); },
                [](void *, dms_str, const dms_sink *, dms_error *error) { return nothing(error); },
                [](void *, const dms_call *, dms_str, dms_str, const dms_sink *sink, dms_error *) {
                  return written(sink, R"({"id":"1"})");
                }};
  changes_ = {
      this, [](void *, dms_str, const dms_sink *, dms_error *error) { return nothing(error); },
      [](void *, const dms_call *, dms_str, dms_str, std::int64_t, dms_str, const dms_sink *, dms_error *error) {
        return nothing(error);
      },
      [](void *, const dms_call *, dms_str, std::int64_t, dms_str, dms_error *error) { return nothing(error); }};
  contacts_ = {this,
               [](void *, const dms_call *, dms_str, dms_str, const dms_sink *sink, dms_error *) {
                 return written(sink, R"({"id":"1"})");
               },
               [](void *, dms_str, const dms_sink *sink, dms_error *) { return written(sink, "[]"); },
               [](void *, const dms_call *, dms_str, dms_str, dms_error *) -> dms_status { return dms_ok; },
               [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_ok; }};
  completion_ = {this,
                 [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *error) { return nothing(error); }};
  sales_ = {this,
            [](void *, std::int64_t, std::uint32_t, const dms_sink *sink, dms_error *) { return written(sink, "[]"); },
            [](void *, dms_str, const dms_sink *, dms_error *error) { return nothing(error); }};
  notifications_ = {this, [](void *, dms_str, dms_str, dms_error *) -> dms_status { return dms_ok; },
                    [](void *, dms_str, dms_error *) -> dms_status { return dms_ok; }};
  audit_ = {this,
            [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *) -> dms_status { return dms_ok; }};
  erasure_ = {this, [](void *, const dms_call *, dms_str, dms_error *) -> dms_status { return dms_ok; }};
  services_ = {{DMS_LOG_ID, &log_},
               {DMS_SETTINGS_ID, &settings_},
               {DMS_SECRETS_ID, &secrets_},
               {DMS_STORAGE_ID, &storage_},
               {DMS_DIRECTORY_ID, &directory_},
               {DMS_CUSTOMERS_ID, &customers_},
               {DMS_CUSTOMER_CHANGES_ID, &changes_},
               {DMS_CONTACTS_ID, &contacts_},
               {DMS_CONTACT_COMPLETION_ID, &completion_},
               {DMS_SALES_ID, &sales_},
               {DMS_NOTIFICATIONS_ID, &notifications_},
               {DMS_AUDIT_ID, &audit_},
               {DMS_ERASURE_ID, &erasure_}};
}

#define DMS_KEEP_IN(items)                                         \
  [](void *context, const auto *item, dms_error *) -> dms_handle { \
    auto &host = self(context);                                    \
    host.items[++host.last_] = item;                               \
    return host.last_;                                             \
  },                                                               \
      [](void *context, dms_handle handle) { self(context).items.erase(handle); }
#define DMS_COUNT()                                            \
  [](void *context, const auto *, dms_error *) -> dms_handle { \
    auto &host = self(context);                                \
    return *host.others.insert(++host.last_).first;            \
  },                                                           \
      [](void *context, dms_handle handle) { self(context).others.erase(handle); }

void plain_host::fill_registries() {
  menu_ = {this, DMS_COUNT()};
  rights_ = {this, DMS_COUNT()};
  screen_registry_ = {this, DMS_KEEP_IN(screens)};
  import_registry_ = {this, DMS_KEEP_IN(hooks)};
  job_registry_ = {this, DMS_KEEP_IN(jobs), [](void *, dms_str) {}};
  event_registry_ = {this, DMS_KEEP_IN(handlers)};
  reference_registry_ = {this, DMS_KEEP_IN(guards)};
  services_.insert({{DMS_MENU_ID, &menu_},
                    {DMS_RIGHTS_ID, &rights_},
                    {DMS_SCREENS_ID, &screen_registry_},
                    {DMS_IMPORTS_ID, &import_registry_},
                    {DMS_JOBS_ID, &job_registry_},
                    {DMS_EVENTS_ID, &event_registry_},
                    {DMS_REFERENCES_ID, &reference_registry_}});
}

plain_call::plain_call(std::string user, bool cancelled) : user_(std::move(user)), cancelled_(cancelled) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  raw_ = dms_call{sizeof(dms_call),
                  this,
                  str(user_),
                  str(user_),
                  str("en"),
                  str("check"),
                  str("web"),
                  {},
                  std::chrono::duration_cast<std::chrono::microseconds>(now).count(),
                  [](void *, dms_str) -> std::int32_t { return 1; },
                  [](void *context) -> std::int32_t { return static_cast<plain_call *>(context)->cancelled_ ? 1 : 0; }};
}

}  // namespace dms::checking
