// mail_options.hpp - how this host sends e-mails to people outside, as whoever runs it says (--mail-server …).
#pragma once

#include <filesystem>
#include <string>

namespace dms::reference {

struct mail_options {
  std::string server;  ///< "smtps://mail.example.at" or "smtp://mail.example.at:587"; the latter only over STARTTLS
  std::string from;    ///< "leads@example.at"
  std::string user, password;
  std::filesystem::path authorities;  ///< PEM file of the authorities to trust; empty: the system's
  /// Where answers to `from` are laid down: a maildir, or a folder of messages; empty: they are not read.
  std::filesystem::path replies;
  bool usable() const noexcept { return !server.empty() && !from.empty(); }
};

}  // namespace dms::reference
