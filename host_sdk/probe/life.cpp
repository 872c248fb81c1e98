// The life of the library and of an instance, as the host leads it.
#if defined(__linux__)
#include <unistd.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/probe.hpp"
#include "probe/visit.hpp"

namespace dms::probing {
namespace {

constexpr std::string_view report_name = "dms_probe.json";

/// Services of a host, with how many functions each has behind its context.
constexpr std::pair<const char *, std::size_t> tables[] = {{DMS_LOG_ID, sizeof(dms_log)},
                                                           {DMS_SETTINGS_ID, sizeof(dms_settings)},
                                                           {DMS_SECRETS_ID, sizeof(dms_secrets)},
                                                           {DMS_STORAGE_ID, sizeof(dms_storage)},
                                                           {DMS_DIRECTORY_ID, sizeof(dms_directory)},
                                                           {DMS_CUSTOMERS_ID, sizeof(dms_customers)},
                                                           {DMS_CUSTOMER_CHANGES_ID, sizeof(dms_customer_changes)},
                                                           {DMS_CONTACTS_ID, sizeof(dms_contacts)},
                                                           {DMS_CONTACT_COMPLETION_ID, sizeof(dms_contact_completion)},
                                                           {DMS_SALES_ID, sizeof(dms_sales)},
                                                           {DMS_ABSENCES_ID, sizeof(dms_absences)},
                                                           {DMS_MAIL_ID, sizeof(dms_mail)},
                                                           {DMS_NOTIFICATIONS_ID, sizeof(dms_notifications)},
                                                           {DMS_AUDIT_ID, sizeof(dms_audit)},
                                                           {DMS_ERASURE_ID, sizeof(dms_erasure)},
                                                           {DMS_MENU_ID, sizeof(dms_menu)},
                                                           {DMS_RIGHTS_ID, sizeof(dms_rights)},
                                                           {DMS_SCREENS_ID, sizeof(dms_screens)},
                                                           {DMS_IMPORTS_ID, sizeof(dms_imports)},
                                                           {DMS_JOBS_ID, sizeof(dms_jobs)},
                                                           {DMS_EVENTS_ID, sizeof(dms_events)},
                                                           {DMS_REFERENCES_ID, sizeof(dms_references)}};

/// As much of the host's struct as the host has and this version knows: it may be shorter than ours, and longer.
std::size_t known_part(const dms_host &of) noexcept {
  return std::min<std::size_t>(of.struct_size, sizeof(dms_host));
}

}  // namespace

library::library() {
#if defined(__linux__)
  process = ::getpid();
#endif
}

library &library::only() {
  static auto *forever = new library;  // no destructor at the end of the process
  return *forever;
}

std::int64_t steady_us() noexcept {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

main_turn::main_turn(ledger *notes) {
  const bool alone = library::only().in_main++ == 0;
  if (notes != nullptr) notes->judge("threads.main", alone, "one begins before the other has returned");
}
main_turn::~main_turn() {
  --library::only().in_main;
}

probe *probe::newest() noexcept {
  const std::lock_guard lock(library::only().mutex);
  return library::only().newest;
}

probe::probe() {
  raw_ = dms_plugin{sizeof(dms_plugin), 0, this, &init, &activate, &deactivate, &destroy, &get_extension};
  offer_extensions();
  auto &all = library::only();
  notes->judge("order.library_init", all.inits > 0, "an instance is made of a library that was not init'ed");
  notes->judge("order.describe", all.described, "an instance is made of a library that was not asked what it is");
  const std::lock_guard lock(all.mutex);
  all.last = notes;
  all.newest = this;
  ++all.living;
}

probe::~probe() {
  auto &all = library::only();
  const std::lock_guard lock(all.mutex);
  if (all.newest == this) all.newest = nullptr;
  --all.living;
}

dms_status probe::init(dms_plugin *raw, const dms_host *from, dms_error *error) noexcept {
  auto &self = of(raw);
  const main_turn turn(self.notes.get());
  if (!self.notes->judge("order.init_once", self.now == state::made, "init comes a second time")) {
    return fail(error, dms_invalid, "The instance was init'ed before.");
  }
  self.notes->judge("order.init_first", true);
  return barrier(error, [&] {
    self.host_ = from;
    std::memcpy(&self.host_before_, from, known_part(*from));
    self.notes->judge("host.size", from->struct_size >= DMS_HOST_SIZE_1_0,
                      std::to_string(from->struct_size) + " bytes");
    self.notes->judge("host.major", from->abi_major == DMS_ABI_MAJOR, std::to_string(from->abi_major));
    self.notes->judge("host.name", from->name.len > 0 && from->version.len > 0, "one of them is empty");
    self.notes->name_host(view(from->name), view(from->version));
    self.notes->judge("services.unknown", self.service<void>("at.example.unknown/9") == nullptr, "it is not null");
    self.remember_services();
    self.now = state::ready;
  });
}

dms_status probe::activate(dms_plugin *raw, const dms_call *who, const dms_progress *, dms_error *error) noexcept {
  auto &self = of(raw);
  const main_turn turn(self.notes.get());
  if (!self.notes->judge("order.init_first", self.now != state::made, "activate comes before init")) {
    return fail(error, dms_invalid, "The instance was not init'ed.");
  }
  if (!self.notes->judge("order.activate_once", self.now == state::ready, "activate comes while it is active")) {
    return fail(error, dms_invalid, "The plugin is active.");
  }
  if (!self.notes->judge("call.there", who != nullptr, "activate has no call")) {
    return fail(error, dms_invalid, "There is no call.");
  }
  self.now = state::activating;
  const auto came = barrier(error, [&] {
    self.open_report();
    self.register_all();
    self.look();
  });
  if (came != dms_ok) self.take_back_all();
  self.now = came == dms_ok ? state::active : state::ready;
  return came;
}

void probe::deactivate(dms_plugin *raw) noexcept {
  auto &self = of(raw);
  const main_turn turn(self.notes.get());
  if (self.now != state::active) return;
  self.notes->judge("state.ended", self.inside == 0, "a call still runs");
  self.notes->judge("state.gone", true);
  self.now = state::leaving;
  for (auto &thread : self.waiting_) thread.join();
  self.waiting_.clear();
  self.take_back_all();
  self.now = state::ready;
}

void probe::destroy(dms_plugin *raw) noexcept {
  auto &self = of(raw);
  {
    const main_turn turn(self.notes.get());
    self.notes->judge("order.deactivate", self.now != state::active, "destroy comes while it is active");
    if (self.now != state::made) {
      self.notes->judge("host.stays", std::memcmp(&self.host_before_, self.host_, known_part(self.host_before_)) == 0,
                        "it changed");
      barrier(nullptr, [&] { self.check_services("services.stay"); });
    }
    if (self.now == state::active) self.take_back_all();
  }
  delete &self;
}

const void *probe::get_extension(dms_plugin *raw, dms_str id) noexcept {
  auto &self = of(raw);
  if (view(id) == DMS_TEXTS_ID) return &self.texts_;
  if (view(id) == DMS_HEALTH_ID) return &self.health_;
  if (view(id) == DMS_COUNTS_ID) return &self.counts_;
  if (view(id) == DMS_HANDOVER_ID) return &self.handover_;
  return nullptr;
}

void probe::remember_services() {
  for (const auto &[id, bytes] : tables) {
    const auto *table = service<char>(id);
    if (table == nullptr) continue;
    services_before_[id] = std::string(table, bytes);
    const auto *pointers = reinterpret_cast<void *const *>(table);
    for (std::size_t at = 1; at < bytes / sizeof(void *); ++at) {
      notes->judge("services.whole", pointers[at] != nullptr, id);
    }
  }
}

/// Whether what a service's pointer leads to is what it was; the pointer itself may be another one.
void probe::check_services(std::string_view rule) const {
  for (const auto &[id, bytes] : services_before_) {
    const auto *table = service<char>(id);
    notes->judge(rule, table != nullptr && std::memcmp(table, bytes.data(), bytes.size()) == 0, id);
  }
}

void probe::open_report() {
  const char *elsewhere = std::getenv("DMS_PROBE_REPORT");
  if (elsewhere != nullptr) notes->keep_in(elsewhere);
  const auto *storage = service<dms_storage>(DMS_STORAGE_ID);
  if (storage == nullptr) return;
  const auto folder = ask(
      [&](const dms_sink *sink, dms_error *error) { return storage->data_directory(storage->context, sink, error); });
  std::error_code ignored;
  const std::filesystem::path path(folder.text);
  const bool there = folder.status == dms_ok && path.is_absolute() && std::filesystem::is_directory(path, ignored);
  if (!notes->judge("storage.directory", there, folder.text.empty() ? "nothing is written" : "it is not there")) return;
  notes->remember(path / report_name);
  if (elsewhere == nullptr) notes->keep_in(path / report_name);
  const auto trial = path / "dms_probe.trial";
  std::ofstream(trial) << '\n';
  notes->judge("storage.directory", std::filesystem::remove(trial, ignored), "nothing can be written there");
}

}  // namespace dms::probing

extern "C" DMS_EXPORT const dms_plugin_entry *dms_plugin_get_entry(void) {
  using dms::probing::library;
  static constexpr dms_plugin_entry entry{
      sizeof(dms_plugin_entry),
      DMS_ABI_MAJOR,
      DMS_ABI_MINOR,
      0,
      [](dms_error *) noexcept -> dms_status {
        ++library::only().inits;
        return dms_ok;
      },
      []() noexcept {
        auto &all = library::only();
        const std::lock_guard lock(all.mutex);
        if (all.last) all.last->judge("order.deinit", all.inits > 0 && all.living == 0, "an instance is still there");
        --all.inits;
      },
      [](const dms_sink *sink, dms_error *error) noexcept -> dms_status {
        auto &all = library::only();
        std::shared_ptr<dms::probing::ledger> notes;
        {
          const std::lock_guard lock(all.mutex);
          notes = all.newest != nullptr ? all.last : nullptr;
        }
        const dms::probing::main_turn turn(notes.get());
        all.described = true;
        return dms::barrier(
            error, [&] { dms::write(*sink, R"({"id":"dms_probe","version":"1.0.0","name":"Probe of a host"})"); });
      },
      [](dms_error *error) noexcept -> dms_plugin * {
        dms_plugin *made = nullptr;
        dms::barrier(error, [&] { made = (new dms::probing::probe)->raw(); });
        return made;
      }};
  library::only();  // from now on the process is known
  return &entry;
}
