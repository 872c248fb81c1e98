// Documents to pages: what the host makes of the screens that the pictures of the design show.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "paths.hpp"
#include "reference_host/web/page.hpp"
#include "reference_host/web/rendered.hpp"

namespace {

using namespace dms::reference::web;
using ::dms::reference::web::json;

json read_json(const std::filesystem::path &file) {
  std::ifstream in(file);
  return json::parse(in);
}

json fixture(const std::string &name) {
  return read_json(std::filesystem::path(paths::data()) / "screens" / (name + ".json"));
}

const words &all_words() {
  static const words said;
  return said;
}

frame_facts frame_of_the_pictures(const std::string &screen) {
  frame_facts frame;
  frame.dealership = "Autohaus Tauernblick";
  frame.user = "leitung";
  frame.user_name = "Sabine Hofer";
  frame.csrf = "token";
  frame.places = {"Wien", "Graz"};
  frame.unread = 7;
  frame.current = screen == "leads.lead" ? "leads.overview" : screen;
  frame.menu = {{"Leads", "Lead-Übersicht", "leads.overview"},
                {"Leads", "myKontakte", "host.contacts"},
                {"Auswertungen", "Lead-Auswertung", "leads.evaluation"},
                {"Administration", "Lead Einstellungen", "leads.settings"},
                {"Administration", "Lead-Importprotokoll", "leads.intake_log"},
                {"Administration", "Lead-Rückmeldungen", "leads.feedback_log"},
                {"Administration", "Umstellung", "leads.cutover"},
                {"Administration", "Plugins", "host.plugins"}};
  return frame;
}

std::string rendered(const json &document, const attempt *failed = nullptr, const std::string &locale = "de-AT") {
  static const templates german(all_words(), "de-AT"), english(all_words(), "en");
  const auto &page = locale == "en" ? english : german;
  view on(page, own_addresses());
  on.screen = text(document, "id");
  on.csrf = "token";
  on.failed = failed;
  auto inside = render_screen(on, document, {});
  page_facts facts;
  facts.title = text(document, "title");
  facts.with_actions = document.contains("record");
  auto html = render_page(page, facts, frame_of_the_pictures(text(document, "id")), inside);
  // For looking at it: WEB_PAGES names a folder.
  if (const char *folder = std::getenv("WEB_PAGES"); folder != nullptr && failed == nullptr && locale == "de-AT") {
    std::ofstream(std::filesystem::path(folder) / (::testing::UnitTest::GetInstance()->current_test_info()->name() +
                                                   std::string("_") + text(document, "id") + ".html"))
        << html;
  }
  return html;
}

bool valid(const json &document, std::string &why) {
  const auto folder = std::filesystem::temp_directory_path() / ("web_render_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "screen.json") << document.dump();
  why = "tests/interface/valid says why";
  const auto command = paths::source() + "/tests/interface/valid " + folder.string();
  const bool holds = std::system(command.c_str()) == 0;
  std::filesystem::remove_all(folder);
  return holds;
}

TEST(web_render, overview) {
  auto document = fixture("overview");
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  auto html = rendered(document);
  EXPECT_NE(html.find("Valentina Moser"), std::string::npos);
}
TEST(web_render, overview_empty) {
  auto html = rendered(fixture("overview_empty"));
  EXPECT_NE(html.find("Keine überfälligen Leads."), std::string::npos);
}
TEST(web_render, lead) {
  auto document = fixture("lead");
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  rendered(document);
}
TEST(web_render, settings) {
  auto document = fixture("settings");
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  rendered(document);
}
TEST(web_render, settings_gap) {
  auto document = fixture("settings_gap");
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  rendered(document);
}

json number_cell(const char *said, int value) {
  return {{"text", said}, {"value", value}, {"linked", true}};
}

/// A table whose cells lead where table, column and row say together, in each of the forms that a table has.
json linked_table(const char *layout) {
  return {{"type", "table"},
          {"id", "funnel"},
          {"layout", layout},
          {"leads_to", {{"screen", "leads.overview"}, {"params", {{"period", "all"}}}}},
          {"columns", json::array({{{"id", "row"}, {"label", "Typ"}},
                                   {{"id", "offers"}, {"label", "Angebot"}, {"params", {{"stage", "offer"}}}}})},
          {"rows", json::array({{{"id", "1"},
                                 {"params", {{"type", "finance"}}},
                                 {"cells", {{"row", "Finanzierung"}, {"offers", number_cell("12", 12)}}}}})},
          {"totals", {{"row", "Gesamt"}, {"offers", number_cell("30", 30)}}}};
}

TEST(web_render, a_number_leads_to_its_leads_in_every_form_of_a_table) {
  for (const char *layout : {"plain", "aligned", "records"}) {
    for (const bool in_panel : {false, true}) {
      // given
      json block = linked_table(layout);
      if (in_panel) block = {{"type", "panels"}, {"id", "tables"}, {"blocks", json::array({block})}};
      const json document{{"schema", "dms.screen/1"}, {"id", "x"}, {"title", "t"}, {"blocks", json::array({block})}};
      std::string why;
      ASSERT_TRUE(valid(document, why)) << why;
      // when
      const auto html = rendered(document);
      // then
      EXPECT_NE(html.find("/screens/leads.overview?period=all&amp;stage=offer&amp;type=finance"), std::string::npos)
          << layout << in_panel;
      const bool has_totals = in_panel || std::string_view(layout) != "records";
      EXPECT_EQ(html.find("\"/screens/leads.overview?period=all&amp;stage=offer\"") != std::string::npos, has_totals)
          << layout << in_panel;
    }
  }
}

std::size_t occurrences(const std::string &text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

json asking(const char *action, const char *id, const char *style, json input = json::object()) {
  json result{{"action", action},
              {"label", id},
              {"id", id},
              {"style", style},
              {"fields", json::array({{{"name", "reason"}, {"kind", "text"}, {"label", "Grund"}}})}};
  if (!input.empty()) result["input"] = std::move(input);
  return result;
}

TEST(web_render, enter_on_a_ticked_box_makes_no_choice) {
  // given: a list whose rows are given to somebody with one press
  json who{{"name", "user"}, {"kind", "radios"}, {"label", "Verkäufer"}, {"press", true}};
  who["options"] = json::array({json{{"value", "anna"}, {"label", "Anna"}}});
  json assign{{"action", "assign"}, {"label", "Zuweisen"}};
  assign["fields"] = json::array({who});
  auto document = fixture("overview");
  for (auto &block : document["blocks"]) {
    if (block.contains("bulk")) block["bulk"]["actions"] = json::array({assign});
  }
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  // when
  const auto html = rendered(document);
  // then: the button that Enter presses, the first of the form, does nothing
  const auto first = html.find("type=\"submit\"", html.find("class=\"bulk active\""));
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(html.substr(first, html.find('>', first) - first).find("disabled"), std::string::npos);
  EXPECT_NE(html.find(">Anna<", first), std::string::npos);
}

TEST(web_render, what_was_refused_is_asked_again_in_one_dialog) {
  // given a record with three buttons of one action, one of which stands in the phone's menu too
  json document{{"schema", "dms.screen/1"},
                {"id", "x"},
                {"title", "t"},
                {"record", "7"},
                {"version", 3},
                {"actions", json::array({asking("contact", "contact", "second"), asking("close", "close", "second"),
                                         asking("close", "won", "rare", {{"reason", "sale"}})})},
                {"blocks", json::array()}};
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  for (const char *dialog : {"close", "won", ""}) {
    // when it comes back
    const attempt failed{"close", {{"reason", "sale"}}, {{"", "Geht nicht."}}, false, dialog};
    const auto html = rendered(document, &failed);
    // then
    EXPECT_EQ(occurrences(html, "class=\"dialog again\""), 1U) << dialog;
    if (*dialog != 0) {
      EXPECT_NE(html.find("class=\"dialog again\" id=\"do-" + std::string(dialog) + "\""), std::string::npos);
    }
  }
  // and: the second button of an action opens the same dialog
  const auto html = rendered(document);
  // One button stands there, one is in the phone's menu, the third is the dialog's "Cancel".
  EXPECT_EQ(occurrences(html, "popovertarget=\"do-close\""), 3U);
  EXPECT_EQ(occurrences(html, "id=\"do-close\""), 1U);
  EXPECT_EQ(html.find("do-close-more"), std::string::npos);
}

/// Every text of a document as a hostile person would write it; words that the schema fixes stay.
json hostile(const json &from, const std::string &key = "") {
  static const std::set<std::string> fixed{"type",  "kind",  "layout", "role", "schema", "tone",  "icon",
                                           "badge", "style", "weight", "at",   "format", "sorted"};
  if (from.is_object()) {
    json changed = json::object();
    for (const auto &[name, value] : from.items()) changed[name] = hostile(value, name);
    return changed;
  }
  if (from.is_array()) {
    json changed = json::array();
    for (const auto &value : from) changed.push_back(hostile(value, key));
    return changed;
  }
  if (!from.is_string() || fixed.contains(key)) return from;
  if (key == "href") return "javascript:alert(1)";
  return R"("'><img src=x onerror=alert(1)>{{x}}</textarea></script>)" + from.get<std::string>();
}

TEST(web_render, nothing_of_a_document_becomes_markup) {
  for (const char *name : {"overview", "overview_empty", "lead", "settings", "settings_gap"}) {
    // given a document in which every text is an attack, and an attempt with one
    auto document = hostile(fixture(name));
    attempt failed{
        document.value("id", ""), hostile(json{{"reason", "x"}}), {{"", "<img src=y>"}, {"reason", "<img src=z>"}}};
    // when it is rendered
    auto html = rendered(document, &failed);
    // then none of it is an element, an attribute or a script
    EXPECT_EQ(html.find("<img"), std::string::npos) << name;
    EXPECT_EQ(html.find("javascript:"), std::string::npos) << name;
    EXPECT_EQ(html.find("</script>{"), std::string::npos) << name;
    EXPECT_EQ(html.find("\"'>"), std::string::npos) << name;
  }
}

json markdown_page(const std::string &text) {
  return {{"schema", "dms.screen/1"},
          {"id", "leads.help"},
          {"title", "Hilfe"},
          {"blocks", json::array({{{"type", "text"},
                                   {"id", "page"},
                                   {"format", "markdown"},
                                   {"text", text},
                                   {"pictures", json::array({{{"source", "../pictures/overview_de.png"},
                                                              {"name", "overview_de"},
                                                              {"width", 1280},
                                                              {"height", 900}}})}}})}};
}

TEST(web_render, a_picture_of_the_document_is_an_image_with_its_size) {
  auto document = markdown_page("Vorher.\n\n![Die \"Liste\" & mehr](../pictures/overview_de.png)\n\nNachher.");
  std::string why;
  ASSERT_TRUE(valid(document, why)) << why;
  const auto html = rendered(document);
  EXPECT_NE(
      html.find(R"(<img src="/screens/leads.help/export.png?name=overview_de" alt="Die &quot;Liste&quot; &amp; mehr" )"
                R"(width="1280" height="900" loading="lazy">)"),
      std::string::npos)
      << html;
  EXPECT_NE(html.find("Vorher."), std::string::npos);
  EXPECT_NE(html.find("Nachher."), std::string::npos);
}

TEST(web_render, an_image_from_elsewhere_is_only_its_words) {
  for (const char *source :
       {"http://example.at/a.png", "https://example.at/a.png", "//example.at/a.png", "javascript:alert(1)",
        "data:image/png;base64,AAAA", "/assets/icon.svg", "../pictures/overview_en.png",
        "../pictures/overview_de.png?x", "../../pictures/overview_de.png", "overview_de", ""}) {
    const auto html = rendered(markdown_page("Vorher ![Die Worte](" + std::string(source) + " \"Titel\") nachher."));
    EXPECT_EQ(html.find("<img"), std::string::npos) << source;
    EXPECT_NE(html.find("Vorher Die Worte nachher."), std::string::npos) << source;
  }
}

TEST(web_render, markup_in_a_text_is_no_image) {
  const auto html = rendered(markdown_page(
      "<img src=\"../pictures/overview_de.png\" alt=\"x\">\n\n`<img src=\"../pictures/overview_de.png\">`"));
  EXPECT_EQ(html.find("<img"), std::string::npos);
}

TEST(web_render, a_link_of_a_text_leads_to_pages_only) {
  for (const char *address :
       {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"}) {
    const auto html = rendered(markdown_page("[Klick](" + std::string(address) + ")"));
    EXPECT_EQ(html.find("<a href=\"" + std::string(address)), std::string::npos) << address;
  }
  for (const char *address :
       {"https://example.at/", "/screens/leads.help?page=lead", "#unten", "mailto:a@example.at"}) {
    const auto html = rendered(markdown_page("[Klick](" + std::string(address) + ")"));
    EXPECT_NE(html.find("<a href=\"" + std::string(address)), std::string::npos) << address;
  }
}

TEST(web_render, documents_of_the_wrong_shape_are_survived) {
  for (
      const char *document :
      {R"({"id":"x","title":"t","blocks":[{"type":"table","columns":7,"rows":{"a":1}},{"type":"unknown"},5,null]})",
       R"({"id":"x","title":[],"blocks":{"type":"facts"},"actions":[1,{"action":2,"fields":"x"}]})",
       R"({"id":"x","title":"t","blocks":[{"type":"columns","columns":[1,[{"type":"timeline","items":[[]]}]]},{"type":"matrix","groups":[{}],"bands":[{"rows":[{"editor":{}}]}]}]})"}) {
    EXPECT_FALSE(rendered(json::parse(document)).empty());
  }
}

TEST(web_render, every_word_of_the_templates_is_translated) {
  for (const auto &[name, bytes] : resources()) {
    if (!name.ends_with(".mustache")) continue;
    for (auto at = bytes.find("[["); at != std::string_view::npos; at = bytes.find("[[", at + 2)) {
      auto sentence = bytes.substr(at + 2, bytes.find("]]", at) - at - 2);
      auto german = all_words().say("de-AT", sentence);
      EXPECT_TRUE(german != sentence || sentence == "Export") << sentence;
    }
  }
}

TEST(web_render, a_large_piece_stands_once_where_its_template_says_and_no_text_names_another) {
  const templates page(all_words(), "en");
  const std::string large(100, 'x'), hostile =
                                         "\x01"
                                         "0\x02";
  // given: a piece that is put in afterwards, in one that is put in afterwards
  const auto inner = page.render("strong", std::move(values().put("inside", markup::of(large))));
  const auto outer = page.render("struck", std::move(values().put("inside", inner)));
  EXPECT_NE(outer.html().find("<b>" + large + "</b>"), std::string::npos) << outer.html();
  // when: HTML that nobody escaped, as a help page's, has the sign of such a piece in it
  const auto shown = page.render("strong", std::move(values().put("inside", dms::render::trusted(hostile))));
  // then: it stays where it is
  EXPECT_EQ(shown.html(), "<b>" + hostile + "</b>");
  EXPECT_EQ(page.render("strong", std::move(values().text("inside", hostile))).html().find('\x01'), std::string::npos);
}

}  // namespace
