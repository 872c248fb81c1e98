// To the sign-in service of the dealership and back.
#include <spdlog/spdlog.h>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/openid.hpp"
#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {
namespace {

constexpr const char *trip_cookie = "dms_openid";
constexpr long longest_trip_s = 600;

std::string back_address(const exchange &on) {
  return (on.request.secure ? "https://" : "http://") + on.request.host + "/login/openid/back";
}

void refuse_trip(const exchange &on, dms_status status, const std::string &sentence, const std::string &next = "/") {
  if (status == dms_unavailable) on.response.set("Retry-After", "10");
  send_login_page(on, status == dms_unavailable ? 503 : 403, {.problem = on.say(sentence), .next = next});
}

/// A cookie has four kilobytes, and browsers forget a larger one without a word.
std::string kept_path(const std::string &path) {
  constexpr std::size_t longest = 2000;
  return path.size() <= longest ? path : "/";
}

}  // namespace

void begin_openid(const exchange &on) {
  const auto provider = on.in.provider.load();
  if (!provider) return on.refuse_as_not_there();
  try {
    const auto trip = openid::new_trip(kept_path(local_path(text(on.params, "next"), "/")));
    const auto address = provider->address(trip, back_address(on));
    on.set_cookie(trip_cookie, kept_text_of(trip), longest_trip_s);
    on.redirect(address);
  } catch (const failure &reason) {
    refuse_trip(on, reason.status(), reason.what());
  }
}

void end_openid(const exchange &on) {
  const auto provider = on.in.provider.load();
  if (!provider) return on.refuse_as_not_there();
  const auto trip = trip_in(on.cookie(trip_cookie));
  on.set_cookie(trip_cookie, "", 0);
  const auto code = text(on.params, "code");
  // Only the browser that set out comes back; another's answer would sign somebody in as another.
  if (!trip || !same_secret(text(on.params, "state"), trip->state)) {
    return refuse_trip(on, dms_refused,
                       "The way back from the sign-in service is not the one you set out on. Please try again.");
  }
  if (code.empty()) {
    return refuse_trip(on, dms_refused, "The sign-in service did not sign you in. Please try again.");
  }
  const auto now = on.in.dms.clock().now_us();
  const auto next = local_path(trip->next, "/");
  const auto channel = "web " + on.request.address;
  auto &door = on.in.dms.data().sign_in;
  // Whoever tries codes has no more tries than whoever tries passwords.
  const auto origin = "web " + address_group(on.request.address);
  if (const auto pause_s = door.locked_for(origin, now); pause_s > 0) {
    on.response.set("Retry-After", std::to_string(pause_s));
    return send_login_page(on, 429,
                           {.problem = on.page().say("Too many attempts. Please try again in {1} minutes.",
                                                     std::to_string((pause_s + 59) / 60)),
                            .next = next});
  }
  try {
    const auto who = provider->person(code, *trip, back_address(on), now);
    const auto user = on.in.dms.take_vouched(who, channel, on.locale);
    go_on_signed_in(on, door.vouched(user, channel, now, provider->how().name), next);
  } catch (const failure &reason) {
    if (reason.status() == dms_unavailable) {
      on.in.dms.log().warn("{} does not answer: {}", provider->how().name, reason.what());
    } else {
      door.note_refused(origin, channel, now, provider->how().name);
    }
    refuse_trip(on, reason.status(), reason.what(), next);
  }
}

}  // namespace dms::reference::web
