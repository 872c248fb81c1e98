// probe.hpp - a plugin that watches its host: it does nothing for a dealership, and notes of each rule of the interface
// whether the host keeps it. Written against the headers alone, so that a vendor can build it with his own compiler.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "dms/sdk.h"
#include "probe/ledger.hpp"

namespace dms::probing {

/// Notes [main] calls that overlap, over all instances of the library.
class main_turn {
 public:
  explicit main_turn(ledger *notes);
  main_turn(const main_turn &) = delete;
  main_turn &operator=(const main_turn &) = delete;
  ~main_turn();
};

/// What a service answered.
struct answer {
  dms_status status = dms_failed;
  std::string text;
};

class probe {
 public:
  probe();
  probe(const probe &) = delete;
  probe &operator=(const probe &) = delete;
  ~probe();
  dms_plugin *raw() noexcept { return &raw_; }
  /// The newest instance, or null: for a host that forgets whose call it is.
  static probe *newest() noexcept;

  template <typename Service>
  const Service *service(std::string_view id) const {
    return static_cast<const Service *>(host_->get_service(host_, dms_str{id.data(), id.size()}));
  }
  /// Calls a service with a sink and an error, and notes whether the error is as it must be.
  answer ask(const std::function<dms_status(const dms_sink *, dms_error *)> &call);
  /// Notes whether services answer on another thread while a call runs on this one; a few times a rule.
  void ask_elsewhere(std::string_view rule);

  /// Looks at every service without changing anything.
  void look();
  /// Asks for a run of its own job.
  void wake_job();
  /// Makes customers and contacts, and ends them again where the host can. Returns what stays behind.
  std::string create(const dms_call *call);
  /// The screen of the probe.
  std::string document(std::string_view locale, bool with_report) const;

  enum class state { made, ready, activating, active, leaving };
  std::shared_ptr<ledger> notes = std::make_shared<ledger>();
  std::atomic<state> now{state::made};
  std::atomic<int> inside{0};  ///< calls of contributions that run
  std::atomic<int> job_runs{0};
  std::atomic<std::int64_t> job_ended_us{0};  ///< on the steady clock
  std::atomic<bool> woken{false};
  std::atomic<std::thread::id> waking{};  ///< the thread that asks for a run of the job
  std::atomic<std::int64_t> generation{0};
  std::mutex mutex;  ///< guards what follows
  struct request {
    std::string what, result;
  };
  std::map<std::string, request> requests;  ///< by token: what came with it, and what was answered
  std::set<std::string> asked;              ///< events that a host asked about, with whom
  std::set<std::string> mails;              ///< ids of those that it sent
  std::string completing;                   ///< the contact that create() completes now
  std::string probed;                       ///< the first bytes that the host let probe

 private:
  static probe &of(dms_plugin *raw) { return *static_cast<probe *>(raw->context); }
  static dms_status init(dms_plugin *raw, const dms_host *from, dms_error *error) noexcept;
  static dms_status activate(dms_plugin *raw, const dms_call *who, const dms_progress *progress,
                             dms_error *error) noexcept;
  static void deactivate(dms_plugin *raw) noexcept;
  static void destroy(dms_plugin *raw) noexcept;
  static const void *get_extension(dms_plugin *raw, dms_str id) noexcept;

  // contributions.cpp
  void offer_extensions();
  void register_all();
  void take_back_all() noexcept;
  // life.cpp
  void remember_services();
  void check_services(std::string_view rule) const;
  void open_report();

  dms_plugin raw_{};
  dms_texts texts_{};
  dms_health health_{};
  dms_counts counts_{};
  dms_handover handover_{};
  const dms_host *host_ = nullptr;
  dms_host host_before_{};
  std::map<std::string, std::string> services_before_;  ///< id to the bytes of its table
  std::map<std::string, int> asked_elsewhere_;
  std::vector<std::thread> waiting_;  ///< threads that a lock of the host held up
  std::vector<std::function<void()>> undo_;
  struct contributions_of;
  std::shared_ptr<contributions_of> contributed_;
};

/// The library itself, as its entry sees it.
struct library {
  library();
  std::atomic<int> inits{0}, living{0}, in_main{0};
  std::atomic<bool> described{false};
  std::atomic<long> process{0};
  std::mutex mutex;
  std::shared_ptr<ledger> last;  ///< of the newest instance, also when it is gone
  probe *newest = nullptr;
  static library &only();
};

std::int64_t steady_us() noexcept;

}  // namespace dms::probing
