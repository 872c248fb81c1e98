// host.hpp - the host's services as C++ sees them. Documents stay JSON text: each side parses with what it has.
#pragma once

#include <memory>
#include <optional>
#include <type_traits>

#include "../sdk.h"
#include "call.hpp"

namespace dms {

/// Calls a service function that writes to a sink, and returns what it wrote; throws dms::failure.
template <typename Function>
std::string written(Function &&function) {
  string_sink sink;
  auto error = no_error();
  check(function(sink.get(), &error), error);
  return sink.take();
}

/// The same, but nothing for dms_not_found.
template <typename Function>
std::optional<std::string> written_if_found(Function &&function) {
  string_sink sink;
  auto error = no_error();
  auto status = function(sink.get(), &error);
  if (status == dms_not_found) return std::nullopt;
  check(status, error);
  return sink.take();
}

/// The host, with one accessor a service. Accessors return null where the host lacks the service. Borrowed from
/// the dms_host: valid until the plugin is destroyed.
class host {
 public:
  explicit host(const dms_host *raw) : raw_(raw) {}

  template <typename Service>
  const Service *service(std::string_view id) const {
    return static_cast<const Service *>(raw_->get_service(raw_, str(id)));
  }
  /// The same for a service without which the plugin cannot live.
  template <typename Service>
  const Service &required(std::string_view id) const {
    const auto *found = service<Service>(id);
    if (found == nullptr) throw failure(dms_unsupported, "The host lacks the service " + std::string(id) + ".");
    return *found;
  }
  std::string name() const { return std::string(view(raw_->name)); }

 private:
  const dms_host *raw_;
};

class log {
 public:
  explicit log(const dms_log *raw = nullptr) : raw_(raw) {}
  void info(std::string_view line) const { write(dms_log_info, line); }
  void warning(std::string_view line) const { write(dms_log_warning, line); }
  void error(std::string_view line) const { write(dms_log_error, line); }

 private:
  void write(std::int32_t level, std::string_view line) const {
    if (raw_ != nullptr) raw_->write(raw_->context, level, str(line));
  }
  const dms_log *raw_;
};

/// The values that the host's admin set for this plugin, and, where the host offers dms.secrets/1, writing of secrets.
/// Both services may be null: then nothing is set, and nothing can be.
class settings {
 public:
  explicit settings(const dms_settings *read = nullptr, const dms_secrets *write = nullptr)
      : read_(read), write_(write) {}
  std::optional<std::string> get(std::string_view key) const {
    if (read_ == nullptr) return std::nullopt;
    return written_if_found(
        [&](const dms_sink *sink, dms_error *error) { return read_->get(read_->context, str(key), sink, error); });
  }
  bool keeps_secrets() const { return read_ != nullptr && write_ != nullptr; }
  /// An empty value removes it.
  void set_secret(const call &who, std::string_view key, std::string_view value) const {
    if (write_ == nullptr) throw failure(dms_unsupported, "The host keeps no secrets for its plugins.");
    auto error = no_error();
    check(write_->set(write_->context, who.raw(), str(key), str(value), &error), error);
  }

 private:
  const dms_settings *read_;
  const dms_secrets *write_;
};

class directory {
 public:
  explicit directory(const dms_directory *raw) : raw_(raw) {}
  std::int64_t generation() const { return raw_->generation(raw_->context); }
  std::string users() const {
    return written([&](const dms_sink *sink, dms_error *error) { return raw_->users(raw_->context, sink, error); });
  }
  std::string locations() const {
    return written([&](const dms_sink *sink, dms_error *error) { return raw_->locations(raw_->context, sink, error); });
  }

 private:
  const dms_directory *raw_;
};

class absences {
 public:
  explicit absences(const dms_absences *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  std::int64_t generation() const { return raw_->generation(raw_->context); }
  std::string list(std::string_view since) const {
    return written(
        [&](const dms_sink *sink, dms_error *error) { return raw_->list(raw_->context, str(since), sink, error); });
  }

 private:
  const dms_absences *raw_;
};

class mail {
 public:
  explicit mail(const dms_mail *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  std::string sender() const {
    return written([&](const dms_sink *sink, dms_error *error) { return raw_->sender(raw_->context, sink, error); });
  }
  std::string send(const call &who, std::string_view key, std::string_view what) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->send(raw_->context, who.raw(), str(key), str(what), sink, error);
    });
  }
  std::optional<std::string> get(std::string_view id) const {
    return written_if_found(
        [&](const dms_sink *sink, dms_error *error) { return raw_->get(raw_->context, str(id), sink, error); });
  }
  std::string changed(std::int64_t after, std::uint32_t limit) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->changed(raw_->context, after, limit, sink, error);
    });
  }

 private:
  const dms_mail *raw_;
};

