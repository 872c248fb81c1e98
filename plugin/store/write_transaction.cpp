#include "store/write_transaction.hpp"

#include <algorithm>

#include "store/erasure.hpp"
#include "store/events.hpp"
#include "store/host_effects.hpp"
#include "store/import_log.hpp"
#include "store/lead_list.hpp"
#include "store/notices.hpp"
#include "store/outbox.hpp"
#include "store/saved_filters.hpp"
#include "store/settings.hpp"

namespace lead_system::store {

namespace tables = lead_system::store;  // class store hides the namespace

write_transaction::write_transaction(connection &on) : on_(on), arrivals_(on) {
  begin_write(on.session(), on.kind());
  open_ = true;
}

write_transaction::~write_transaction() {
  on_.rest();
  if (!open_) return;
  try {
    on_.session() << "ROLLBACK";
  } catch (const std::exception &) {
    // The connection is gone, and the transaction with it; or SQLite has rolled back by itself.
  }
}

void write_transaction::commit() {
  on_.commit();
  open_ = false;
}

std::optional<lead> write_transaction::find_lead(std::int64_t id) {
  return tables::find_lead(on_, id);
}

std::vector<lead_event> write_transaction::timeline(std::int64_t lead_id) {
  return tables::timeline(on_, lead_id);
}

std::optional<lead> write_transaction::find_lead(const std::string &source, const std::string &external_id) {
  return find_newest_lead(on_, source, external_id);
}

void write_transaction::expect(std::span<const arrival> next, time_us since) {
  arrivals_.expect(next, since);
}

transaction::known_lead write_transaction::look_up(const arrival &one, time_us since) {
  return arrivals_.look_up(one, since);
}

std::vector<lead> write_transaction::leads_with_id(const std::string &source, const std::string &external_id) {
  return tables::leads_with_id(on_, source, external_id);
}

std::int64_t write_transaction::earlier_enquiry(const lead_content &content, time_us since) {
  return arrivals_.earlier_enquiry(content, since);
}

std::int64_t write_transaction::insert_lead(const lead &item, const std::string &digest) {
  return arrivals_.insert(item, digest);
}

std::string write_transaction::content_digest(std::int64_t lead_id) {
  return content_digest_of(on_, lead_id);
}

bool write_transaction::update_lead(const lead &item) {
  return arrivals_.update(item, nullptr);
}

bool write_transaction::update_lead_content(const lead &item, const std::string &digest) {
  return arrivals_.update(item, &digest);
}

void write_transaction::add_event(const lead_event &event) {
  tables::add_event(on_, event, arrivals_.version_of(event.lead_id));
}

void write_transaction::forget_person(const lead &item, const std::string &actor, const std::string &cause,
                                      time_us at) {
  tables::forget_person(on_, item, actor, cause, at);
}

void write_transaction::queue_host_effect(std::int64_t lead_id) {
  tables::queue_host_effect(on_, lead_id);
}

bool write_transaction::mark_notified(const lead &item) {
  return tables::mark_notified(on_, item);
}

void write_transaction::queue_notice(std::int64_t lead_id, const std::string &user, std::string_view channel) {
  tables::queue_notice(on_, lead_id, user, channel);
}

void write_transaction::queue_feedback(const feedback_message &message) {
  tables::queue_feedback(on_, message);
}

std::vector<dealer_code> write_transaction::dealer_codes() {
  return tables::dealer_codes(on_);
}

std::vector<lead_type_setting> write_transaction::lead_type_settings() {
  return tables::lead_type_settings(on_);
}

std::map<int, std::string> write_transaction::quarantined_before(std::int64_t payload_id, int after,
                                                                 std::size_t count) {
  return tables::quarantined_before(on_, payload_id, after, count);
}

std::string write_transaction::feedback_transport(const std::string &source) {
  const auto [known, fresh] = transports_.try_emplace(source);
  if (fresh) known->second = tables::feedback_transport(on_, source);
  return known->second;
}

bool write_transaction::requeue_feedback(std::int64_t id, const std::string &actor, time_us at) {
  return tables::requeue_feedback(on_, id, actor, at);
}

bool write_transaction::give_up_feedback(std::int64_t id, const std::string &actor, const std::string &why,
                                         time_us at) {
  return tables::give_up_feedback(on_, id, actor, why, at);
}

std::optional<feedback_message> write_transaction::find_feedback(std::int64_t id) {
  return tables::find_feedback(on_, id);
}

std::vector<feedback_message> write_transaction::feedback_to_resend(const std::string &source, feedback_status status,
                                                                    std::int64_t after, int limit) {
  return tables::feedback_to_resend(on_, source, status, after, limit);
}

transaction::archived write_transaction::archive_payload(const std::string &source, const std::string &digest,
                                                         const std::string &body, std::int64_t size, time_us at) {
  return tables::archive_payload(on_, source, digest, body, size, at);
}

void write_transaction::archive_part(std::int64_t payload_id, int position, const std::string &body) {
  tables::archive_part(on_, payload_id, position, body);
}

std::optional<transaction::broken_off> write_transaction::unfinished_run(std::int64_t payload_id) {
  return tables::unfinished_run(on_, payload_id);
}

bool write_transaction::retry_item(std::int64_t item_id, std::int64_t run_id) {
  return tables::retry_item(on_, item_id, run_id);
}

std::int64_t write_transaction::insert_run(const import_run &run) {
  return tables::insert_run(on_, run);
}

void write_transaction::update_run(const import_run &run) {
  tables::update_run(on_, run);
}

void write_transaction::insert_item(const import_item &item) {
  tables::insert_item(on_, item);
}

std::vector<access::grant> write_transaction::grants() {
  lock_grants();
  return tables::grants(on_);
}

void write_transaction::lock_grants() {
  tables::lock_grants(on_.session(), on_.kind());
}

std::vector<departure> write_transaction::departures(time_us now) {
  return tables::departures(on_, now);
}

void write_transaction::add_departure(const departure &one) {
  tables::add_departure(on_, one);
}

void write_transaction::set_grant(const access::grant &grant, const std::string &actor, time_us at) {
  tables::set_grant(on_, grant, actor, at);
}

void write_transaction::set_lead_type(const lead_type_setting &setting, const std::string &actor, time_us at) {
  tables::set_lead_type(on_, setting, actor, at);
}

void write_transaction::set_dealer_code(const dealer_code &code, const std::string &actor, time_us at) {
  tables::set_dealer_code(on_, code, actor, at);
}

void write_transaction::set_feedback_channel(const feedback_channel &channel, const std::string &actor, time_us at) {
  transports_.clear();
  tables::set_feedback_channel(on_, channel, actor, at);
}

bool write_transaction::save_filter(const std::string &user, const saved_filter &filter, std::size_t most) {
  const auto known = tables::saved_filters(on_, user);
  const bool again = std::any_of(known.begin(), known.end(), [&](const auto &it) { return it.name == filter.name; });
  if (!again && known.size() >= most) return false;
  tables::save_filter(on_, user, filter);
  return true;
}

bool write_transaction::forget_filter(const std::string &user, const std::string &name) {
  return tables::forget_filter(on_, user, name);
}

std::vector<std::int64_t> write_transaction::unplaced_leads(const std::string &source, const std::string &code) {
  return tables::unplaced_leads(on_, source, code);
}

std::string write_transaction::last_changed_by(const std::string &kind, const std::string &subject) {
  return tables::last_changed_by(on_, kind, subject);
}

std::vector<open_group> write_transaction::open_groups() {
  return tables::open_groups(on_);
}

}  // namespace lead_system::store
