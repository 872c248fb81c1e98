// feedback_log.cpp - Lead-Rückmeldungen: every message to a manufacturer, what became of it, and what an admin does
// about those that did not arrive.
#include <algorithm>

#include "feedback/decisions.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/logs/feedback_blocks.hpp"
#include "screens/logs/feedback_words.hpp"

namespace lead_system::screens {
namespace {

constexpr int messages_a_page = 50;
constexpr int most_messages = 500;
using store::feedback_status;
constexpr feedback_status statuses[] = {feedback_status::waiting, feedback_status::acknowledged,
                                        feedback_status::rejected, feedback_status::failed, feedback_status::given_up};

bool is_status(std::string_view text) {
  return std::any_of(std::begin(statuses), std::end(statuses), [&](auto it) { return key(it) == text; });
}

/// The address of the list as it is filtered, from the message `before` on.
json list_link(const std::string &label, const parameters &sent, const std::string &before) {
  return link_to(
      label, feedback_log_id,
      {{"status", sent.one("status")}, {"source", sent.one("source")}, {"q", sent.one("q")}, {"before", before}});
}

json counts_block(const request &by) {
  const auto counts = by.with.store.count_feedback();
  struct row {
    std::string_view id, label;
    std::int64_t count;
  };
  const row rows[] = {{"waiting", "Pending", counts.waiting},
                      {"rejected", "Rejected", counts.rejected},
                      {"failed", "Failed", counts.failed}};
  json items = json::array(), values = json::object();
  for (const auto &[id, label, count] : rows) {
    auto value = cell_value(by.say.number(count), count);
    if (count > 0 && id != "waiting") value["tone"] = "bad";
    if (count > 0) value["link"] = link_to(by.say.number(count), feedback_log_id, {{"status", std::string(id)}});
    items.push_back({{"id", id}, {"label", by.say(label)}, {"value", std::move(value)}});
    values[std::string(id)] = count;
  }
  return {{"type", "key_figures"}, {"id", "counts"}, {"values", std::move(values)}, {"items", std::move(items)}};
}

json message_filters(const request &by, const parameters &sent) {
  json options = json::array({option("", by.say("All"))});
  for (const auto status : statuses) options.push_back(option(std::string(key(status)), by.say(title(status))));
  json sources = json::array({option("", by.say("All"))});
  for (const auto &[id, source] : by.sources) {
    if (source.feedback.enabled) sources.push_back(option(id, by.say(source.title)));
  }
  auto search = field("q", "search", by.say("Manufacturer's number, message number or lead"), sent.one("q"));
  search["placeholder"] = by.say("Number of the lead or the message");
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter feedback")},
          {"fields",
           json::array({std::move(search), choice("status", by.say("Status"), sent.one("status"), std::move(options)),
                        choice("source", by.say("Source"), sent.one("source"), std::move(sources))})},
          {"submit", by.say("Apply")}};
}

/// "resend_all {source, status}" for each channel that has some.
json resend_all_actions(const request &by) {
  json result = json::array();
  const auto add = [&](const std::string &source, std::string_view status, std::int64_t count,
                       const std::string &label) {
    if (count == 0) return;
    auto one = action("resend_all", label, "second");
    one["id"] = "resend_all_" + source + "_" + std::string(status);
    one["input"] = {{"source", source}, {"status", std::string(status)}};
    one["text"] = by.say(
        "They go in their order and keep their message numbers. Left out are those that would set back a later state.");
    one["submit"] = by.say("Send again");
    one["confirm"] = true;
    result.push_back(std::move(one));
  };
  for (const auto &[source, counts] : by.with.store.count_feedback_by_source()) {
    const auto name = by.source_title(source);
    add(source, "failed", counts.failed,
        by.say.count("Send {1} failed again: {2}", "Send all {1} failed again: {2}", counts.failed, name));
    add(source, "rejected", counts.rejected,
        by.say.count("Send {1} rejected again: {2}", "Send all {1} rejected again: {2}", counts.rejected, name));
  }
  return result;
}

json message_row(const request &by, const store::feedback_message &message, const std::set<std::int64_t> &seen) {
  auto code = message.status_code;
  if (!message.reason_code.empty()) code += " · " + message.reason_code;
  auto state = feedback_cell(by, by.write, message);
  // Two lines at most in this list: the answer stands with the message, the time below the word.
  if (state.contains("quiet_text")) {
    state["title"] = state.value("detail", "");
    state["detail"] = state["quiet_text"];
    state.erase("quiet_text");
  }
  json row{{"id", std::to_string(message.id)},
           {"link", link_to(message.message_id, feedback_log_id, {{"message", std::to_string(message.id)}})},
           {"cells",
            {{"at", cell_value(by.write.time(message.created_at), iso_utc(message.created_at),
                               {{"detail", by.write.day(message.created_at)}})},
             {"lead", lead_cell(message, seen)},
             {"source", cell_value(by.source_title(message.source), message.source)},
             {"message", cell_value(code, message.message_id)},
             {"cause", cell_value(by.say(title(message.cause)), key(message.cause))},
             {"state", std::move(state)}}}};
  if (message.status == feedback_status::rejected || message.status == feedback_status::failed) row["tone"] = "bad";
  if (can_be_sent(message)) {
    const bool decided = message.status != feedback_status::waiting;
    row["actions"] = json::array({resend_action(by, message, decided && later_arrived(by, message))});
  }
  return row;
}

/// What an export has besides: everything that the message's own page says.
void add_export_cells(json &row, const request &by, const store::feedback_message &message) {
  row.erase("actions");
  row["cells"]["message_id"] = message.message_id;
  row["cells"]["attempts"] = cell_value(std::to_string(message.attempts), message.attempts);
  row["cells"]["answer"] = by.told(message.answer);
  row["cells"]["decided_by"] = by.people->user_name(message.decided_by);
  row["cells"]["decision"] = message.decision;
  row["cells"]["at"] = cell_value(by.write.full(message.created_at), iso_utc(message.created_at));
}

json messages_table(const request &by, const parameters &sent, bool exported) {
  auto columns =
      json::array({column("at", by.say("Time"), "time"), column("lead", by.say("Lead"), "title"),
                   column("source", by.say("Source"), "origin"), column("message", by.say("Message"), "subject"),
                   column("cause", by.say("Occasion")), column("state", by.say("Status"), "state")});
  if (exported) {
    columns.push_back(column("message_id", by.say("Message number")));
    columns.push_back(column("attempts", by.say("Attempts")));
    columns.push_back(column("answer", by.say("Answer")));
    columns.push_back(column("decided_by", by.say("Decided by")));
    columns.push_back(column("decision", by.say("Reason")));
  }
  auto block = table("messages", {}, std::move(columns));
  block["layout"] = "records";
  store::feedback_query query{sent.one("status"), sent.one("source"), sent.one("q"), {}, 0, 0};
  for (const auto &[id, source] : by.sources) query.sources.push_back(id);
  const auto from = sent.has("cursor") ? "cursor" : "before";
  query.before = std::max<std::int64_t>(0, sent.integer(from).value_or(0));
  const auto length = exported ? most_messages : messages_a_page;
  query.limit = length + 1;
  const auto list = by.with.store.feedback_log(query);
  const auto shown = std::min<std::size_t>(list.size(), static_cast<std::size_t>(length));
  std::vector<std::int64_t> leads;
  leads.reserve(list.size());
  for (const auto &message : list) leads.push_back(message.lead_id);
  const auto seen = by.with.store.visible(leads, by.sees());
  for (std::size_t index = 0; index < shown; ++index) {
    auto row = message_row(by, list[index], seen);
    if (exported) add_export_cells(row, by, list[index]);
    block["rows"].push_back(std::move(row));
  }
  block["shown"] = shown;
  if (shown > 0) {
    block["count_text"] = by.say.count("{1} message", "{1} messages", static_cast<std::int64_t>(shown));
    block["span_text"] =
        by.say("{1} to {2}", by.write.stamp(list.front().created_at), by.write.stamp(list[shown - 1].created_at));
  }
  block["next"] = nullptr;
  block["previous_label"] = by.say("Newer");
  block["next_label"] = by.say("Older");
  if (list.size() > shown) {
    const auto last = std::to_string(list[shown - 1].id);
    block["next"] = last;
    block["next_link"] = list_link(by.say("Older"), sent, last);
  }
  if (query.before > 0) block["previous_link"] = list_link(by.say("Newest"), sent, {});
  const bool filtered = sent.has("status") || sent.has("source") || sent.has("q");
  if (shown == 0 && filtered) {
    block["empty"] = {{"title", by.say("Nothing found.")}, {"link", link_to(by.say("Reset filters"), feedback_log_id)}};
  } else if (shown == 0) {
    block["empty"] = {{"title", by.say("No feedback here.")},
                      {"text", by.say("A message is written with every change of a lead's state.")}};
  }
  return block;
}

void check_filters(const request &by, const parameters &sent) {
  if (const auto wanted = sent.one("status"); !wanted.empty() && !is_status(wanted)) {
    throw dms::failure(dms_invalid, by.say("This status does not exist."));
  }
  if (sent.one("q").size() > 100) throw dms::failure(dms_invalid, by.say("The search text is too long."));
}

feedback::decider decider_of(const request &by) {
  return {by.user, by.who.user_name(), by.now};
}

dms::answer answer(const request &by, processing::verdict result, message text) {
  processing::outcome what;
  what.result = result;
  what.text = std::move(text);
  return answer_of(by, what);
}

dms::answer not_now(const request &by) {
  return answer(by, processing::verdict::refused, {"This message has arrived or is just being sent.", {}});
}

dms::answer resend(const request &by, const parameters &sent) {
  if (!feedback::resend(by.with.store, sent.integer("message").value_or(0), decider_of(by))) return not_now(by);
  by.with.wake_feedback();
  return answer(by, processing::verdict::done, {"The message goes out again.", {}});
}

dms::answer resend_all(const request &by, const parameters &sent) {
  const auto status = sent.one("status").empty() ? std::string("failed") : sent.one("status");
  if (status != key(feedback_status::failed) && status != key(feedback_status::rejected)) {
    return invalid_input(by, {{"status", {"Choose failed or rejected.", {}}}});
  }
  const auto count =
      feedback::resend_all(by.with.store, sent.one("source"), store::feedback_status_from(status), decider_of(by));
  if (count == 0) return answer(by, processing::verdict::refused, {"There is nothing to send again.", {}});
  by.with.wake_feedback();
  return answer(by, processing::verdict::done, {"Messages that go out again: {1}.", {std::to_string(count)}});
}

dms::answer give_up(const request &by, const parameters &sent) {
  const auto why = sent.one("reason");
  constexpr std::size_t longest_reason = 500;
  if (why.empty()) return invalid_input(by, {{"reason", {"Give a reason; it stands in the lead's timeline.", {}}}});
  if (why.size() > longest_reason) {
    return invalid_input(by, {{"reason", {"At most {1} characters.", {std::to_string(longest_reason)}}}});
  }
  if (!feedback::give_up(by.with.store, sent.integer("message").value_or(0), why, decider_of(by))) return not_now(by);
  by.with.wake_feedback();
  return answer(by, processing::verdict::done, {"The message is given up.", {}});
}

struct message_action {
  std::string_view name;
  dms::answer (*run)(const request &, const parameters &);
};
constexpr message_action message_actions[] = {{"resend", &resend}, {"resend_all", &resend_all}, {"give_up", &give_up}};

class feedback_log : public dms::screen {
 public:
  explicit feedback_log(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(feedback_log_id); }
  std::string right() const override { return "leads.feedback_log"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto result = document(feedback_log_id, by.say("Lead feedback"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "feedback_log"}})});
    if (sent.has("message")) {
      add_message(result, by, sent.integer("message").value_or(0));
      return text_of(result);
    }
    check_filters(by, sent);
    result["export"] = {"csv", "xlsx"};
    if (sent.has("export")) {
      result["blocks"] = json::array({messages_table(by, sent, true)});
      return text_of(result);
    }
    if (auto actions = resend_all_actions(by); !actions.empty()) result["actions"] = std::move(actions);
    result["blocks"] = json::array({counts_block(by), message_filters(by, sent), messages_table(by, sent, false)});
    return text_of(result);
  }

  /// resend {message}, resend_all {source, status}, give_up {message, reason}
  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    for (const auto &row : message_actions) {
      if (row.name == action_name) return row.run(by, parameters(input));
    }
    return unknown_action(by);
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_feedback_log(const parts &with) {
  return std::make_unique<feedback_log>(with);
}

}  // namespace lead_system::screens
