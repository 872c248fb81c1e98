// Intake tokens: who may post payloads, to which source. A token itself is seen only where it is made, on the command
// line.
#include <algorithm>

#include "reference_host/web/master_lists.hpp"

namespace dms::reference::web {
namespace {

constexpr std::size_t longest_label = 200;

/// Every source that there is, and the one that is kept though its plugin is away.
std::vector<std::string> sources_of(const asked &by, const std::string &kept) {
  std::vector<std::string> all{"*"};
  for (const auto &hook : by.dms.registry().hooks()) all.push_back(hook.source);
  if (std::ranges::find(all, kept) == all.end()) all.push_back(kept);
  return all;
}

std::string source_name(const asked &by, const std::string &source) {
  return source == "*" ? by.say("every source") : source;
}

class screen_of_tokens : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    json rows = json::array();
    for (const auto &token : by.dms.data().intake_tokens.all()) {
      rows.push_back({{"id", std::to_string(token.id)},
                      {"actions", json::array({change_action(by, token), revoke_action(by, token)})},
                      {"cells",
                       {{"label", token.label.empty() ? by.say("without a name") : token.label},
                        {"source", source_name(by, token.source)},
                        {"made", by.time(token.created_us)},
                        {"used", token.used_us == 0 ? by.say("never") : by.time(token.used_us)}}}});
    }
    auto document = make_screen("host.tokens", by.say("Intake tokens"));
    auto table =
        plain_table(by, "tokens",
                    {{"label", "What it is for"}, {"source", "Source"}, {"made", "Made"}, {"used", "Last used"}}, rows);
    table["empty"] = {{"title", by.say("No intake tokens.")},
                      {"text", by.say("The command “dms_host intake token add” makes one and shows it once.")}};
    document["blocks"].push_back(std::move(table));
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "change" && action != "revoke") return own_screen::act_on(by, action);
    auto &tokens = by.dms.data().intake_tokens;
    const auto id = number_of(by.of("token"));
    const auto all = tokens.all();
    const auto found = std::ranges::find(all, id, &intake_token::id);
    if (found == all.end()) throw failure(dms_not_found, "This token does not exist.");
    const auto written = [&](const char *what, const std::string &detail) {
      by.dms.record({0, by.who.now_us(), by.who.user(), by.who.channel(), what, std::to_string(id), detail});
    };
    if (action == "revoke") {
      tokens.revoke(id);
      written("intake_token.revoke", found->label);
      return by.say("The token is revoked. Whoever still uses it is turned away.");
    }
    const auto label = by.of("label"), source = by.of("source");
    if (label.empty() || label.size() > longest_label) {
      throw field_failure("label", by.say("Please say in a few words what it is for."));
    }
    const auto known = sources_of(by, found->source);
    if (std::ranges::find(known, source) == known.end()) {
      throw field_failure("source", by.say("Please choose from the list."));
    }
    tokens.change(id, source, label);
    written("intake_token.change", source + " " + label);
    return by.say("{1} is saved.", label);
  }

 private:
  static json change_action(const asked &by, const intake_token &token) {
    auto label = required_field("label", "text", by.say("What it is for"));
    label["value"] = token.label;
    label["max_length"] = longest_label;
    auto source = make_field("source", "select", by.say("Source"));
    source["value"] = token.source;
    source["options"] = json::array();
    for (const auto &each : sources_of(by, token.source)) {
      source["options"].push_back(make_option(each, source_name(by, each)));
    }
    return {{"action", "change"},
            {"label", by.say("Change")},
            {"input", {{"token", std::to_string(token.id)}}},
            {"title", by.say("Change the token")},
            {"submit", by.say("Save")},
            {"fields", {std::move(label), std::move(source)}}};
  }

  static json revoke_action(const asked &by, const intake_token &token) {
    return {{"action", "revoke"},
            {"label", by.say("Revoke")},
            {"style", "danger"},
            {"confirm", true},
            {"input", {{"token", std::to_string(token.id)}}},
            {"title", by.say("Revoke the token")},
            {"text", by.say("Whoever sends payloads with it is turned away from now on. This cannot be undone.")}};
  }
};

}  // namespace

std::unique_ptr<dms::screen> tokens_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_tokens>(of, std::move(say), "host.tokens", "host.admin");
}

}  // namespace dms::reference::web
