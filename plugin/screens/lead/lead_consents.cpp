// Which channel a person allowed, as the message says it, on the lead's page.
#include <algorithm>

#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {

namespace {

json consent_state(const request &by, const consent *one) {
  if (one != nullptr && one->given) {
    return *one->given ? cell_value(by.say("given"), "yes", {{"icon", "check"}, {"tone", "good"}})
                       : cell_value(by.say("not given"), "no", {{"icon", "cross"}});
  }
  // A word that nobody knows is no consent, and is shown.
  if (one != nullptr && !one->word.empty()) return cell_value(by.say("unclear"), "unclear", {{"icon", "cross"}});
  return cell_value(by.say("not asked"), "", {{"icon", "dash"}});
}

json consent_wording(const request &by, const consent *one) {
  if (one == nullptr || (one->text.empty() && one->word.empty())) return no_cell();
  if (one->text.empty()) return cell(by.say("“{1}”", one->word));
  return cell(by.say("“{1}”", one->text + (one->word.empty() ? "" : " – " + one->word)));
}

/// A refusal first: it must not hide behind a consent.
std::vector<const consent *> consents_for(const lead_content &content, std::string_view channel) {
  std::vector<const consent *> found;
  for (const auto &one : content.consents) {
    if (one.channel == channel) found.push_back(&one);
  }
  std::stable_partition(found.begin(), found.end(), [](const consent *one) { return one->given == false; });
  return found;
}

}  // namespace

json consent_block(const lead_view &view) {
  const auto &by = view.by;
  struct row {
    std::string_view channel, label;
  };
  static constexpr row channels[] = {{"phone", "Phone"}, {"email", "E-mail"}, {"sms", "SMS"}, {"post", "Post"}};
  auto block = table("consents", by.say("Consents"),
                     json::array({column("channel", by.say("Channel")), column("state", by.say("Status")),
                                  column("text", by.say("Wording"))}));
  block["layout"] = "plain";
  time_us at = 0;
  const auto add_row = [&](const std::string &id, std::string label, const consent *one) {
    block["rows"].push_back(
        {{"id", id},
         {"cells",
          {{"channel", std::move(label)}, {"state", consent_state(by, one)}, {"text", consent_wording(by, one)}}}});
    if (one != nullptr) at = std::max(at, one->at);
  };
  const auto &all = view.item.content.consents;
  for (const auto &row : channels) {
    const auto found = consents_for(view.item.content, row.channel);
    if (found.empty()) add_row(std::string(row.channel), by.say(row.label), nullptr);
    for (std::size_t index = 0; index < found.size(); ++index) {
      const auto id = std::string(row.channel) + (index == 0 ? "" : "_" + std::to_string(index + 1));
      add_row(id, by.say(row.label), found[index]);
    }
  }
  int others = 0;
  for (const auto &item : all) {
    const bool listed = std::any_of(std::begin(channels), std::end(channels),
                                    [&](const auto &row_) { return row_.channel == item.channel; });
    if (!listed) add_row("other_" + std::to_string(++others), item.channel, &item);
  }
  if (at != 0) block["note"] = by.say("as of the message, {1}", view.write.date(at) + ", " + view.write.time(at));
  return block;
}

}  // namespace lead_system::screens
