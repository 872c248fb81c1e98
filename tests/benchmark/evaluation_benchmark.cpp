// The evaluation on a million leads: how long it takes to read them once, and to answer any question afterwards.
// usage: evaluation_benchmark [LEADS]   (SQLite always; PostgreSQL where LEADS_TEST_POSTGRESQL names a server)
// Exits with 1 where a question takes more than 50 ms at the 99th percentile (product.md, "How fast").
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>

#include "evaluation/evaluator.hpp"
#include "integration/databases.hpp"

namespace {

using namespace lead_system;
using clock_type = std::chrono::steady_clock;

constexpr time_us first_day = 1'577'836'800 * second_us;  // 2020-01-01, Wednesday
constexpr int days = 3 * 365;
constexpr time_us now = first_day + days * day_us;
constexpr double allowed_ms = 50;

double milliseconds(const std::function<void()> &body) {
  const auto start = clock_type::now();
  body();
  return std::chrono::duration<double, std::milli>(clock_type::now() - start).count();
}

/// "Rss: 123 MB" of this process.
double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  double size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Rows as an import and three years of work leave them, made inside the database: the number of a lead decides
/// everything, so that every run has the same data.
void fill(soci::session &on, databases::kind which, int leads) {
  const bool sqlite = which == databases::kind::sqlite;
  const auto pick = [](const std::string &salt, std::initializer_list<const char *> of) {
    std::string sql = "CASE (i * " + salt + " / 7919) % " + std::to_string(of.size());
    int number = 0;
    for (const auto *one : of) sql += " WHEN " + std::to_string(number++) + " THEN '" + one + "'";
    return sql + " END";
  };
  const auto series = sqlite ? "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < " +
                                   std::to_string(leads) + ") "
                             : "WITH numbers AS (SELECT CAST(i AS BIGINT) AS i FROM generate_series(1, " +
                                   std::to_string(leads) + ") AS i) ";
  const auto made = "(SELECT i, " + std::to_string(first_day) + " + (i * 7919 % " + std::to_string(days * 1440) +
                    ") * 60000000 AS made, (i * 104729 / 97) % 100 AS chance FROM numbers) n";
  const std::string state =
      "CASE WHEN made < " + std::to_string(now - 60 * day_us) +
      " THEN CASE WHEN chance < 22 THEN 'won' WHEN chance < 60 THEN 'lost' WHEN chance < 90 THEN 'closed' WHEN chance "
      "< 95 THEN 'invalid' ELSE 'in_progress' END ELSE CASE WHEN chance < 20 THEN 'received' WHEN chance < 40 THEN "
      "'assigned' WHEN chance < 60 THEN 'in_progress' WHEN chance < 70 THEN 'appointment' WHEN chance < 80 THEN "
      "'offer' WHEN chance < 90 THEN 'lost' ELSE 'won' END END";
  const auto rows =
      "SELECT i, made, chance, " + state + " AS state, " +
      pick("31", {"test_drive", "test_drive_fast_track", "quote_request", "pre_order", "finance_expiry"}) +
      " AS type, " + pick("13", {"wien", "graz", "linz", "salzburg", "innsbruck", "klagenfurt"}) + " AS place, " +
      pick("17", {"", "verkauf1", "verkauf2", "verkauf3", "verkauf4", "verkauf5", "verkauf6", "verkauf7", "verkauf8",
                  "verkauf9"}) +
      " AS person, " + pick("19", {"Qashqai", "Ariya", "Juke", "X-Trail", "Leaf", "Micra", "Townstar"}) + " AS car, " +
      pick("23", {"", "Spring", "Autumn", "Launch"}) + " AS campaign, " +
      pick("29", {"siebel_nissan", "web_json", "finance_expiry_csv"}) + " AS source FROM " + made;
  const auto ended = "state IN ('won', 'lost', 'closed', 'invalid')";
  const std::string contact = "CASE WHEN chance % 10 < 8 THEN made + (i % 2880) * 60000000 ELSE 0 END";
  on << "INSERT INTO lead (version, source, external_id, occurrence, digest, type, category, state, state_rank, "
        "is_open, "
        "contact, location, dealer_code, assignee, customer, created_at, updated_at, reminder_at, escalation_at, "
        "due_at, "
        "first_contact_at, imported_at, ended_at, reason, reached, follows, payload_id, name_key, email_key, "
        "phone_key_1, phone_key_2, phone_key_3, search_key, content, details, outcome) " +
            series +
            "SELECT 1, source, 'b' || i, 1, '', type, CASE WHEN type = 'finance_expiry' THEN 'finance' ELSE "
            "'siebel_nissan' END, state, 0, CASE WHEN " +
            ended +
            " THEN 0 ELSE 1 END, 'open', place, '', person, '', made, made, made + 3600000000, made + 7200000000, "
            "CASE WHEN " +
            ended + " OR " + contact + " <> 0 THEN " + std::to_string(std::numeric_limits<time_us>::max()) +
            " ELSE made + 7200000000 END, " + contact + ", 0, CASE WHEN " + ended +
            " THEN made + 864000000000 ELSE 0 END, CASE WHEN state = 'lost' THEN 'price' ELSE '' END, "
            "CASE state WHEN 'won' THEN 5 WHEN 'offer' THEN 4 WHEN 'appointment' THEN 2 ELSE chance % 3 END, 0, 0, '', "
            "'', '', '', '', '', '{\"source\":\"' || source || '\",\"wanted\":[{\"make\":\"Nissan\",\"model\":\"' || "
            "car || '\"}],\"campaign\":\"' || campaign || '\"}', '{}', CASE WHEN " +
            ended + " THEN state ELSE '' END FROM (" + rows + ") made_up";
}

evaluation::question over(int first, int length) {
  evaluation::question asked;
  asked.now = now;
  const auto from = first_day + first * day_us;
  asked.during = {from, from + length * day_us, {}};
  for (int part = 0; part <= 12; ++part) asked.during.edges.push_back(from + length * part / 12 * day_us);
  asked.compared = evaluation::period{from - length * day_us, from, {}};
  asked.ages = {now - 14 * day_us, now - 7 * day_us, now - day_us};
  return asked;
}

access::visibility of_one_location() {
  access::visibility who;
  who.user = "verkauf3";
  who.types = {{"test_drive", false, {"wien"}}, {"quote_request", false, {"graz", "wien"}}};
  return who;
}

struct timed_question {
  const char *name;
  evaluation::question asked;
  access::visibility who;
};

std::vector<timed_question> questions() {
  const auto all = access::system_visibility();
  std::vector<timed_question> result{{"12 weeks", over(days - 84, 84), all},
                                     {"a year", over(days - 365, 365), all},
                                     {"all leads", {}, all},
                                     {"all leads, compared", over(days / 2, days / 2), all},
                                     {"all leads, one location", {}, of_one_location()}};
  result[2].asked.now = result[4].asked.now = now;
  auto filtered = over(days - 365, 365);
  filtered.types = {"test_drive"};
  filtered.model = "Ariya";
  filtered.assignee = "verkauf1";
  result.push_back({"a year, type, model, salesperson", filtered, all});
  return result;
}

/// A host's directory with locations of the usual hours.
const char *const places =
    R"([{"id":"wien","name":"Wien","time_zone":"Europe/Vienna","region":"AT-9","open":true,"opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"},{"days":"6-6","from":"09:00","to":"12:00"}]}])";
dms_directory directory() {
  dms_directory raw{};
  raw.generation = [](void *) -> std::int64_t { return 1; };
  raw.users = [](void *, const dms_sink *sink, dms_error *) -> dms_status { return dms::write(*sink, "[]"), dms_ok; };
  raw.locations = [](void *, const dms_sink *sink, dms_error *) -> dms_status {
    return dms::write(*sink, places), dms_ok;
  };
  return raw;
}

bool measure(databases::kind which, int leads) {
  const auto *name = which == databases::kind::sqlite ? "SQLite" : "PostgreSQL";
  databases::fresh_database database(which);
  { const auto store = store::store::open(database.options()); }
  const auto session = database.session();
  if (which == databases::kind::sqlite) *session << "PRAGMA synchronous = OFF";
  std::printf("%s: %d leads made in %.0f s\n", name, leads, milliseconds([&] { fill(*session, which, leads); }) / 1000);
  if (which == databases::kind::postgresql) *session << "VACUUM ANALYZE lead";

  const auto raw = directory();
  const access::organisation_source organisation{dms::directory(&raw)};
  evaluation::evaluator evaluator(database.options(), organisation);
  const auto before = resident_mb();
  const auto loading = milliseconds([&] { evaluator.keep_warm({}); });
  std::printf("%s: read once in %.0f ms, %.1f MB more memory\n", name, loading, resident_mb() - before);

  // The baseline of this run: the database's own count of the leads by type, state and location, one table of the page.
  const auto baseline = milliseconds([&] {
    int groups = 0;
    *session << "SELECT COUNT(*) FROM (SELECT type, state, location, COUNT(*) AS leads FROM lead "
                "GROUP BY type, state, location) counted",
        soci::into(groups);
  });
  std::printf("%s: the database groups them by itself in %.0f ms\n", name, baseline);

  bool fast = true;
  for (const auto &[title, asked, who] : questions()) {
    std::vector<double> times;
    std::uint32_t counted = 0;
    for (int round = 0; round < 100; ++round) {
      // One lead changes each time, so that the feed has something to do.
      *session << "UPDATE lead SET version = version + 1 WHERE id = " + std::to_string(1 + round);
      times.push_back(milliseconds([&] { counted = evaluator.ask(asked, who).total[evaluation::received]; }));
    }
    std::sort(times.begin(), times.end());
    std::printf("%s: %-32s %8u leads   median %5.1f ms   99 %% %5.1f ms   %.3f of the baseline\n", name, title, counted,
                times[50], times[98], times[98] / baseline);
    fast = fast && times[98] <= allowed_ms;
  }
  return fast;
}

}  // namespace

int main(int count, char **words) {
  const int leads = count > 1 ? std::atoi(words[1]) : 1'000'000;
  bool fast = measure(databases::kind::sqlite, leads);
  if (databases::postgresql_offered()) fast = measure(databases::kind::postgresql, leads) && fast;
  if (!fast) std::printf("Slower than %.0f ms.\n", allowed_ms);
  return fast ? 0 : 1;
}
