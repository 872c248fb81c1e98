#include "store/write_transaction.hpp"

#include "store/events.hpp"
#include "store/host_effects.hpp"
#include "store/import_log.hpp"
#include "store/lead_list.hpp"
#include "store/outbox.hpp"
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
  on_.write();
  on_.rest();
  on_.session() << "COMMIT";
  open_ = false;
}

std::optional<lead> write_transaction::find_lead(std::int64_t id) {
  return tables::find_lead(on_, id);
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

void write_transaction::forget_texts(std::int64_t lead_id) {
  tables::forget_texts(on_, lead_id);
}

void write_transaction::queue_host_effect(std::int64_t lead_id) {
  tables::queue_host_effect(on_, lead_id);
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

std::map<int, std::string> write_transaction::quarantined_before(std::int64_t payload_id) {
  return tables::quarantined_before(on_, payload_id);
}

std::string write_transaction::feedback_transport(const std::string &source) {
  const auto [known, fresh] = transports_.try_emplace(source);
  if (fresh) known->second = tables::feedback_transport(on_, source);
  return known->second;
}

bool write_transaction::requeue_feedback(std::int64_t id, time_us at) {
  return tables::requeue_feedback(on_, id, at);
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
  lock_grants(on_.session(), on_.kind());
  return tables::grants(on_);
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

std::int64_t write_transaction::locate_leads(const dealer_code &code, time_us at) {
  return tables::locate_leads(on_, code, at);
}

std::vector<open_group> write_transaction::open_groups() {
  return tables::open_groups(on_);
}

}  // namespace lead_system::store
