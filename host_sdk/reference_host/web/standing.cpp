// What stands on every page of a person until it is mended.
#include "reference_host/web/standing.hpp"

#include <algorithm>

#include "reference_host/core/people/standing.hpp"
#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

markup standing_notices(const exchange &on, const std::string &current) {
  constexpr int most = 3;
  view made(on.page(), own_addresses());
  markup all;
  // Without its screens and menu entries people would think that their leads are gone.
  if (const auto plugin = on.in.dms.plugins().waiting(); !plugin.empty()) {
    const json notice{{"type", "notice"},
                      {"tone", "bad"},
                      {"alert", true},
                      {"title", on.page().say("{1} cannot be reached just now.", plugin)},
                      {"text", on.say("It comes back by itself; nothing is lost.")}};
    all += on.page().render("standing", std::move(values().put("inside", render_notice(made, notice))));
  }
  for (const auto &item : standing_of(on.in.dms.database(), on.person->id, most)) {
    auto link = document_in(item.link);
    if (text(link, "screen") == current) continue;
    const auto translated = document_in(item.texts);
    auto words = text(translated, on.locale.substr(0, on.locale.find('-')).c_str());
    if (words.empty()) words = item.text;
    const auto end = std::min(words.find(". "), words.size());
    json notice{{"type", "notice"}, {"tone", item.tone}, {"alert", true}, {"title", words.substr(0, end + 1)}};
    if (end < words.size()) notice["text"] = words.substr(end + 2);
    if (!text(link, "screen").empty()) {
      link["label"] = on.say("Look after it");
      notice["link"] = std::move(link);
    }
    all += on.page().render("standing", std::move(values().put("inside", render_notice(made, notice))));
  }
  return all;
}

}  // namespace dms::reference::web
