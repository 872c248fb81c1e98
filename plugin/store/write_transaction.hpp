// write_transaction.hpp - store.hpp's transaction on one session.
#pragma once

#include "store/arrivals.hpp"

namespace lead_system::store {

/// Begun in the constructor; rolls back in the destructor unless committed.
class write_transaction final : public transaction {
 public:
  explicit write_transaction(connection &on);
  ~write_transaction() override;
  void commit();
  connection &on() noexcept { return on_; }

  std::optional<lead> find_lead(std::int64_t id) override;
  std::optional<lead> find_lead(const std::string &source, const std::string &external_id) override;
  void expect(std::span<const arrival> next, time_us since) override;
  known_lead look_up(const arrival &one, time_us since) override;
  std::vector<lead> leads_with_id(const std::string &source, const std::string &external_id) override;
  std::int64_t earlier_enquiry(const lead_content &content, time_us since) override;
  std::int64_t insert_lead(const lead &item, const std::string &digest) override;
  std::string content_digest(std::int64_t lead_id) override;
  bool update_lead(const lead &item) override;
  bool update_lead_content(const lead &item, const std::string &digest) override;
  std::vector<lead_event> timeline(std::int64_t lead_id) override;
  void add_event(const lead_event &event) override;
  void forget_person(const lead &item, const std::string &actor, const std::string &cause, time_us at) override;
  void queue_host_effect(std::int64_t lead_id) override;
  bool mark_notified(const lead &item) override;
  void queue_notice(std::int64_t lead_id, const std::string &user, std::string_view channel) override;
  void queue_feedback(const feedback_message &message) override;
  std::string feedback_transport(const std::string &source) override;
  bool requeue_feedback(std::int64_t id, const std::string &actor, time_us at) override;
  bool give_up_feedback(std::int64_t id, const std::string &actor, const std::string &why, time_us at) override;
  std::optional<feedback_message> find_feedback(std::int64_t id) override;
  std::vector<feedback_message> feedback_to_resend(const std::string &source, feedback_status status,
                                                   std::int64_t after, int limit) override;
  archived archive_payload(const std::string &source, const std::string &digest, const std::string &body,
                           std::int64_t size, time_us at) override;
  void archive_part(std::int64_t payload_id, int position, const std::string &body) override;
  std::int64_t insert_run(const import_run &run) override;
  void update_run(const import_run &run) override;
  void insert_item(const import_item &item) override;
  std::optional<broken_off> unfinished_run(std::int64_t payload_id) override;
  bool retry_item(std::int64_t item_id, std::int64_t run_id) override;
  std::map<int, std::string> quarantined_before(std::int64_t payload_id, int after, std::size_t count) override;
  std::vector<dealer_code> dealer_codes() override;
  std::vector<lead_type_setting> lead_type_settings() override;
  std::vector<access::grant> grants() override;
  void lock_grants() override;
  std::vector<departure> departures(time_us now) override;
  void add_departure(const departure &one) override;
  void set_grant(const access::grant &grant, const std::string &actor, time_us at) override;
  void set_lead_type(const lead_type_setting &setting, const std::string &actor, time_us at) override;
  void set_dealer_code(const dealer_code &code, const std::string &actor, time_us at) override;
  void set_feedback_channel(const feedback_channel &channel, const std::string &actor, time_us at) override;
  bool save_filter(const std::string &user, const saved_filter &filter, std::size_t most) override;
  bool forget_filter(const std::string &user, const std::string &name) override;
  std::vector<std::int64_t> unplaced_leads(const std::string &source, const std::string &code) override;
  std::string last_changed_by(const std::string &kind, const std::string &subject) override;
  std::vector<open_group> open_groups() override;

 private:
  connection &on_;
  arrivals arrivals_;
  std::map<std::string, std::string> transports_;  ///< by source, as asked before
  bool open_ = false;
};

}  // namespace lead_system::store
