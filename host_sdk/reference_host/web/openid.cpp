#include "reference_host/web/openid.hpp"

#include <curl/curl.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"
#include "dms/cpp/json.hpp"
#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/people/sign_in.hpp"
#include "reference_host/web/visitor.hpp"

namespace dms::reference::web {
namespace {

constexpr long longest_s = 10, longest_connect_s = 5;
constexpr std::size_t largest_answer = std::size_t{256} << 10;
constexpr int most_at_once = 4;  ///< a provider that hangs takes no more workers than that
constexpr std::int64_t leeway_s = 60;

const char *const unreachable = "The sign-in service cannot be reached just now. Please try again later.";
const char *const strange = "The sign-in service answered what it should not. Ask your administrator.";

[[noreturn]] void refuse(const char *sentence) {
  throw failure(dms_refused, sentence);
}

/// The host of "https://login.example.at:8443/x", with its scheme checked; empty where it is no such address.
std::string host_in(std::string_view url) {
  const bool encrypted = url.starts_with("https://");
  if (!encrypted && !url.starts_with("http://")) return {};
  url.remove_prefix(url.find("//") + 2);
  const auto host = url.substr(0, url.find_first_of("/?#"));
  const auto bare = bare_host(host);
  if (bare.empty() || host.find('@') != std::string_view::npos) return {};
  // Unencrypted only where nobody can listen.
  return encrypted || bare == "localhost" || is_loopback(written_address(bare)) ? bare : std::string{};
}

/// Both write it with and without a slash at its end.
std::string plain_issuer(std::string issuer) {
  while (issuer.ends_with('/')) issuer.pop_back();
  return issuer;
}

struct turn_at_the_provider {
  turn_at_the_provider() {
    if (++inside() > most_at_once) {
      --inside();
      throw failure(dms_unavailable, unreachable);
    }
  }
  turn_at_the_provider(const turn_at_the_provider &) = delete;
  turn_at_the_provider &operator=(const turn_at_the_provider &) = delete;
  ~turn_at_the_provider() { --inside(); }
  static std::atomic<int> &inside() {
    static std::atomic<int> count{0};
    return count;
  }
};

std::size_t take(char *bytes, std::size_t, std::size_t count, void *context) noexcept {
  auto &into = *static_cast<std::string *>(context);
  if (into.size() + count > largest_answer) return 0;
  into.append(bytes, count);
  return count;
}

/// One request; `form` empty: GET. `user` and `password` as HTTP Basic where given, `bearer` as a token.
struct request_to_provider {
  std::string url{}, form{}, user{}, password{}, bearer{};
};

json answer_of(const request_to_provider &what) {
  if (host_in(what.url).empty()) refuse(strange);
  const turn_at_the_provider turn;
  const std::unique_ptr<CURL, void (*)(CURL *)> one(curl_easy_init(), curl_easy_cleanup);
  if (!one) throw failure(dms_unavailable, unreachable);
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(one.get(), option, value); };
  std::string came;
  set(CURLOPT_URL, what.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT, longest_s);
  set(CURLOPT_CONNECTTIMEOUT, longest_connect_s);
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, static_cast<void *>(&came));
  if (!what.form.empty()) set(CURLOPT_POSTFIELDS, what.form.c_str());
  if (!what.user.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, what.user.c_str());
    set(CURLOPT_PASSWORD, what.password.c_str());
  }
  std::unique_ptr<curl_slist, void (*)(curl_slist *)> lines(nullptr, curl_slist_free_all);
  const auto add = [&](const std::string &line) { lines.reset(curl_slist_append(lines.release(), line.c_str())); };
  add("Accept: application/json");
  if (!what.bearer.empty()) add("Authorization: Bearer " + what.bearer);
  set(CURLOPT_HTTPHEADER, lines.get());
  if (curl_easy_perform(one.get()) != CURLE_OK) throw failure(dms_unavailable, unreachable);
  long status = 0;
  curl_easy_getinfo(one.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 500) throw failure(dms_unavailable, unreachable);
  auto document = json_or_null(came);
  if (status != 200 || !document.is_object()) refuse(strange);
  return document;
}

