#include "rooms.hpp"

#include <random>

#include "host_answers.hpp"
#include "left_out.hpp"
#include "screens/evaluation/evaluation.hpp"

namespace lead_system {
namespace {

/// What is told of migrations is told once, in the life of who listens.
std::unique_ptr<store::store> open_once(store::options &how) {
  auto opened = store::store::open(how);
  how.migrated = {};
  return opened;
}

std::string new_owner() {
  std::random_device entropy;
  return "lead_system-" + std::to_string(entropy()) + "-" + std::to_string(entropy());
}

std::optional<intake::customer_tie> tie_of(const std::optional<processing::lead_desk::rule_match> &found) {
  if (!found) return std::nullopt;
  return intake::customer_tie{found->customer, found->salesperson, found->rule};
}

}  // namespace

rooms::rooms(const dms::host &host, const screens::words &in_words, std::function<void(std::uint64_t)> migrated)
    : texts(in_words),
      log(host.service<dms_log>(DMS_LOG_ID)),
      jobs(host.required<dms_jobs>(DMS_JOBS_ID)),
      notifications(host.service<dms_notifications>(DMS_NOTIFICATIONS_ID)),
      host_values(host.service<dms_settings>(DMS_SETTINGS_ID)),
      directory(data_directory(host)),
      dealership(texts.in(dealership_locale(host))),
      shipped(intake::load_sources(directory + "/sources")),
      options(options_of(host, directory, std::move(migrated))),
      db(open_once(options)),
      definition_rows(*db),
      requests(*db),
      report_rows(*db),
      cutover_rows(*db),
      privacy_rows(*db),
      deal_rows(*db),
      book(shipped, definition_rows),
      organisation(dms::directory(&host.required<dms_directory>(DMS_DIRECTORY_ID))),
      audit(host.service<dms_audit>(DMS_AUDIT_ID)),
      leads(options, *db, organisation),
      numbers(leads),
      own_definitions(book, definition_rows, auditing()),
      writer(feedback::make_writer(book.known(), in_dealership_words())),
      sender(*db, book.known(), host_settings(host), notifications, log,
             feedback::sending_options{directory + "/outbox", drop_root(host, directory), new_owner(),
                                       in_dealership_words()}),
      channels(*db, book.known(), host_settings(host), directory + "/outbox", drop_root(host, directory)),
      desk({*db, shipped.types, organisation, dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
            host.service<dms_contacts>(DMS_CONTACTS_ID), notifications, writer, log, in_dealership_words(),
            dms::customer_changes(host.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID)),
            [this](const dms::call &who, const std::string &action, const std::string &subject) {
              audit.write(who, action, subject, {});
            },
            dms::contact_completion(host.service<dms_contact_completion>(DMS_CONTACT_COMPLETION_ID))}),
      sales(deal_rows, desk, dms::sales(host.service<dms_sales>(DMS_SALES_ID)), log),
      deadlines({*db, shipped.types, organisation, notifications, [this] { return mail_server(); },
                 [this] { return setting("web.address"); }, in_dealership_words(), log}),
      privacy({*db, privacy_rows, shipped.types, desk, host.service<dms_contacts>(DMS_CONTACTS_ID),
               host.service<dms_erasure>(DMS_ERASURE_ID), log}),
      cutover(*db, cutover_rows, shipped.types, intake::old_lists(shipped.definitions)),
      settings(
          *db, shipped.types, organisation, notifications, in_dealership_words(),
          [this](const std::string &type, time_us from, time_us now) { return cutover.objection(type, from, now); }),
      absences({*db, organisation, desk, settings, notifications, in_dealership_words(), auditing(),
                dms::absences(host.service<dms_absences>(DMS_ABSENCES_ID)), log}),
      assignment(*db, shipped.types, organisation, desk),
      answering({host, *db, shipped.types, organisation, desk, notifications, in_dealership_words(),
                 [this](std::string_view language, const message &text) { return texts.in(language)(text); },
                 dealership_locale(host), intake::old_lists(shipped.definitions), log, [this] { wake("leads.mail"); }}),
      importing(import_parts()),
      retrier(importing, book.known()),
      held(importing, book.known(), privacy_rows),
      forgets_files(host.service<dms_erasure>(DMS_ERASURE_ID) != nullptr),
      screen_parts{.store = *db,
                   .leads = leads,
                   .types = shipped.types,
                   .organisation = organisation,
                   .sources = book.known(),
                   .bad_sources = shipped.problems,
                   .desk = desk,
                   .settings = settings,
                   .texts = texts,
                   .channels = channels,
                   .wake_feedback = [this] { wake_after_import(); },
                   .retry = retrier,
                   .assignment = assignment,
                   .left_out = left_out_in(host),
                   .sales = &sales,
                   .answers = &answering.screens(),
                   .book = &book},
      report_page(screens::make_evaluation(screen_parts, numbers, report_rows, [] {})),
      monthly(report_needs()) {
  for (const auto &problem : shipped.problems) log.warning(problem);
  intake::keep_types_in_use(*db, shipped.types, log);
  book.look();
  for (const auto &id : book.unusable()) log.warning("the own definition of " + id + " cannot be used: it is closed");
}

void rooms::wake_after_import() const {
  wake_feedback();
  for (const auto *job : {"leads.host_effects", "leads.assignment", "leads.mail"}) wake(job);
  // Only where a type lacks ALLE can a lead that comes be overlooked.
  if (!settings.was_complete()) wake("leads.coverage");
}

std::string rooms::import_file(const dms::call &who, const std::string &source, const std::string &bytes,
                               const std::string &name) {
  const dms::string_stream stream(bytes);
  book.look();
  const auto known = book.now();
  auto report = intake::importer(importing, known->at(source)).run(who, dms::input(stream.get()), name, {});
  wake_after_import();
  return report;
}

std::function<std::string(const message &)> rooms::in_dealership_words() const {
  return [this](const message &text) { return dealership(text); };
}

audit_line rooms::auditing() const {
  return [this](const dms::call &who, const std::string &action, const std::string &subject,
                const std::string &detail) { audit.write(who, action, subject, detail); };
}

notice::mail_server rooms::mail_server() const {
  return notice::mail_server_of([this](const std::string &key) { return setting(key); });
}

std::string rooms::setting(const std::string &key) const {
  if (host_values == nullptr) return {};
  return dms::written_if_found([&](const dms_sink *sink, dms_error *error) {
           return host_values->get(host_values->context, dms::str(key), sink, error);
         })
      .value_or("");
}

intake::importer::parts rooms::import_parts() {
  return {*db,
          shipped.types,
          organisation,
          writer,
          notifications,
          log,
          [this](const std::string &locale, const message &text) {
            return locale.empty() ? dealership(text) : texts.in(locale)(text);
          },
          directory + "/spool",
          host_values,
          {},
          [this](const lead_content &content, const std::vector<std::string> &rules) {
            return tie_of(desk.match_by_rule(content, rules));
          }};
}

report::report_parts rooms::report_needs() {
  return {*db, report_rows, *report_page, organisation, dealership, directory, [this] { return mail_server(); }, log};
}

}  // namespace lead_system
