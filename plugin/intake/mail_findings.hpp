// mail_findings.hpp - the texts of a mail that may hold leads, found by their content and not by what they are called.
#pragma once

#include <string>
#include <vector>

#include "intake/definition.hpp"
#include "intake/mail_parts.hpp"
#include "intake/packed_parts.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

enum class text_kind { xml, plain, html, other, none };  ///< the most exact first

/// A text that may hold leads.
struct found_text {
  text_kind of = text_kind::none;
  std::string text;
  message remark;
  int alternative = 0;
};
struct found_texts {
  std::vector<found_text> all;  ///< in the order of the mail
  bool quoted = false;          ///< one of them stood in an answer, with marks before its lines
  std::string parts;            ///< of the mail, as a person knows them: "text/plain, winmail.dat"
  bool outlooks = false;        ///< one is Outlook's own format
  std::string not_unpacked;     ///< the name of a ZIP or gzip that could not be read, and
  bool locked = false;          ///< with a password
  unpack_limits may_unpack;     ///< of the mail, still
};

/// Adds the texts of one part of the mail that hold a mark of the source: of a ZIP or gzip those of its files.
void consider(const definition &source, const mail_leaf &leaf, found_texts &into);

/// What a lead says whose mail holds a ZIP or gzip too that could not be read; empty: all was read.
message remark_of_unread(const found_texts &found);

/// Why a mail without a lead is none, and what stood there.
message no_lead_in(const definition &source, const mail_head &head, const found_texts &found);

}  // namespace lead_system::intake
