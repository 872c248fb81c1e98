// Screens and their actions, for people and for programs.
#include <set>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {
namespace {

/// The sentence of a reply that has no screen.
std::string sentence_of(const exchange &on, const reply &from) {
  if (from.status == dms_not_found || from.status == dms_unsupported) return on.not_there();
  if (!from.message.empty()) return on.say(from.message);
  if (from.status == dms_unavailable)
    return on.say("The data cannot be reached just now. Please try again in a moment.");
  return on.say("This page cannot be shown just now. The administrator finds the reason in the log.");
}

/// `typed`: what is said in the notice where no form of the page shows again what was entered.
void render_and_send(const exchange &on, int status, const json &document, const json &params, json notice,
                     const attempt *failed, const json &typed = json::array()) {
  bool shown_again = false;
  const auto render = [&] {
    view made(on.page(), own_addresses());
    made.screen = text(document, "id");
    made.params = params;
    made.csrf = on.session->csrf;
    made.failed = failed;
    markup above;
    if (notice.is_object()) above = render_notice(made, notice);
    auto all = render_screen(made, document, above);
    shown_again = made.shown_again;
    return all;
  };
  auto inside = render();
  if (failed != nullptr && !typed.empty() && !shown_again) {
    for (const auto &item : typed) notice["items"].push_back(item);
    inside = render();
  }
  page_facts facts;
  facts.title = text(document, "title");
  facts.with_actions = has(document, "record");
  facts.refresh = text(member(document, "refresh"), "token");
  // A record is marked in the menu as the list that it came from.
  auto back = screen_of(member(document, "back"));
  on.send_page(status, facts, back.empty() ? text(document, "id") : back, inside);
}

struct loaded {
  reply from;
  json document;
};

loaded load(const exchange &on, const std::string &screen, const json &params) {
  auto call = on.call(on.wants_json() ? "http" : "web");
  loaded got{on.in.dms.load_screen(*call, screen, params.dump()), nullptr};
  if (got.from.status != dms_ok) return got;
  got.document = document_in(got.from.document);
  if (!got.document.is_object()) {
    got.from.status = dms_failed;
    got.from.message.clear();
  }
  return got;
}

/// The versions of all rows are in the form; those of the rows that were ticked go along. No page has more rows than
/// `most_rows`, so more were never ticked: then the action hears of too many leads and of no version.
void keep_versions_of_ticked(json &input) {
  constexpr std::size_t most_rows = 500;
  auto as_list = [](json &&value) { return value.is_array() ? std::move(value) : json::array({std::move(value)}); };
  input["leads"] = as_list(std::move(input["leads"]));
  std::set<std::string, std::less<>> ticked;
  if (input["leads"].size() <= most_rows) {
    for (const auto &lead : input["leads"]) ticked.insert(text_of(lead));
  }
  json kept = json::array();
  for (const auto &version : as_list(std::move(input["versions"]))) {
    auto said = text_of(version);
    if (ticked.contains(std::string_view(said).substr(0, said.rfind(':')))) kept.push_back(std::move(said));
  }
  input["versions"] = std::move(kept);
}

/// The input of an action from a form: without what is the host's own, and what belongs to other buttons.
json form_input(json form, const std::string &action) {
  auto button = document_in(text(form, "_button"));
  for (const char *own : {"csrf", "_return", "_then", "_button", "_fields", "_dialog"}) form.erase(own);
  json input = json::object();
  for (const auto &[name, value] : form.items()) {
    auto colon = name.find(':');
    if (colon == std::string::npos) {
      input[name] = value;
    } else if (name.substr(0, colon) == action) {
      input[name.substr(colon + 1)] = value;
    }
  }
  if (button.is_object()) {
    input.erase(text(button, "without"));
    if (member(button, "input").is_object()) input.update(button["input"]);
  }
  if (input.contains("versions") && input.contains("leads")) keep_versions_of_ticked(input);
  return input;
}

json notice_of(const json &result, dms_status status) {
  json items = json::array();
  // What the sentence says already is not said again.
  const auto said = text(result, "message");
  for (const auto &change : list(result, "changes")) {
    if (auto what = text(change, "text"); said.find(what) == std::string::npos) items.push_back({{"title", what}});
  }
  std::set<std::string> told{said};
  for (const auto &item : list(result, "items")) {
    if (text(item, "status") == "ok" || !has(item, "message")) continue;
    if (told.insert(text(item, "message")).second) items.push_back({{"title", text(item, "message")}});
  }
  json notice{{"type", "notice"}, {"id", "result"}, {"title", text(result, "message")}};
  notice["tone"] = status != dms_ok ? "bad" : items.empty() ? "good" : "warn";
  if (status == dms_conflict) notice["tone"] = "warn";
  notice["alert"] = status != dms_ok;
  if (!items.empty()) notice["items"] = items;
  if (has(result, "link")) notice["link"] = result["link"];
  if (has(result, "undo")) notice["undo"] = result["undo"];
  return notice;
}

json result_of(const exchange &on, const reply &from) {
  auto result = document_in(from.document);
  if (result.is_object() && has(result, "message")) {
    // A plugin passes on what the host told it.
    if (from.status != dms_ok) result["message"] = on.say(text(result, "message"));
    return result;
  }
  auto message = from.message.empty() ? std::string{} : on.say(from.message);
  if (from.status == dms_not_found) message = on.say("This does not exist, or you have no access to it.");
  if (message.empty()) message = on.say("This did not work. Nothing was changed.");
  return {{"schema", "dms.result/1"}, {"status", result_word(from.status)}, {"message", message}};
}

json parameters_in(const std::string &address) {
  auto question = address.find('?');
  if (question == std::string::npos) return json::object();
  auto query = std::string_view(address).substr(question + 1);
  return parse_form(query.substr(0, query.find('#')));
}

/// Whoever gave a record away may not see it any longer: he is told what happened on the screen as such, where it has
/// one, else on his start page.
bool goes_on_elsewhere(const exchange &on, const std::string &screen, const json &params) {
  if (!on.in.dms.data().sessions.has_told(on.token)) return false;
  const auto plain = own_addresses().screen(screen, nullptr), start = start_address(on);
  if (params.empty() && start.starts_with(plain)) return false;
  on.redirect(params.empty() ? start : plain);
  return true;
}

/// What a page that stands open asks for from time to time.
void send_news(const exchange &on, const std::string &screen, const json &params) {
  const auto from = on.in.dms.load_screen(*on.call("refresh"), screen, params.dump());
  if (from.status != dms_ok) return on.send_json(http_status(from.status), {{"correlation", on.correlation}});
  const auto document = read_json(from.document).value_or(json());
  on.send_json(200, {{"refresh", member(document, "refresh")}});
}

/// The page that the form came from, as it is now, with what happened and what was entered.
void show_again(const exchange &on, const entered_form &form, const json &result, dms_status status) {
  auto params = parameters_in(form.came_from);
  const bool conflict = status == dms_conflict;
  const auto &fields = member(result, "fields");
  // A sentence at its field says more than the one for all of them.
  attempt failed{form.action, form.input, {}};
  if (!fields.is_object() || fields.empty()) failed.errors[""] = text(result, "message");
  if (conflict) failed = form.again(text(result, "message"));
  failed.conflict = conflict;
  failed.dialog = form.dialog;
  if (fields.is_object()) {
    for (const auto &[name, sentence] : fields.items()) failed.errors[name] = text_of(sentence);
  }
  auto got = load(on, form.screen, params);
  if (got.from.status != dms_ok) return on.refuse(http_status(status), text(result, "message"));
  // Sentences of fields that no form shows again must not be lost.
  auto notice = notice_of(result, status);
  if (conflict) notice["link"] = {{"label", on.say("Reload")}, {"screen", form.screen}, {"params", params}};
  if (fields.is_object() && !notice.contains("items")) {
    json items = json::array();
    for (const auto &[name, sentence] : fields.items()) {
      if (!form.shows(name)) items.push_back({{"title", text_of(sentence)}});
    }
    // The only one is said in place of the words that lead to it.
    if (items.size() == 1 && fields.size() == 1) {
      notice["title"] = items.front()["title"];
    } else if (!items.empty()) {
      notice["items"] = items;
    }
  }
  // After a conflict the dialog asks again, on the record as it is now.
  render_and_send(on, http_status(status), got.document, params, notice, &failed, conflict ? form.typed() : json());
}

/// The page that the form came from, after its person has signed in again.
void show_kept(const exchange &on, int status, const entered_form &form, const json &document, const json &params) {
  const auto sentence = on.say("Your session had ended. What you entered is not saved yet: check it and save it.");
  auto failed = form.again(sentence);
  json notice{{"type", "notice"}, {"id", "result"}, {"tone", "warn"}, {"alert", true}, {"title", sentence}};
  const auto version = text(form.input, "version");
  failed.conflict = !version.empty() && has(document, "version") && text(document, "version") != version;
  if (failed.conflict) notice["items"] = json::array({{{"title", on.say("The record has been changed meanwhile.")}}});
  render_and_send(on, status, document, params, std::move(notice), &failed, form.typed());
}

/// A page of this person's earlier session: he has signed in anew in another window.
bool is_of_earlier_session(const exchange &on, const std::string &csrf) {
  if (csrf.empty() || same_secret(csrf, on.session->csrf)) return false;
  const auto earlier = on.in.dms.data().sessions.with_csrf(csrf, on.in.dms.clock().now_us());
  return earlier && earlier->user == on.person->id;
}

void show_of_earlier_session(const exchange &on, const entered_form &form) {
  auto params = parameters_in(form.came_from);
  auto got = load(on, form.screen, params);
  if (got.from.status != dms_ok) return on.refuse(http_status(got.from.status), sentence_of(on, got.from));
  show_kept(on, 403, form, got.document, params);
}

}  // namespace

