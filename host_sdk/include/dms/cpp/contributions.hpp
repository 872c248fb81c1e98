// contributions.hpp - what a plugin adds to a host, as classes to derive from.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host.hpp"

namespace dms {

/// What an action came to: the status for programs, a dms.result/1 document for people.
struct answer {
  dms_status status = dms_ok;
  std::string document;
};

/// A payload as it comes.
class input {
 public:
  explicit input(const dms_stream *raw) : raw_(raw) {}
  /// Up to `capacity` bytes; 0 at the end. Throws when the sender broke off.
  std::size_t read(char *buffer, std::size_t capacity) const {
    auto count = raw_->read(raw_->context, buffer, capacity);
    if (count < 0) throw failure(dms_cancelled, "The payload broke off before its end.");
    return static_cast<std::size_t>(count);
  }

 private:
  const dms_stream *raw_;
};

class screen {
 public:
  screen() = default;
  screen(const screen &) = delete;
  screen &operator=(const screen &) = delete;
  virtual ~screen() = default;
  virtual std::string id() const = 0;
  virtual std::string right() const = 0;
  /// Returns a dms.screen/1 document. Throws failure(dms_not_found) for what the user may not see.
  virtual std::string load(const call &who, std::string_view parameters) = 0;
  virtual answer act(const call &who, std::string_view action, std::string_view input) = 0;
};

class import_hook {
 public:
  import_hook() = default;
  import_hook(const import_hook &) = delete;
  import_hook &operator=(const import_hook &) = delete;
  virtual ~import_hook() = default;
  virtual std::string source() const = 0;
  virtual std::string label() const = 0;
  virtual int probe(std::string_view first_bytes) = 0;
  /// Returns a dms.import_report/1 document, after the commit.
  virtual std::string run(const call &who, const input &payload, std::string_view name,
                          const std::function<void(std::uint64_t bytes, std::uint64_t items)> &progress) = 0;
};

class job {
 public:
  job() = default;
  job(const job &) = delete;
  job &operator=(const job &) = delete;
  virtual ~job() = default;
  virtual std::string id() const = 0;
  virtual std::string label() const = 0;
  virtual std::uint32_t interval_s() const = 0;
  virtual std::string run(const call &who) = 0;
};

class event_handler {
 public:
  event_handler() = default;
  event_handler(const event_handler &) = delete;
  event_handler &operator=(const event_handler &) = delete;
  virtual ~event_handler() = default;
  virtual std::string event() const = 0;
  /// Throws failure(dms_refused, ...) to refuse what the host asks about.
  virtual void handle(const call &who, std::string_view data) = 0;
};

class reference_guard {
 public:
  reference_guard() = default;
  reference_guard(const reference_guard &) = delete;
  reference_guard &operator=(const reference_guard &) = delete;
  virtual ~reference_guard() = default;
  virtual std::string prefix() const = 0;
  /// Takes and returns JSON as dms/ext/references.h says.
  virtual std::string judge(const call &who, std::string_view references) = 0;
};

/// Everything a plugin registered. Registering keeps the object; destroying this (or drop) takes all of it back,
/// last first. [main]
class contributions {
 public:
  explicit contributions(const host &to) : host_(to) {}
  contributions(const contributions &) = delete;
  contributions &operator=(const contributions &) = delete;
  ~contributions() { drop(); }

  void add_menu(int order, const std::string &path, const std::string &label, const std::string &right,
                const std::string &screen_id) {
    const auto &registry = host_.required<dms_menu>(DMS_MENU_ID);
    dms_menu_entry entry{sizeof(dms_menu_entry), order, str(path), str(label), str(right), str(screen_id)};
    auto error = no_error();
    keep(registry, registry.add(registry.context, &entry, &error), error);
  }
  void add_right(const std::string &id, const std::string &label, const std::string &default_roles) {
    const auto &registry = host_.required<dms_rights>(DMS_RIGHTS_ID);
    dms_right right{sizeof(dms_right), 0, str(id), str(label), str(default_roles)};
    auto error = no_error();
    keep(registry, registry.add(registry.context, &right, &error), error);
  }
  void add(std::unique_ptr<screen> item) { register_with<dms_screens, kept_screen>(DMS_SCREENS_ID, std::move(item)); }
  void add(std::unique_ptr<import_hook> item) {
    register_with<dms_imports, kept_hook>(DMS_IMPORTS_ID, std::move(item));
  }
  void add(std::unique_ptr<job> item) { register_with<dms_jobs, kept_job>(DMS_JOBS_ID, std::move(item)); }
  /// False where the host neither asks nor tells about that event.
  bool add(std::unique_ptr<event_handler> item) {
    if (host_.service<dms_events>(DMS_EVENTS_ID) == nullptr) return false;
    try {
      register_with<dms_events, kept_handler>(DMS_EVENTS_ID, std::move(item));
    } catch (const failure &reason) {
      if (reason.status() != dms_unsupported) throw;
      return false;
    }
    return true;
  }
  /// Only where the host asks guards: without the service, nothing is registered.
  void add(std::unique_ptr<reference_guard> item) {
    if (host_.service<dms_references>(DMS_REFERENCES_ID) == nullptr) return;
    register_with<dms_references, kept_guard>(DMS_REFERENCES_ID, std::move(item));
  }

