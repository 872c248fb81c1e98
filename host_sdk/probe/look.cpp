// What services answer, without a change in the host.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <future>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/looks.hpp"
#include "probe/probe.hpp"
#include "probe/visit.hpp"

namespace dms::probing {
namespace {

constexpr int looks_elsewhere = 3;  ///< of each kind of call
constexpr std::chrono::seconds longest_wait{3};
constexpr std::int64_t at_once_us = 250'000;

/// The fastest of three, so that a busy machine is not taken for a slow host.
template <typename Call>
std::int64_t fastest_us(Call &&call) {
  std::int64_t best = INT64_MAX;
  for (int round = 0; round < 3; ++round) {
    const auto begin = steady_us();
    call();
    best = std::min(best, steady_us() - begin);
  }
  return best;
}

bool has_texts(const nlohmann::json &item, std::initializer_list<const char *> names) {
  return item.is_object() && std::all_of(names.begin(), names.end(), [&](const char *name) {
           return item.contains(name) && item[name].is_string() &&
                  (!item[name].get<std::string>().empty() || std::strcmp(name, "email") == 0);
         });
}
bool has_list(const nlohmann::json &item, const char *name) {
  return item.contains(name) && item[name].is_array();
}
bool has_truth(const nlohmann::json &item, const char *name) {
  return item.contains(name) && item[name].is_boolean();
}
bool is_user(const nlohmann::json &one) {
  return has_texts(one, {"id", "name"}) && has_truth(one, "active") && has_list(one, "roles") &&
         has_list(one, "locations");
}
bool is_location(const nlohmann::json &one) {
  return has_texts(one, {"id", "name", "time_zone"}) && has_truth(one, "open") && has_list(one, "opening_hours");
}
bool all_are(const answer &came, bool (*right)(const nlohmann::json &)) {
  const auto list = json_or_null(came.text);
  return came.status == dms_ok && list.is_array() && std::all_of(list.begin(), list.end(), right);
}

void look_at_errors(const probe &of, const dms_settings &settings) {
  constexpr auto key = "dms_probe.is_never_set";
  string_sink nothing;
  const auto status = settings.get(settings.context, str(key), nothing.get(), nullptr);
  of.notes->judge("error.null", status == dms_not_found, "status " + std::to_string(status) + " without an error");
  constexpr std::uint32_t small = 16;
  alignas(dms_error) std::array<char, sizeof(dms_error)> room{};
  room.fill('#');
  auto *error = reinterpret_cast<dms_error *>(room.data());
  error->struct_size = small;
  settings.get(settings.context, str(key), nothing.get(), error);
  of.notes->judge("error.small", std::all_of(room.begin() + small, room.end(), [](char each) { return each == '#'; }),
                  "more than its 16 bytes are written");
}

void look_at_refusal(const probe &of, const dms_directory &directory) {
  int writes = 0;
  const dms_sink full{&writes, [](void *context, dms_str) -> dms_status {
                        ++*static_cast<int *>(context);
                        return dms_too_large;
                      }};
  auto error = no_error();
  const auto status = directory.users(directory.context, &full, &error);
  of.notes->judge("service.refused_sink", status == dms_too_large && writes == 1,
                  "status " + std::to_string(status) + " after " + std::to_string(writes) + " pieces");
}

void look_at_storage(probe &of, const dms_storage &storage) {
  const auto came =
      of.ask([&](const dms_sink *sink, dms_error *error) { return storage.database(storage.context, sink, error); });
  of.notes->judge("storage.database",
                  came.status == dms_ok && (came.text.empty() || came.text.find("://") != std::string::npos),
                  "neither a URI nor nothing");
}

}  // namespace

answer probe::ask(const std::function<dms_status(const dms_sink *, dms_error *)> &call) {
  string_sink sink;
  dms_error error{};
  std::memset(&error, '#', sizeof error);
  error.struct_size = sizeof error;
  error.code = dms_ok;
  const auto status = call(sink.get(), &error);
  if (status != dms_ok) {
    const bool ends = std::memchr(error.message, '\0', sizeof error.message) != nullptr;
    const bool said = ends && error.message[0] != '\0' && error.message[0] != '#';
    notes->judge(
        "error.filled", error.code == status && said,
        "status " + std::to_string(status) + ", code " + std::to_string(error.code) + (said ? "" : ", no sentence"));
  }
  return {status, sink.take()};
}

void probe::look() {
  if (const auto *settings = service<dms_settings>(DMS_SETTINGS_ID)) {
    const auto came = ask([&](const dms_sink *sink, dms_error *error) {
      return settings->get(settings->context, str("dms_probe.is_never_set"), sink, error);
    });
    notes->judge("settings.missing", came.status == dms_not_found, "status " + std::to_string(came.status));
    look_at_errors(*this, *settings);
  }
  if (const auto *log = service<dms_log>(DMS_LOG_ID)) {
    const auto took = fastest_us([&] { log->write(log->context, dms_log_debug, str("probe: looks around")); });
    notes->judge("threads.any", took < at_once_us, "dms.log/1 takes " + std::to_string(took / 1000) + " ms");
  }
  if (const auto *storage = service<dms_storage>(DMS_STORAGE_ID)) look_at_storage(*this, *storage);
  if (const auto *directory = service<dms_directory>(DMS_DIRECTORY_ID)) {
    const auto before = directory->generation(directory->context);
    const auto took = fastest_us([&] { generation = directory->generation(directory->context); });
    notes->judge("threads.any", took < at_once_us, "dms.directory/1 takes " + std::to_string(took / 1000) + " ms");
    notes->judge("directory.generation", generation == before, "it is another one each time");
    notes->judge("directory.users",
                 all_are(ask([&](const dms_sink *sink, dms_error *error) {
                           return directory->users(directory->context, sink, error);
                         }),
                         is_user),
                 "a user lacks a member");
    notes->judge("directory.locations",
                 all_are(ask([&](const dms_sink *sink, dms_error *error) {
                           return directory->locations(directory->context, sink, error);
                         }),
                         is_location),
                 "a location lacks a member");
    look_at_refusal(*this, *directory);
  }
  if (const auto *customers = service<dms_customers>(DMS_CUSTOMERS_ID)) {
    const auto came = ask([&](const dms_sink *sink, dms_error *error) {
      return customers->get(customers->context, str("dms_probe-nobody"), sink, error);
    });
    notes->judge("customers.missing", came.status == dms_not_found, "status " + std::to_string(came.status));
  }
  look_at_optional(*this);
}

/// A host that holds a lock or an open transaction during a call keeps the plugin's other threads waiting until the
/// call ends. The withdrawal of what was never said writes nothing, and takes the same way as what does.
void probe::ask_elsewhere(std::string_view rule) {
  {
    const std::lock_guard lock(mutex);
    if (++asked_elsewhere_[std::string(rule)] > looks_elsewhere) return;
  }
  const auto done = std::make_shared<std::promise<void>>();
  auto ended = done->get_future();
  std::thread other([this, done] {
    barrier(nullptr, [&] {
      string_sink ignored;
      auto error = no_error();
      if (const auto *directory = service<dms_directory>(DMS_DIRECTORY_ID))
        directory->users(directory->context, ignored.get(), &error);
      if (const auto *contacts = service<dms_contacts>(DMS_CONTACTS_ID)) {
        contacts->list(contacts->context, str("dms_probe:nothing"), ignored.get(), &error);
      }
      if (const auto *bell = service<dms_notifications>(DMS_NOTIFICATIONS_ID))
        bell->withdraw(bell->context, str("dms_probe:nothing"), &error);
    });
    done->set_value();
  });
  const bool answered = ended.wait_for(longest_wait) == std::future_status::ready;
  notes->judge(rule, answered, "a service on another thread waits for the call to end");
  if (answered) {
    other.join();
    return;
  }
  const std::lock_guard lock(mutex);
  asked_elsewhere_[std::string(rule)] = looks_elsewhere;
  waiting_.push_back(std::move(other));
}

}  // namespace dms::probing