std::string form_text(const std::vector<std::pair<const char *, std::string>> &fields) {
  std::string text;
  for (const auto &[name, value] : fields) {
    text += (text.empty() ? "" : "&") + std::string(name) + '=' + percent_encoded(value);
  }
  return text;
}

/// BASE64URL(SHA256(verifier)), RFC 7636.
std::string challenge_of(const std::string &verifier) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char *>(verifier.data()), verifier.size());
  return base64({reinterpret_cast<const char *>(digest.data()), digest.size()}, base64_alphabet::url);
}

bool names_client(const json &audience, const std::string &client) {
  if (audience.is_string()) return audience == client;
  return audience.is_array() && std::ranges::find(audience, json(client)) != audience.end();
}

std::int64_t seconds_in(const json &claims, const char *name) {
  constexpr double last = 253'402'300'799;  // 9999-12-31
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return 0;
  const auto value = found->get<double>();
  return value >= 0 && value <= last ? static_cast<std::int64_t>(value) : 0;
}

/// A list of texts, or one text with blanks between; nothing where the claim is not there.
std::optional<std::vector<std::string>> list_in(const json &claims, const std::string &name) {
  const auto found = claims.find(name);
  if (found == claims.end()) return std::nullopt;
  std::vector<std::string> all;
  if (found->is_array()) {
    for (const auto &one : *found) {
      if (one.is_string()) all.push_back(one.get<std::string>());
    }
    return all;
  }
  if (!found->is_string()) return std::nullopt;
  const auto text = found->get<std::string>();
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

/// By our names; where an admin said what theirs mean, only those, and none where the service is silent: else who has
/// an "admin" of the service's own, or lost all of his roles there, would have a right that nobody gave him.
std::optional<std::vector<std::string>> roles_in(const json &claims, const openid_options &how) {
  auto said = list_in(claims, how.roles_claim);
  if (how.roles.empty()) return said;
  std::vector<std::string> ours;
  for (const auto &role : said.value_or(std::vector<std::string>{})) {
    if (const auto known = how.roles.find(role); known != how.roles.end()) ours.push_back(known->second);
  }
  return ours;
}

}  // namespace

std::string kept_text_of(const openid_trip &trip) {
  return base64(to_text(json{trip.state, trip.nonce, trip.verifier, trip.next}), base64_alphabet::url);
}

std::optional<openid_trip> trip_in(std::string_view kept) {
  const auto parts = json_or_null(from_base64(kept, base64_alphabet::url).value_or(std::string{}));
  const bool fits = parts.is_array() && parts.size() == 4 &&
                    std::ranges::all_of(parts, [](const json &part) { return part.is_string(); });
  if (!fits || parts[0].get_ref<const std::string &>().empty()) return std::nullopt;
  return openid_trip{parts[0], parts[1], parts[2], parts[3]};
}

openid::openid(openid_options how) : how_(std::move(how)) {
  how_.issuer = plain_issuer(std::move(how_.issuer));
  if (host_in(how_.issuer).empty()) {
    throw failure(dms_invalid, "The sign-in service is written as in https://login.example.at.");
  }
  if (how_.client.empty()) throw failure(dms_invalid, "The sign-in service needs the id that it gave this host.");
  for (const auto &[theirs, ours] : how_.roles) {
    if (std::ranges::find(role_names(), ours) == role_names().end()) {
      throw failure(dms_invalid, "There is no role \"" + ours + "\"; there are admin, manager, office and sales.");
    }
  }
}

openid_trip openid::new_trip(std::string next) {
  return {random_hex(16), random_hex(16), random_hex(32), std::move(next)};
}