  void drop() noexcept {
    while (!undo_.empty()) {
      undo_.back()();
      undo_.pop_back();
    }
    kept_.clear();
  }

 private:
  struct kept {
    kept() = default;
    kept(const kept &) = delete;
    kept &operator=(const kept &) = delete;
    virtual ~kept() = default;
  };

  struct kept_screen : kept {
    explicit kept_screen(std::unique_ptr<screen> screen_)
        : item(std::move(screen_)), id(item->id()), right(item->right()) {
      raw = dms_screen{sizeof(dms_screen), 0, this, str(id), str(right), &load, &act};
    }
    static dms_status load(void *context, const dms_call *who, dms_str parameters, const dms_sink *document,
                           dms_error *error) noexcept {
      return barrier(error, [&] {
        write(*document, static_cast<kept_screen *>(context)->item->load(call(who), view(parameters)));
      });
    }
    static dms_status act(void *context, const dms_call *who, dms_str action, dms_str input_, const dms_sink *result,
                          dms_error *error) noexcept {
      return barrier(error, [&]() -> dms_status {
        auto answered = static_cast<kept_screen *>(context)->item->act(call(who), view(action), view(input_));
        write(*result, answered.document);
        return answered.status;
      });
    }
    std::unique_ptr<screen> item;
    std::string id, right;
    dms_screen raw{};
  };

  struct kept_hook : kept {
    explicit kept_hook(std::unique_ptr<import_hook> hook)
        : item(std::move(hook)), source(item->source()), label(item->label()) {
      raw = dms_import_hook{sizeof(dms_import_hook), 0, this, str(source), str(label), &probe, &run};
    }
    static std::int32_t probe(void *context, dms_str bytes) noexcept {
      int confidence = 0;
      barrier(nullptr, [&] { confidence = static_cast<kept_hook *>(context)->item->probe(view(bytes)); });
      return confidence;
    }
    static dms_status run(void *context, const dms_call *who, const dms_stream *payload, dms_str name,
                          const dms_progress *progress, const dms_sink *report, dms_error *error) noexcept {
      return barrier(error, [&] {
        auto tell = [progress](std::uint64_t bytes, std::uint64_t items) {
          if (progress != nullptr) progress->report(progress->context, bytes, items);
        };
        write(*report, static_cast<kept_hook *>(context)->item->run(call(who), input(payload), view(name), tell));
      });
    }
    std::unique_ptr<import_hook> item;
    std::string source, label;
    dms_import_hook raw{};
  };

  struct kept_job : kept {
    explicit kept_job(std::unique_ptr<job> job_) : item(std::move(job_)), id(item->id()), label(item->label()) {
      raw = dms_job{sizeof(dms_job), item->interval_s(), this, str(id), str(label), &run};
    }
    static dms_status run(void *context, const dms_call *who, const dms_sink *line, dms_error *error) noexcept {
      return barrier(error, [&] { write(*line, static_cast<kept_job *>(context)->item->run(call(who))); });
    }
    std::unique_ptr<job> item;
    std::string id, label;
    dms_job raw{};
  };

  struct kept_handler : kept {
    explicit kept_handler(std::unique_ptr<event_handler> handler) : item(std::move(handler)), event(item->event()) {
      raw = dms_event_handler{sizeof(dms_event_handler), 0, this, str(event), &handle};
    }
    static dms_status handle(void *context, const dms_call *who, dms_str data, dms_error *error) noexcept {
      return barrier(error, [&] { static_cast<kept_handler *>(context)->item->handle(call(who), view(data)); });
    }
    std::unique_ptr<event_handler> item;
    std::string event;
    dms_event_handler raw{};
  };

  struct kept_guard : kept {
    explicit kept_guard(std::unique_ptr<reference_guard> guard) : item(std::move(guard)), prefix(item->prefix()) {
      raw = dms_reference_guard{sizeof(dms_reference_guard), 0, this, str(prefix), &judge};
    }
    static dms_status judge(void *context, const dms_call *who, dms_str references, const dms_sink *json,
                            dms_error *error) noexcept {
      return barrier(
          error, [&] { write(*json, static_cast<kept_guard *>(context)->item->judge(call(who), view(references))); });
    }
    std::unique_ptr<reference_guard> item;
    std::string prefix;
    dms_reference_guard raw{};
  };

  template <typename Registry>
  void keep(const Registry &registry, dms_handle handle, const dms_error &error) {
    if (handle == 0) {
      throw failure(error.code != dms_ok ? error.code : dms_refused,
                    error.message[0] != '\0' ? error.message : "The host refused a contribution.");
    }
    undo_.emplace_back([&registry, handle] { registry.remove(registry.context, handle); });
  }
  template <typename Registry, typename Kept, typename Item>
  void register_with(std::string_view id, std::unique_ptr<Item> item) {
    const auto &registry = host_.required<Registry>(id);
    auto holder = std::make_unique<Kept>(std::move(item));
    auto error = no_error();
    auto handle = registry.add(registry.context, &holder->raw, &error);
    kept_.push_back(std::move(holder));
    keep(registry, handle, error);
  }

  host host_;
  std::vector<std::unique_ptr<kept>> kept_;
  std::vector<std::function<void()>> undo_;
};

}  // namespace dms
