// help.cpp - what the newsletter and the video guide said: Markdown pages that travel inside the library.
#include "screens/document.hpp"
#include "screens/embedded.hpp"
#include "screens/parameters.hpp"
#include "screens/results.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view help_id = "leads.help";

struct page_row {
  std::string_view id, title, screen, right;
};
constexpr page_row pages[] = {
    {"first_steps", "First steps", "", ""},
    {"overview", "Lead overview", "leads.overview", ""},
    {"lead", "Working a lead", "leads.overview", ""},
    {"contacts", "myKontakte", "host.contacts", ""},
    {"evaluation", "Lead evaluation", "leads.evaluation", "leads.evaluation"},
    {"settings", "Lead settings", "leads.settings", "leads.settings"},
    {"cutover", "Cutover", "leads.cutover", "leads.settings"},
    {"sources", "Sources", "leads.settings", "leads.settings"},
    {"privacy", "Privacy", "leads.privacy", "leads.privacy"},
    {"administration", "Administration", "host.plugins", "host.admin"},
    {"intake_log", "Lead import log", "leads.intake_log", "leads.intake_log"},
    {"feedback_log", "Lead feedback", "leads.feedback_log", "leads.feedback_log"},
};

class help : public dms::screen {
 public:
  explicit help(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(help_id); }
  std::string right() const override { return "leads.view"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto wanted = sent.one("page");
    if (wanted.empty()) wanted = pages[0].id;
    const page_row *current = nullptr;
    json items = json::array();
    for (const auto &page : pages) {
      if (page.id == wanted) current = &page;
      items.push_back(tab(page.id, by.say(page.title), page.id == wanted,
                          link_to(by.say(page.title), help_id, {{"page", std::string(page.id)}})));
    }
    if (current == nullptr) throw dms::failure(dms_not_found, by.say("This page does not exist."));
    const auto folder = by.say.tag().substr(0, 2);
    const auto content = embedded("help/" + folder + "/" + std::string(current->id) + ".md");
    auto result = document(help_id, by.say("Help"));
    const bool may_open = current->right.empty() || who.may(current->right);
    if (!current->screen.empty() && may_open) {
      result["back"] = link_to(by.say(current->id == "lead" ? "Lead overview" : current->title), current->screen);
    }
    result["blocks"] =
        json::array({{{"type", "tabs"}, {"id", "tabs"}, {"label", by.say("Help pages")}, {"items", std::move(items)}},
                     text_block(current->id, "markdown", std::string(content))});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view, std::string_view) override {
    return unknown_action(request(with_, who));
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_help(const parts &with) {
  return std::make_unique<help>(with);
}

}  // namespace lead_system::screens
