// Signing in and out, and the language.
#include <algorithm>

#include "dms/cpp/encoding.hpp"
#include "reference_host/web/handlers.hpp"
#include "reference_host/web/openid.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {
namespace {

std::pair<int, std::string> refused_sign_in(const exchange &on, const sign_in_result &result) {
  if (result.outcome == sign_in_outcome::locked) {
    return {429, on.page().say("Too many wrong passwords. Please try again in {1} minutes.",
                               std::to_string((result.retry_after_s + 59) / 60))};
  }
  if (result.outcome == sign_in_outcome::busy) {
    return {503, on.say("Too many people sign in at this moment. Please try again in a few seconds.")};
  }
  return {401, on.say("User name or password is wrong. Please try again.")};
}

json credentials(const exchange &on, const std::string &body) {
  if (!on.request.field("Content-Type").starts_with("application/json")) return parse_form(body);
  return document_in(body);
}

}  // namespace

void send_login_page(const exchange &on, int status, const login_page &what) {
  auto in_language = [&](const char *locale) { return query_of({{"lang", locale}, {"next", what.next}}); };
  values filled;
  filled.text("dealership", on.in.dms.name())
      .text("problem", what.problem)
      .text("why", what.why)
      .text("user", what.user)
      .text("next", what.next);
  filled.text("chosen", what.chosen)
      .text("de", in_language("de-AT"))
      .text("en", in_language("en"))
      .flag("is_de", on.locale.starts_with("de"));
  if (const auto provider = on.in.provider.load()) {
    filled.text("provider", on.page().say("Sign in with {1}", provider->how().name))
        .text("provider_query", query_of({{"next", what.next}}));
  }
  page_facts facts;
  facts.title = on.say("Sign in");
  facts.stamp = on.in.stamp;
  on.send(status, render_page(on.page(), facts, std::nullopt, on.page().render("login", filled)),
          "text/html; charset=utf-8");
}

void go_on_signed_in(const exchange &on, const sign_in_result &opened, const std::string &next) {
  on.set_cookie("dms_session", opened.token, (sessions::longest_us + sessions::remembered_us) / 1'000'000);
  on.set_cookie(known_browsers::cookie_of(opened.user), opened.browser, known_browsers::longest_us / 1'000'000);
  if (on.wants_json()) return on.send_json(200, {{"user", opened.user}, {"csrf", opened.csrf}});
  // The page of somebody else is not where this person goes on.
  const auto owner = on.in.dms.data().kept_forms.owner(on.cookie(kept_cookie), on.in.dms.clock().now_us());
  on.redirect(owner.empty() || owner == opened.user ? next : "/");
}

std::string start_address(const exchange &on) {
  auto menu = on.in.dms.menu(*on.call());
  std::string first = "host.notifications";
  if (!menu.empty()) first = menu.front().screen;
  // Whoever works leads begins with his day, others with all that there is. Who only administers has no leads: he
  // begins where there is something to do for him.
  const bool administers = on.person->roles == std::vector<std::string>{"admin"};
  const auto begins_with = [&](const auto &wanted) {
    const auto found = std::ranges::find_if(menu, wanted);
    if (found != menu.end()) first = found->screen;
  };
  if (administers) {
    begins_with([](const auto &item) { return item.path == DMS_MENU_ADMINISTRATION; });
  } else {
    for (const auto *start : {"leads.overview", "leads.today"}) {
      begins_with([&](const auto &item) { return item.screen == start; });
    }
  }
  // Without a tab the overview is everything; the day begins with what is open.
  return own_addresses().screen(first, first == "leads.overview" ? json{{"tab", "open"}} : json());
}

