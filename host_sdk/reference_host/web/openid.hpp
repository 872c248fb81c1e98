// openid.hpp - signing in where the dealership's people sign in already: OpenID Connect, the authorization code flow
// with PKCE (OpenID Connect Core 1.0, section 3.1; RFC 7636).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/core/people/vouched_people.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

struct openid_options {
  std::string issuer{};  ///< "https://login.example.at"; empty: nobody signs in this way
  std::string client{}, secret{};
  std::string name{"OpenID Connect"};  ///< as people call it
  std::string scopes{"openid profile email"};
  std::string roles_claim{"roles"}, locations_claim{"locations"};
  /// What the provider calls a role → ours, and no other counts; empty: both call them the same.
  std::map<std::string, std::string, std::less<>> roles{};
  bool operator==(const openid_options &) const = default;
};

/// What the browser keeps while its person is at the provider.
struct openid_trip {
  std::string state, nonce, verifier;  ///< random
  std::string next;                    ///< the path to go on to
};
std::string kept_text_of(const openid_trip &trip);
/// Nothing where the text is none of ours.
std::optional<openid_trip> trip_in(std::string_view kept);

/// [any] Speaks to the provider over https only (http on loopback), without following it elsewhere; what it cannot do
/// in ten seconds is failure(dms_unavailable), what it says that must not be, failure(dms_refused), each with the
/// sentence.
class openid {
 public:
  /// Throws failure(dms_invalid) for options that are none.
  explicit openid(openid_options how);
  const openid_options &how() const noexcept { return how_; }
  static openid_trip new_trip(std::string next);
  /// Where the browser is sent; `back`: the address that it comes back to.
  std::string address(const openid_trip &trip, const std::string &back);
  /// For whom the provider vouches with this code.
  vouched_person person(const std::string &code, const openid_trip &trip, const std::string &back, std::int64_t now_us);

 private:
  struct endpoints {
    std::string authorization, token, person;  ///< the last one may be missing
  };
  endpoints places();

  openid_options how_;
  std::mutex mutex_;
  std::optional<endpoints> places_;
};

/// The claims of an ID token that came from the provider itself, over TLS: which stands for its signature (section
/// 3.1.3.7, 6). Throws failure(dms_refused) where issuer, audience, times or nonce are not as they must be. Pure.
json claims_in(std::string_view id_token, const openid_options &how, std::string_view nonce, std::int64_t now_us);
/// What the claims say of a person. Throws failure(dms_refused) where they name nobody. Pure.
vouched_person person_in(const json &claims, const openid_options &how);

}  // namespace dms::reference::web
