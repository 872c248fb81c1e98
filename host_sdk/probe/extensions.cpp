// What the probe offers its host to ask: words, how it is, what waits, what stays behind.
#include <algorithm>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/probe.hpp"
#include "probe/visit.hpp"

namespace dms::probing {
namespace {

std::string_view word_for(std::string_view key, bool german) {
  struct word {
    std::string_view key, english, german;
  };
  constexpr word all[] = {{"dms_probe.menu", "Probe of the interface", "Schnittstelle prüfen"},
                          {"dms_probe.right", "See the probe of the interface", "Prüfung der Schnittstelle sehen"},
                          {"dms_probe.feed", "Payloads of the probe", "Prüfsendungen"},
                          {"dms_probe.job", "The probe looks around", "Prüfung sieht sich um"}};
  for (const auto &each : all) {
    if (key == each.key) return german ? each.german : each.english;
  }
  return key;
}

dms_status translate(void *context, dms_str locale, dms_str key, const dms_sink *text) noexcept {
  return barrier(nullptr, [&] {
    auto &notes = *(context == nullptr ? probe::newest() : static_cast<probe *>(context))->notes;
    const auto word = view(key);
    notes.judge("texts.locale", is_language_tag(view(locale)), "\"" + std::string(view(locale)) + "\"");
    const bool over_menu = word.substr(0, 1) == "~", over_right = word.substr(0, 1) == "^";
    if (over_menu || word == "dms_probe.menu")
      notes.judge("texts.menu_copied", !over_menu, "what was lent is read again");
    if (over_right || word == "dms_probe.right")
      notes.judge("texts.right_copied", !over_right, "what was lent is read again");
    write(*text, word_for(word, view(locale).substr(0, 2) == "de"));
  });
}

// --- what stays behind: nothing of the probe's, but a host may ask for it ---

bool is_kind(probe &of, dms_str kind) {
  return of.notes->judge("handover.kind", view(kind) == "user" || view(kind) == "location",
                         "\"" + std::string(view(kind)) + "\"");
}

dms_status open_work(void *context, const dms_call *call, dms_str kind, const dms_sink *json,
                     dms_error *error) noexcept {
  const visit here(context, call, json, true);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  return barrier(error, [&] {
    is_kind(here.of(), kind);
    write(*json, "{}");
  });
}

dms_status hand_over(void *context, const dms_call *call, dms_str kind, dms_str id, dms_str to, const dms_sink *json,
                     dms_error *error) noexcept {
  const visit here(context, call, json, true);
  if (!here) return fail(error, dms_invalid, "The call is not whole.");
  return barrier(error, [&] {
    auto &of = here.of();
    is_kind(of, kind);
    if (const auto *directory = of.service<dms_directory>(DMS_DIRECTORY_ID)) {
      const auto users = json_or_null(of.ask([&](const dms_sink *sink, dms_error *failed) {
                                          return directory->users(directory->context, sink, failed);
                                        }).text);
      const bool works = std::any_of(users.begin(), users.end(), [&](const auto &each) {
        return each.is_object() && each.value("id", "") == view(to) && each.value("active", false);
      });
      const bool other = view(kind) != "user" || view(id) != view(to);
      // Without a list nobody knows who works.
      if (users.is_array())
        of.notes->judge("handover.to", works && other, works ? "he has it already" : "who takes it is no active user");
    }
    write(*json, R"({"done":0,"left":0,"message":""})");
  });
}

}  // namespace

void probe::offer_extensions() {
  texts_ = {this, &translate};
  health_ = {this, [](void *context, const dms_call *call, const dms_sink *json, dms_error *error) noexcept {
               const visit here(context, call, json, true);
               if (!here) return fail(error, dms_invalid, "The call is not whole.");
               return barrier(error, [&] { write(*json, "[]"); });
             }};
  counts_ = {
      this, [](void *context, const dms_call *call, const dms_sink *json, dms_error *error) noexcept {
        const visit here(context, call, json, true);
        if (!here) return fail(error, dms_invalid, "The call is not whole.");
        return barrier(error, [&] { write(*json, to_text({{"dms_probe.report", here.of().notes->sum().broken}})); });
      }};
  handover_ = {this, &open_work, &hand_over};
}

}  // namespace dms::probing
