// What the probe adds to its host, so that the host has something to call.
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/events.hpp"
#include "dms/cpp/json.hpp"
#include "probe/contributions.hpp"
#include "probe/looks.hpp"
#include "probe/probe.hpp"
#include "probe/visit.hpp"

namespace dms::probing {
namespace {

constexpr std::uint32_t pause_s = 5;

probe &self(void *context) {
  return *static_cast<probe *>(context);
}

/// Texts in memory of their own, which is written over when this goes: whoever kept a pointer shows that.
class lent {
 public:
  explicit lent(char over) : over_(over) {}
  lent(const lent &) = delete;
  lent &operator=(const lent &) = delete;
  ~lent() {
    for (auto &text : kept_) std::memset(text.data(), over_, text.size());
    forgotten().insert(forgotten().end(), std::make_move_iterator(kept_.begin()), std::make_move_iterator(kept_.end()));
  }
  dms_str operator()(std::string_view text) {
    kept_.emplace_back(text.begin(), text.end());
    return {kept_.back().data(), kept_.back().size()};
  }

 private:
  /// Never given back, so that who reads it reads what stands there and does not crash.
  static std::vector<std::vector<char>> &forgotten() {
    static auto *forever = new std::vector<std::vector<char>>;
    return *forever;
  }
  char over_;
  std::vector<std::vector<char>> kept_;
};

// --- the hook, the job, the handler, the guard ---

std::int32_t probe_payload(void *context, dms_str first_bytes) noexcept {
  auto *of = context == nullptr ? probe::newest() : &self(context);
  barrier(nullptr, [&] {
    const std::lock_guard lock(of->mutex);
    of->probed = view(first_bytes);
  });
  return view(first_bytes).substr(0, 9) == "dms_probe" ? 100 : 0;
}

dms_status take_in(void *context, const dms_call *call, const dms_stream *payload, dms_str,
                   const dms_progress *progress, const dms_sink *report, dms_error *error) noexcept {
  const visit here(context, call, payload == nullptr ? nullptr : report);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  auto &of = here.of();
  return barrier(error, [&]() -> dms_status {
    of.ask_elsewhere("locks.import");
    std::string all(7, '\0');
    std::string read;
    for (;;) {
      const auto count = payload->read(payload->context, all.data(), all.size() - 1);  // one byte more than is said
      if (!of.notes->judge("import.read", count < static_cast<std::int64_t>(all.size()),
                           std::to_string(count) + " of 6")) {
        return fail(error, dms_failed, "The stream gives more than was asked for.");
      }
      if (count < 0) return fail(error, dms_cancelled, "The payload broke off before its end.");
      if (count == 0) break;
      read.append(all.data(), static_cast<std::size_t>(count));
      if (progress != nullptr) progress->report(progress->context, read.size(), 0);
    }
    of.notes->judge("import.end", payload->read(payload->context, all.data(), 1) == 0, "more comes after the end");
    {
      const std::lock_guard lock(of.mutex);
      const auto same = std::min(of.probed.size(), read.size());
      if (!of.probed.empty()) {
        of.notes->judge("import.whole", read.compare(0, same, of.probed, 0, same) == 0, "it begins with other bytes");
      }
    }
    write(*report, to_text({{"schema", "dms.import_report/1"},
                            {"receipt", ""},
                            {"accepted", 0},
                            {"repeated", 0},
                            {"legacy", 0},
                            {"quarantined", 0},
                            {"items", nlohmann::json::array()}}));
    return dms_ok;
  });
}

dms_status run_job(void *context, const dms_call *call, const dms_sink *line, dms_error *error) noexcept {
  const visit here(context, call, line);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  auto &of = here.of();
  const bool alone = of.job_runs++ == 0;
  const auto came = barrier(error, [&] {
    of.notes->judge("threads.job", alone, "a run begins before the other has ended");
    of.notes->judge("call.job", call->user.len == 0 && view(call->channel) == "job",
                    "channel \"" + std::string(view(call->channel)) + "\"");
    if (of.waking == std::this_thread::get_id()) of.notes->judge("jobs.wake", false, "wake runs the job itself");
    const auto ended = of.job_ended_us.load();
    // The host's clock may tick otherwise than ours by a little.
    const bool waited = steady_us() - ended > pause_s * std::int64_t{900'000};
    if (!of.woken.exchange(false) && ended != 0 && alone) {
      of.notes->judge("jobs.pause", waited, "it starts again sooner than after its interval, and nobody woke it");
    }
    of.ask_elsewhere("locks.job");
    if (const auto *log = of.service<dms_log>(DMS_LOG_ID))
      log->write(log->context, dms_log_debug, str("probe: a job runs"));
    write(*line, "Looked around.");
  });
  of.job_ended_us = steady_us();
  --of.job_runs;
  return came;
}

/// Every event of event.h, with whom or what it names.
struct event_rule {
  std::string_view event, member;
  bool asks = false;                     ///< a host asks before it does it
  std::string_view asked_as{};           ///< what it asked before it told
  bool changes_directory = false;        ///< so that the directory's generation is another one
  std::array<const char *, 3> others{};  ///< members besides
};
constexpr event_rule event_rules[] = {
    {"user.deactivating", "user", true},
    {"user.deactivated", "user", false, "user.deactivating", true},
    {"user.activated", "user", false, "", true},
    {"location.closing", "location", true},
    {"location.closed", "location", false, "location.closing", true},
    {"location.opened", "location", false, "", true},
    {"contact.completed", "contact", false, "", false, {"reference", "result", "note"}},
    {"customer.merged", "customer", false, "", false, {"into"}},
    {"deal.changed", "deal"},
    {"mail.changed", "mail", false, "", false, {"reference"}},
    {"mail.received", "mail", false, "", false, {"reference"}}};
static_assert(std::size(event_rules) == event_names.size());

void hear(probe &of, const event_rule &one, const nlohmann::json &data) {
  const std::string member(one.member);
  bool whole = data.is_object() && data.contains(member) && data[member].is_string();
  for (const auto *name : one.others) whole = whole && (name == nullptr || data.contains(name));
  if (!of.notes->judge("events.data", whole, one.event)) return;
  const auto whom = data[member].get<std::string>();
  {
    const std::lock_guard lock(of.mutex);
    if (one.asks) of.asked.insert(std::string(one.event) + ' ' + whom);
    if (!one.asked_as.empty()) {
      of.notes->judge("events.asked", of.asked.erase(std::string(one.asked_as) + ' ' + whom) > 0, one.event);
    }
    if (one.event == "contact.completed") {
      of.notes->judge("completion.quiet", whom != of.completing, "it is told of what it did itself");
    }
  }
  look_at_told(of, one.event, data, whom);
  const auto *directory = of.service<dms_directory>(DMS_DIRECTORY_ID);
  if (directory == nullptr || !one.changes_directory) return;
  const auto before = of.generation.exchange(directory->generation(directory->context));
  of.notes->judge("events.generation", of.generation != before, one.event);
}

/// The context is the event's own, so that one function serves all.
struct heard {
  probe *of;
  const event_rule *rule;
};

dms_status handle(void *context, const dms_call *call, dms_str data, dms_error *error) noexcept {
  auto *one = static_cast<heard *>(context);
  const visit here(one == nullptr ? nullptr : one->of, call, &data);
  if (!here || one == nullptr) return fail(error, dms_invalid, "The call is not whole.");
  return barrier(error, [&] {
    here.of().ask_elsewhere("locks.event");
    hear(here.of(), *one->rule, json_or_null(view(data), {DMS_MAX_RECORD}));
  });
}

dms_status judge(void *context, const dms_call *call, dms_str references, const dms_sink *json,
                 dms_error *error) noexcept {
  const visit here(context, call, json);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  return barrier(error, [&] {
    here.of().ask_elsewhere("locks.judge");
    const auto all = json_or_null(view(references), {DMS_MAX_RECORD});
    bool ours = all.is_array();
    auto sights = nlohmann::json::object();
    for (const auto &each : ours ? all : nlohmann::json::array()) {
      ours = ours && each.is_string() && each.get<std::string>().substr(0, 10) == "dms_probe:";
      if (ours) sights[each.get<std::string>()] = "work";
    }
    here.of().notes->judge("references.prefix", ours, "it is asked about others");
    write(*json, to_text(sights));
  });
}

dms_status never_load(void *, const dms_call *, dms_str, const dms_sink *, dms_error *error) noexcept {
  return fail(error, dms_not_found, "There is no such screen.");
}

}  // namespace

/// What is registered, with the structs that a host keeps pointers to.
struct probe::contributions_of {
  dms_screen screen{}, screen_again{}, gone{};
  dms_import_hook hook{}, hook_again{}, badly_named{};
  dms_job job{}, job_again{};
  dms_reference_guard guard{}, guard_again{};
  std::vector<heard> heards;
  std::vector<dms_event_handler> handlers;
  dms_event_handler unknown{};
};

namespace {

/// Registers, and judges what comes of it.
class registering {
 public:
  registering(ledger &notes, std::vector<std::function<void()>> &undo) : notes_(notes), undo_(undo) {}
  /// 0 where it was refused; else it is taken back in the end.
  template <typename Registry, typename Item>
  dms_handle add(const Registry *registry, const Item &item) {
    const auto handle = registry->add(registry->context, &item, &error);
    if (handle != 0) undo_.emplace_back([registry, handle] { registry->remove(registry->context, handle); });
    return handle;
  }
  template <typename Registry, typename Item>
  void added(const Registry *registry, const Item &item) {
    const auto handle = add(registry, item);
    const bool fresh = handle != 0 && handles_.emplace(registry, handle).second;
    notes_.judge("registry.handle", fresh, handle == 0 ? error.message : "two have the same");
  }
  template <typename Registry, typename Item>
  void refused(std::string_view rule, const Registry *registry, const Item &item) {
    notes_.judge(rule, add(registry, item) == 0, "it is taken");
  }
  dms_error error = no_error();

