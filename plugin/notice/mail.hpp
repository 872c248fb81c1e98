// mail.hpp - e-mail to the people of the dealership: reports, reminders. It knows nothing of leads. (feedback/ speaks
// to manufacturers, in their formats; this speaks to people.)
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lead/message.hpp"
#include "lead/time.hpp"

namespace lead_system::notice {

/// As the host's admin sets it up: smtp.url, smtp.from, smtp.user, smtp.password, smtp.ca.
struct mail_server {
  std::string url;   ///< "smtps://mail.example.at" or "smtp://mail.example.at:587"; the latter only over STARTTLS
  std::string from;  ///< "leads@example.at"
  std::string user, password;
  std::string ca;  ///< file with the authorities to trust; empty: the system's
  bool usable() const noexcept { return !url.empty() && !from.empty(); }
};
/// `setting` gives the value of a key, or an empty text.
mail_server mail_server_of(const std::function<std::string(const std::string &key)> &setting);

struct attachment {
  std::string name, type, content;  ///< "report.csv", "text/csv; charset=utf-8"
};

struct mail {
  std::string to;
  std::string id;       ///< the same when it is sent again, so that a second copy can be told as one
  std::string subject;  ///< any text
  std::string text;     ///< plain, UTF-8
  std::vector<attachment> attachments;
  time_us at = 0;  ///< header Date
};

struct mail_result {
  bool sent = false;
  message problem;  ///< one sentence where it was not sent; sending it again later is harmless
};

/// Hands the mail to the server and waits for its word, at most half a minute. Plain SMTP goes to this machine only.
mail_result send(const mail_server &server, const mail &what, const std::function<bool()> &cancelled);

}  // namespace lead_system::notice
