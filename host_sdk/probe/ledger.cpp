#include "probe/ledger.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace dms::probing {
namespace {

/// Seen when a life ends, so that a screen can only show those of the life before.
constexpr std::array<std::string_view, 6> seen_at_the_end{"order.deactivate", "order.deinit", "state.ended",
                                                          "state.gone",       "host.stays",   "services.stay"};

std::size_t number_of(std::string_view id) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const rule &one) { return one.id == id; });
  if (found == rules.end()) throw failure(dms_failed, "There is no rule " + std::string(id) + ".");
  return static_cast<std::size_t>(found - rules.begin());
}

}  // namespace

std::string_view word(verdict of) noexcept {
  return of == verdict::kept ? "kept" : of == verdict::broken ? "broken" : "not_seen";
}

bool ledger::judge(std::string_view rule, bool holds, std::string_view seen) noexcept {
  barrier(nullptr, [&] {
    const std::lock_guard lock(mutex_);
    auto &line = lines_[number_of(rule)];
    const auto came = holds ? verdict::kept : verdict::broken;
    if (!line.earlier && (line.came == came || line.came == verdict::broken)) return;
    line = {came, holds ? std::string() : std::string(seen)};
    save_locked();
  });
  return holds;
}

std::array<ledger::line, rules.size()> ledger::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

ledger::figures ledger::sum() const {
  figures made;
  for (const auto &line : lines()) {
    ++(line.came == verdict::kept ? made.kept : line.came == verdict::broken ? made.broken : made.not_seen);
  }
  return made;
}

nlohmann::json ledger::report_locked() const {
  figures made;
  auto rows = nlohmann::json::array();
  for (std::size_t at = 0; at < rules.size(); ++at) {
    const auto &line = lines_[at];
    ++(line.came == verdict::kept ? made.kept : line.came == verdict::broken ? made.broken : made.not_seen);
    rows.push_back({{"rule", rules[at].id},
                    {"where", rules[at].where},
                    {"promise", rules[at].promise},
                    {"verdict", word(line.came)},
                    {"seen", line.seen}});
  }
  return {{"schema", "dms.probe_report/1"}, {"host", host_},           {"version", version_},
          {"score", made.score()},          {"kept", made.kept},       {"broken", made.broken},
          {"not_seen", made.not_seen},      {"rules", std::move(rows)}};
}

/// In one step, so that whoever reads it at any time reads a whole one.
void ledger::save_locked() const {
  if (file_.empty()) return;
  auto next = file_;
  next += ".new";
  std::ofstream(next, std::ios::trunc) << report_locked().dump(2) << '\n';
  std::error_code ignored;
  std::filesystem::rename(next, file_, ignored);
}

nlohmann::json ledger::report() const {
  const std::lock_guard lock(mutex_);
  return report_locked();
}

void ledger::name_host(std::string_view name, std::string_view version) {
  const std::lock_guard lock(mutex_);
  host_ = name;
  version_ = version;
}

void ledger::keep_in(const std::filesystem::path &file) {
  const std::lock_guard lock(mutex_);
  file_ = file;
}

void ledger::remember(const std::filesystem::path &file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto before = json_or_null(text);
  if (!before.is_object()) return;
  for (const auto &row : before.value("rules", nlohmann::json::array())) {
    const auto id = row.value("rule", "");
    if (std::find(seen_at_the_end.begin(), seen_at_the_end.end(), id) == seen_at_the_end.end()) continue;
    const auto came = row.value("verdict", "");
    const std::lock_guard lock(mutex_);
    auto &line = lines_[number_of(id)];
    if (line.came != verdict::not_seen || came == "not_seen") continue;
    line = {came == "kept" ? verdict::kept : verdict::broken, row.value("seen", ""), true};
  }
}

}  // namespace dms::probing