 private:
  ledger &notes_;
  std::vector<std::function<void()>> &undo_;
  std::set<std::pair<const void *, dms_handle>> handles_;
};

void add_copied(const probe &of, registering &to) {
  if (const auto *menu = of.service<dms_menu>(DMS_MENU_ID)) {
    lent text('~');
    const dms_menu_entry entry{sizeof entry,
                               990,
                               text(DMS_MENU_ADMINISTRATION),
                               text("dms_probe.menu"),
                               text("dms_probe.see"),
                               text("dms_probe.report")};
    to.added(menu, entry);
  }
  if (const auto *rights = of.service<dms_rights>(DMS_RIGHTS_ID)) {
    lent text('^');
    const dms_right right{sizeof right, 0, text("dms_probe.see"), text("dms_probe.right"), text("admin")};
    to.added(rights, right);
  }
}

}  // namespace

void probe::register_all() {
  contributed_ = std::make_shared<contributions_of>();
  auto &own = *contributed_;
  registering to(*notes, undo_);
  add_copied(*this, to);
  if (const auto *screens = service<dms_screens>(DMS_SCREENS_ID)) {
    own.screen = {sizeof own.screen, 0, this, str("dms_probe.report"), str("dms_probe.see"), &load_screen,
                  &act_on_screen};
    own.screen_again = own.screen;
    own.gone = {sizeof own.gone, 0, this, str("dms_probe.gone"), str("dms_probe.see"), &never_load, &act_on_screen};
    to.added(screens, own.screen);
    to.refused("registry.screen", screens, own.screen_again);
    if (const auto handle = screens->add(screens->context, &own.gone, &to.error)) {
      screens->remove(screens->context, handle);
      notes->judge("registry.remove", to.add(screens, own.gone) != 0, "its id stays taken");
    }
  }
  if (const auto *imports = service<dms_imports>(DMS_IMPORTS_ID)) {
    own.hook = {sizeof own.hook, 0, this, str("dms_probe"), str("dms_probe.feed"), &probe_payload, &take_in};
    own.hook_again = own.badly_named = own.hook;
    own.badly_named.source = str("../Dms Probe");
    to.added(imports, own.hook);
    to.refused("registry.source", imports, own.hook_again);
    to.refused("registry.source_name", imports, own.badly_named);
  }
  if (const auto *jobs = service<dms_jobs>(DMS_JOBS_ID)) {
    own.job = {sizeof own.job, pause_s, this, str("dms_probe.look"), str("dms_probe.job"), &run_job};
    own.job_again = own.job;
    to.added(jobs, own.job);
    to.refused("registry.job", jobs, own.job_again);
  }
  if (const auto *references = service<dms_references>(DMS_REFERENCES_ID)) {
    own.guard = {sizeof own.guard, 0, this, str("dms_probe:"), &judge};
    own.guard_again = own.guard;
    to.added(references, own.guard);
    to.refused("registry.prefix", references, own.guard_again);
  }
  if (const auto *events = service<dms_events>(DMS_EVENTS_ID)) {
    own.heards.reserve(std::size(event_rules));
    own.handlers.reserve(std::size(event_rules));
    for (const auto &one : event_rules) {
      own.heards.push_back({this, &one});
      own.handlers.push_back({sizeof(dms_event_handler), 0, &own.heards.back(), str(one.event), &handle});
      to.add(events, own.handlers.back());  // a host need not tell about each
    }
    own.unknown = {sizeof own.unknown, 0, &own.heards.front(), str("at.example.unknown"), &handle};
    to.error = no_error();
    const bool taken = to.add(events, own.unknown) != 0;
    notes->judge("registry.event", !taken && to.error.code == dms_unsupported,
                 taken ? "it is taken" : "status " + std::to_string(to.error.code));
  }
}

void probe::wake_job() {
  const auto *jobs = service<dms_jobs>(DMS_JOBS_ID);
  if (jobs == nullptr) return;
  woken = true;
  waking = std::this_thread::get_id();
  jobs->wake(jobs->context, str("dms_probe.look"));
  waking = std::thread::id();
  notes->judge("jobs.wake", true);
}

void probe::take_back_all() noexcept {
  while (!undo_.empty()) {
    undo_.back()();
    undo_.pop_back();
  }
  contributed_.reset();
}

}  // namespace dms::probing
