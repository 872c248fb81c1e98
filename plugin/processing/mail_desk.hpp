// mail_desk.hpp - e-mails to prospects on their way: receipts that are due, what the host is to be given, and what it
// tells of deliveries and answers (plugin/README.md "Answers").
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "processing/answer_texts.hpp"

namespace lead_system::processing {

/// Held over all hosts by whoever gives them e-mails.
inline constexpr const char *mail_queue_hold = "mail_queue";

class mail_desk {
 public:
  struct parts {
    store::store &store;
    store::answer_rows &rows;
    const access::organisation_source &organisation;
    lead_desk &desk;
    const answer_texts &texts;
    dms::mail mail;                                     ///< may be empty: then nothing is sent and nothing told
    const dms_notifications *notifications;             ///< may be null
    std::function<std::string(const message &)> words;  ///< of the dealership
    std::vector<std::string> old_lists;                 ///< sources that bring leads of an old system
    dms::log log;
  };
  explicit mail_desk(parts with) : with_(std::move(with)) {}

  bool sends() const noexcept { return static_cast<bool>(with_.mail); }
  /// Looks once at each lead that may get a receipt. Returns how many got one.
  int send_receipts(const dms::call &call) const;
  /// Gives the host what waits and may still go; returns how many. What has waited for a day, or a receipt for an hour,
  /// goes no more, nor what the person has refused meanwhile: the timeline says so.
  int give(const dms::call &call) const;
  /// Takes over what the host has told of since the last time. Again changes nothing. Returns for how many leads.
  int take_news(const dms::call &call) const;

 private:
  bool look_at(const dms::call &call, std::int64_t lead_id, const store::assignment_rule &rule) const;
  bool give_one(const dms::call &call, store::queued_mail &item) const;
  bool keep_back(const dms::call &call, const store::queued_mail &item) const;
  bool take_one(const dms::call &call, const nlohmann::json &news) const;
  bool take_reply(const dms::call &call, std::int64_t lead_id, const nlohmann::json &news) const;
  void failed(const dms::call &call, std::int64_t lead_id, const std::string &news, const std::string &problem) const;
  void ring(const dms::call &call, std::int64_t lead_id, const std::string &key, const std::string &tone,
            const std::string &sentence) const;

  parts with_;
};

}  // namespace lead_system::processing
