// The screen of the probe: what is broken first.
#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/probe.hpp"

namespace dms::probing {
namespace {

using nlohmann::json;

struct words {
  const char *title, *score, *kept, *broken, *not_seen, *rule, *where, *verdict, *seen, *look, *create, *create_text,
      *none_broken, *some_broken, *then;
};
constexpr words english{
    "Probe of the interface",
    "Score",
    "kept",
    "broken",
    "not seen",
    "Rule",
    "Header",
    "Verdict",
    "What was seen",
    "Look again",
    "Try what creates",
    "Makes two customers and two contacts of yours in this host, and ends them again where the host "
    "can; sends an e-mail to an address that nobody reads. For a host that is tried out, not for one that works.",
    "Nothing that was seen breaks the interface.",
    "Something breaks the interface.",
    "Press both buttons, open every page, take a payload in by the source dms_probe, deactivate and "
    "activate a user, then disable the plugin and enable it: more is seen."};
constexpr words german{
    "Schnittstelle prüfen",
    "Wertung",
    "gehalten",
    "verletzt",
    "nicht gesehen",
    "Regel",
    "Header",
    "Urteil",
    "Was gesehen wurde",
    "Noch einmal ansehen",
    "Anlegen ausprobieren",
    "Legt zwei Kunden und zwei Kontakte von Ihnen in diesem Host an und beendet sie wieder, soweit der Host "
    "das kann; sendet eine E-Mail an eine Adresse, die niemand liest. Für einen Host, der ausprobiert wird, nicht für "
    "einen, mit dem gearbeitet wird.",
    "Nichts, was gesehen wurde, verletzt die Schnittstelle.",
    "Etwas verletzt die Schnittstelle.",
    "Beide Knöpfe drücken, jede Seite öffnen, eine Sendung über die Quelle dms_probe einspielen, einen "
    "Benutzer abmelden und wieder anmelden, das Plugin aus- und einschalten: dann wird mehr gesehen."};

struct look {
  verdict of;
  const char *words::*text;
  const char *tone;
};
constexpr look looks[] = {{verdict::broken, &words::broken, "bad"},
                          {verdict::not_seen, &words::not_seen, "warn"},
                          {verdict::kept, &words::kept, "good"}};

json row_of(const rule &one, const ledger::line &line, const look &as, const words &say) {
  return {{"id", one.id},
          {"cells",
           {{"verdict", {{"text", say.*as.text}, {"tone", as.tone}, {"badge", "plain"}}},
            {"rule", {{"text", one.promise}, {"detail", one.id}}},
            {"where", one.where},
            {"seen", line.seen}}}};
}

json table_of(const std::array<ledger::line, rules.size()> &lines, const words &say) {
  auto rows = json::array();
  for (const auto &as : looks) {
    for (std::size_t at = 0; at < rules.size(); ++at) {
      if (lines[at].came == as.of) rows.push_back(row_of(rules[at], lines[at], as, say));
    }
  }
  const auto column = [](const char *id, const char *label, const char *width) {
    return json{{"id", id}, {"label", label}, {"width", width}};
  };
  return {{"type", "table"},
          {"id", "rules"},
          {"layout", "plain"},
          {"columns", json::array({column("verdict", say.verdict, "narrow"), column("rule", say.rule, "wide"),
                                   column("where", say.where, "narrow"), column("seen", say.seen, "wide")})},
          {"rows", std::move(rows)}};
}

}  // namespace

std::string probe::document(std::string_view locale, bool with_report) const {
  const auto &say = locale.substr(0, 2) == "de" ? german : english;
  const auto sum = notes->sum();
  const auto figure = [](const char *id, const char *label, const std::string &value) {
    return json{{"id", id}, {"label", label}, {"value", value}};
  };
  auto blocks = json::array(
      {{{"type", "notice"},
        {"id", "sum"},
        {"tone", sum.broken == 0 ? "good" : "bad"},
        {"title", sum.broken == 0 ? say.none_broken : say.some_broken},
        {"text", say.then}},
       {{"type", "key_figures"},
        {"id", "score"},
        {"values", {{"score", sum.score()}, {"kept", sum.kept}, {"broken", sum.broken}, {"not_seen", sum.not_seen}}},
        {"items", json::array({figure("score", say.score, std::to_string(sum.score()) + " %"),
                               figure("kept", say.kept, std::to_string(sum.kept)),
                               figure("broken", say.broken, std::to_string(sum.broken)),
                               figure("not_seen", say.not_seen, std::to_string(sum.not_seen))})}},
       table_of(notes->lines(), say)});
  if (with_report) blocks.push_back({{"type", "text"}, {"id", "export"}, {"text", notes->report().dump(2)}});
  return to_text({{"schema", "dms.screen/1"},
                  {"id", "dms_probe.report"},
                  {"title", say.title},
                  {"export", json::array({"json", "csv"})},
                  {"actions", json::array({{{"action", "look"}, {"label", say.look}, {"style", "primary"}},
                                           {{"action", "create"},
                                            {"label", say.create},
                                            {"style", "second"},
                                            {"title", say.create},
                                            {"text", say.create_text},
                                            {"confirm", true}}})},
                  {"blocks", std::move(blocks)}});
}

}  // namespace dms::probing
