// answer.cpp - an answer by e-mail: choose a text, see it filled in, change it, send it.
#include <algorithm>

#include "dms/cpp/json.hpp"
#include "dms/cpp/mail_text.hpp"
#include "lead/receipt.hpp"
#include "processing/contact_times.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view answer_id = "leads.answer";

/// The lead that the address names, as far as the reader may write to the person; throws with the sentence.
lead answerable_lead(const request &by, const parameters &sent) {
  const auto id = sent.integer("id");
  auto item = id ? by.with.store.find(*id, by.sees()) : std::nullopt;
  if (!item) throw dms::failure(dms_not_found, by.say("This lead does not exist."));
  return *std::move(item);
}

/// Why the person is not written to; nothing: he may be.
std::optional<message> no_answer_because(const request &by, const lead &item) {
  if (by.with.answers == nullptr || !by.with.answers->texts.sends()) {
    return message{"This DMS sends no e-mails to prospects. Reach the person in another way.", {}};
  }
  if (is_terminal(item.state)) return message{"The lead has ended. Open it again to answer.", {}};
  if (!item.content.allows("email")) {
    return message{"The person has refused e-mails. Choose another way to reach him.", {}};
  }
  if (item.content.prospect.email.empty()) {
    return message{"The lead has no e-mail address. Correct the data, or choose another way.", {}};
  }
  if (!dms::is_mail_address(item.content.prospect.email)) return no_mail_address();
  return std::nullopt;
}

json text_tabs(const request &by, const lead &item, const std::vector<store::answer_template> &all,
               const std::string &chosen) {
  json items = json::array();
  const auto id = std::to_string(item.id);
  const auto add = [&](const std::string &name, std::string label) {
    auto link = link_to(label, answer_id, {{"id", id}, {"template", name}});
    items.push_back(tab(name, std::move(label), name == chosen, std::move(link)));
  };
  for (const auto &one : all) {
    const bool other = one.language != all.front().language;
    add(std::to_string(one.id), other ? one.title + " (" + by.say.language_name(one.language) + ")" : one.title);
  }
  add("blank", by.say("Without a text"));
  return {{"type", "tabs"}, {"id", "answer_texts"}, {"label", by.say("Text")}, {"items", std::move(items)}};
}

json next_field(const request &by) {
  json options = json::array();
  for (const auto &usual : processing::usual_times)
    options.push_back(option(std::string(usual.key), by.say(usual.title)));
  options.push_back(option("none", by.say("Nothing")));
  auto result = choice("next", by.say("If nothing comes back, look again"), "tomorrow", std::move(options));
  result["hint"] = by.say("It then stands among your contacts.");
  return result;
}

json answer_form(const request &by, const lead &item, const processing::answer_texts::draft &draft,
                 const std::string &chosen) {
  auto send = action("send", by.say("Send"), "primary");
  // The page's record is the lead's id already.
  send["input"] = {{"version", item.version},
                   {"template", chosen},
                   {"language", draft.language},
                   {"address", item.content.prospect.email}};
  auto subject = field("subject", "text", by.say("Subject line"), draft.subject);
  auto text = field("text", "textarea", by.say("Text"), draft.text);
  subject["required"] = text["required"] = true;
  subject["max_length"] = longest_subject;
  text["max_length"] = longest_answer;
  send["fields"] = json::array({std::move(subject), std::move(text), next_field(by)});
  return {{"type", "form"},
          {"id", "answer"},
          {"title", by.say("To {1}, {2}", prospect_name(by, item), item.content.prospect.email)},
          {"action", std::move(send)}};
}

json footer_block(const request &by, const processing::answer_texts::draft &draft) {
  if (draft.footer.empty()) {
    return notice(
        "answer_footer", "bad", by.say("The legal footer is missing."),
        by.say("Without it nothing is sent. An administrator writes it in the lead settings, tab “Answers”."));
  }
  auto block = text_block("answer_footer", "plain", draft.footer);
  block["title"] = by.say("Below it stands");
  return block;
}

struct typed_answer {
  std::string subject, text;
  std::map<std::string, message> problems;

  explicit typed_answer(const parameters &input) : subject(input.one("subject")), text(input.one("text")) {
    std::erase(text, '\r');
    const auto check = [&](const char *name, const std::string &value, std::size_t longest, bool lines) {
      if (auto wrong = typed_problem(value, longest, lines)) problems[name] = std::move(*wrong);
    };
    check("subject", subject, longest_subject, false);
    check("text", text, longest_answer, true);
  }
};

