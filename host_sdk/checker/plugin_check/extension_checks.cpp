// Extensions of a plugin, and that nothing throws through the interface.
#include <algorithm>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

std::vector<std::string> keys_of(const watched_host &host) {
  std::vector<std::string> keys;
  for (const auto &[handle, entry] : host.menus) keys.push_back(entry.label);
  for (const auto &[handle, right] : host.granted) keys.push_back(right.label);
  for (const auto &[handle, hook] : host.hooks) keys.emplace_back(view(hook->label));
  for (const auto &[handle, job] : host.work) keys.emplace_back(view(job->label));
  return keys;
}

std::string translated(const dms_texts &texts, std::string_view locale, std::string_view key) {
  string_sink text(DMS_MAX_RECORD);
  require(texts.translate(texts.context, str(locale), str(key), text.get()) == dms_ok,
          "\"" + std::string(key) + "\" is not translated");
  return text.take();
}

void texts(const subject &of) {
  const running now(of);
  const auto *words = now.plugin.extension<dms_texts>(DMS_TEXTS_ID);
  if (words == nullptr) return;
  for (const auto &key : keys_of(now.host)) {
    for (const auto *locale : {"de-AT", "en", "fr", "", "../../etc"}) {
      const auto word = translated(*words, locale, key);
      require(!word.empty() && !json_or_null('"' + word + '"').is_null(),
              "\"" + key + "\" is no word in \"" + locale + "\"");
    }
  }
}

void unknown_text(const subject &of) {
  const running now(of);
  const auto *words = now.plugin.extension<dms_texts>(DMS_TEXTS_ID);
  constexpr auto key = "at.example.nobody_knows_this";
  require(words == nullptr || translated(*words, "en", key) == key, "it is not the key itself");
}

template <typename Call>
json answer_of(const running &now, const char *what, Call &&call) {
  testing::fake_host::calling who(now.host, admin);
  const auto came = testing::fake_host::written_by(
      [&](const dms_sink *sink, dms_error *error) { return call(who.raw(), sink, error); });
  require(came.status == dms_ok, std::string(what) + ": " + came.sentence);
  return json_or_null(came.document);
}

void health(const subject &of) {
  const running now(of);
  const auto *asked = now.plugin.extension<dms_health>(DMS_HEALTH_ID);
  if (asked == nullptr) return;
  const auto lines = answer_of(now, "health", [&](auto... with) { return asked->check(asked->context, with...); });
  require(lines.is_array(), "it is no list");
  for (const auto &line : lines) {
    for (const auto *member : {"id", "label", "tone", "text"}) {
      require(line.is_object() && line.contains(member) && line[member].is_string(),
              std::string("a line lacks ") + member);
    }
  }
}

void counts(const subject &of) {
  const running now(of);
  const auto *asked = now.plugin.extension<dms_counts>(DMS_COUNTS_ID);
  if (asked == nullptr) return;
  const auto waiting = answer_of(now, "counts", [&](auto... with) { return asked->count(asked->context, with...); });
  require(waiting.is_object(), "it is no object");
  for (const auto &each : waiting.items()) {
    const auto &screen = each.key();
    const bool there =
        std::ranges::any_of(now.host.shown, [&](const auto &one) { return view(one.second->id) == screen; });
    require(there && each.value().is_number_integer(), "it counts for " + screen + ", which is no screen");
  }
}

void handover(const subject &of) {
  const running now(of);
  const auto *asked = now.plugin.extension<dms_handover>(DMS_HANDOVER_ID);
  if (asked == nullptr) return;
  for (const auto *kind : {"user", "location"}) {
    const auto open = answer_of(now, kind, [&](const dms_call *who, const dms_sink *sink, dms_error *error) {
      return asked->open(asked->context, who, str(kind), sink, error);
    });
    require(open.is_object(), "what is open is no object");
  }
}

void handover_to_nobody(const subject &of) {
  const running now(of);
  const auto *asked = now.plugin.extension<dms_handover>(DMS_HANDOVER_ID);
  if (asked == nullptr) return;
  testing::fake_host::calling who(now.host, admin);
  for (const auto *kind : {"user", "location", "planet"}) {
    const auto came = testing::fake_host::written_by([&](const dms_sink *sink, dms_error *error) {
      return asked->hand_over(asked->context, who.raw(), str(kind), str("verkauf1"), str("nobody"), sink, error);
    });
    const auto left = json_or_null(came.document);
    require(came.status != dms_ok || left.value("done", 1) == 0, "it hands over to nobody");
  }
}

/// Everything is called once; the child that runs this says where something came through.
void exceptions(const subject &of) {
  running now(of);
  for (const auto &[handle, screen] : now.host.shown) {
    load(now.host, *screen);
    act(now.host, *screen, "no_such_action");
  }
  const string_stream payload("x");
  for (const auto &[handle, hook] : now.host.hooks) take_in(now.host, *hook, *payload.get());
  for (const auto &[handle, job] : now.host.work) now.host.run_job(view(job->id));
  for (const auto &[handle, handler] : now.host.handlers)
    now.host.tell({.channel = "event"}, view(handler->event), json::object());
  for (const auto &[handle, guard] : now.host.guards) {
    testing::fake_host::calling who(now.host, admin);
    string_sink sights;
    guard->judge(guard->context, who.raw(), str("[]"), sights.get(), nullptr);
  }
  texts(of);
  health(of);
  counts(of);
  handover(of);
}

}  // namespace

void add_extension_checks(check_list &to) {
  to.insert(to.end(), {{"exceptions", "no exception comes through the interface", exceptions},
                       {"texts", "every label has a word in every language", texts},
                       {"unknown_text", "a key without a word is its own word", unknown_text},
                       {"health", "health is a list of lines that are whole", health},
                       {"counts", "what waits is counted for screens that are there", counts},
                       {"handover", "what is open is told by whose it is", handover},
                       {"handover_to_nobody", "nothing is handed over to nobody", handover_to_nobody}});
}

}  // namespace dms::checking
