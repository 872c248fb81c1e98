// handlers.hpp - what each address does. A handler takes one exchange; whoever calls it turns exceptions into answers.
#pragma once

#include "reference_host/web/exchange.hpp"

namespace dms::reference::web {

constexpr std::size_t intake_limit = std::size_t{32} << 20;  ///< bytes of a payload, unpacked

// Signing in and out.
/// Names the form that waits (core/people/kept_forms.hpp) for the person of an ended session.
constexpr const char *kept_cookie = "dms_kept";
/// Whoever has no session (any more) is asked to sign in and comes back to where he was. `form`: the body of a POST,
/// which is kept for him where it came with his ended session.
void ask_to_sign_in(const exchange &on, const std::string &form);
void show_login(const exchange &on);
/// To the sign-in service of the dealership, and back from it.
void begin_openid(const exchange &on);
void end_openid(const exchange &on);
struct login_page {
  std::string problem{}, user{}, next{"/"};
  std::string chosen{};  ///< the language that was asked for on this page; empty where it is a guess
  std::string why{};     ///< why somebody is asked to sign in
};
void send_login_page(const exchange &on, int status, const login_page &what);
/// The cookies of the session, and on to `next`.
void go_on_signed_in(const exchange &on, const sign_in_result &opened, const std::string &next);
void sign_in(const exchange &on, const std::string &body);
void sign_out(const exchange &on);
void choose_locale(const exchange &on, const json &form);
/// Whether the request carries the session's token; answers 403 if not.
bool has_token(const exchange &on, const std::string &sent);
/// Where the user's day begins: "Heute", else the Lead-Übersicht, else the first entry of the menu; for who only
/// administers the first entry of the administration.
std::string start_address(const exchange &on);

// Screens.
/// A form as the browser sends it for an action.
entered_form form_of(const std::string &screen, const std::string &action, const json &form);
void show_menu(const exchange &on);
void show_screen(const exchange &on, const std::string &screen);
/// The search in the bar: leads to the first screen of the user's menu that has a search field, with `q` in it.
void search_everywhere(const exchange &on);
void do_action(const exchange &on, const std::string &screen, const std::string &action, const std::string &body);
/// `contact` of the query as an iCalendar file.
void send_calendar_file(const exchange &on);
/// One customer, for the address book of a telephone.
void send_contact_card(const exchange &on);
/// All open contacts of the user whose key it is: what a calendar program subscribes to.
void send_calendar(const exchange &on, std::string_view key);
void export_screen(const exchange &on, const std::string &screen, const std::string &format);

// Programs.
/// Whether it can serve: what a load balancer asks.
void show_health(const exchange &on);
/// Whether the process answers at all: what a supervisor asks.
void show_live(const exchange &on);
/// The numbers, for who has their token.
void show_metrics(const exchange &on);
/// Refuses a payload by its head: its token, its source, what kind it is. False when it did.
bool admit_payload(const exchange &on, const std::string &source);
void take_in(const exchange &on, const std::string &source);
/// How programs speak to this host: OpenAPI.
void send_description(const exchange &on);
void send_asset(const exchange &on, const std::string &name);

}  // namespace dms::reference::web
