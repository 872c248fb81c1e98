// How fast leads come in, beside the database alone with the same rows, in the same run.
// usage: import_benchmark [LEADS] [FILE]   (FILE: a payload of siebel_nissan; without: made here. PostgreSQL where
// LEADS_TEST_POSTGRESQL names a server; LEADS_BENCHMARK_ONLY=import or =post: only that, for a profiler)
//
// Prints, for each database: leads a second of the importer with everything included (reading, normalising, archiving,
// events, feedback), rows a second at which the very rows that came of it go in through the database's own interface
// (SQLite's C interface with the same transactions; COPY), and their ratio; then one posted lead against a bare durable
// transaction of the same rows, and of one row. CPU time of this process and elapsed time are both shown: on a busy
// machine only the former tells.
#include <libpq-fe.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "benchmark/same_rows.hpp"
#include "feedback/feedback.hpp"
#include "intake/importer.hpp"
#include "intake/sources.hpp"
#include "integration/databases.hpp"

namespace {

using namespace lead_system;
using clock_type = std::chrono::steady_clock;

constexpr time_us arrival = 1'595'419'200 * second_us;

struct took {
  double elapsed = 0, cpu = 0;  ///< seconds
};

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval &time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <typename Body>
took time(Body &&body) {
  const auto start = clock_type::now();
  const auto cpu = cpu_seconds();
  body();
  return {std::chrono::duration<double>(clock_type::now() - start).count(), cpu_seconds() - cpu};
}

double resident_mb() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1000;
}

std::string lead_xml(int number, std::mt19937 &random) {
  const auto any = [&](std::initializer_list<const char *> of) {
    return std::string(*(of.begin() + random() % of.size()));
  };
  const auto last = any({"Müller", "Huber", "Grüner", "Österreicher", "Haslinger"}) + std::to_string(random() % 10'000);
  return "<NeDealerLead><Id>1-B" + std::to_string(number) + "</Id><LeadType>Test Drive</LeadType><Priority>" +
         any({"Fast Track", "Normal"}) + "</Priority><Created>07/22/2020 08:11:40</Created><DealerCode>" +
         any({"AT10017", "AT10023", "AT10031"}) +
         "</DealerCode><Campaign>Sommer</Campaign><Source>nissan.at</Source><Comments>Bitte am Nachmittag "
         "anrufen.</Comments>"
         "<ListOfContact><Contact IsPrimaryMVG=\"Y\"><MM>Mr.</MM><FirstName>Jürgen</FirstName><LastName>" +
         last + "</LastName><EmailAddress>" + std::to_string(number) +
         "@Example.AT</EmailAddress><CellularPhone>0664 " + std::to_string(1'000'000 + random() % 9'000'000) +
         "</CellularPhone><StreetAddress>Hauptstraße " + std::to_string(random() % 200) +
         "</StreetAddress><PostalCode>" + std::to_string(1010 + random() % 8000) +
         "</PostalCode><City>Graz</City><Country>AT</Country></Contact></"
         "ListOfContact><ListOfVehicle><Vehicle><Make>NISSAN"
         "</Make><Model>" +
         any({"QASHQAI", "JUKE", "LEAF"}) +
         "</Model><Grade>N-Connecta</Grade><Interest>New</Interest></Vehicle></"
         "ListOfVehicle><ListOfConsent><Consent><Channel>"
         "E-Mail</Channel><Given>Y</Given><Date>07/22/2020 08:11:40</Date><Text>Ja.</Text></Consent></ListOfConsent>"
         "</NeDealerLead>\n";
}

std::string payload(int first, int leads) {
  std::mt19937 random(7U + static_cast<unsigned>(first));
  std::string text = "<SiebelMessage><ListOfNeDealerLead>";
  for (int number = first; number < first + leads; ++number) text += lead_xml(number, random);
  return text + "</ListOfNeDealerLead></SiebelMessage>";
}

/// A dealership with three locations and feedback to a folder: what an import needs of its host.
struct dealership {
  explicit dealership(const databases::fresh_database &in) : database(in), store(store::store::open(in.options())) {
    host.context = this;
    host.generation = [](void *) noexcept -> std::int64_t { return 1; };
    host.users = [](void *, const dms_sink *sink, dms_error *) noexcept {
      return sink->write(sink->context, dms::str("[]"));
    };
    host.locations = [](void *, const dms_sink *sink, dms_error *) noexcept {
      return sink->write(
          sink->context,
          dms::str(R"([{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna",)"
                   R"("region":"AT-9","opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}])"));
    };
    store->write([](store::transaction &inside) {
      for (const char *code : {"AT10017", "AT10023", "AT10031"}) {
        inside.set_dealer_code({"siebel_nissan", code, "wien"}, "", arrival);
      }
      inside.set_feedback_channel({"siebel_nissan", "directory", {}}, "", arrival);
    });
  }

  void import(const std::string &bytes, const char *channel = "folder") {
    dms_call raw{};
    raw.struct_size = sizeof raw;
    raw.channel = dms::str(channel);
    raw.now_us = arrival;
    raw.may = [](void *, dms_str) noexcept -> std::int32_t { return 1; };
    raw.cancelled = [](void *) noexcept -> std::int32_t { return 0; };
    const dms::string_stream stream(bytes);
    const intake::importer hook(
        {*store, sources.types, organisation, writer, nullptr, dms::log(), {}, database.directory()},
        sources.definitions.at("siebel_nissan"));
    hook.run(dms::call(&raw), dms::input(stream.get()), "benchmark.xml", {});
  }

  const databases::fresh_database &database;
  std::unique_ptr<store::store> store;
  dms_directory host{};
  intake::sources sources = intake::load_sources({});
  access::organisation_source organisation{dms::directory(&host)};
  store::feedback_writer writer =
      feedback::make_writer(sources.definitions, [](const message &text) { return text.id; });
};

