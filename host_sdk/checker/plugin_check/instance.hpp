// instance.hpp - a plugin between create and destroy, and how a check says that something is not so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/plugin_check/checks.hpp"
#include "checker/plugin_check/watched_host.hpp"
#include "dms/cpp/json.hpp"

namespace dms::checking {

using nlohmann::json;
using testing::asker;

/// Throws `trouble` where it does not hold.
void require(bool holds, const std::string &trouble);
std::string said(const dms_error &error, dms_status status);
/// Throws `what` and what was said of it, where `status` is another than dms_ok. The error is read once the call has
/// filled it: it may stand in the same line.
void require_ok(dms_status status, const dms_error &error, const std::string &what);

/// Loads the library; a null handle where `handle` is not wanted.
const dms_plugin_entry &entry_of(const manifest &plugin, void **handle = nullptr);

class instance {
 public:
  explicit instance(const manifest &plugin);
  instance(const instance &) = delete;
  instance &operator=(const instance &) = delete;
  ~instance();
  dms_status init(watched_host &host) { return raw_->init(raw_, &host.raw, &error); }
  dms_status activate(watched_host &host, const asker &who = {});
  void deactivate() { raw_->deactivate(raw_); }
  /// Both, or what was said.
  void start(watched_host &host);
  template <typename Extension>
  const Extension *extension(std::string_view id) const {
    return static_cast<const Extension *>(raw_->get_extension(raw_, str(id)));
  }
  dms_plugin *raw() const noexcept { return raw_; }
  dms_error error = no_error();

 private:
  const dms_plugin_entry &entry_;
  dms_plugin *raw_ = nullptr;
};

/// A host and a plugin that is active in it, until this goes.
struct running {
  explicit running(const subject &of) : host(of.folder), plugin(of.plugin) { plugin.start(host); }
  ~running() { plugin.deactivate(); }
  running(const running &) = delete;
  running &operator=(const running &) = delete;
  watched_host host;
  instance plugin;
};

inline const asker admin{.user = "admin", .name = "Ada Wimmer"};

testing::fake_host::answer load(const watched_host &host, const dms_screen &screen, const asker &who = admin,
                                std::string_view parameters = "{}");
testing::fake_host::answer act(const watched_host &host, const dms_screen &screen, std::string_view action,
                               std::string_view input = "{}", const asker &who = admin);
testing::fake_host::answer take_in(const watched_host &host, const dms_import_hook &hook, const dms_stream &payload,
                                   const asker &who = {.channel = "folder"});
bool is_status(dms_status status);
/// A sink that takes nothing, and counts how often it was tried.
struct refusing {
  refusing() = default;
  refusing(const refusing &) = delete;
  refusing &operator=(const refusing &) = delete;
  int writes = 0;
  dms_sink sink{this, [](void *context, dms_str) -> dms_status {
                  ++static_cast<refusing *>(context)->writes;
                  return dms_too_large;
                }};
};
/// What nobody should send, and somebody will.
std::vector<std::string> hostile_texts();

using check_list = std::vector<check>;
void add_library_checks(check_list &to);
void add_life_checks(check_list &to);
void add_registration_checks(check_list &to);
void add_screen_checks(check_list &to);
void add_import_checks(check_list &to);
void add_extension_checks(check_list &to);
void add_host_checks(check_list &to);
void add_random_check(check_list &to);
/// One for each service that the manifest names.
void add_service_checks(check_list &to, const manifest &plugin);

}  // namespace dms::checking
