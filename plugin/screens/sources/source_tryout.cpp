// source_tryout.cpp - Quelle ausprobieren: a payload, pasted or archived, read by a definition while one looks on.
#include <algorithm>

#include "intake/mail_text.hpp"
#include "intake/utf8.hpp"
#include "screens/kit/results.hpp"
#include "screens/sources/source_definition.hpp"

namespace lead_system::screens {
namespace {

constexpr int records_a_page = 5;
constexpr std::int64_t last_record = 1'000'000;

int first_record(const parameters &sent) {
  return static_cast<int>(std::clamp<std::int64_t>(sent.integer("record").value_or(1), 1, last_record));
}

json record_field(const request &by, int first) {
  auto result = field("record", "number", by.say("From record"), std::to_string(first));
  result["optional"] = true;
  result["hint"] = by.say("{1} records are shown at a time.", by.say.number(records_a_page));
  return result;
}

/// What is asked of a payload that is pasted or uploaded; filled in again with the answer.
json form_of(const request &by, const definition_parts &more, const std::string &definition, const std::string &sample,
             int first) {
  auto ask = action("try_out", by.say("Try it out"), "primary");
  auto which = choice("definition", by.say("Definition"), definition, definition_options(by, more));
  which["required"] = true;
  auto text = field("sample", "textarea", by.say("Payload"), sample);
  text["rows"] = 12;
  text["code"] = true;
  text["optional"] = true;
  text["hint"] = by.say("As the source sends it. Nothing of it is stored.");
  auto file = field("file", "file", by.say("Or a file"));
  file["optional"] = true;
  file["hint"] =
      by.say("At most {1} MiB. It is taken instead of the text above.", std::to_string(intake::largest_tried >> 20U));
  ask["fields"] = json::array({std::move(which), std::move(text), std::move(file), record_field(by, first)});
  return {{"type", "form"}, {"id", "try_out"}, {"title", by.say("Try out a payload")}, {"action", std::move(ask)}};
}

json page(const request &by) {
  auto result = document(tryout_id, by.say("Try out a source"));
  result["back"] = link_to(by.say("Sources"), "leads.settings", {{"tab", "sources"}});
  result["links"] = json::array({link_to(by.say("Definitions of one's own"), definition_id),
                                 link_to(by.say("Help"), "leads.help", {{"page", "tryout"}})});
  return result;
}

/// A payload of the import log, which whoever reads that log may see.
struct archived_payload {
  store::import_run run;
  std::string bytes;
};
std::optional<archived_payload> archived(const request &by, std::int64_t run_id) {
  if (!by.who.may("leads.intake_log")) return std::nullopt;
  auto run = by.with.store.find_run(run_id);
  if (!run) return std::nullopt;
  auto bytes = by.with.store.payload(run->payload_id);
  return archived_payload{std::move(*run), bytes ? std::move(*bytes) : std::string{}};
}

/// The page of a payload of the log: which definition, from which record.
void add_archived(json &document, const request &by, const definition_parts &more, const parameters &sent) {
  const auto payload = archived(by, sent.integer("run").value_or(0));
  if (!payload) throw dms::failure(dms_not_found, by.say("This import does not exist."));
  const auto run_id = std::to_string(payload->run.id);
  document["back"] = link_to(by.say("This import"), "leads.intake_log", {{"run", run_id}});
  auto &blocks = document["blocks"];
  const auto asked = sent.one("definition"), definition = asked.empty() ? payload->run.source : asked;
  const auto first = first_record(sent);
  blocks.push_back(
      {{"type", "filters"},
       {"id", "filters"},
       {"label", by.say("Try out a payload")},
       {"keep", {{"run", run_id}}},
       {"fields", json::array({choice("definition", by.say("Definition"), definition, definition_options(by, more)),
                               field("record", "number", by.say("From record"), std::to_string(first))})},
       {"submit", by.say("Try it out")}});
  if (payload->bytes.empty()) {
    blocks.push_back(notice("payload", "info", by.say("Only the digest of this message was kept."),
                            by.say("It was over a limit, or its person was anonymised.")));
    return;
  }
  if (payload->bytes.size() > intake::largest_tried) {
    blocks.push_back(notice("payload", "info", by.say("This payload is too large to be tried out."),
                            by.say("Paste some of its records instead.")));
    return;
  }
  intake::mistakes wrong;
  const auto chosen = choose_definition(by, more, definition, wrong);
  if (!chosen) {
    if (!wrong.empty()) {
      blocks.push_back(mistakes_notice(by, wrong));
      return;
    }
    if (!asked.empty()) refuse_value(by, "definition", asked);
    // The one that it came by is gone.
    blocks.push_back(notice("definition", "info", by.say("Choose the definition that the payload is read by.")));
    return;
  }
  const auto arrived = by.with.store.payload_arrival(payload->run.digest).value_or(payload->run.at);
  const auto seen = intake::try_out(chosen->read, payload->bytes, arrived, first, records_a_page);
  add_tryout(blocks, by, seen);
  const auto turn = [&](std::string label, int to) {
    document["links"].push_back(link_to(std::move(label), tryout_id,
                                        {{"run", run_id}, {"definition", definition}, {"record", std::to_string(to)}}));
  };
  if (first > 1) turn(by.say("Records before"), std::max(1, first - records_a_page));
  if (first + records_a_page <= seen.records) turn(by.say("Further records"), first + records_a_page);
}

class source_tryout : public dms::screen {
 public:
  source_tryout(const parts &with, definition_parts more) : with_(with), more_(more) {}
  std::string id() const override { return std::string(tryout_id); }
  std::string right() const override { return "leads.settings"; }

