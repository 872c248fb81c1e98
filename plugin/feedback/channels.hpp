// channels.hpp - the ways to the manufacturers as an admin sets them: checked, kept, tried out.
#pragma once

#include <map>
#include <set>
#include <string>

#include "dms/cpp/host.hpp"
#include "feedback/feedback.hpp"
#include "feedback/transport.hpp"
#include "store/store.hpp"

namespace lead_system::feedback {

class channels {
 public:
  /// Drop folders are <outbox_directory>/<source>/ where a channel names none; one that is named lies below drop_root.
  channels(store::store &store, intake::known_sources sources, dms::settings host, std::string outbox_directory,
           std::string drop_root);

  /// The channel of a source; without a transport where none is set up yet.
  store::feedback_channel of(const std::string &source) const;
  const std::string &drop_root() const { return drop_root_; }
  std::string folder_of(const std::string &source) const { return outbox_directory_ + "/" + source; }

  /// Whether the host takes secrets from this plugin's screens.
  bool keeps_secrets() const { return host_.keeps_secrets(); }
  /// Never the secret itself: it is not shown again.
  bool has_secret(const std::string &source, std::string_view name) const;

  struct wish {
    store::feedback_channel channel;
    std::map<std::string, std::string> secrets;  ///< new ones by name; an empty one stays as it is
    std::set<std::string> forget;                ///< secrets to remove
  };
  /// Sets it, and what waited for it goes now; or says what is wrong, by field.
  std::map<std::string, message> set(const dms::call &who, wish wanted) const;

  /// Tries the channel out as it is set. Nothing of it counts as a message about a lead.
  verdict try_out(const dms::call &who, const std::string &source) const;

 private:
  std::map<std::string, message> check(const wish &wanted) const;
  /// Secrets that are kept for another receiver than the one they would go to now.
  void ask_anew(const wish &wanted, std::map<std::string, message> &wrong) const;

  store::store &store_;
  intake::known_sources sources_;
  dms::settings host_;
  std::string outbox_directory_, drop_root_;
};

}  // namespace lead_system::feedback
