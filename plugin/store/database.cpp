// database.cpp - store.hpp on a pool of sessions; the one place where writes are tried again.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "store/clock_jumps.hpp"
#include "store/events.hpp"
#include "store/fault.hpp"
#include "store/hold.hpp"
#include "store/host_effects.hpp"
#include "store/import_log.hpp"
#include "store/lead_list.hpp"
#include "store/migrations.hpp"
#include "store/notices.hpp"
#include "store/outbox.hpp"
#include "store/saved_filters.hpp"
#include "store/sessions.hpp"
#include "store/settings.hpp"
#include "store/source_health.hpp"
#include "store/write_transaction.hpp"

namespace lead_system::store {

namespace tables = lead_system::store;  // class store hides the namespace

namespace {

constexpr int most_attempts = 24;
constexpr std::chrono::milliseconds first_pause{4};
constexpr std::chrono::milliseconds longest_pause{250};

/// Doubling pauses with jitter, so that two who met once do not meet again.
void pause_before(int attempt) {
  auto pause = std::min(first_pause * (1 << std::min(attempt, 10)), longest_pause);
  std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<long long> jitter(pause.count() / 2, pause.count());
  std::this_thread::sleep_for(std::chrono::milliseconds(jitter(random)));
}

class database final : public store {
 public:
  explicit database(const options &how)
      : kind_(engine_of(how.database)),
        watch_(std::make_shared<dms::line_watch>()),
        pool_(how, watch_),
        reading_(how, watch_, longest_read),
        holds_(how, watch_) {
    attempt(pool_, [&](connection &on, bool &) {
      migrate(on.session(), kind_, shipped_migrations(kind_));
      return true;
    });
  }

  void write(const std::function<void(transaction &)> &body) override {
    write_on([&](write_transaction &inside) { body(inside); });
  }

  lead_page list(const lead_query &query, const access::visibility &who, time_us now) override {
    return read([&](connection &on) { return list_leads(on, query, who, now); });
  }
  std::int64_t count(const lead_filter &filter, const access::visibility &who, time_us now) override {
    return read([&](connection &on) { return count_leads(on, filter, who, now); });
  }
  tab_counts counts(const access::visibility &who, time_us now) override {
    return read([&](connection &on) { return count_tabs(on, who, now); });
  }
  std::vector<lead> leads(const std::vector<std::int64_t> &ids, const access::visibility &who) override {
    return read([&](connection &on) { return leads_of(on, ids, who); });
  }
  std::vector<std::int64_t> find_one_of_a_kind(const std::string &text,
                                               const std::vector<std::string> &sources) override {
    return read([&](connection &on) { return tables::find_one_of_a_kind(on, text, sources); });
  }
  std::optional<lead> find(std::int64_t id, const access::visibility &who) override {
    return read([&](connection &on) { return find_visible_lead(on, id, who); });
  }
  std::set<std::int64_t> visible(const std::vector<std::int64_t> &ids, const access::visibility &who) override {
    return read([&](connection &on) { return visible_leads(on, ids, who); });
  }
  std::vector<lead_event> timeline(std::int64_t lead_id) override {
    return read([&](connection &on) { return tables::timeline(on, lead_id); });
  }
  std::vector<feedback_message> feedback_of(std::int64_t lead_id) override {
    return read([&](connection &on) { return tables::feedback_of(on, lead_id); });
  }
  std::vector<lead_event> events_since(std::int64_t lead_id, std::int64_t version) override {
    return read([&](connection &on) { return tables::events_since(on, lead_id, version); });
  }
  std::vector<lead> related(const lead &item, const access::visibility &who) override {
    return read([&](connection &on) { return related_leads(on, item, who); });
  }
  std::int64_t leads_of_customer(const std::string &customer) override {
    return read([&](connection &on) { return tables::leads_of_customer(on, customer); });
  }
  std::vector<open_group> open_groups() override {
    return read([](connection &on) { return tables::open_groups(on); });
  }
  std::vector<std::pair<std::string, std::string>> types_in_use() override {
    return read([](connection &on) { return tables::types_in_use(on); });
  }

