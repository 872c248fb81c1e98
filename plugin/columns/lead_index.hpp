// lead_index.hpp - keeps the columns up to date with the store, and answers the overview from them: what is filtered,
// sorted and counted is found in memory, the rows of a page are then read by their ids, with the rights asked again.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "access/organisation.hpp"
#include "columns/page.hpp"
#include "store/lead_feed.hpp"
#include "store/text_query.hpp"

namespace lead_system::columns {

/// [any] Reads nothing before the first question or keep_warm(); a million leads take some seconds then, once. Throws
/// as the store does. Each answer is of everything committed before the question.
class lead_index {
 public:
  /// `from` and the organisation outlive it.
  lead_index(const store::options &how, store::store &from, const access::organisation_source &organisation);
  lead_index(const lead_index &) = delete;
  lead_index &operator=(const lead_index &) = delete;
  ~lead_index() = default;

  store::lead_page list(const store::lead_query &query, const access::visibility &who, time_us now);
  /// The page with all that stands around it, of one moment.
  struct overview {
    store::lead_page page;
    store::tab_counts tabs;
    std::int64_t newest = 0;  ///< highest id that the filter lets pass; the overview's refresh token
  };
  overview ask(const store::lead_query &query, const access::visibility &who, time_us now);

  /// Those of the leads that `who` sees.
  std::vector<std::int64_t> seen(const std::vector<std::int64_t> &ids, const access::visibility &who);
  /// How many open leads of each salesperson `who` sees.
  std::map<std::string, std::int64_t> open_per_assignee(const access::visibility &who);
  /// How many overdue leads of each location `who` sees; "" is without location.
  std::map<std::string, std::int64_t> overdue_per_location(const access::visibility &who, time_us now);

  /// The columns as they are now; nobody changes them while this lives.
  class reading {
   public:
    reading(std::shared_lock<std::shared_mutex> lock, const lead_columns &leads)
        : lock_(std::move(lock)), leads_(leads) {}
    const lead_columns *operator->() const noexcept { return &leads_; }
    const lead_columns &operator*() const noexcept { return leads_; }

   private:
    std::shared_lock<std::shared_mutex> lock_;
    const lead_columns &leads_;
  };
  reading now();

  /// A job's work: reads the leads before somebody asks, and lets the store forget old changes. `cancelled` is asked
  /// between pages; what was read so far is kept out of use until all is read.
  void keep_warm(const std::function<bool()> &cancelled);

 private:
  /// Words that were asked for, and people who asked: of a million leads each is 125 kB.
  static constexpr std::size_t most_kept = 16;
  using calendars = std::map<std::string, working_calendar>;
  /// The tabs of what one sees, and of what the filter lets pass of it.
  store::tab_counts count_tabs(const seen_leads &seen, const std::vector<std::string> &present) const;
  store::tab_counts count_tabs(const seen_leads &seen, const question &asked, const std::vector<std::string> &present,
                               const access::visibility &who, time_us now) const;
  /// What the database finds of a text, before the columns are kept as they are.
  lead_set find_one_of_a_kind(const std::string &text);
  /// What a text finds, with the columns kept as they are.
  found_text find(const store::text_query &asked, lead_set one_of_a_kind);
  void forget_unused_words();
  /// Brings the columns up to date and keeps them so while the lock lives.
  std::shared_lock<std::shared_mutex> fresh(const std::function<bool()> &cancelled);
  void bring_up_to_date(const std::function<bool()> &cancelled);
  void read_all(const std::function<bool()> &cancelled);
  void take_changes(const std::vector<store::feed_row> &rows);
  void put(const store::feed_row &item);
  bool calendars_changed(const access::organisation &now) const;

  store::lead_feed feed_;
  store::store &store_;
  const access::organisation_source &organisation_;
  std::mutex refreshing_;                ///< one reader of the feed at a time
  std::atomic<std::uint64_t> begun_{0};  ///< how often reading the feed began
  std::uint64_t done_ = 0;               ///< the latest of these that ended well
  std::shared_mutex guard_;              ///< of the columns
  lead_columns columns_;
  name_order names_{columns_};
  found_words found_words_{most_kept};
  seen_by seen_by_{most_kept};
  store::feed_position position_;
  calendars calendars_;
  std::shared_ptr<const access::organisation> organised_;
  bool read_ = false;
  std::atomic<bool> erased_{false};  ///< somebody was, whose words may still be known
};

}  // namespace lead_system::columns
