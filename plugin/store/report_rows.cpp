#include "store/report_rows.hpp"

#include "store/database.hpp"
#include "store/settings_history.hpp"

namespace lead_system::store {

namespace {

bool is_reader(connection &on, const std::string &user) {
  return on.run("SELECT 1 FROM report_reader WHERE user_id = :a1", {user}, "i").next();
}

}  // namespace

std::vector<std::string> report_rows::readers() {
  return in_.inside().read(
      [](connection &on) { return on.texts("SELECT user_id FROM report_reader ORDER BY user_id"); });
}

void report_rows::set_reader(const std::string &user, bool wanted, const std::string &actor, time_us at) {
  in_.inside().write([&](connection &on) {
    if (is_reader(on, user) == wanted) return;
    if (wanted) {
      on.change("INSERT INTO report_reader (user_id, since) VALUES (:a1, :a2)", {user, at});
    } else {
      on.change("DELETE FROM report_reader WHERE user_id = :a1", {user});
    }
    const std::string was = wanted ? "" : "yes", is = wanted ? "yes" : "";
    note(on, {0, at, actor, "monthly_report", user, was, is});
  });
}

bool report_rows::is_made(const std::string &month, const std::string &user) {
  return in_.inside().read([&](connection &on) {
    return on.run("SELECT 1 FROM report_made WHERE month = :a1 AND user_id = :a2", {month, user}, "i").next();
  });
}

void report_rows::mark_made(const std::string &month, const std::string &user, time_us at, const std::string &how) {
  in_.inside().write([&](connection &on) {
    on.change(
        "INSERT INTO report_made (month, user_id, at, how) VALUES (:a1, :a2, :a3, :a4) "
        "ON CONFLICT (month, user_id) DO NOTHING",
        {month, user, at, how});
  });
}

}  // namespace lead_system::store
