// intake_log.cpp - Lead-Importprotokoll: what came in, what became of each lead, and the payload as it came.
#include <algorithm>

#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/logs/intake_delivery.hpp"
#include "screens/logs/intake_retry.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view log_id = "leads.intake_log";
constexpr int runs_a_page = 50;
constexpr int items_a_page = 500;
constexpr std::size_t longest_shown = std::size_t{512} << 10U;

struct outcome_row {
  std::string_view key, title, tone, icon;
};
constexpr outcome_row outcome_rows[] = {{"accepted", "accepted", "good", "check"},
                                        {"repeated", "repeated", "plain", "dash"},
                                        {"legacy", "old system", "plain", "dash"},
                                        {"quarantined", "quarantined", "bad", "due_over"}};

json outcome_cell(const request &by, const std::string &outcome) {
  for (const auto &row : outcome_rows) {
    if (row.key == outcome) {
      return cell_value(by.say(row.title), outcome, {{"tone", std::string(row.tone)}, {"icon", std::string(row.icon)}});
    }
  }
  return cell_value(outcome, outcome);
}

std::string channel_word(const request &by, const std::string &channel) {
  struct row {
    std::string_view key, title;
  };
  static constexpr row rows[] = {
      {"web", "Browser"}, {"http", "HTTP"},  {"folder", "Watched folder"}, {"command_line", "Command line"},
      {"job", "Job"},     {"event", "Event"}};
  for (const auto &[key_, heading] : rows) {
    if (key_ == channel) return by.say(heading);
  }
  return channel;
}

json count_cell(const request &by, int count, std::string_view tone_of_some = {}) {
  auto result = cell_value(by.say.number(count), count);
  if (count == 0) result["quiet"] = true;
  if (count > 0 && !tone_of_some.empty()) result["tone"] = tone_of_some;
  return result;
}

json number_column(std::string_view id, std::string label) {
  auto result = column(id, std::move(label));
  result["number"] = true;
  return result;
}

json run_filters(const request &by, const parameters &sent) {
  json sources = json::array({option("", by.say("All"))});
  for (const auto &[id, source] : by.sources) sources.push_back(option(id, by.say(source.title)));
  json outcomes = json::array({option("", by.say("All"))});
  for (const auto &row : outcome_rows) outcomes.push_back(option(std::string(row.key), by.say(row.title)));
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter imports")},
          {"fields", json::array({choice("source", by.say("Source"), sent.one("source"), std::move(sources)),
                                  choice("outcome", by.say("Outcome"), sent.one("outcome"), std::move(outcomes))})},
          {"submit", by.say("Apply")}};
}

json run_row(const request &by, const store::import_run &run) {
  auto open = link_to(run.receipt, log_id, {{"run", std::to_string(run.id)}});
  json row{
      {"id", std::to_string(run.id)},
      {"link", std::move(open)},
      {"cells",
       {{"at", cell_value(by.write.time(run.at), iso_utc(run.at), {{"detail", by.write.day(run.at)}})},
        {"source", cell_value(by.source_title(run.source), run.source, {{"detail", run.name}})},
        {"way", cell_value(channel_word(by, run.channel), run.channel, {{"detail", by.people->user_name(run.user)}})},
        {"accepted", count_cell(by, run.accepted)},
        {"repeated", count_cell(by, run.repeated)},
        {"legacy", count_cell(by, run.legacy)},
        {"quarantined", count_cell(by, run.quarantined, "bad")},
        {"reason", cell(by.told(run.reason))}}}};
  if (run.quarantined > 0 || !run.reason.empty()) row["tone"] = "bad";
  return row;
}

