// mail_sending.hpp - one message to the mail server.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "reference_host/core/mail/mail_options.hpp"

namespace dms::reference {

struct letter {
  std::string id;  ///< of the message, without brackets: the same when it is sent again
  std::string to, to_name, from_name, reply_to, subject, text, language;
  bool automatic = false;  ///< no person wrote it
  std::int64_t at_us = 0;  ///< header Date
};

struct sending_result {
  enum class kind { sent, later, never };  ///< never: the server does not take it, whenever it is tried
  kind came = kind::sent;
  std::string problem;  ///< where it was not sent: a sentence, or one with ": " and what the server said
};

/// Waits for the server's word, at most half a minute. In clear to this machine only.
sending_result send_letter(const mail_options &server, const letter &what, const std::function<bool()> &stopped);

}  // namespace dms::reference
