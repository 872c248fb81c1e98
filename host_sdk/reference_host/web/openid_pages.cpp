// To the sign-in service of the dealership and back.
#include <spdlog/spdlog.h>

#include "reference_host/web/handlers.hpp"
#include "reference_host/web/openid.hpp"

namespace dms::reference::web {
namespace {

constexpr const char *trip_cookie = "dms_openid";
constexpr long longest_trip_s = 600;

std::string back_address(const exchange &on) {
  return (on.request.secure ? "https://" : "http://") + on.request.host + "/login/openid/back";
}

void refuse_trip(const exchange &on, dms_status status, const std::string &sentence) {
  if (status == dms_unavailable) on.response.set("Retry-After", "10");
  send_login_page(on, status == dms_unavailable ? 503 : 403, {on.say(sentence)});
}

}  // namespace

void begin_openid(const exchange &on) {
  const auto provider = on.in.provider.load();
  if (!provider) return on.refuse(404, on.say("This page does not exist, or you have no access to it."));
  try {
    const auto trip = openid::new_trip(local_path(text(on.params, "next"), "/"));
    const auto address = provider->address(trip, back_address(on));
    on.set_cookie(trip_cookie, kept_text_of(trip), longest_trip_s);
    on.redirect(address);
  } catch (const failure &reason) {
    refuse_trip(on, reason.status(), reason.what());
  }
}

void end_openid(const exchange &on) {
  const auto provider = on.in.provider.load();
  if (!provider) return on.refuse(404, on.say("This page does not exist, or you have no access to it."));
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
  try {
    const auto now = on.in.dms.clock().now_us();
    const auto who = provider->person(code, *trip, back_address(on), now);
    const auto user = on.in.dms.take_vouched(*on.call(), who);
    const auto opened = on.in.dms.data().sign_in.vouched(user, "web " + on.request.address, now, provider->how().name);
    go_on_signed_in(on, opened, local_path(trip->next, "/"));
  } catch (const failure &reason) {
    const auto &service = provider->how().name;
    if (reason.status() == dms_unavailable) {
      on.in.dms.log().warn("{} does not answer: {}", service, reason.what());
    } else {
      on.in.dms.record({0, on.in.dms.clock().now_us(), {}, "web " + on.request.address, "sign_in.failed", service, {}});
    }
    refuse_trip(on, reason.status(), reason.what());
  }
}

}  // namespace dms::reference::web
