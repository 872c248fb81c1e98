// mail_room.hpp - sends what waits in the outbox, and takes in what people answer. One thread of the serving process.
//
// A mail is sent after it was kept, once; again only where the process died between the server's word and our note of
// it, under the same message id. What the server cannot take now is tried again with growing pauses, until the mail's
// own end or for a day.
//
// Answers lie in a maildir (what stands in new/ is whole; once taken it goes to cur/, as read) or in a folder of
// messages (they go to done/). An answer belongs to the mail whose message id it names. What belongs to none stays
// where it is and is named, since somebody may read mail there.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "host_core/seldom.hpp"
#include "reference_host/core/host_core.hpp"
#include "reference_host/core/mail/mail_message.hpp"
#include "reference_host/core/mail/mail_options.hpp"
#include "reference_host/core/mail/mails.hpp"

namespace dms::reference {

class host;

/// [any]
class mail_room {
 public:
  explicit mail_room(host &of) : host_(of) {}
  mail_room(const mail_room &) = delete;
  mail_room &operator=(const mail_room &) = delete;
  ~mail_room() { stop(); }

  void set(mail_options how);
  mail_options how() const;
  void start();
  void stop() noexcept;
  void wake();  ///< something waits to be sent
  /// One round; also what the thread does. Returns how many were sent and taken in.
  int look();
  /// Files with answers to nothing that was sent from here, as they are shown.
  std::vector<std::string> unmatched() const;

 private:
  void work();
  int send_due(const mail_options &how);
  bool send_one(const mail_options &how, mail item);
  int take_replies(const mail_options &how);
  bool take_file(const std::filesystem::path &file, const std::filesystem::path &to);
  bool take_reply(const incoming_mail &read, const mail &ours, const std::string &digest,
                  const std::filesystem::path &to);
  void take_bounce(const incoming_mail &read, mail item);
  void tell(const char *event, const mail &item);
  void tell_admins(const mail &item);

  host &host_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  mail_options how_;
  std::set<std::string> unmatched_;
  bool wake_ = false;
  std::atomic<bool> stopping_{false};
  seldom complaints_;
  std::thread thread_;
};

/// What kept a mail from being sent, in a language.
std::string problem_in(const host &of, std::string_view locale, const std::string &problem);

/// Removes a message that was taken in, under whatever flags a mail program has given it since. Throws as
/// std::filesystem.
void remove_message(const std::filesystem::path &taken);

/// A new one for a message of ours, by which answers and bounces find back.
std::string new_message_id(const std::string &from);

}  // namespace dms::reference
