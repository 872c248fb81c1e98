// realistic_leads.hpp - leads as years of work in a large dealer group leave them: a hundred locations, five hundred
// salespeople, few names often and many seldom, nearly all leads ended. The same seed gives the same leads.
#pragma once

#include <libpq-fe.h>
#include <sqlite3.h>

#include <cmath>
#include <functional>
#include <random>
#include <stdexcept>

#include "integration/databases.hpp"
#include "lead/fold.hpp"
#include "store/lead_rows.hpp"

namespace benchmark {

using namespace lead_system;

constexpr time_us first_day = 1'577'836'800 * second_us;  // 2020-01-01
constexpr int days = 4 * 365;
constexpr time_us now = first_day + days * day_us + 10 * hour_us;
constexpr int location_count = 100, people_a_location = 5;

inline std::string location_id(int number) {
  return "ort" + std::to_string(100 + number);
}
inline std::string person_id(int place, int number) {
  return "verkauf" + std::to_string(1000 + place * people_a_location + number);
}

struct made_lead {
  lead item;
  std::string outcome;
};

class realistic_leads {
 public:
  explicit realistic_leads(int count, unsigned seed = 1) : random_(seed), count_(count) {
    static const char *const parts[] = {"ber", "stein", "hof",  "mai", "gru", "pich", "ler",   "lei", "wag", "schwar",
                                        "zen", "eder",  "bach", "moo", "sai", "fuer", "traun", "kog", "win", "ha"};
    for (const char *one : {"Müller", "Gruber", "Huber", "Wagner", "Bauer", "Pichler", "Steiner", "Moser", "Mayer",
                            "Hofer", "Leitner", "Berger", "Fuchs", "Eder", "Fischer", "Schmid", "Winkler", "Weber"}) {
      last_names_.emplace_back(one);
    }
    while (last_names_.size() < 30'000) {
      std::string name;
      for (int part = 2 + below(3); part > 0; --part) name += parts[below(20)];
      name[0] = static_cast<char>(name[0] - 'a' + 'A');
      last_names_.push_back(name);
    }
    for (const char *one : {"Anna", "Markus", "Julia", "Thomas", "Jörg", "Sabine", "Martin", "Eva", "Günther", "Zoë"}) {
      first_names_.emplace_back(one);
    }
    while (first_names_.size() < 800) {
      first_names_.push_back(std::string(1, static_cast<char>('A' + below(26))) + parts[below(20)] + parts[below(20)]);
    }
  }

