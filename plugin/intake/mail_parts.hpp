// mail_parts.hpp - a mail (RFC 5322, MIME RFC 2045) as its leaves: every part that holds content of its own.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lead/message.hpp"

namespace lead_system::intake {

/// What mail may be made of; more is refused.
struct mail_limits {
  int depth = 16;   ///< parts within parts
  int parts = 200;  ///< of one mail
};

struct mail_leaf {
  std::string type;     ///< "text/plain", lower case
  std::string charset;  ///< as declared, or empty
  std::string name;     ///< file name, lower case, or empty
  std::string bytes;    ///< transfer encoding undone
  int alternative = 0;  ///< the multipart/alternative whose parts all say the same, counted from 1; 0: none
};

struct mail_head {
  std::string from, subject, date, id;  ///< as the first message says, encoded words decoded; or empty
  bool automatic = false;               ///< a program's answer: an absence note, a report of what was not delivered
  bool answers = false;                 ///< names a message that it answers or passes on
};

/// Visits the leaves in order. Lenient: lines end in CRLF or LF, a boundary may be missing or never closed, and text
/// that begins without any header is a body. Returns why it was refused (over a limit), or nothing.
message read_mail_parts(std::string_view mail, const mail_limits &within, mail_head &head,
                        const std::function<void(mail_leaf &&)> &visit);

}  // namespace lead_system::intake