class customers {
 public:
  explicit customers(const dms_customers *raw) : raw_(raw) {}
  std::string find(std::string_view query) const {
    return written(
        [&](const dms_sink *sink, dms_error *error) { return raw_->find(raw_->context, str(query), sink, error); });
  }
  std::optional<std::string> get(std::string_view id) const {
    return written_if_found(
        [&](const dms_sink *sink, dms_error *error) { return raw_->get(raw_->context, str(id), sink, error); });
  }
  std::string create(const call &who, std::string_view key, std::string_view customer) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->create(raw_->context, who.raw(), str(key), str(customer), sink, error);
    });
  }

 private:
  const dms_customers *raw_;
};

class customer_changes {
 public:
  explicit customer_changes(const dms_customer_changes *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  std::optional<std::string> get(std::string_view id) const {
    return written_if_found(
        [&](const dms_sink *sink, dms_error *error) { return raw_->get(raw_->context, str(id), sink, error); });
  }
  std::string change(const call &who, std::string_view key, std::string_view id, std::int64_t revision,
                     std::string_view changes) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->change(raw_->context, who.raw(), str(key), str(id), revision, str(changes), sink, error);
    });
  }
  void take_back(const call &who, std::string_view id, std::int64_t revision, std::string_view reference) const {
    auto error = no_error();
    check(raw_->take_back(raw_->context, who.raw(), str(id), revision, str(reference), &error), error);
  }

 private:
  const dms_customer_changes *raw_;
};

class contacts {
 public:
  explicit contacts(const dms_contacts *raw) : raw_(raw) {}
  std::string create(const call &who, std::string_view key, std::string_view contact) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->create(raw_->context, who.raw(), str(key), str(contact), sink, error);
    });
  }
  std::string list(std::string_view reference) const {
    return written(
        [&](const dms_sink *sink, dms_error *error) { return raw_->list(raw_->context, str(reference), sink, error); });
  }
  void reassign(const call &who, std::string_view reference, std::string_view user) const {
    auto error = no_error();
    check(raw_->reassign(raw_->context, who.raw(), str(reference), str(user), &error), error);
  }
  void end(const call &who, std::string_view reference) const {
    auto error = no_error();
    check(raw_->end(raw_->context, who.raw(), str(reference), &error), error);
  }

 private:
  const dms_contacts *raw_;
};

class contact_completion {
 public:
  explicit contact_completion(const dms_contact_completion *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  void complete(const call &who, std::string_view id, std::string_view result, std::string_view note) const {
    auto error = no_error();
    check(raw_->complete(raw_->context, who.raw(), str(id), str(result), str(note), &error), error);
  }

 private:
  const dms_contact_completion *raw_;
};

class sales {
 public:
  explicit sales(const dms_sales *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  std::string changed(std::int64_t after, std::uint32_t limit) const {
    return written([&](const dms_sink *sink, dms_error *error) {
      return raw_->changed(raw_->context, after, limit, sink, error);
    });
  }
  std::optional<std::string> get(std::string_view id) const {
    return written_if_found(
        [&](const dms_sink *sink, dms_error *error) { return raw_->get(raw_->context, str(id), sink, error); });
  }

 private:
  const dms_sales *raw_;
};

class notifications {
 public:
  explicit notifications(const dms_notifications *raw) : raw_(raw) {}
  void notify(std::string_view key, std::string_view notification) const {
    auto error = no_error();
    check(raw_->notify(raw_->context, str(key), str(notification), &error), error);
  }
  void withdraw(std::string_view key) const {
    auto error = no_error();
    check(raw_->withdraw(raw_->context, str(key), &error), error);
  }

 private:
  const dms_notifications *raw_;
};

/// Writes nothing where the host keeps no audit log for plugins.
class audit {
 public:
  explicit audit(const dms_audit *raw) : raw_(raw) {}
  void write(const call &who, std::string_view action, std::string_view subject, std::string_view detail) const {
    if (raw_ == nullptr) return;
    auto error = no_error();
    check(raw_->write(raw_->context, who.raw(), str(action), str(subject), str(detail), &error), error);
  }

 private:
  const dms_audit *raw_;
};

class erasure {
 public:
  explicit erasure(const dms_erasure *raw = nullptr) : raw_(raw) {}
  /// Whether the host offers it; nothing else may be called where it does not.
  explicit operator bool() const noexcept { return raw_ != nullptr; }
  /// `what` as dms/ext/erasure.h says. Throws failure(dms_unavailable) while something is left.
  void forget(const call &who, std::string_view what) const {
    auto error = no_error();
    check(raw_->forget(raw_->context, who.raw(), str(what), &error), error);
  }

 private:
  const dms_erasure *raw_;
};

}  // namespace dms