json runs_table(const request &by, const parameters &sent) {
  auto block =
      table("runs", {},
            json::array({column("at", by.say("Time"), "time"), column("source", by.say("Source"), "title"),
                         column("way", by.say("Way")), number_column("accepted", by.say("Accepted")),
                         number_column("repeated", by.say("Repeated")), number_column("legacy", by.say("Old system")),
                         number_column("quarantined", by.say("Quarantined")), column("reason", by.say("Reason"))}));
  block["layout"] = "records";
  block["columns"][2]["width"] = "narrow";
  block["columns"].back()["width"] = "wide";
  const auto before = std::max<std::int64_t>(0, sent.integer("before").value_or(0));
  const auto runs = by.with.store.runs(sent.one("source"), sent.one("outcome"), before, runs_a_page + 1);
  const auto shown = std::min<std::size_t>(runs.size(), runs_a_page);
  for (std::size_t index = 0; index < shown; ++index) block["rows"].push_back(run_row(by, runs[index]));
  block["shown"] = shown;
  if (shown > 0) {
    block["count_text"] = by.say.count("{1} import", "{1} imports", static_cast<std::int64_t>(shown));
    block["span_text"] = by.say("{1} to {2}", by.write.stamp(runs.front().at), by.write.stamp(runs[shown - 1].at));
  }
  block["next"] = nullptr;
  block["previous_label"] = by.say("Newer");
  block["next_label"] = by.say("Older");
  const auto turn = [&](const std::string &label, const std::string &from) {
    return link_to(label, log_id, {{"source", sent.one("source")}, {"outcome", sent.one("outcome")}, {"before", from}});
  };
  if (runs.size() > shown) {
    block["next"] = std::to_string(runs[shown - 1].id);
    block["next_link"] = turn(by.say("Older"), std::to_string(runs[shown - 1].id));
  }
  if (before > 0) block["previous_link"] = turn(by.say("Newest"), {});
  if (shown == 0) {
    block["empty"] = {{"title", by.say("No imports here.")},
                      {"text", by.say("Leads come by watched folder, HTTP or the command line.")}};
  }
  return block;
}

json item_row(const request &by, const store::import_item &item) {
  json lead_cell = no_cell();
  if (item.lead_id != 0) {
    lead_cell = cell_value(std::to_string(item.lead_id), item.lead_id);
    // Whoever may not see it would be led to a page that is not there.
    if (by.with.store.find(item.lead_id, by.sees())) {
      lead_cell["link"] = lead_link(std::to_string(item.lead_id), item.lead_id);
    }
  }
  json row{{"id", std::to_string(item.id)},
           {"cells",
            {{"position", cell_value(std::to_string(item.position), item.position)},
             {"external_id", item.external_id.empty() ? no_cell() : cell(item.external_id)},
             {"outcome", outcome_cell(by, item.outcome)},
             {"lead", std::move(lead_cell)},
             {"reason", cell(by.told(item.reason))}}}};
  if (item.retried_by > 0) {
    row["cells"]["reason"]["link"] = link_to(by.say("Tried again"), log_id, {{"run", std::to_string(item.retried_by)}});
  } else if (item.retried_by == 0 && item.outcome == "quarantined") {
    row["actions"] = json::array({retry_action(by, item)});
  }
  return row;
}