  made_lead next() {
    ++number_;
    made_lead result;
    auto &item = result.item;
    item.id = number_;
    // One after the other over the years, a few late.
    item.created_at = first_day + static_cast<time_us>(static_cast<double>(number_) / count_ * days * day_us) +
                      below(3600) * second_us;
    const auto place = skewed(location_count);
    item.location = below(200) == 0 ? "" : location_id(place);
    describe(item.content, place);
    item.category = item.content.type == "finance_expiry" ? "finance" : "siebel_nissan";
    item.updated_at = item.created_at;
    item.reminder_at = item.created_at + 30 * minute_us;
    item.escalation_at = item.created_at + (1 + below(30)) * hour_us;
    const bool old = item.created_at < now - 60 * day_us;
    if (below(100) < (old ? 99 : 70)) item.assignee = person_id(place, below(people_a_location));
    const auto chance = below(1000);
    using enum lead_state;
    if (old) {
      item.state = chance < 200   ? won
                   : chance < 580 ? lost
                   : chance < 900 ? closed
                   : chance < 950 ? invalid
                   : chance < 985 ? erased
                                  : in_progress;
    } else {
      item.state = chance < 250   ? received
                   : chance < 450 ? assigned
                   : chance < 700 ? in_progress
                   : chance < 800 ? offer
                                  : lost;
    }
    if (item.state == erased) item.content.prospect = {};
    if (is_terminal(item.state)) {
      item.ended_at = item.created_at + (1 + below(40)) * day_us;
      item.reason = reasons()[static_cast<std::size_t>(below(static_cast<int>(reasons().size())))].key;
      result.outcome = item.state == erased ? "lost" : std::string(key(item.state));
    }
    if (item.state != received && below(10) < 8) item.first_contact_at = item.created_at + skewed(6000) * minute_us;
    item.reached = stages_of(item.state, contact_result::open);
    if (item.first_contact_at != 0) item.reached |= stage_set::from_bits(static_cast<unsigned>(1 + 2 * below(4)));
    return result;
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  /// Small numbers often, large ones seldom.
  int skewed(int end) {
    const auto even = static_cast<double>(random_()) / static_cast<double>(std::mt19937::max());
    return std::min(end - 1, static_cast<int>(std::exp(even * std::log(end + 1)) - 1));
  }
  void describe(lead_content &content, int place) {
    static const char *const types[] = {"test_drive",    "test_drive", "test_drive_fast_track",
                                        "quote_request", "pre_order",  "finance_expiry"};
    static const char *const models[] = {"Qashqai",  "Juke",  "Ariya",  "X-Trail",   "Micra",     "Leaf",
                                         "Townstar", "NV200", "Navara", "Primastar", "Interstar", "Z"};
    content.type = types[below(6)];
    content.source = content.type == "finance_expiry" ? "finance_expiry_csv"
                     : below(5) == 0                  ? "web_json"
                                                      : "siebel_nissan";
    content.external_id = "G-" + std::to_string(10'000'000 + number_);
    content.dealer_code = "AT" + std::to_string(10'000 + place);
    content.campaign = below(3) == 0 ? "" : "Kampagne " + std::to_string(skewed(40));
    auto &who = content.prospect;
    who.first_name = first_names_[static_cast<std::size_t>(skewed(800))];
    who.last_name = last_names_[static_cast<std::size_t>(skewed(30'000))];
    if (below(25) == 0) who.company = who.last_name + " GmbH";
    who.email = fold_name(who.first_name) + "." + fold_name(who.last_name) + std::to_string(number_ % 100'000) + "@" +
                (below(2) == 0 ? "gmail.com" : "example.at");
    who.phones = {{"+43664" + std::to_string(1'000'000 + below(9'000'000)), "mobile"}};
    who.street = "Hauptstraße " + std::to_string(1 + below(99));
    const auto town = skewed(20);
    who.postal_code = std::to_string(1000 + place * 80 + town);
    who.city = place == 0 ? "Wien" : "Ort " + std::to_string(place) + std::string(1, static_cast<char>('a' + town));
    if (content.type == "finance_expiry") who.customer_number = "K-" + std::to_string(number_);
    vehicle one;
    one.make = "Nissan";
    one.model = models[skewed(12)];
    one.condition = "new";
    if (content.type == "finance_expiry") one.vin = "SJNF" + std::to_string(1'000'000'000'000 + number_);
    content.wanted = {one};
    content.message = "Bitte um Rückruf am Nachmittag.";
    content.received_at = 0;
  }

  std::mt19937 random_;
  int count_;
  std::int64_t number_ = 0;
  std::vector<std::string> last_names_, first_names_;
};

/// Columns of table lead and a row of them, as the store writes them.
inline const std::vector<std::string> &row_columns() {
  static const std::vector<std::string> all{"id",          "version",          "source",      "external_id",
                                            "occurrence",  "digest",           "type",        "category",
                                            "state",       "state_rank",       "is_open",     "contact",
                                            "location",    "dealer_code",      "assignee",    "customer",
                                            "created_at",  "updated_at",       "reminder_at", "escalation_at",
                                            "due_at",      "first_contact_at", "imported_at", "ended_at",
                                            "reason",      "reached",          "follows",     "payload_id",
                                            "name_key",    "email_key",        "phone_key_1", "phone_key_2",
                                            "phone_key_3", "search_key",       "model",       "campaign",
                                            "content",     "details",          "outcome",     "stages"};
  return all;
}
inline std::vector<std::string> row_of(const made_lead &made) {
  const auto &item = made.item;
  const auto &content = item.content;
  const auto keys = store::keys_of(content.prospect);
  const auto search =
      fold_name(content.prospect.company + " " + content.prospect.city + " " + content.prospect.postal_code) +
      store::search_key_parts + fold_name(content.wanted[0].make + " " + content.wanted[0].model);
  const auto number = [](auto value) { return std::to_string(static_cast<long long>(value)); };
  return {number(item.id),
          "1",
          content.source,
          content.external_id,
          "1",
          "",
          content.type,
          item.category,
          std::string(key(item.state)),
          number(item.state),
          is_open(item.state) ? "1" : "0",
          "open",
          item.location,
          content.dealer_code,
          item.assignee,
          "",
          number(item.created_at),
          number(item.updated_at),
          number(item.reminder_at),
          number(item.escalation_at),
          number(store::due_at(item)),
          number(item.first_contact_at),
          "0",
          number(item.ended_at),
          item.reason,
          "0",
          "0",
          "0",
          keys.name,
          keys.email,
          keys.phones.empty() ? "" : keys.phones[0],
          "",
          "",
          search,
          content.wanted[0].model,
          content.campaign,
          to_json(content),
          "{}",
          made.outcome,
          number(item.reached.bits())};
}

inline std::string column_list() {
  std::string result;
  for (const auto &one : row_columns()) result += (result.empty() ? "" : ", ") + one;
  return result;
}

inline void check(bool good, const char *what) {
  if (!good) throw std::runtime_error(what);
}

inline void fill_sqlite(const std::string &file, int count) {
  sqlite3 *on = nullptr;
  check(sqlite3_open(file.c_str(), &on) == SQLITE_OK, "open");
  const auto run = [&](const std::string &sql) {
    check(sqlite3_exec(on, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(on));
  };
  // Nobody reads yet: no notes of changes, and the outcome is known.
  std::vector<std::string> triggers;
  sqlite3_stmt *list = nullptr;
  sqlite3_prepare_v2(on, "SELECT sql, name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'lead'", -1, &list,
                     nullptr);
  std::vector<std::string> names;
  while (sqlite3_step(list) == SQLITE_ROW) {
    triggers.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(list, 0)));
    names.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(list, 1)));
  }
  sqlite3_finalize(list);
  for (const auto &one : names) run("DROP TRIGGER " + one);
  run("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN");
  std::string marks = "?";
  for (std::size_t at = 1; at < row_columns().size(); ++at) marks += ", ?";
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(on, ("INSERT INTO lead (" + column_list() + ") VALUES (" + marks + ")").c_str(), -1, &insert,
                     nullptr);
  realistic_leads all(count);
  for (int number = 0; number < count; ++number) {
    const auto row = row_of(all.next());
    for (std::size_t at = 0; at < row.size(); ++at) {
      sqlite3_bind_text(insert, static_cast<int>(at) + 1, row[at].data(), static_cast<int>(row[at].size()),
                        SQLITE_STATIC);
    }
    check(sqlite3_step(insert) == SQLITE_DONE, sqlite3_errmsg(on));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run("COMMIT");
  for (const auto &one : triggers) run(one);
  sqlite3_close(on);
}

inline void fill_postgresql(const std::string &uri, int count) {
  auto *on = PQconnectdb(uri.c_str());
  check(PQstatus(on) == CONNECTION_OK, PQerrorMessage(on));
  PQclear(PQexec(on, "SET search_path = lead_system; SET session_replication_role = replica"));
  PQclear(PQexec(on, ("COPY lead (" + column_list() + ") FROM STDIN").c_str()));
  realistic_leads all(count);
  for (int number = 0; number < count; ++number) {
    std::string line;
    for (const auto &field : row_of(all.next())) {
      if (!line.empty()) line += '\t';
      for (const char one : field) line += one == '\\' ? std::string("\\\\") : std::string(1, one);
    }
    line += '\n';
    check(PQputCopyData(on, line.data(), static_cast<int>(line.size())) == 1, PQerrorMessage(on));
  }
  check(PQputCopyEnd(on, nullptr) == 1, PQerrorMessage(on));
  while (auto *one = PQgetResult(on)) {
    check(PQresultStatus(one) == PGRES_COMMAND_OK, PQerrorMessage(on));
    PQclear(one);
  }
  PQclear(PQexec(on, "SELECT setval(pg_get_serial_sequence('lead_system.lead', 'id'), (SELECT MAX(id) FROM lead))"));
  PQclear(PQexec(on, "VACUUM ANALYZE lead"));
  PQfinish(on);
}

inline void fill(const databases::fresh_database &into, int count) {
  into.which() == databases::kind::sqlite ? fill_sqlite(into.uri(), count) : fill_postgresql(into.uri(), count);
}

}  // namespace benchmark
