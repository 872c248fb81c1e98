// answer_rows.hpp - what is written to prospects by e-mail: templates, footers, where receipts are sent, and what the
// host has still to be given or has told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/assignment_rows.hpp"
#include "store/store.hpp"

namespace lead_system::store {

struct answer_template {
  std::int64_t id = 0;         ///< 0: a new one
  std::string kind, language;  ///< "receipt" or "answer"; "de" or "en"
  std::string reach;           ///< for which leads: empty all, "category:" or "type:" and its key
  std::string title, subject, body;
  bool active = false;
  std::int64_t version = 0;  ///< grows with every change; 0: a new one
  std::string changed_by{};
  time_us changed_at = 0;
};

struct answer_footer {
  std::string location;  ///< empty: for all that have none of their own
  std::string language, body;
};

struct queued_mail {
  std::string key;
  std::int64_t lead_id = 0;
  std::string document;
  time_us next_attempt_at = 0;
  int attempts = 0;
  std::string problem;
};

/// [any] Throws as the store does. Nobody's rights are asked: whoever shows or changes something asks them.
class answer_rows {
 public:
  explicit answer_rows(store &in) : in_(in) {}

  // --- settings; each change writes a line of the settings' history ---
  std::vector<answer_template> templates();  ///< by kind, language and title
  std::optional<answer_template> find(std::int64_t id);
  /// Writes it where it still has the version that `item` names; returns the id, nothing where it was changed or
  /// removed meanwhile.
  std::optional<std::int64_t> save(const answer_template &item, const std::string &actor, time_us at);
  /// False where it was changed or removed meanwhile.
  bool remove(std::int64_t id, std::int64_t version, const std::string &actor, time_us at);

  std::vector<answer_footer> footers();
  /// An empty text removes it. `seen` is what the admin saw; false: it is so no longer.
  bool set_footer(const answer_footer &item, const std::string &seen, const std::string &actor, time_us at);

  std::vector<assignment_rule> receipt_rules();
  /// As assignment_rows::set.
  bool set_receipts(const std::string &type, const std::vector<std::string> &locations, const std::string *seen,
                    const std::string &actor, time_us at);

  // --- receipts ---
  /// Open leads of the rule that came since then and were not looked at, as they came.
  std::vector<std::int64_t> without_receipt(const assignment_rule &rule, time_us since, int limit);
  /// When that lead came; 0: there is none.
  time_us arrival_of(std::int64_t lead_id);

  // --- what waits for the host ---
  std::vector<queued_mail> due(time_us now, int limit);
  void given(const std::string &key);
  void not_given(const queued_mail &item);  ///< writes next attempt, attempts and problem
  struct backlog {
    std::int64_t waiting = 0;  ///< that failed at least once
    std::string problem;       ///< of the one that failed most often
  };
  backlog count();

  // --- what the host has told ---
  std::int64_t known_change();
  void know(std::int64_t change);

 private:
  store &in_;
};

/// What without_receipt asks: type, location, since when, how many.
const std::string &without_receipt_sql();

}  // namespace lead_system::store
