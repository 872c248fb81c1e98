// contribute_screens.cpp - the screens, each with what it is given, and the ways in of the sources.
#include "contribute.hpp"
#include "contributed.hpp"
#include "screens/cutover/cutover.hpp"
#include "screens/evaluation/evaluation.hpp"
#include "screens/evaluation/manufacturer.hpp"
#include "screens/lead/new_lead.hpp"
#include "screens/logs/intake_delivery.hpp"
#include "screens/people/absence.hpp"
#include "screens/privacy/privacy.hpp"
#include "screens/sales/sales.hpp"
#include "screens/sources/source_definition.hpp"

namespace lead_system {

void contribute_screens(rooms &from, dms::contributions &to) {
  const auto &parts = from.screen_parts;
  const auto waking = [&from](const char *job) { return [&from, job] { from.wake(job); }; };
  const screens::import_of_file import = [&from](const dms::call &who, const std::string &source,
                                                 const std::string &bytes, const std::string &name) {
    return from.import_file(who, source, bytes, name);
  };
  const screens::definition_parts definitions{from.book, from.own_definitions, from.definition_rows, from.ways_in};
  const auto add = [&](std::unique_ptr<dms::screen> one, const char *question = "") {
    to.add(std::make_unique<kept_screen>(std::move(one), from.texts, from.requests, question));
  };
  const auto add_list = [&](std::unique_ptr<dms::screen> one) {
    add(std::make_unique<audited_list>(std::move(one), from.organisation, from.audit));
  };

  add(screens::make_today(parts));
  add_list(screens::make_overview(parts));
  add(screens::make_lead_page(parts));
  add(screens::make_new_lead(parts, {import, from.in_dealership_words()}));
  add(screens::make_answer(parts));
  add(screens::make_absence(parts, from.absences));
  add(screens::make_evaluation(parts, from.numbers, from.report_rows, waking("leads.report")));
  add(screens::make_manufacturer(parts, from.numbers));
  add_list(screens::make_sales(parts));
  add(screens::make_settings(parts));
  add(screens::make_source_tryout(parts, definitions), "try_out");
  add(screens::make_source_definition(parts, definitions));
  add(screens::make_cutover(parts, {from.cutover, from.cutover_rows, from.importing, import}));
  add(screens::make_privacy(parts, {from.privacy, from.privacy_rows, from.auditing(), waking("leads.privacy"),
                                    from.held, from.forgets_files}));
  add(screens::make_intake_log(parts, import));
  add(screens::make_feedback_log(parts));
  add(screens::make_help(parts));
}

void contribute_import_hooks(rooms &from, dms::contributions &to) {
  const auto known = from.book.now();
  for (const auto &[id, source] : *known) {
    to.add(std::make_unique<source_hook>(from.importing, source, from.book, from.texts,
                                         [&from] { from.wake_after_import(); }));
    from.ways_in.insert(id);
  }
}

}  // namespace lead_system
