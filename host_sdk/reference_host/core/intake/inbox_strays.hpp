// inbox_strays.hpp - what lies in DIR/inbox where no source takes it: the admins hear of it, nothing is moved.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace dms::reference {

class host;

/// Loose files, and files in folders that belong to no source that this host knows. Those of a disabled plugin wait for
/// it and are none. One thread.
class inbox_strays {
 public:
  inbox_strays(host &of, std::filesystem::path inbox);
  /// Looks every few seconds, however often it is called. A stray is told of when it was there twice; what was told is
  /// withdrawn when it is gone.
  void look();

 private:
  std::map<std::string, std::string> find() const;  ///< name → the sentence, with {1} for the name
  void tell(const std::string &name, const std::string &sentence) const;

  host &host_;
  std::filesystem::path inbox_;
  std::chrono::steady_clock::time_point next_{};
  std::map<std::string, std::string> seen_;
  std::set<std::string> told_;
};

}  // namespace dms::reference