took raw_sqlite(const databases::fresh_database &filled) {
  benchmark::sqlite_rows rows(filled, benchmark::long_log);
  rows.take();
  return time([&] { rows.put(); });
}

/// COPY of the same rows into the same schema on PostgreSQL, a table at a time.
took copy_postgresql(const databases::fresh_database &filled) {
  const databases::fresh_database other(databases::kind::postgresql);
  store::store::open(other.options());
  PGconn *from = PQconnectdb(filled.uri().c_str()), *to = PQconnectdb(other.uri().c_str());
  for (auto *each : {from, to}) PQclear(PQexec(each, "SET search_path = lead_system"));
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  for (const auto *table : benchmark::tables) {
    const std::string columns =
        "(SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE "
        "table_schema = "
        "'lead_system' AND is_generated = 'NEVER' AND table_name = '" +
        std::string(table) + "')";
    auto *named = PQexec(from, ("SELECT " + columns).c_str());
    const std::string names = PQgetvalue(named, 0, 0);
    PQclear(named);
    PQclear(PQexec(from, ("COPY (SELECT " + names + " FROM " + table + ") TO STDOUT").c_str()));
    std::vector<std::string> lines;
    char *line = nullptr;
    for (int size = PQgetCopyData(from, &line, 0); size > 0; size = PQgetCopyData(from, &line, 0)) {
      lines.emplace_back(line, static_cast<std::size_t>(size));
      PQfreemem(line);
    }
    PQclear(PQgetResult(from));
    all.emplace_back(std::string(table) + " (" + names + ")", std::move(lines));
  }
  const auto result = time([&] {
    PQclear(PQexec(to, "BEGIN"));
    for (const auto &[table, lines] : all) {
      PQclear(PQexec(to, ("COPY " + table + " FROM STDIN").c_str()));
      for (const auto &line : lines) PQputCopyData(to, line.data(), static_cast<int>(line.size()));
      PQputCopyEnd(to, nullptr);
      auto *done = PQgetResult(to);
      if (PQresultStatus(done) != PGRES_COMMAND_OK) throw std::runtime_error(PQresultErrorMessage(done));
      PQclear(done);
      while (auto *more = PQgetResult(to)) PQclear(more);
    }
    PQclear(PQexec(to, "COMMIT"));
  });
  PQfinish(from);
  PQfinish(to);
  return result;
}

