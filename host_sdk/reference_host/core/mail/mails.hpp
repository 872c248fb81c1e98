// mails.hpp - the outbox of e-mails to people outside, and what they answered; plugins read it as dms.mail/1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct mail {
  std::int64_t id = 0;
  std::string owner, key;  ///< of the plugin
  std::string reference;   ///< "lead:4711", or empty
  std::string document;    ///< dms.mail/1; once it was sent, only who it went to and its subject
  std::string message_id;  ///< without its brackets
  std::string state;       ///< "waiting", "sent", "failed"
  std::string problem;     ///< one sentence, or empty
  std::int64_t attempts = 0, next_us = 0, at_us = 0, sent_us = 0;
  std::int64_t change = 0;
};

struct mail_reply {
  std::int64_t id = 0, mail = 0;
  std::string owner, reference;  ///< of the mail
  std::string digest;            ///< of the message: it is taken once
  std::string file;              ///< where the message lies
  std::string from, subject, text;
  std::string files = "[]";  ///< of the attachments, as dms.mail_news/1 says them
  std::int64_t attachments = 0, at_us = 0, change = 0;
};

/// [any]
class mails {
 public:
  explicit mails(database &in) : database_(in) {}

  /// Keeps it, or returns the one that has the key already.
  mail add(const mail &item);
  std::optional<mail> get(std::int64_t id) const;
  /// The newest of these that we sent; nothing: none is ours.
  std::optional<mail> with_message_id(const std::vector<std::string> &ids) const;
  /// Newest first; behind the id `before` (0: from the newest).
  std::vector<mail> page(std::int64_t before, int limit) const;

  /// Due now, longest waiting first.
  std::vector<mail> due(std::int64_t now_us, int limit) const;
  /// Nobody else sends it until then; false: somebody does already.
  bool lease(const mail &item, std::int64_t until_us);
  /// Writes state, problem, attempts, next_us and sent_us. False where it is gone meanwhile.
  bool settle(const mail &item);
  /// An admin has it sent again; false where it is none that failed.
  bool send_again(std::int64_t id, std::int64_t now_us);

  /// False where this message was taken already.
  bool take(const mail_reply &item);
  /// Up to which number all changes can be seen; ask it before the two lists of one answer.
  std::int64_t newest_change() const;
  /// Those with after < change <= upto, in the order of their changes.
  std::vector<mail> changed(std::string_view owner, std::int64_t after, std::int64_t upto, int limit) const;
  std::vector<mail_reply> replies(std::string_view owner, std::int64_t after, std::int64_t upto, int limit) const;

  /// A message about the mail that is no answer; it goes with the person too.
  void keep_file(const mail &about, const std::string &file);
  /// The messages that came back to mails with that reference.
  std::vector<std::string> files_of(std::string_view owner, std::string_view reference) const;
  /// Everything with that reference goes.
  void forget(std::string_view owner, std::string_view reference);

  struct counts {
    std::int64_t waiting = 0, failed = 0;
    std::int64_t oldest_us = 0;  ///< of those that wait
  };
  counts count() const;

 private:
  database &database_;
};

}  // namespace dms::reference
