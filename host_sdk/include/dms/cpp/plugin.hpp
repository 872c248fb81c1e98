// plugin.hpp - a plugin as a class, and the macro that exports it.
//
//   class my_plugin : public dms::plugin { ... };
//   DMS_DEFINE_PLUGIN(my_plugin, "my_plugin", "1.0.0", "My plugin")
#pragma once

#include "contributions.hpp"

namespace dms {

class plugin {
 public:
  plugin() = default;
  plugin(const plugin &) = delete;
  plugin &operator=(const plugin &) = delete;
  virtual ~plugin() = default;
  /// [main] Look at services, open nothing.
  virtual void init(const host &from) = 0;
  /// [main] Open, migrate, register; throw dms::failure with one sentence, having undone what was begun. `step` is told
  /// how many steps of a long start are done; between two, who.cancelled() is asked.
  virtual void activate(const call &who, const std::function<void(std::uint64_t steps)> &step) = 0;
  /// [main] Afterwards: no threads, no sessions, no callbacks.
  virtual void deactivate() noexcept = 0;
  /// [any] Translation of a label key.
  virtual std::string text(std::string_view locale, std::string_view key) = 0;
  /// [worker] The dms.health/1 array.
  virtual std::string health(const call &who) = 0;
  /// [worker] The dms.counts/1 object.
  virtual std::string counts(const call &) { return "{}"; }
  /// [worker] What is open of users or locations: dms.handover/1.
  virtual std::string open_work(const call &, std::string_view) { return "{}"; }
  /// [worker] Gives all of it to somebody else.
  virtual std::string hand_over(const call &, std::string_view, std::string_view, std::string_view) {
    throw failure(dms_unsupported, "This plugin hands nothing over.");
  }
};

/// The C face of a dms::plugin: owns it, and owns itself until destroy.
class plugin_face {
 public:
  static dms_plugin *make(std::unique_ptr<plugin> inside) { return &(new plugin_face(std::move(inside)))->raw_; }

 private:
  explicit plugin_face(std::unique_ptr<plugin> inside) : inside_(std::move(inside)) {
    raw_ = dms_plugin{sizeof(dms_plugin), 0, this, &init, &activate, &deactivate, &destroy, &get_extension};
    texts_ = dms_texts{this, &translate};
    health_ = dms_health{this, &check_health};
    counts_ = dms_counts{this, &count};
    handover_ = dms_handover{this, &open_work, &hand_over};
  }
  static plugin_face &self(void *context) { return *static_cast<plugin_face *>(context); }
  enum class state { made, ready, active };
  /// `body`, where the host keeps to the order of plugin.h.
  template <typename Body>
  static dms_status step(dms_plugin *raw, state from, state to, dms_error *error, Body &&body) noexcept {
    auto &face = self(raw->context);
    if (face.state_ != from) return fail(error, dms_invalid, "The host calls the plugin in the wrong order.");
    const auto status = barrier(error, [&] { body(*face.inside_); });
    if (status == dms_ok) face.state_ = to;
    return status;
  }
  static dms_status init(dms_plugin *raw, const dms_host *from, dms_error *error) noexcept {
    return step(raw, state::made, state::ready, error, [&](plugin &inside) { inside.init(host(from)); });
  }
  static dms_status activate(dms_plugin *raw, const dms_call *who, const dms_progress *progress,
                             dms_error *error) noexcept {
    return step(raw, state::ready, state::active, error, [&](plugin &inside) {
      inside.activate(call(who), [progress](std::uint64_t steps) {
        if (progress != nullptr) progress->report(progress->context, 0, steps);
      });
    });
  }
  static void deactivate(dms_plugin *raw) noexcept {
    auto &face = self(raw->context);
    if (face.state_ != state::active) return;
    face.inside_->deactivate();
    face.state_ = state::ready;
  }
  static void destroy(dms_plugin *raw) noexcept { delete &self(raw->context); }
  static const void *get_extension(dms_plugin *raw, dms_str id) noexcept {
    if (view(id) == DMS_TEXTS_ID) return &self(raw->context).texts_;
    if (view(id) == DMS_HEALTH_ID) return &self(raw->context).health_;
    if (view(id) == DMS_COUNTS_ID) return &self(raw->context).counts_;
    if (view(id) == DMS_HANDOVER_ID) return &self(raw->context).handover_;
    return nullptr;
  }
  static dms_status translate(void *context, dms_str locale, dms_str key, const dms_sink *text) noexcept {
    return barrier(nullptr, [&] { write(*text, self(context).inside_->text(view(locale), view(key))); });
  }
  static dms_status check_health(void *context, const dms_call *who, const dms_sink *json, dms_error *error) noexcept {
    return barrier(error, [&] { write(*json, self(context).inside_->health(call(who))); });
  }

  static dms_status count(void *context, const dms_call *who, const dms_sink *json, dms_error *error) noexcept {
    return barrier(error, [&] { write(*json, self(context).inside_->counts(call(who))); });
  }
  static dms_status open_work(void *context, const dms_call *who, dms_str kind, const dms_sink *json,
                              dms_error *error) noexcept {
    return barrier(error, [&] { write(*json, self(context).inside_->open_work(call(who), view(kind))); });
  }
  static dms_status hand_over(void *context, const dms_call *who, dms_str kind, dms_str id, dms_str to,
                              const dms_sink *json, dms_error *error) noexcept {
    return barrier(error,
                   [&] { write(*json, self(context).inside_->hand_over(call(who), view(kind), view(id), view(to))); });
  }

  std::unique_ptr<plugin> inside_;
  state state_ = state::made;
  dms_plugin raw_{};
  dms_texts texts_{};
  dms_health health_{};
  dms_counts counts_{};
  dms_handover handover_{};
};

}  // namespace dms

#define DMS_DEFINE_PLUGIN(plugin_class, id_text, version_text, name_text)                                              \
  extern "C" DMS_EXPORT const dms_plugin_entry *dms_plugin_get_entry(void) {                                           \
    static constexpr dms_plugin_entry entry{                                                                           \
        sizeof(dms_plugin_entry),                                                                                      \
        DMS_ABI_MAJOR,                                                                                                 \
        DMS_ABI_MINOR,                                                                                                 \
        0,                                                                                                             \
        [](dms_error *) noexcept -> dms_status { return dms_ok; },                                                     \
        []() noexcept {},                                                                                              \
        [](const dms_sink *sink, dms_error *error) noexcept -> dms_status {                                            \
          return dms::barrier(error, [&] {                                                                             \
            dms::write(*sink, R"({"id":")" id_text R"(","version":")" version_text R"(","name":")" name_text R"("})"); \
          });                                                                                                          \
        },                                                                                                             \
        [](dms_error *error) noexcept -> dms_plugin * {                                                                \
          dms_plugin *made = nullptr;                                                                                  \
          dms::barrier(error, [&] { made = dms::plugin_face::make(std::make_unique<plugin_class>()); });               \
          return made;                                                                                                 \
        }};                                                                                                            \
    return &entry;                                                                                                     \
  }