class answer_screen : public dms::screen {
 public:
  explicit answer_screen(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(answer_id); }
  std::string right() const override { return "leads.process"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    const auto item = answerable_lead(by, sent);
    auto result = document(answer_id, by.say("Answer {1}", prospect_name(by, item)));
    result["back"] = lead_link(prospect_name(by, item), item.id);
    result["record"] = std::to_string(item.id);
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "answers"}})});
    auto &blocks = result["blocks"];
    if (const auto why = no_answer_because(by, item)) {
      blocks.push_back(notice("no_answer", "warn", by.say(*why)));
      return text_of(result);
    }
    const auto all = with_.answers->texts.fitting(item);
    auto chosen = sent.one("template");
    if (chosen.empty()) chosen = all.empty() ? "blank" : std::to_string(all.front().id);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &one) { return std::to_string(one.id) == chosen; });
    if (found == all.end() && chosen != "blank") throw dms::failure(dms_not_found, by.say("This text does not exist."));
    const auto draft = found == all.end() ? with_.answers->texts.blank(item, by.user)
                                          : with_.answers->texts.fill(item, *found, by.user);
    blocks.push_back(text_tabs(by, item, all, chosen));
    json left = json::array({answer_form(by, item, draft, chosen)}), right = json::array({footer_block(by, draft)});
    if (!item.content.message.empty()) {
      auto message = text_block("message", "plain", item.content.message);
      message["title"] = by.say("The prospect wrote");
      right.push_back(std::move(message));
    }
    blocks.push_back({{"type", "columns"}, {"columns", json::array({std::move(left), std::move(right)})}});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    if (action_name != "send") return unknown_action(by);
    return send(by, parameters(input));
  }

 private:
  dms::answer send(const request &by, const parameters &input) const {
    const auto item = answerable_lead(by, input);
    const auto version = input.integer("version");
    if (!version) return invalid_input(by, {{"version", {"Send the version of the lead that you saw.", {}}}});
    processing::outcome came;
    came.result = processing::verdict::refused;
    if (auto why = no_answer_because(by, item)) {
      came.text = std::move(*why);
      return answer_of(by, came);
    }
    typed_answer typed(input);
    if (!typed.problems.empty()) return invalid_input(by, std::move(typed.problems));
    processing::answer_texts::draft draft;
    draft.language = input.one("language") == "en" ? "en" : "de";
    draft.subject = typed.subject;
    draft.text = typed.text;
    draft.footer = with_.answers->texts.footer_of(item.location, draft.language);
    if (draft.footer.empty()) {
      came.text = {"The legal footer is missing. An administrator writes it in the lead settings, tab “Answers”.", {}};
      return answer_of(by, came);
    }
    processing::follow_up next;
    next.unless_planned = true;
    next.due = processing::usual_due(input.one("next"), by.now, by.people->calendar_of(item.location)).value_or(0);
    auto letter = with_.answers->texts.letter(item, draft, title_of(input), by.user, false);
    // What was seen is what is written to.
    if (input.sent("address")) letter.address = input.one("address");
    came = by.with.desk.answer(by.actor(), by.who, item.id, *version, letter, next);
    if (came.result != processing::verdict::done) return answer_of(by, came);
    with_.answers->wake();
    by.with.wake_feedback();
    came.text = {"The answer to {1} is on its way.", {prospect_name(by, item)}};
    auto answered = answer_of(by, came);
    auto document = dms::json_or_null(answered.document);
    document["link"] = lead_link(by.say("Back to the lead"), item.id);
    answered.document = text_of(document);
    return answered;
  }

  std::string title_of(const parameters &input) const {
    const auto id = input.integer("template");
    const auto found = id ? with_.answers->settings.rows().find(*id) : std::nullopt;
    return found ? found->title : std::string{};
  }

  const parts &with_;
};

}  // namespace

json answer_action(const lead_view &view) {
  const auto &content = view.item.content;
  const auto *answers = view.by.with.answers;
  if (answers == nullptr || !answers->texts.sends() || !content.allows("email") || content.prospect.email.empty()) {
    return nullptr;
  }
  auto result = action("answer", view.by.say("Write an answer"), "second");
  result["link"] = link_to(view.by.say("Write an answer"), answer_id, {{"id", std::to_string(view.item.id)}});
  return result;
}

std::unique_ptr<dms::screen> make_answer(const parts &with) {
  return std::make_unique<answer_screen>(with);
}

}  // namespace lead_system::screens