  std::vector<std::string> sources_with_feedback(time_us now) override {
    mend_clock_jumps(now);
    return read([&](connection &on) { return tables::sources_with_feedback(on, now); });
  }
  std::vector<feedback_message> lease_feedback(const std::string &source, int limit, time_us now, time_us lease_us,
                                               const std::string &owner) override {
    std::vector<feedback_message> result;
    write_on([&](write_transaction &inside) {
      result = tables::lease_feedback(inside.on(), source, limit, now, lease_us, owner);
    });
    return result;
  }
  void renew_feedback_leases(const std::string &owner, time_us until) override {
    write_on([&](write_transaction &inside) { tables::renew_feedback_leases(inside.on(), owner, until); });
  }
  bool settle_feedback(const feedback_message &message, const std::string &owner, time_us now) override {
    bool held = false;
    write_on([&](write_transaction &inside) { held = tables::settle_feedback(inside.on(), message, owner, now); });
    return held;
  }
  feedback_counts count_feedback() override {
    return read([](connection &on) { return tables::count_feedback(on); });
  }
  std::map<std::string, feedback_counts> count_feedback_by_source() override {
    return read([](connection &on) { return tables::count_feedback_by_source(on); });
  }
  std::vector<feedback_message> feedback_log(const feedback_query &query) override {
    return read([&](connection &on) { return tables::feedback_log(on, query); });
  }
  std::optional<feedback_message> find_feedback(std::int64_t id) override {
    return read([&](connection &on) { return tables::find_feedback(on, id); });
  }

  std::vector<host_effect> host_effects_of(std::int64_t lead_id) override {
    return read([&](connection &on) { return tables::host_effects_of(on, lead_id); });
  }
  std::vector<std::int64_t> leads_with_host_effects(time_us now, int limit) override {
    mend_clock_jumps(now);
    return read([&](connection &on) { return tables::leads_with_host_effects(on, now, limit); });
  }
  void host_was_told(std::int64_t event_id) override {
    write_on([&](write_transaction &inside) { tables::host_was_told(inside.on(), event_id); });
  }
  void host_was_not_told(const host_effect &effect) override {
    write_on([&](write_transaction &inside) { tables::host_was_not_told(inside.on(), effect); });
  }
  host_effect_backlog count_host_effects() override {
    return read([](connection &on) { return tables::count_host_effects(on); });
  }

  std::vector<std::int64_t> leads_to_notify(time_us now, int limit) override {
    return read([&](connection &on) { return tables::leads_to_notify(on, now, limit); });
  }
  std::vector<notice_batch> take_notices(time_us now, int limit) override {
    mend_clock_jumps(now);
    std::vector<notice_batch> result;
    write_on([&](write_transaction &inside) { result = tables::take_notices(inside.on(), now, limit); });
    return result;
  }
  void drop_notices(const notice_batch &batch) override {
    write_on([&](write_transaction &inside) { tables::drop_notices(inside.on(), batch); });
  }
  void put_off_notices(const notice_batch &batch) override {
    write_on([&](write_transaction &inside) { tables::put_off_notices(inside.on(), batch); });
  }

  std::vector<import_run> runs(const std::string &source, const std::string &outcome, std::int64_t before,
                               int limit) override {
    return read([&](connection &on) { return tables::runs(on, source, outcome, before, limit); });
  }
  std::optional<import_run> find_run(std::int64_t id) override {
    return read([&](connection &on) { return tables::find_run(on, id); });
  }
  std::vector<import_item> items(std::int64_t run_id, int after, int limit) override {
    return read([&](connection &on) { return tables::items(on, run_id, after, limit); });
  }
  std::optional<time_us> payload_arrival(const std::string &digest) override {
    return read([&](connection &on) { return tables::payload_arrival(on, digest); });
  }
  std::optional<std::string> payload(std::int64_t payload_id) override {
    return read([&](connection &on) { return tables::payload(on, payload_id); });
  }
  std::optional<std::string> payload_part(std::int64_t payload_id, int position) override {
    return read([&](connection &on) { return tables::payload_part(on, payload_id, position); });
  }
  std::optional<import_item> find_item(std::int64_t id) override {
    return read([&](connection &on) { return tables::find_item(on, id); });
  }
  std::vector<quarantine_group> quarantine() override {
    return read([](connection &on) { return tables::quarantine(on); });
  }
  std::vector<import_item> quarantined(const std::string &source, const std::string &reason, int limit) override {
    return read([&](connection &on) { return tables::quarantined(on, source, reason, limit); });
  }