namespace {

/// The form of a page whose session has ended, for its person to find it again. Only from our own page: nobody else
/// knows its token. False where it is not to be kept.
bool keep_form(const exchange &on, const std::string &body) {
  constexpr std::string_view screens = "/screens/", actions = "/actions/";
  const std::string_view path = on.request.path;
  const auto at = path.find(actions);
  if (body.empty() || !path.starts_with(screens) || at == std::string_view::npos) return false;
  const auto now = on.in.dms.clock().now_us();
  const auto sent = parse_form(body);
  const auto ended = on.in.dms.data().sessions.with_csrf(text(sent, "csrf"), now);
  if (!ended) return false;
  auto form = form_of(std::string(path.substr(screens.size(), at - screens.size())),
                      std::string(path.substr(at + actions.size())), sent);
  const auto next = form.came_from;
  const auto id = on.in.dms.data().kept_forms.keep(ended->user, kept_text_of(form), now);
  if (id.empty()) return false;
  on.set_cookie(kept_cookie, id, kept_forms::longest_us / 1'000'000);
  on.redirect("/login?next=" + percent_encoded(next));
  return true;
}

/// Why the person is asked to sign in; empty where that needs no word.
std::string why_again(const exchange &on) {
  const auto now = on.in.dms.clock().now_us();
  if (!on.in.dms.data().kept_forms.owner(on.cookie(kept_cookie), now).empty()) {
    return on.say("Your session has ended. Sign in again: what you entered is kept for you.");
  }
  return on.in.dms.data().sessions.ended(on.token, now) ? on.say("Your session has ended. Please sign in again.")
                                                        : std::string{};
}

}  // namespace

void ask_to_sign_in(const exchange &on, const std::string &form) {
  if (on.wants_json()) return on.send_problem(401, on.say("Please sign in."));
  const bool reading = on.request.method == "GET" || on.request.method == "HEAD";
  if (!reading && keep_form(on, form)) return;
  on.redirect("/login?next=" + percent_encoded(reading ? on.address() : "/"));
}

void show_login(const exchange &on) {
  if (on.signed_in()) return on.redirect("/");
  const bool chosen = has(on.params, "lang");
  if (chosen) on.set_cookie("dms_locale", on.locale, 365L * 86'400);
  send_login_page(
      on, 200, {{}, {}, local_path(text(on.params, "next"), "/"), chosen ? on.locale : std::string{}, why_again(on)});
}

void sign_in(const exchange &on, const std::string &body) {
  auto entered = credentials(on, body);
  auto login = text(entered, "user");
  const auto known_cookie = known_browsers::cookie_of(reference::sign_in::login_of(login));
  auto result = on.in.dms.data().sign_in.try_password(
      login, text(entered, "password"), "web " + on.request.address, on.in.dms.clock().now_us(),
      "web " + address_group(on.request.address), on.cookie(known_cookie));
  auto next = local_path(text(entered, "next"), "/");
  auto chosen = has(entered, "lang") ? known_locale(text(entered, "lang")) : std::string{};
  if (result.outcome == sign_in_outcome::signed_in) {
    if (!chosen.empty()) on.in.dms.data().users.set_locale(result.user, chosen);
    return go_on_signed_in(on, result, next);
  }
  const auto [status, sentence] = refused_sign_in(on, result);
  if (result.retry_after_s > 0) on.response.set("Retry-After", std::to_string(result.retry_after_s));
  if (on.wants_json()) return on.send_problem(status, sentence);
  send_login_page(on, status, {.problem = sentence, .user = login, .next = next, .chosen = chosen});
}

void sign_out(const exchange &on) {
  on.in.dms.data().sessions.close(on.token, on.in.dms.clock().now_us());
  on.set_cookie("dms_session", "", 0);
  if (on.wants_json()) return on.send_json(200, {{"signed_out", true}});
  on.redirect("/login");
}

void choose_locale(const exchange &on, const json &form) {
  auto wanted = known_locale(text(form, "locale"));
  on.in.dms.data().users.set_locale(on.person->id, wanted);
  on.set_cookie("dms_locale", wanted, 365L * 86'400);
  if (on.wants_json()) return on.send_json(200, {{"locale", wanted}});
  on.redirect(local_path(text(form, "_return"), "/"));
}

bool has_token(const exchange &on, const std::string &sent) {
  if (on.session && same_secret(sent, on.session->csrf)) return true;
  on.refuse(403, on.say("The request does not come from a page of this session. Reload the page and try again."));
  return false;
}

}  // namespace dms::reference::web