entered_form form_of(const std::string &screen, const std::string &action, const json &form) {
  entered_form result{screen, action, local_path(text(form, "_return"), own_addresses().screen(screen, nullptr)),
                      form_input(form, action), json::array()};
  auto fields = document_in(text(form, "_fields"));
  if (fields.is_array()) result.fields = std::move(fields);
  result.dialog = text(form, "_dialog");
  if (has(form, "_then")) result.goes_to = local_path(text(form, "_then"), result.came_from);
  return result;
}

void show_menu(const exchange &on) {
  auto menu = on.in.dms.menu(*on.call());
  if (on.wants_json()) {
    json entries = json::array();
    for (const auto &item : menu) {
      entries.push_back({{"path", item.path}, {"menu", item.group}, {"label", item.label}, {"screen", item.screen}});
    }
    return on.send_json(200, {{"schema", "dms.menu/1"}, {"user", on.person->id}, {"entries", entries}});
  }
  markup items;
  for (const auto &item : menu) {
    values filled;
    filled.text("href", own_addresses().screen(item.screen, nullptr)).text("label", item.label);
    items += on.page().render("menu_item", filled);
  }
  page_facts facts;
  facts.title = on.say("Menu");
  auto head = on.page().render("title", std::move(values().text("title", facts.title)));
  head += on.page().render("menu_page", std::move(values().put("items", items)));
  on.send_page(200, facts, "", head);
}

