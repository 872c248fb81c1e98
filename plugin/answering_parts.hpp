// answering_parts.hpp - what makes up "Answers" (plugin/README.md), put together.
#pragma once

#include "processing/mail_desk.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system {

class answering_parts {
 public:
  struct needs {
    const dms::host &host;
    store::store &store;
    const catalog &types;
    const access::organisation_source &organisation;
    processing::lead_desk &desk;
    const dms_notifications *notifications;  ///< may be null
    std::function<std::string(const message &)> dealership;
    std::function<std::string(std::string_view language, const message &)> words;
    std::string language;  ///< of the dealership
    std::vector<std::string> old_lists;
    dms::log log;
    std::function<void()> wake;
  };
  explicit answering_parts(const needs &of)
      : mail_(of.host.service<dms_mail>(DMS_MAIL_ID)),
        rows_(of.store),
        texts_({rows_, of.types, of.organisation, mail_, of.words, of.language}),
        settings_(rows_, of.types, of.organisation),
        desk_({of.store, rows_, of.organisation, of.desk, texts_, mail_, of.notifications, of.dealership, of.old_lists,
               of.log}),
        screens_{texts_, settings_, of.wake} {}
  answering_parts(const answering_parts &) = delete;
  answering_parts &operator=(const answering_parts &) = delete;
  ~answering_parts() = default;

  const screens::answering &screens() const noexcept { return screens_; }
  /// Whether the host sends e-mails and tells of them.
  bool hears() const noexcept { return desk_.sends(); }
  /// The job: receipts, what the host is to be given, and what it tells. Returns of how many e-mails.
  int run(const dms::call &call) {
    const int receipts = desk_.send_receipts(call);
    const int given = desk_.give(call);
    return receipts + given + desk_.take_news(call);
  }
  void take_news(const dms::call &call) { desk_.take_news(call); }

 private:
  dms::mail mail_;
  store::answer_rows rows_;
  processing::answer_texts texts_;
  processing::answer_settings settings_;
  processing::mail_desk desk_;
  screens::answering screens_;
};

}  // namespace lead_system
