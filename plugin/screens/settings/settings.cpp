// settings.cpp - Lead Einstellungen: who sees what, and what the admin sets per type, dealer code and source.
#include "processing/coverage_check.hpp"
#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

struct tab_row {
  std::string_view id, label;
};
constexpr tab_row tab_rows[] = {{"rights", "Rights"},
                                {"types", "Lead types"},
                                {"assignment", "Assignment"},
                                {"answers", "Answers"},
                                {"codes", "Dealer codes"},
                                {"sources", "Sources"},
                                {"feedback", "Feedback channels"},
                                // Reached from elsewhere; they have a tab while one is there.
                                {"sees", "What does … see?"},
                                {"history", "Change log"}};

std::int64_t feedback_sources(const request &by) {
  std::int64_t count = 0;
  for (const auto &[id, source] : by.sources) count += source.feedback.enabled ? 1 : 0;
  return count;
}

json tabs_block(const request &by, std::string_view current) {
  const auto unmapped = unmapped_codes(by);
  const auto codes = static_cast<std::int64_t>(by.with.store.dealer_codes().size()) + unmapped;
  json items = json::array();
  for (const auto &[id, label] : tab_rows) {
    if ((id == "sees" || id == "history") && id != current) continue;
    auto item = tab(id, by.say(label), current == id, link_to(by.say(label), settings_id, {{"tab", std::string(id)}}));
    std::int64_t count = -1;
    if (id == "types") count = static_cast<std::int64_t>(by.with.types.types().size());
    if (id == "codes") count = codes;
    if (id == "sources") count = static_cast<std::int64_t>(by.sources.size());
    if (id == "feedback") count = feedback_sources(by);
    if (count >= 0) {
      item["count"] = count;
      item["count_text"] =
          id == "codes" && unmapped > 0 ? by.say("{1} not mapped", by.say.number(unmapped)) : by.say.number(count);
    }
    if ((id == "codes" && unmapped > 0) || (id == "sources" && !by.with.bad_sources.empty())) item["tone"] = "bad";
    items.push_back(std::move(item));
  }
  return {{"type", "tabs"}, {"id", "tabs"}, {"label", by.say("Settings")}, {"items", std::move(items)}};
}

/// What is missing in this host; null where nothing is.
json left_out_notice(const request &by) {
  if (by.with.left_out.empty()) return nullptr;
  json items = json::array();
  for (const auto &one : by.with.left_out) items.push_back({{"title", by.say(one)}});
  auto result = notice("left_out", "info", by.say("This DMS does not offer everything"), {});
  result["items"] = std::move(items);
  return result;
}

class settings : public dms::screen {
 public:
  explicit settings(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(settings_id); }
  std::string right() const override { return "leads.settings"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto current = sent.one("tab");
    if (current.empty()) current = "rights";
    auto result = document(settings_id, by.say("Lead settings"));
    result["links"] =
        json::array({link_to(by.say("What does … see?"), settings_id, {{"tab", "sees"}}),
                     link_to(by.say("Change log"), settings_id, {{"tab", "history"}}),
                     link_to(by.say("Help"), "leads.help",
                             {{"page", current == "sources" || current == "answers" ? current : "settings"}})});
    if (current == "sources") {
      result["links"].push_back(link_to(by.say("Definitions of one's own"), "leads.source_definition"));
    }
    auto &blocks = result["blocks"];
    const rights_view view(by, sent, processing::situation_now(with_.store, *by.people, by.here));
    blocks.push_back(coverage_notice(by, view.report));
    if (auto absent = absent_notice(by, with_.store.open_groups()); !absent.is_null())
      blocks.push_back(std::move(absent));
    if (auto lacks = left_out_notice(by); !lacks.is_null()) blocks.push_back(std::move(lacks));
    blocks.push_back(coverage_summary(by, view.report));
    blocks.push_back(tabs_block(by, current));
    add_tab(blocks, view, current);
    if (current == "answers") result["actions"] = answers_actions(by, sent);
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    return act_on_settings(by, action_name, parameters(input));
  }

 private:
  static void add_tab(json &blocks, const rights_view &view, std::string_view current) {
    const auto &by = view.by;
    if (current == "rights") {
      blocks.push_back(rights_filters(by, view.sent));
      blocks.push_back(rights_matrix(view));
    } else if (current == "sees") {
      add_sees(blocks, view);
    } else if (current == "types") {
      blocks.push_back(types_table(by));
    } else if (current == "assignment") {
      blocks.push_back(assignment_table(by));
    } else if (current == "answers") {
      add_answers(blocks, by, view.sent);
    } else if (current == "codes") {
      blocks.push_back(codes_table(by));
      blocks.push_back(code_form(by));
    } else if (current == "sources") {
      for (const auto &problem : by.with.bad_sources) {
        blocks.push_back(notice("bad_source", "bad", by.say("A source definition cannot be used."), problem));
      }
      blocks.push_back(sources_table(by));
    } else if (current == "feedback") {
      blocks.push_back(channels_table(by));
      if (view.sent.has("channel")) add_channel(blocks, by, view.sent);
    } else if (current == "history") {
      blocks.push_back(history_table(by));
    } else {
      throw dms::failure(dms_not_found, by.say("This page does not exist."));
    }
  }

  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_settings(const parts &with) {
  return std::make_unique<settings>(with);
}

}  // namespace lead_system::screens
