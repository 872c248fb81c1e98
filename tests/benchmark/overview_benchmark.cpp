// The documents of overview and evaluation on many leads: every tab, filter, right, text, page and sort.
// usage: overview_benchmark [LEADS…]   (default 10000 1000000; PostgreSQL where LEADS_TEST_POSTGRESQL names a server;
// LEADS_BENCHMARK_ROUNDS: how often each is asked, default 100; LEADS_BENCHMARK_ONLY: part of a question's name)
//
// Before each question one lead changes, so that the feed of changes is part of the time. Prints milliseconds of the
// wall clock and of this thread's processor (on a busy machine only the latter tells; it leaves out PostgreSQL's own
// work). The baseline, beside each round, is reading the rows of one page by their primary key; each further size is
// also told as a multiple of the first one, both in baselines, and whether there are more rows on the page. Exits with
// 1 where an overview takes more than 5 ms, an evaluation more than 50 ms of the processor at the 99th percentile.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "benchmark/realistic_leads.hpp"
#include "feedback/feedback.hpp"
#include "intake/importer.hpp"
#include "intake/retry.hpp"
#include "intake/sources.hpp"
#include "screens/evaluation/evaluation.hpp"

namespace {

using namespace benchmark;
using nlohmann::json;

double resident_mb() {
  std::ifstream statm("/proc/self/statm");
  double size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

struct took {
  double wall = 0, cpu = 0;  ///< ms
};
double of_clock(clockid_t which) {
  timespec at{};
  ::clock_gettime(which, &at);
  return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
}
template <typename Body>
took time(Body &&body) {
  const auto wall = of_clock(CLOCK_MONOTONIC), cpu = of_clock(CLOCK_THREAD_CPUTIME_ID);
  body();
  return {of_clock(CLOCK_MONOTONIC) - wall, of_clock(CLOCK_THREAD_CPUTIME_ID) - cpu};
}

/// The host's directory with all locations and people.
struct large_host {
  std::string users, locations;
  large_host() {
    json people = json::array(), places = json::array();
    const auto add = [&](const std::string &id, const char *role) {
      people.push_back({{"id", id},
                        {"name", "Person " + id},
                        {"email", ""},
                        {"active", true},
                        {"roles", {role}},
                        {"locations", json::array()}});
    };
    add("leitung", "manager");
    add("ort", "office");
    for (int place = 0; place < location_count; ++place) {
      places.push_back({{"id", location_id(place)},
                        {"name", "Standort " + std::to_string(place)},
                        {"city", "Wien"},
                        {"open", true},
                        {"time_zone", "Europe/Vienna"},
                        {"region", "AT-9"},
                        {"opening_hours", {{{"days", "1-5"}, {"from", "08:00"}, {"to", "18:00"}}}}});
      for (int one = 0; one < people_a_location; ++one) add(person_id(place, one), "sales");
    }
    users = people.dump();
    locations = places.dump();
  }
  dms_directory directory{this, [](void *) -> std::int64_t { return 1; },
                          [](void *self, const dms_sink *sink, dms_error *) -> dms_status {
                            return dms::write(*sink, static_cast<large_host *>(self)->users), dms_ok;
                          },
                          [](void *self, const dms_sink *sink, dms_error *) -> dms_status {
                            return dms::write(*sink, static_cast<large_host *>(self)->locations), dms_ok;
                          }};
  dms_customers customers{};
};

struct caller {
  std::string user;
  dms_call raw{};
  dms::call call() {
    raw = dms_call{sizeof(dms_call),
                   this,
                   dms::str(user),
                   dms::str(user),
                   dms::str(std::string_view("de-AT")),
                   dms::str(std::string_view("b")),
                   dms::str(std::string_view("web")),
                   {},
                   now,
                   [](void *, dms_str) -> std::int32_t { return 1; },
                   [](void *) -> std::int32_t { return 0; }};
    return dms::call(&raw);
  }
};

/// The screens on a database, as rooms.cpp puts them together.
class house {
 public:
  explicit house(const databases::fresh_database &on)
      : store_(store::store::open(on.options())), leads(on.options(), *store_, organisation_), readers_(*store_) {
    store_->write([&](store::transaction &change) {
      for (const auto &category : sources_.types.categories()) {
        change.set_grant({"leitung", true, category.key, access::scope::all, {}}, "admin", now);
        change.set_grant({"ort", true, category.key, access::scope::locations, {location_id(17)}}, "admin", now);
      }
    });
    overview = screens::make_overview(parts_);
    evaluation = screens::make_evaluation(parts_, numbers_, readers_, [] {});
  }
  store::store &kept() { return *store_; }
  access::visibility sees(const std::string &user) { return desk_.visibility_of(user, now); }

 private:
  large_host host_;
  screens::words texts_;
  intake::sources sources_ = intake::load_sources({});
  std::vector<std::string> problems_;
  std::unique_ptr<store::store> store_;
  access::organisation_source organisation_{dms::directory(&host_.directory)};

 public:
  columns::lead_index leads;
  std::unique_ptr<dms::screen> overview, evaluation;

 private:
  evaluation::evaluator numbers_{leads};
  store::report_rows readers_;
  store::feedback_writer writer_ =
      feedback::make_writer(sources_.definitions, [this](const message &text) { return texts_.in("de")(text); });
  processing::lead_desk desk_{{*store_, sources_.types, organisation_, dms::customers(&host_.customers), nullptr,
                               nullptr, writer_, dms::log()}};
  processing::settings_desk settings_{*store_, sources_.types, organisation_, nullptr};
  intake::retrier retrier_{{*store_, sources_.types, organisation_, writer_, nullptr, dms::log()},
                           sources_.definitions};
  feedback::channels channels_{*store_, sources_.definitions, dms::settings(), "outbox"};
  processing::assignment_desk assignment_{*store_, sources_.types, organisation_, desk_};
  screens::parts parts_{*store_,   leads,    sources_.types, organisation_, sources_.definitions,
                        problems_, desk_,    settings_,      texts_,        channels_,
                        [] {},     retrier_, assignment_};
};

struct asked {
  std::string name, user;
  json params;
  int page = 1;
};

std::vector<asked> overview_questions() {
  std::vector<asked> all;
  for (const std::string user : {"leitung", "ort", person_id(17, 2).c_str()}) {
    for (const std::string tab : {"open", "unassigned", "mine", "overdue", "all"}) {
      all.push_back({"tab " + tab + " of " + user, user, {{"tab", tab}}});
    }
  }
  const std::vector<std::pair<const char *, const char *>> filters{
      {"type", "quote_request"},   {"category", "finance"}, {"location", "ort103"},     {"location", "none"},
      {"assignee", "verkauf1007"}, {"assignee", "none"},    {"state", "offer"},         {"state", "erased"},
      {"outcome", "won"},          {"period", "today"},     {"period", "days30"},       {"from", "2022-03-01"},
      {"stage", "test_drive"},     {"deadline", "on_time"}, {"deadline", "soon"},       {"deadline", "overdue"},
      {"deadline", "kept"},        {"response", "in_time"}, {"response", "late"},       {"reason", "price"},
      {"source", "web_json"},      {"model", "Ariya"},      {"campaign", "Kampagne 3"}, {"feedback", "failed"}};
  for (const auto &[name, value] : filters) {
    all.push_back({std::string(name) + " " + value, "leitung", {{name, value}}});
  }
  for (const std::string text :
       {"müller", "anna huber", "berger", "wien", "nissan", "1010", "ariya", "a", "0664 123456", "0664123",
        "anna.huber", "anna.huber1@", "G-10000777", "k-77", "gibt es nicht"}) {
    all.push_back({"text " + text, "leitung", {{"q", text}}});
  }
  all.push_back({"text müller of ort", "ort", {{"q", "müller"}}});
  all.push_back(
      {"text müller, open, sorted by name", "leitung", {{"q", "müller"}, {"tab", "open"}, {"sort", "prospect"}}});
  for (const std::string sort : {"received", "deadline", "type", "prospect", "location", "assignee", "state"}) {
    for (const std::string direction : {"", "-"}) {
      for (const int page : {1, 10, 1000}) {
        all.push_back({"sort " + direction + sort + " page " + std::to_string(page),
                       "leitung",
                       {{"sort", direction + sort}},
                       page});
      }
    }
    all.push_back({"sort " + sort + " of ort", "ort", {{"sort", sort}}});
  }
  return all;
}

std::vector<asked> evaluation_questions() {
  return {{"evaluation of 12 weeks", "leitung", {{"period", "weeks12"}}},
          {"evaluation of a year", "leitung", {{"period", "this_year"}, {"compare", "year"}}},
          {"evaluation of all", "leitung", {{"period", "all"}}},
          {"evaluation of all, one location", "ort", {{"period", "all"}}},
          {"evaluation of two years", "leitung", {{"period", "range"}, {"from", "2022-01-01"}, {"to", "2023-12-31"}}}};
}

/// The cursor of that page of 25.
std::string cursor_of(house &of, const asked &one) {
  if (one.page == 1) return {};
  store::lead_query query;
  const auto sort = one.params["sort"].get<std::string>();
  query.descending = sort.front() == '-';
  const std::vector<std::string> names{"received", "deadline", "type", "prospect", "location", "assignee", "state"};
  query.sort = static_cast<store::lead_sort>(
      std::find(names.begin(), names.end(), sort.substr(query.descending ? 1 : 0)) - names.begin());
  for (int left = (one.page - 1) * 25; left > 0; left -= query.limit) {
    query.limit = std::min(left, 500);
    query.cursor = of.leads.list(query, of.sees(one.user), now).next;
    if (query.cursor.empty()) break;
  }
  return query.cursor;
}

took at_percentile(std::vector<took> times, double part) {
  const auto place = static_cast<std::size_t>(part * static_cast<double>(times.size() - 1) + 0.5);
  took result;
  std::sort(times.begin(), times.end(), [](const auto &left, const auto &right) { return left.wall < right.wall; });
  result.wall = times[place].wall;
  std::sort(times.begin(), times.end(), [](const auto &left, const auto &right) { return left.cpu < right.cpu; });
  result.cpu = times[place].cpu;
  return result;
}

/// What a question took on the first size of a database, in baselines, and how many rows it drew.
struct first_size {
  double baselines = 0;
  std::size_t rows = 0;
};

bool measure(databases::kind which, int leads, int rounds, std::map<std::string, first_size> &small) {
  const std::string name = which == databases::kind::sqlite ? "SQLite" : "PostgreSQL";
  databases::fresh_database database(which);
  { const auto store = store::store::open(database.options()); }
  const auto filling = time([&] { fill(database, leads); });
  std::printf("%s, %d leads, made in %.0f s\n", name.c_str(), leads, filling.wall / 1000);
  house of(database);
  const auto session = database.session();
  if (which == databases::kind::sqlite) *session << "PRAGMA synchronous = OFF";

  const auto before = resident_mb();
  const auto reading = time([&] { of.leads.keep_warm({}); });
  std::printf("read once in %.0f ms (processor %.0f), %.1f MB more memory\n", reading.wall, reading.cpu,
              resident_mb() - before);

  std::vector<std::int64_t> ids;
  for (int one = 0; one < 25; ++one) ids.push_back(leads / 2 + one * 3);
  const auto read_rows = [&] { return time([&] { of.kept().leads(ids, access::system_visibility()); }); };
  std::vector<took> base;
  for (int round = 0; round < rounds; ++round) base.push_back(read_rows());
  const auto baseline = at_percentile(base, 0.5);
  std::printf("baseline, 25 rows by primary key: median %.2f ms (processor %.2f)\n", baseline.wall, baseline.cpu);
  std::printf("%-44s %9s %4s | %8s %8s | %8s %8s | %9s | %s\n", "question", "leads", "rows", "median", "99 %",
              "cpu med", "cpu 99 %", "/baseline", "/first size");

  bool fast = true;
  const char *wish = std::getenv("LEADS_BENCHMARK_ONLY");
  const std::string only = wish != nullptr ? wish : "";
  const auto ask = [&](dms::screen &screen, const asked &one, double allowed) {
    if (one.name.find(only) == std::string::npos) return;
    auto params = one.params;
    if (const auto cursor = cursor_of(of, one); !cursor.empty()) params["cursor"] = cursor;
    const auto text = params.dump();
    caller who{one.user};
    // The baseline beside each round: a machine whose speed changes changes both.
    std::vector<took> times, beside;
    std::string document;
    for (int round = 0; round < rounds; ++round) {
      *session << "UPDATE lead SET version = version + 1 WHERE id = " + std::to_string(1 + (round * 7919) % leads);
      times.push_back(time([&] { document = screen.load(who.call(), text); }));
      beside.push_back(read_rows());
    }
    const auto half = at_percentile(times, 0.5), most = at_percentile(times, 0.99);
    const auto baselines = half.cpu / at_percentile(beside, 0.5).cpu;
    const auto parsed = json::parse(document);
    std::int64_t counted = -1;
    std::size_t rows = 0;
    for (const auto &block : parsed["blocks"]) {
      if (block.value("id", "") == "leads") {
        counted = block["total"];
        rows = block["rows"].size();
      }
      if (block.value("id", "") == "key_figures") counted = block["values"]["received"];
    }
    std::printf("%-44s %9lld %4zu | %8.2f %8.2f | %8.2f %8.2f | %9.1f |", one.name.c_str(),
                static_cast<long long>(counted), rows, half.wall, most.wall, half.cpu, most.cpu, baselines);
    const auto [known, fresh] = small.try_emplace(one.name, first_size{baselines, rows});
    if (!fresh)
      std::printf(" %.2f%s", baselines / known->second.baselines, rows == known->second.rows ? "" : " (more rows)");
    std::printf("\n");
    std::fflush(stdout);
    fast = fast && most.cpu <= allowed;
  };
  for (const auto &one : overview_questions()) ask(*of.overview, one, 5);
  for (const auto &one : evaluation_questions()) ask(*of.evaluation, one, 50);
  std::printf("memory at the end: %.1f MB\n\n", resident_mb());
  return fast;
}

}  // namespace

int main(int count, char **words) {
  std::vector<int> sizes;
  for (int at = 1; at < count; ++at) sizes.push_back(std::atoi(words[at]));
  if (sizes.empty()) sizes = {10'000, 1'000'000};
  const char *wish = std::getenv("LEADS_BENCHMARK_ROUNDS");
  const int rounds = wish != nullptr ? std::atoi(wish) : 100;
  bool fast = true;
  for (const auto which : {databases::kind::sqlite, databases::kind::postgresql}) {
    if (which == databases::kind::postgresql && !databases::postgresql_offered()) continue;
    std::map<std::string, first_size> small;
    for (const auto leads : sizes) fast = measure(which, leads, rounds, small) && fast;
  }
  if (!fast) std::printf("Something is slower than 5 ms (overview) or 50 ms (evaluation).\n");
  return fast ? 0 : 1;
}
