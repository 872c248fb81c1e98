// mail_message.hpp - an e-mail that came back to us, read: what it answers, who wrote it, and whether a person did.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dms::reference {

/// A file that came with a message.
struct mailed_file {
  std::string name;       ///< UTF-8, as the sender called it; empty: not at all
  std::size_t bytes = 0;  ///< decoded
};

struct incoming_mail {
  enum class kind {
    reply,      ///< a person wrote it
    automatic,  ///< a holiday note, a receipt, a list: no answer
    bounce,     ///< it was not delivered
    delay       ///< it is not delivered yet
  };
  kind what = kind::reply;
  std::vector<std::string> refers_to;  ///< message ids without brackets, the nearest first
  std::string from;                    ///< address
  std::string subject, text;           ///< UTF-8; the text without what it quotes
  std::string problem;                 ///< of a bounce, as the mail server said it
  std::int64_t attachments = 0;
  std::vector<mailed_file> files;  ///< of these the first ones, longest_list_of_files at most
};
constexpr std::size_t longest_list_of_files = 20;

/// Reads what it can of any bytes; parts nested too deep and what comes after too many of them are left out.
incoming_mail read_mail(std::string_view bytes);

}  // namespace dms::reference
