#include <algorithm>

#include "intake/normalise.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

constexpr std::string_view yes_words[] = {"y",
                                          "yes",
                                          "tru",
                                          "1",
                                          "j",
                                          "ja",
                                          "on",
                                          "x",
                                          "t",
                                          "ok",
                                          "okay",
                                          "given",
                                          "granted",
                                          "erteilt",
                                          "gegeben",
                                          "zugestimmt",
                                          "opt in",
                                          "optin",
                                          "opted in",
                                          "einverstanden",
                                          "akzeptiert",
                                          "accepted",
                                          "accept",
                                          "agreed",
                                          "agree",
                                          "allowed",
                                          "erlaubt",
                                          "confirmed",
                                          "bestatigt",
                                          "checked",
                                          "angehakt",
                                          "subscribed",
                                          "si",
                                          "oui",
                                          "consented",
                                          "zustimmung",
                                          "gestattet",
                                          "active",
                                          "aktiv",
                                          "wahr",
                                          "double opt in",
                                          "zugestimmt ja",
                                          "approved",
                                          "genehmigt"};
constexpr std::string_view no_words[] = {"n",
                                         "no",
                                         "false",
                                         "0",
                                         "nein",
                                         "off",
                                         "f",
                                         "opt out",
                                         "optout",
                                         "opted out",
                                         "abgelehnt",
                                         "denied",
                                         "deny",
                                         "declined",
                                         "refused",
                                         "rejected",
                                         "revoked",
                                         "widerrufen",
                                         "widerruf",
                                         "withdrawn",
                                         "verweigert",
                                         "unsubscribed",
                                         "nicht",
                                         "unchecked",
                                         "never",
                                         "nie",
                                         "none",
                                         "blocked",
                                         "gesperrt",
                                         "untersagt",
                                         "inactive",
                                         "inaktiv",
                                         "falsch",
                                         "keine",
                                         "kein",
                                         "ablehnung",
                                         "disallowed",
                                         "forbidden",
                                         "abgemeldet",
                                         "niemals",
                                         "not given",
                                         "not granted",
                                         "nicht erteilt",
                                         "stop",
                                         "dnc",
                                         "disagree",
                                         "verboten",
                                         "unconfirmed",
                                         "abbestellt",
                                         "sperre",
                                         "robinson",
                                         "einspruch",
                                         "widerspruch"};
/// In a sentence. What denies and what withdraws both make a no, but together nobody knows.
constexpr std::string_view denying[] = {"nicht", "kein",   "keine",  "keinen",  "keinem", "not",         "no",
                                        "nein",  "never",  "nie",    "niemals", "don",    "without",     "ohne",
                                        "dont",  "doesnt", "cannot", "cant",    "wont",   "keinesfalls", "keineswegs"};
constexpr std::string_view refusing[] = {"widerruf", "abgelehnt",  "ablehn",   "lehne",     "verweiger",
                                         "untersag", "opt out",    "optout",   "unsubscri", "revoke",
                                         "declin",   "refus",      "disagree", "widersp",   "denied",
                                         "withdr",   "abgemeldet", "abmeld",   "abbestell", "gesperrt"};
constexpr std::string_view agreeing[] = {"stimme zu", "stimme",  "einverstanden", "zugestimmt",  "zustimm",
                                         "consent",   "agree",   "opt in",        "optin",       "erlaub",
                                         "akzeptier", "accept",  "einwillig",     "willige ein", "gerne",
                                         "erteilt",   "granted", "gestatte"};
constexpr std::string_view open_words[] = {"ausstehend", "pending", "offen",     "unknown",   "unbekannt",
                                           "unklar",     "angabe",  "angefragt", "requested", "teilweise",
                                           "partly",     "aber",    "but",       "nur",       "only"};

template <typename List>
bool is_one_of(const List &list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

template <typename List>
bool has_part(const List &list, std::string_view text) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// Whether one of the words stands in the text, as a word.
template <typename List>
bool has_word(const List &list, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (is_one_of(list, text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::optional<bool> tick(std::string_view text) {
  for (auto sign : {"✓", "✔", "☑", "✅", "👍"}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  for (auto sign : {"✗", "✘", "❌", "☒", "👎", "🚫"}) {
    if (text.find(sign) != std::string_view::npos) return false;
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> consent_word(std::string_view text) {
  const auto folded = fold_name(text);  // which makes "tru" of "true"
  if (is_one_of(yes_words, folded)) return true;
  if (is_one_of(no_words, folded)) return false;
  if (folded.empty()) return tick(text);
  if (has_word(open_words, folded)) return std::nullopt;
  const auto first = std::string_view(folded).substr(0, folded.find(' '));
  const bool denies = has_word(denying, folded), refuses = has_part(refusing, folded);
  const bool yes = first == "ja" || first == "yes";
  if (first == "nein" || first == "no") return false;
  if (refuses && denies) return std::nullopt;  // "nicht widerrufen"
  if (refuses) return yes ? std::nullopt : std::optional(false);
  if (denies) return yes ? std::nullopt : std::optional(false);
  if (yes || has_part(agreeing, folded)) return true;
  return tick(text);
}

}  // namespace lead_system::intake
