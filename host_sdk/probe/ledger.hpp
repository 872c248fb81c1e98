// ledger.hpp - what the probe has seen of each rule.
#pragma once

#include <array>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "probe/rules.hpp"

namespace dms::probing {

enum class verdict { not_seen, kept, broken };

/// Thread-safe. What was broken once stays broken: the first time is told.
class ledger {
 public:
  struct line {
    verdict came = verdict::not_seen;
    std::string seen;      ///< what was broken
    bool earlier = false;  ///< of the life before
  };
  struct figures {
    int kept = 0, broken = 0, not_seen = 0;
    /// Of what was seen, how much is kept, in percent, rounded down.
    int score() const noexcept { return kept + broken == 0 ? 0 : 100 * kept / (kept + broken); }
  };

  /// `rule` is an id of rules.hpp. Returns `holds`.
  bool judge(std::string_view rule, bool holds, std::string_view seen = {}) noexcept;
  std::array<line, rules.size()> lines() const;
  figures sum() const;
  /// The whole report: host, score, and each rule.
  nlohmann::json report() const;
  void name_host(std::string_view name, std::string_view version);
  /// From now on each change of a verdict is written there.
  void keep_in(const std::filesystem::path &file);
  /// What only the end of a life shows, from the report of the one before.
  void remember(const std::filesystem::path &file);

 private:
  nlohmann::json report_locked() const;
  void save_locked() const;
  mutable std::mutex mutex_;
  std::array<line, rules.size()> lines_{};
  std::string host_, version_;
  std::filesystem::path file_;
};

std::string_view word(verdict of) noexcept;

}  // namespace dms::probing
