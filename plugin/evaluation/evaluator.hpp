// evaluator.hpp - keeps the columns up to date with the store and answers questions on them.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "access/organisation.hpp"
#include "evaluation/numbers.hpp"
#include "store/evaluation_rows.hpp"

namespace lead_system::evaluation {

/// [any] Reads nothing before the first question or keep_warm(); a million leads take some seconds then, once.
/// Throws as the store does.
class evaluator {
 public:
  evaluator(const store::options &how, const access::organisation_source &organisation);
  evaluator(const evaluator &) = delete;
  evaluator &operator=(const evaluator &) = delete;
  ~evaluator() = default;

  /// The numbers of everything committed before the call.
  numbers ask(const question &asked, const access::visibility &who);
  /// Arrival of the oldest lead, in full minutes; 0 where there is none.
  time_us oldest();
  /// Models and campaigns of the leads that `who` has a right on, sorted: what a filter offers.
  struct choices {
    std::vector<std::string> models, campaigns;
  };
  choices offered(const access::visibility &who);

  /// A job's work: reads the leads before somebody asks, and lets the store forget old changes. `cancelled` is asked
  /// between pages; what was read so far is kept out of use until all is read.
  void keep_warm(const std::function<bool()> &cancelled);

 private:
  using calendars = std::map<std::string, working_calendar>;
  /// Brings the columns up to date and keeps them so while the lock lives.
  std::shared_lock<std::shared_mutex> fresh(const std::function<bool()> &cancelled);
  void bring_up_to_date(const std::function<bool()> &cancelled);
  void read_all(const std::function<bool()> &cancelled);
  void put(const store::evaluation_row &item);
  bool calendars_changed(const access::organisation &now) const;

  store::evaluation_rows rows_;
  const access::organisation_source &organisation_;
  std::mutex refreshing_;    ///< one reader of the store at a time
  std::shared_mutex guard_;  ///< of the columns
  lead_columns columns_;
  store::evaluation_position position_;
  calendars calendars_;
  std::shared_ptr<const access::organisation> organised_;
  bool read_ = false;
};

}  // namespace lead_system::evaluation