void add_run(json &blocks, const request &by, std::int64_t id, int after) {
  const auto run = by.with.store.find_run(id);
  if (!run) throw dms::failure(dms_not_found, by.say("This import does not exist."));
  if (!run->finished) {
    blocks.push_back(notice("unfinished", "info", by.say("This import is under way, or was broken off."),
                            by.say("The same file again goes on where it was.")));
  }
  if (!run->reason.empty()) {
    blocks.push_back(notice("reason", "bad", by.say("The payload was quarantined as a whole."), by.told(run->reason)));
  }
  json items = json::array();
  items.push_back(fact("receipt", by.say("Receipt"), run->receipt));
  items.push_back(fact("source", by.say("Source"), cell_value(by.source_title(run->source), run->source)));
  items.push_back(fact("at", by.say("Time"), cell_value(by.write.full(run->at), iso_utc(run->at))));
  items.push_back(fact("way", by.say("Way"), channel_word(by, run->channel)));
  if (!run->name.empty()) items.push_back(fact("name", by.say("File"), run->name));
  items.push_back(
      fact("bytes", by.say("Size"), cell_value(by.say("{1} bytes", by.say.number(run->bytes)), run->bytes)));
  items.push_back(fact("digest", "SHA-256", run->digest));
  if (run->definition_version != 0) {
    items.push_back(fact("definition", by.say("Read by"),
                         cell_value(by.say("the own definition, version {1}", by.say.number(run->definition_version)),
                                    run->definition_version)));
  }
  auto about = facts("run", by.say("This import"), std::move(items));
  if (run->payload_id != 0) {
    about["link"] = link_to(by.say("Original message"), log_id, {{"payload", std::to_string(run->payload_id)}});
  }
  blocks.push_back(std::move(about));
  auto list = table("items", by.say("Leads in this payload"),
                    json::array({number_column("position", by.say("No.")), column("external_id", by.say("Message")),
                                 column("outcome", by.say("Outcome")), column("lead", by.say("Lead")),
                                 column("reason", by.say("Reason"))}));
  list["layout"] = "plain";
  const auto found = by.with.store.items(id, after, items_a_page + 1);
  const auto shown = std::min<std::size_t>(found.size(), items_a_page);
  for (std::size_t index = 0; index < shown; ++index) list["rows"].push_back(item_row(by, found[index]));
  if (found.size() > shown) {
    const auto last = std::to_string(found[shown - 1].position);
    list["next"] = last;
    list["next_label"] = by.say("Further");
    list["next_link"] = link_to(by.say("Further"), log_id, {{"run", std::to_string(id)}, {"after", last}});
  }
  if (list["rows"].empty()) list["empty"] = {{"title", by.say("No lead was found in this payload.")}};
  blocks.push_back(std::move(list));
}

void add_payload(json &blocks, const request &by, std::int64_t id) {
  auto bytes = by.with.store.payload(id);
  if (!bytes) throw dms::failure(dms_not_found, by.say("This message does not exist."));
  if (bytes->empty()) {
    blocks.push_back(notice("payload", "info", by.say("Only the digest of this message was kept."),
                            by.say("It was over a limit, or its person was anonymised.")));
    return;
  }
  if (bytes->size() > longest_shown) {
    bytes->resize(longest_shown);
    blocks.push_back(notice("cut", "info", by.say("The message is long; its beginning is shown.")));
  }
  auto block = text_block("payload", "code", std::move(*bytes));
  block["title"] = by.say("Original message");
  blocks.push_back(std::move(block));
}

class intake_log : public dms::screen {
 public:
  intake_log(const parts &with, import_of_file import) : with_(with), import_(std::move(import)) {}
  std::string id() const override { return std::string(log_id); }
  std::string right() const override { return "leads.intake_log"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto result = document(log_id, by.say("Lead import log"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "intake_log"}})});
    auto &blocks = result["blocks"];
    if (sent.has("run") || sent.has("payload")) {
      result["back"] = link_to(by.say("Lead import log"), log_id);
      if (sent.has("run")) {
        if (who.may("leads.settings")) {
          result["links"].push_back(link_to(by.say("Try it out"), "leads.source_tryout", {{"run", sent.one("run")}}));
        }
        add_run(blocks, by, sent.integer("run").value_or(0),
                static_cast<int>(std::clamp<std::int64_t>(sent.integer("after").value_or(0), 0, 1'000'000'000)));
      } else {
        add_payload(blocks, by, sent.integer("payload").value_or(0));
      }
      return text_of(result);
    }
    result["actions"] = json::array({deliver_action(by)});
    if (auto waiting = quarantine_block(by); !waiting.is_null()) blocks.push_back(std::move(waiting));
    blocks.push_back(run_filters(by, sent));
    blocks.push_back(runs_table(by, sent));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    if (action_name == "retry") return retry_one(by, sent);
    if (action_name == "retry_all") return retry_all(by, sent);
    if (action_name == "deliver") return deliver(by, import_, sent);
    return unknown_action(by);
  }

 private:
  const parts &with_;
  import_of_file import_;
};

}  // namespace

std::unique_ptr<dms::screen> make_intake_log(const parts &with, import_of_file import) {
  return std::make_unique<intake_log>(with, std::move(import));
}

}  // namespace lead_system::screens
