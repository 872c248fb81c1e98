// channel_settings.hpp - which settings each way to a manufacturer takes: one table for the form, the check and the
// transports.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "lead/message.hpp"
#include "store/records.hpp"

namespace lead_system::feedback {

enum class setting_kind {
  address,
  text,
  file,    ///< absolute path of a file that the host's process can read
  folder,  ///< absolute path of a folder
  secret   ///< kept by the host under secret_key(), never by the store
};

struct channel_setting {
  std::string_view name;
  setting_kind kind;
  bool required;
  std::string_view label, hint;  ///< English, gettext keys; a hint may be empty
};

/// https, sftp, directory, none; with their titles (gettext keys).
struct transport_row {
  std::string_view key, title;
};
std::span<const transport_row> transports() noexcept;
bool is_transport(std::string_view key) noexcept;

/// Those of a transport, in the order of the form; empty for "none" and for an unknown one.
std::span<const channel_setting> settings_of(std::string_view transport) noexcept;
/// "feedback.siebel_nissan.password"
std::string secret_key(std::string_view source, std::string_view name);

/// What is wrong, by field; looks at files and folders of this machine. Secrets are not among the channel's settings.
std::map<std::string, message> problems_of(const store::feedback_channel &channel);
/// Of a secret: blank lines and control characters cannot be part of it.
message problem_of_secret(std::string_view value);

/// Who hears a secret of a channel: scheme, host and port of the address that it goes to, and of a proxy that could
/// read it on the way; empty where it goes nowhere.
std::string receiver_of(const store::feedback_channel &channel, std::string_view secret);
/// Whether a folder is another one's below, by their names.
bool lies_below(const std::string &folder, const std::string &root);

/// Whether messages may go to this address: plain HTTP carries personal data in the clear, so to this machine only.
bool may_speak_to(const std::string &address);

}  // namespace lead_system::feedback