openid::endpoints openid::places() {
  {
    const std::lock_guard lock(mutex_);
    if (places_) return *places_;
  }
  const auto said = answer_of({.url = how_.issuer + "/.well-known/openid-configuration"});
  endpoints found{text(said, "authorization_endpoint"), text(said, "token_endpoint"), text(said, "userinfo_endpoint")};
  if (plain_issuer(text(said, "issuer")) != how_.issuer || host_in(found.authorization).empty() ||
      host_in(found.token).empty())
    refuse(strange);
  const std::lock_guard lock(mutex_);
  places_ = found;
  return found;
}

std::string openid::address(const openid_trip &trip, const std::string &back) {
  const auto at = places().authorization;
  return at + (at.find('?') == std::string::npos ? '?' : '&') +
         form_text({{"response_type", "code"},
                    {"client_id", how_.client},
                    {"redirect_uri", back},
                    {"scope", how_.scopes},
                    {"state", trip.state},
                    {"nonce", trip.nonce},
                    {"code_challenge", challenge_of(trip.verifier)},
                    {"code_challenge_method", "S256"}});
}

vouched_person openid::person(const std::string &code, const openid_trip &trip, const std::string &back,
                              std::int64_t now_us) {
  const auto at = places();
  request_to_provider wish{.url = at.token};
  std::vector<std::pair<const char *, std::string>> fields{
      {"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", back}, {"code_verifier", trip.verifier}};
  if (how_.secret.empty()) {
    fields.emplace_back("client_id", how_.client);
  } else {
    // Both are form-encoded before they go into the header (RFC 6749, section 2.3.1).
    wish.user = percent_encoded(how_.client);
    wish.password = percent_encoded(how_.secret);
  }
  wish.form = form_text(fields);
  const auto given = answer_of(wish);
  auto claims = claims_in(text(given, "id_token"), how_, trip.nonce, now_us);
  const auto access = text(given, "access_token");
  if (!at.person.empty() && !access.empty()) {
    auto more = answer_of({.url = at.person, .bearer = access});
    // Of somebody else it says nothing here (section 5.3.2).
    if (text(more, "sub") != text(claims, "sub")) refuse(strange);
    more.update(claims);
    claims = std::move(more);
  }
  return person_in(claims, how_);
}

json claims_in(std::string_view id_token, const openid_options &how, std::string_view nonce, std::int64_t now_us) {
  const auto first = id_token.find('.'), second = id_token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) refuse(strange);
  auto claims = json_or_null(
      from_base64(id_token.substr(first + 1, second - first - 1), base64_alphabet::url).value_or(std::string{}));
  if (!claims.is_object()) refuse(strange);
  const auto audience = claims.find("aud");
  const auto party = text(claims, "azp");
  const auto now_s = now_us / 1'000'000;
  const bool meant = plain_issuer(text(claims, "iss")) == how.issuer && audience != claims.end() &&
                     names_client(*audience, how.client) && (party.empty() || party == how.client) &&
                     same_secret(text(claims, "nonce"), nonce);
  if (!meant) refuse(strange);
  if (seconds_in(claims, "exp") < now_s - leeway_s || seconds_in(claims, "iat") > now_s + leeway_s) {
    refuse("The clocks of this host and of the sign-in service do not agree, or it took too long. Please try again.");
  }
  return claims;
}

vouched_person person_in(const json &claims, const openid_options &how) {
  vouched_person one;
  one.issuer = how.issuer;
  one.subject = text(claims, "sub");
  if (one.subject.empty() || one.subject.size() > 255) refuse(strange);
  one.email = text(claims, "email");
  const auto verified = claims.find("email_verified");
  one.email_verified = verified != claims.end() && (*verified == json(true) || *verified == json("true"));
  one.login = text(claims, "preferred_username");
  if (one.login.empty()) one.login = one.email.substr(0, one.email.find('@'));
  if (one.login.empty()) one.login = one.subject;
  one.login = sign_in::login_of(one.login);
  one.name = text(claims, "name");
  if (one.name.empty()) one.name = one.login;
  one.locations = list_in(claims, how.locations_claim);
  one.roles = roles_in(claims, how);
  return one;
}

}  // namespace dms::reference::web