  std::string load(const dms::call &who, std::string_view text) override {
    more_.book.look();
    const request by(with_, who);
    const parameters sent(text);
    auto result = page(by);
    if (sent.has("run")) {
      add_archived(result, by, more_, sent);
    } else {
      result["blocks"].push_back(form_of(by, more_, sent.one("definition"), {}, 1));
    }
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    more_.book.look();
    const request by(with_, who);
    if (action_name != "try_out") return unknown_action(by);
    return try_out(by, parameters(input));
  }

 private:
  dms::answer try_out(const request &by, const parameters &sent) const {
    const auto file = intake::from_base64(sent.one("file"));
    const auto sample = file.empty() ? sent.one("sample") : file;
    std::map<std::string, message> wrong;
    if (sample.empty()) wrong["sample"] = {"Paste a payload, or choose a file that is not empty.", {}};
    if (sample.size() > intake::largest_tried) {
      wrong[file.empty() ? "sample" : "file"] = {"It is larger than {1} MiB. Try out some of its records.",
                                                 {std::to_string(intake::largest_tried >> 20U)}};
    }
    intake::mistakes mistakes;
    const auto definition = sent.one("definition");
    const auto chosen = choose_definition(by, more_, definition, mistakes);
    if (!chosen && mistakes.empty()) wrong["definition"] = {"Choose the definition that the payload is read by.", {}};
    if (!wrong.empty()) return invalid_input(by, std::move(wrong));
    auto shown = page(by);
    auto &blocks = shown["blocks"];
    if (chosen) {
      const auto first = first_record(sent);
      add_tryout(blocks, by, intake::try_out(chosen->read, sample, by.now, first, records_a_page));
    } else {
      blocks.push_back(mistakes_notice(by, mistakes));
    }
    blocks.push_back(
        form_of(by, more_, definition, intake::is_utf8(sample) ? sample : std::string{}, first_record(sent)));
    json result{{"schema", "dms.result/1"}, {"status", "ok"}};
    result["message"] = chosen ? by.say("Read by {1}.", chosen->words) : by.say("The definition has mistakes.");
    result["screen"] = std::move(shown);
    return {dms_ok, text_of(result)};
  }

  const parts &with_;
  definition_parts more_;
};

}  // namespace

std::unique_ptr<dms::screen> make_source_tryout(const parts &with, definition_parts more) {
  return std::make_unique<source_tryout>(with, more);
}

}  // namespace lead_system::screens