namespace {

/// What an action came to, for the next page of the session, once: another host may send it.
void keep_notice(const exchange &on, const json &notice) {
  try {
    on.in.dms.data().sessions.tell(on.token, notice.dump());
  } catch (const failure &) {
    // The action is done; that nobody says so is the lesser evil.
  }
}

/// The form of this person and screen that waits under that id, once.
std::optional<entered_form> kept_form_of(const exchange &on, const std::string &id, const std::string &screen) {
  auto &forms = on.in.dms.data().kept_forms;
  const auto kept = forms.find(id, on.person->id, on.in.dms.clock().now_us());
  auto form = kept ? form_from(*kept) : std::nullopt;
  if (!form || form->screen != screen) return std::nullopt;
  try {
    forms.drop(id);
  } catch (const failure &) {
    // Shown once more than it should, as on a full disk: better than lost.
  }
  return form;
}

json notice_kept(const exchange &on) {
  const auto kept = on.in.dms.data().sessions.take_told(on.token);
  return kept.empty() ? json() : json::parse(kept, nullptr, false);
}

}  // namespace

namespace {

/// Whoever opens what a notification tells of has read it, by whatever way he came.
void see_notifications(const exchange &on, const std::string &screen) {
  const auto leads_here = [&](const std::string &kept) {
    const auto link = document_in(kept);
    if (text(link, "screen") != screen) return false;
    const auto &wanted = member(link, "params");
    if (!wanted.is_object()) return true;
    return std::ranges::all_of(wanted.items(), [&](const auto &one) {
      return text_of(member(on.params, one.key().c_str())) == text_of(one.value());
    });
  };
  try {
    on.in.dms.data().notifications.mark_seen(on.person->id, on.in.dms.clock().now_us(), leads_here);
  } catch (const failure &) {
    // The page is there; that the bell still counts it is the lesser evil.
  }
}

}  // namespace

