// arrivals.hpp - the leads that one transaction brings: what is known of them, asked for many at once where a question
// is a round trip, and their numbers and rows.
#pragma once

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/statement.hpp"

namespace lead_system::store {

/// Of one transaction, which sees one state of the database: what was asked once stays true but for what it does
/// itself.
class arrivals {
 public:
  explicit arrivals(connection &on) : on_(on) {}

  // As in transaction (store.hpp).
  void expect(std::span<const transaction::arrival> next, time_us since);
  transaction::known_lead look_up(const transaction::arrival &one, time_us since);
  std::int64_t earlier_enquiry(const lead_content &content, time_us since);
  std::int64_t insert(const lead &item, const std::string &digest);
  /// False where id and version do not match. `digest` null: the content stays.
  bool update(const lead &item, const std::string *digest);
  /// Of a lead that was written here; 0: of another.
  std::int64_t version_of(std::int64_t lead_id) const;

 private:
  /// The newest lead with an external id, and the contents that the id came with.
  struct known_id {
    std::int64_t id = 0;
    int occurrence = 0;
    bool all_digests = false;  ///< all of its are in `digests`
    std::unordered_set<std::string> digests = {};
  };
  /// An enquiry that has one of a person's signs: when, which, and whose.
  struct enquiry {
    time_us at = 0;
    std::int64_t id = 0;
    person who{};
  };

  known_id &newest(const lead_content &content);
  bool came_with(known_id &known, const lead_content &content, const std::string &digest);
  void remember(known_id &known, const lead_content &content, const std::string &digest);
  void ask_ids(std::span<const transaction::arrival> next);
  void ask_persons(std::span<const transaction::arrival> next);
  std::int64_t next_id();

  connection &on_;
  std::unordered_map<std::string, known_id> ids_;                  ///< by source and external id
  std::unordered_map<std::string, std::vector<enquiry>> persons_;  ///< by e-mail or phone; empty: there is none
  time_us since_ = 0;                                              ///< of `persons_`
  std::unordered_map<std::int64_t, std::int64_t> versions_;
  std::size_t expected_ = 1;
  std::vector<std::int64_t> numbers_;  ///< for new leads, the next one last
};

}  // namespace lead_system::store
