// deadline_watch.hpp - reminds and escalates where nobody makes the first contact (plugin/README.md "Deadlines"): first
// the assignee, then those with ALLE, by the host's bell and by e-mail where a server is set up.
//
// A step fires once: it is marked with its event and with who is to be told in one transaction, whichever host does it.
// Delivery follows, as often as it takes; what waits for one person goes as one message, so that a pause of the program
// ends in one digest for each and not in a storm. A first contact or the lead's end stops both.
#pragma once

#include <functional>
#include <string>

#include "access/access.hpp"
#include "access/organisation.hpp"
#include "dms/cpp/host.hpp"
#include "lead/catalog.hpp"
#include "notice/mail.hpp"
#include "store/store.hpp"

namespace lead_system::processing {

class deadline_watch {
 public:
  struct parts {
    store::store &store;
    const catalog &types;
    const access::organisation_source &organisation;
    const dms_notifications *notifications;            ///< may be null: then only e-mail
    std::function<notice::mail_server()> mail_server;  ///< not usable: then only the bell
    /// Where people reach the host, "https://dms.example.at", for links in e-mails; may be empty.
    std::function<std::string()> web_address;
    /// A sentence in the language of the dealership.
    std::function<std::string(const message &)> words;
    dms::log log;
  };
  explicit deadline_watch(parts with) : with_(std::move(with)) {}

  /// Fires what is due and delivers what waits; returns how many leads that concerned. Also with several hosts at once.
  int run(const dms::call &job) const;

 private:
  struct rights;
  int fire(const dms::call &job, const rights &who) const;
  bool fire_one(store::transaction &inside, std::int64_t id, time_us now, const rights &who) const;
  void deliver(const dms::call &job) const;
  bool deliver_one(const dms::call &job, const store::notice_batch &batch) const;

  parts with_;
};

}  // namespace lead_system::processing