void show_screen(const exchange &on, const std::string &screen) {
  const auto &params = on.params;
  if (on.request.field("X-Refresh") == "1") return send_news(on, screen, params);
  if (on.wants_json()) {
    auto from = on.in.dms.load_screen(*on.call("http"), screen, params.dump());
    if (from.status == dms_ok) return on.send(200, std::move(from.document), "application/json; charset=utf-8");
    return on.send_problem(http_status(from.status), sentence_of(on, from));
  }
  auto got = load(on, screen, params);
  if (got.from.status == dms_not_found && goes_on_elsewhere(on, screen, params)) return;
  if (got.from.status != dms_ok) return on.refuse(http_status(got.from.status), sentence_of(on, got.from));
  see_notifications(on, screen);
  if (const auto id = on.cookie(kept_cookie); !id.empty()) {
    if (const auto kept = kept_form_of(on, id, screen)) {
      on.set_cookie(kept_cookie, "", 0);
      return show_kept(on, 200, *kept, got.document, params);
    }
  }
  render_and_send(on, 200, got.document, params, notice_kept(on), nullptr);
}

namespace {

/// The name of the screen's search field; empty where it has none.
std::string search_field_of(const json &document) {
  for (const auto &block : list(document, "blocks")) {
    if (text(block, "type") != "filters") continue;
    for (const auto &field : list(block, "fields")) {
      if (text(field, "kind") == "search") return text(field, "name");
    }
  }
  return {};
}

}  // namespace

void search_everywhere(const exchange &on) {
  const auto wanted = text(on.params, "q");
  for (const auto &entry : on.in.dms.menu(*on.call())) {
    // Nobody is shown what stands there: no read of it is written down.
    const auto got = on.in.dms.load_screen(*on.call("refresh"), entry.screen, "{}");
    if (got.status != dms_ok) continue;
    if (const auto field = search_field_of(document_in(got.document)); !field.empty()) {
      return on.redirect(own_addresses().screen(entry.screen, wanted.empty() ? json() : json{{field, wanted}}));
    }
  }
  on.refuse(404, on.say("There is nothing here that you could search."));
}

void do_action(const exchange &on, const std::string &screen, const std::string &action, const std::string &body) {
  bool program = on.request.field("Content-Type").starts_with("application/json");
  json form, input;
  entered_form entered{screen, action, {}, {}, {}};
  if (program) {
    input = body.empty() ? json::object() : document_in(body);
    if (!has_token(on, std::string(on.request.field("X-CSRF-Token")))) return;
    if (!input.is_object()) return on.refuse(422, on.say("The body is not a JSON object."));
  } else {
    form = parse_form(body);
    const std::string header(on.request.field("X-CSRF-Token"));
    entered = form_of(screen, action, form);
    if (is_of_earlier_session(on, text(form, "csrf"))) return show_of_earlier_session(on, entered);
    if (!has_token(on, header.empty() ? text(form, "csrf") : header)) return;
    input = entered.input;
  }
  auto call = on.call(on.wants_json() ? "http" : "web", std::string(on.request.field("Idempotency-Key")));
  auto from = on.in.dms.act(*call, screen, action, input.dump());
  auto result = result_of(on, from);
  if (from.status == dms_unavailable) on.response.set("Retry-After", "5");
  if (program || on.wants_json()) return on.send_json(http_status(from.status), result);
  if (from.status != dms_ok) return show_again(on, entered, result, from.status);
  if (has(result, "screen")) {
    // An answer that nobody keeps: neither the session nor the browser's history of addresses.
    return render_and_send(on, 200, result["screen"], parameters_in(entered.came_from), notice_of(result, dms_ok),
                           nullptr);
  }
  keep_notice(on, notice_of(result, dms_ok));
  on.redirect(entered.goes_to.empty() ? entered.came_from : entered.goes_to);
}

}  // namespace dms::reference::web