  source_health health_of_source(const std::string &source, time_us since) override {
    return read([&](connection &on) { return tables::health_of_source(on, source, since); });
  }
  std::vector<access::grant> grants_of(const std::string &user) override {
    return read([&](connection &on) { return tables::grants_of(on, user); });
  }
  std::vector<access::grant> grants() override {
    return read([](connection &on) { return tables::grants(on); });
  }
  std::vector<lead_type_setting> lead_type_settings() override {
    return read([](connection &on) { return tables::lead_type_settings(on); });
  }
  std::vector<dealer_code> dealer_codes() override {
    return read([](connection &on) { return tables::dealer_codes(on); });
  }
  std::vector<unmapped_code> unmapped_dealer_codes() override {
    return read([](connection &on) { return tables::unmapped_dealer_codes(on); });
  }
  std::vector<feedback_channel> feedback_channels() override {
    return read([](connection &on) { return tables::feedback_channels(on); });
  }
  std::vector<settings_change> changes_with(std::int64_t id) override {
    return read([&](connection &on) { return tables::changes_with(on, id); });
  }
  std::vector<settings_change> settings_history(int limit) override {
    return read([&](connection &on) { return tables::settings_history(on, limit); });
  }

  std::vector<saved_filter> saved_filters(const std::string &user) override {
    return read([&](connection &on) { return tables::saved_filters(on, user); });
  }

  bool lease(const std::string &name, const std::string &owner, time_us now, time_us for_us) override {
    bool held = false;
    write_on([&](write_transaction &inside) { held = take_lease(inside.on(), name, owner, now, for_us); });
    return held;
  }
  std::unique_ptr<holding> hold(const std::string &name) override { return holds_.hold(name); }
  std::string backup_to(const std::string &file) override {
    if (kind_ == engine::postgresql) return "The lead database is on PostgreSQL: back it up with pg_dump.";
    read([&](connection &on) { return on.change("VACUUM INTO :a1", {file}); });
    return {};
  }
  bool healthy() override {
    try {
      return read([](connection &on) { return on.run("SELECT number FROM schema_version", {}, "i").next(); });
    } catch (const std::exception &) {
      return false;
    }
  }

 private:
  /// A read may run again as a whole; it has changed nothing.
  template <typename Body>
  auto read(Body &&body) -> decltype(body(std::declval<connection &>())) {
    return attempt(kind_ == engine::postgresql ? reading_ : pool_, [&](connection &on, bool &) { return body(on); });
  }

  /// Where the clock was set back; looked after where the jobs ask what is due.
  void mend_clock_jumps(time_us now) {
    constexpr time_us margin = minute_us;
    // A clock that goes on as it should leaves nothing to mend.
    const auto before = latest_.exchange(now);
    if (before != 0 && now + margin > before) return;
    if (read([&](connection &on) { return waits_too_long(on, now); })) {
      write_on([&](write_transaction &inside) { bring_back(inside.on(), now); });
    }
  }

  template <typename Body>
  void write_on(Body &&body) {
    attempt(pool_, [&](connection &on, bool &committing) {
      write_transaction inside(on);
      body(inside);
      committing = true;
      inside.commit();
      return true;
    });
  }

  /// The one loop of retries: contention and lost connections, with a bound. A connection that is lost while a commit
  /// is on its way may have committed: running the body again could do it twice, so that is left to the caller.
  template <typename Body>
  static auto attempt(session_pool &from, Body &&body)
      -> decltype(body(std::declval<connection &>(), std::declval<bool &>())) {
    const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::milliseconds(from.how().busy_timeout_ms);
    for (int number = 0;; ++number) {
      // The session goes back before the pause: others may use it.
      {
        const auto session = from.get();
        bool committing = false;
        try {
          return body(session->on(), committing);
        } catch (const soci::soci_error &error) {
          session->suspect();
          const auto kind = classify(error);
          if (kind == fault::other) throw;
          const bool again = kind == fault::contention || (kind == fault::lost && !committing);
          if (!again || number + 1 >= most_attempts || std::chrono::steady_clock::now() >= give_up_at) {
            throw store_unavailable(sentence_for(kind, error));
          }
        } catch (const bad_cursor &) {
          throw;
        } catch (const std::exception &) {
          session->suspect();
          throw;
        }
      }
      pause_before(number);
    }
  }

  /// Nothing that is read takes long; what does is a fault of a statement, and ends.
  static constexpr std::chrono::seconds longest_read{60};

  std::atomic<time_us> latest_{0};  ///< what the jobs said last that the time is
  engine kind_;
  std::shared_ptr<dms::line_watch> watch_;
  session_pool pool_;
  session_pool reading_;  ///< on PostgreSQL, where writers may wait for a standby while there is all to read
  holds holds_;
};

}  // namespace

std::unique_ptr<store> store::open(const options &how) {
  return std::make_unique<database>(how);
}

}  // namespace lead_system::store