void print(const char *what, took how, double count) {
  std::printf("  %-44s %8.0f a second elapsed, %8.0f a second of CPU\n", what, count / how.elapsed, count / how.cpu);
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

/// One posted lead, taken in turns with what a durable transaction costs: a bare one of the very rows that the lead
/// became, and one of a single row. Each is in a database of its own, since a second writer makes SQLite read its pages
/// again.
void posted(databases::kind which, dealership &into) {
  const databases::fresh_database other(which);
  store::store::open(other.options());
  const auto session = other.session();
  auto &bare = *session;
  bare << "CREATE TABLE bare (id INTEGER, text TEXT)";
  const auto same = benchmark::rows_like(which, into.database);
  same->take();
  same->put();
  std::vector<double> lead, its_rows, one_row;
  double cpu = 0;
  constexpr int posts = 300;
  for (int number = 0; number < posts; ++number) {
    const auto bytes = payload(10'000'000 + number, 1);
    const auto one = time([&] { into.import(bytes, "http"); });
    lead.push_back(one.elapsed);
    cpu += one.cpu;
    same->take();
    its_rows.push_back(time([&] { same->put(); }).elapsed);
    one_row.push_back(time([&] {
                        bare << "BEGIN";
                        bare << "INSERT INTO bare VALUES (1, 'x')";
                        bare << "COMMIT";
                      }).elapsed);
  }
  std::printf("  one posted lead %.2f ms (%.2f ms of CPU)\n", median(lead) * 1000, cpu / posts * 1000);
  const auto beside = [&](const char *what, std::vector<double> &took) {
    std::printf("  a bare durable transaction of %s %.2f ms, ratio %.2f\n", what, median(took) * 1000,
                median(lead) / median(took));
  };
  beside("the same rows", its_rows);
  beside("one row", one_row);
}

void measure(databases::kind which, const std::string &bytes, int leads) {
  const bool sqlite = which == databases::kind::sqlite;
  std::printf("%s, %d leads, %.0f MB\n", sqlite ? "SQLite" : "PostgreSQL", leads,
              static_cast<double>(bytes.size()) / 1e6);
  const auto *named = std::getenv("LEADS_BENCHMARK_ONLY");
  const std::string_view only = named != nullptr ? named : "";
  const databases::fresh_database database(which);
  dealership into(database);
  if (only != "post") {
    const auto import = time([&] { into.import(bytes); });
    print("importer, leads", import, leads);
    if (only.empty()) {
      const auto raw = sqlite ? raw_sqlite(database) : copy_postgresql(database);
      print(sqlite ? "SQLite's C interface, the rows of a lead" : "COPY, the rows of a lead", raw, leads);
      std::printf("  ratio %.2f elapsed, %.2f of CPU\n", raw.elapsed / import.elapsed, raw.cpu / import.cpu);
    }
  }
  if (only != "import") {
    posted(which, into);
  }
  std::printf("  memory at most %.0f MB (with the payload and the rows to compare)\n", resident_mb());
}

}  // namespace

int main(int count, char **words) {
  const int leads = count > 1 ? std::atoi(words[1]) : 100'000;
  std::string bytes;
  if (count > 2) {
    std::ifstream file(words[2], std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  } else {
    bytes = payload(0, leads);
  }
  measure(databases::kind::sqlite, bytes, leads);
  if (databases::postgresql_offered()) measure(databases::kind::postgresql, bytes, leads);
}
