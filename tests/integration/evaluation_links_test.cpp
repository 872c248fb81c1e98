// Every number of the evaluation that is a link opens the overview with exactly that many leads: for people with
// different rights, after a random history, on both databases.
#include <nlohmann/json.hpp>

#include "evaluation/evaluator.hpp"
#include "integration/history.hpp"
#include "screens/evaluation/evaluation.hpp"
#include "screens/kit/parts.hpp"

namespace {

using namespace dealership;
using nlohmann::json;

/// A number that leads somewhere: what it says it counts, and where.
struct counted_link {
  std::string where;
  std::int64_t leads = 0;
  json params;
};

std::int64_t digits_of(const std::string &text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits.empty() ? -1 : std::stoll(digits);
}

/// A count says itself how many. A share leads to the leads that it is a share of where it is a rate, else to its own
/// part; its title says "3 of 7". A median's title says of how many.
std::int64_t leads_behind(const std::string &column, const json &cell) {
  const auto title = cell.value("title", "");
  if (title.empty()) return digits_of(cell.at("text"));
  const auto of = title.find(" von ");
  if (of == std::string::npos) return digits_of(title);
  const bool rate = column == "success_rate" || column == "within_deadline";
  return digits_of(rate ? title.substr(of) : title.substr(0, of));
}

/// What a row's numbers lead to: its own link, or what table, column and row say together.
void collect(const json &table, const json &row, const std::string &where, std::vector<counted_link> &into) {
  for (const auto &[column, cell] : row["cells"].items()) {
    if (!cell.is_object()) continue;
    if (cell.contains("link")) {
      into.push_back({where + "/" + column, leads_behind(column, cell), cell["link"].value("params", json::object())});
    } else if (cell.value("linked", false)) {
      auto params = table["leads_to"].value("params", json::object());
      for (const auto &head : table["columns"]) {
        if (head["id"] == column) params.update(head.value("params", json::object()));
      }
      params.update(row.value("params", json::object()));
      into.push_back({where + "/" + column, leads_behind(column, cell), std::move(params)});
    }
  }
}

std::vector<counted_link> links_of(const json &document) {
  std::vector<counted_link> result;
  const auto &blocks = document["blocks"];
  for (const auto &item : blocks[1]["items"]) {
    const auto id = item["id"].get<std::string>();
    auto value = json::object();
    value[id] = item["value"];
    collect(json::object(), {{"cells", value}}, "key figure", result);
    for (const auto &part : item.value("detail_parts", json::array())) {
      if (part.is_object())
        result.push_back({"below " + id, digits_of(part["label"]), part.value("params", json::object())});
    }
  }
  for (const auto &table : blocks[2]["blocks"]) {
    for (const auto &row : table.value("rows", json::array())) {
      collect(table, row, table["id"].get<std::string>() + "/" + row["id"].get<std::string>(), result);
    }
    const json totals{{"cells", table.value("totals", json::object())}};
    collect(table, totals, table["id"].get<std::string>() + "/total", result);
  }
  return result;
}

class evaluation_links : public with_history {
 protected:
  json load(dms::screen &screen, const std::string &user, const json &parameters) {
    const auto by = call(user);
    return json::parse(screen.load(by->view(), parameters.dump()));
  }
  std::int64_t total(dms::screen &overview, const std::string &user, json parameters) {
    auto &known = totals_[user + parameters.dump()];
    if (known) return *known;
    parameters["limit"] = "1";
    const auto document = load(overview, user, parameters);
    for (const auto &block : document["blocks"]) {
      if (block.value("id", "") == "leads") known = block["total"].get<std::int64_t>();
    }
    return known.value_or(-1);
  }

  std::map<std::string, std::optional<std::int64_t>> totals_;
};
INSTANTIATE_TEST_SUITE_P(databases, evaluation_links, databases::all(), databases::name);

TEST_P(evaluation_links, every_number_opens_exactly_its_leads) {
  // given: some weeks of work
  for (int times = 0; times < 900; ++times) happen();
  const screens::words texts;
  const std::vector<std::string> problems;
  const intake::retrier retrier({open(), sources_.types, *organisation_, writer_, nullptr, dms::log()},
                                sources_.definitions);
  columns::lead_index leads(database().options(), open(), *organisation_);
  const feedback::channels channels(open(), sources_.definitions, dms::settings(), "outbox", "outbox");
  const processing::assignment_desk assignment(open(), sources_.types, *organisation_, *desk_);
  const screens::parts parts{open(),   leads,   sources_.types, *organisation_, sources_.definitions,
                             problems, *desk_,  *settings_,     texts,          channels,
                             [] {},    retrier, assignment};
  evaluation::evaluator numbers(leads);
  store::report_rows readers(open());
  const auto evaluation = screens::make_evaluation(parts, numbers, readers, [] {});
  const auto overview = screens::make_overview(parts);
  const std::vector<json> questions{
      json::object(),
      {{"period", "all"}},
      {{"period", "range"}, {"from", "2020-07-23"}, {"to", "2020-07-28"}, {"by", "day"}},
      {{"period", "all"}, {"day", "sale"}},
      {{"period", "range"}, {"from", "2020-07-24"}, {"to", "2020-08-20"}, {"day", "sale"}, {"by", "week"}},
      {{"period", "this_month"}, {"compare", "year"}, {"type", "siebel_nissan"}, {"location", "wien"}},
      {{"period", "all"}, {"model", "none"}, {"assignee", "none"}},
      {{"period", "this_year"}, {"model", "=none"}, {"campaign", "Frühling & Sommer"}},
      {{"period", "all"}, {"type", "quote_request"}, {"source", "web_json"}, {"location", "none"}},
  };
  std::map<std::string, std::size_t> of_user;
  for (const std::string user : {"leitung", "wien1", "verkauf1", "verkauf2", "admin"}) {
    for (const auto &question : questions) {
      ASSERT_TRUE(question.is_object()) << question;
      // when
      for (const auto &link : links_of(load(*evaluation, user, question))) {
        // then
        ++of_user[user];
        EXPECT_EQ(total(*overview, user, link.params), link.leads)
            << user << " " << question << ": " << link.where << " → " << link.params;
      }
    }
  }
  // and: there was something to compare, for everybody
  for (const auto &[user, links] : of_user) EXPECT_GT(links, 100U) << user;
  const auto all = load(*evaluation, "leitung", questions[1]);
  const auto &figures = all["blocks"][1]["values"];
  for (const auto *id : {"received", "open", "overdue", "unassigned", "contacted", "appointments", "test_drives",
                         "offers", "won", "lost", "closed", "invalid", "decided_in_time", "decided_late", "responded",
                         "feedback_pending", "feedback_failed"}) {
    EXPECT_GT(figures[id].get<int>(), 0) << id;
  }
}

}  // namespace
