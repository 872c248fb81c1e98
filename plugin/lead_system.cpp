// lead_system.cpp - the table of contents: what this plugin contributes to a host.
#include <filesystem>
#include <random>
#include <set>

#include "answering_parts.hpp"
#include "contributed.hpp"
#include "dms/cpp/json.hpp"
#include "dms/cpp/plugin.hpp"
#include "feedback/feedback.hpp"
#include "host_answers.hpp"
#include "intake/held_messages.hpp"
#include "intake/importer.hpp"
#include "intake/own_definitions.hpp"
#include "intake/source_book.hpp"
#include "intake/sources.hpp"
#include "left_out.hpp"
#include "processing/absence_desk.hpp"
#include "processing/cutover_desk.hpp"
#include "processing/deadline_watch.hpp"
#include "processing/host_effects.hpp"
#include "processing/privacy_desk.hpp"
#include "processing/sales_desk.hpp"
#include "report/monthly_report.hpp"
#include "rights_and_menu.hpp"
#include "screens/cutover/cutover.hpp"
#include "screens/evaluation/evaluation.hpp"
#include "screens/evaluation/manufacturer.hpp"
#include "screens/kit/parts.hpp"
#include "screens/lead/new_lead.hpp"
#include "screens/logs/health.hpp"
#include "screens/logs/intake_delivery.hpp"
#include "screens/people/absence.hpp"
#include "screens/people/handover.hpp"
#include "screens/privacy/privacy.hpp"
#include "screens/sales/sales.hpp"
#include "screens/sources/source_definition.hpp"
#include "store/requests.hpp"

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

/// Everything that lives between activate and deactivate; members are undone in reverse, contributions first.
class active_plugin {
 public:
  /// `migrated`: see store::options.
  active_plugin(const dms::host &host, const screens::words &texts, std::function<void(std::uint64_t)> migrated)
      : texts_(texts),
        log_(host.service<dms_log>(DMS_LOG_ID)),
        jobs_(host.required<dms_jobs>(DMS_JOBS_ID)),
        notifications_(host.service<dms_notifications>(DMS_NOTIFICATIONS_ID)),
        directory_(data_directory(host)),
        sources_(intake::load_sources(directory_ + "/sources")),
        options_(options_of(host, directory_, std::move(migrated))),
        store_(open_once(options_)),
        definition_rows_(*store_),
        book_(sources_, definition_rows_),
        requests_(*store_),
        organisation_(dms::directory(&host.required<dms_directory>(DMS_DIRECTORY_ID))),
        leads_(options_, *store_, organisation_),
        numbers_(leads_),
        report_rows_(*store_),
        cutover_rows_(*store_),
        privacy_rows_(*store_),
        audit_(host.service<dms_audit>(DMS_AUDIT_ID)),
        own_definitions_(book_, definition_rows_, auditing()),
        dealership_(texts.in(dealership_locale(host))),
        writer_(feedback::make_writer(book_.known(), in_dealership_words())),
        sender_(*store_, book_.known(), host_settings(host), notifications_, log_,
                feedback::sending_options{directory_ + "/outbox", drop_root(host, directory_), new_owner(),
                                          in_dealership_words()}),
        desk_({*store_, sources_.types, organisation_, dms::customers(&host.required<dms_customers>(DMS_CUSTOMERS_ID)),
               host.service<dms_contacts>(DMS_CONTACTS_ID), notifications_, writer_, log_, in_dealership_words(),
               dms::customer_changes(host.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID)),
               [this](const dms::call &who, const std::string &action, const std::string &subject) {
                 audit_.write(who, action, subject, {});
               },
               dms::contact_completion(host.service<dms_contact_completion>(DMS_CONTACT_COMPLETION_ID))}),
        deal_rows_(*store_),
        sales_(deal_rows_, desk_, dms::sales(host.service<dms_sales>(DMS_SALES_ID)), log_),
        deadlines_({*store_, sources_.types, organisation_, notifications_, [this] { return mail_server(); },
                    [this] { return setting("web.address"); }, in_dealership_words(), log_}),
        privacy_({*store_, privacy_rows_, sources_.types, desk_, host.service<dms_contacts>(DMS_CONTACTS_ID),
                  host.service<dms_erasure>(DMS_ERASURE_ID), log_}),
        cutover_(*store_, cutover_rows_, sources_.types, intake::old_lists(sources_.definitions)),
        settings_(
            *store_, sources_.types, organisation_, notifications_, in_dealership_words(),
            [this](const std::string &type, time_us from, time_us now) { return cutover_.objection(type, from, now); }),
        absences_({*store_, organisation_, desk_, settings_, notifications_, in_dealership_words(), auditing(),
                   dms::absences(host.service<dms_absences>(DMS_ABSENCES_ID)), log_}),
        channels_(*store_, book_.known(), host_settings(host), directory_ + "/outbox", drop_root(host, directory_)),
        secrets_(host.service<dms_settings>(DMS_SETTINGS_ID)),
        intake_(intake_parts()),
        retrier_(intake_, book_.known()),
        held_(intake_, book_.known(), privacy_rows_),
        assignment_(*store_, sources_.types, organisation_, desk_),
        answering_({host, *store_, sources_.types, organisation_, desk_, notifications_, in_dealership_words(),
                    [this](std::string_view language, const message &text) { return texts_.in(language)(text); },
                    dealership_locale(host), intake::old_lists(sources_.definitions), log_,
                    [this] { jobs_.wake(jobs_.context, dms::str("leads.mail")); }}),
        forgets_files_(host.service<dms_erasure>(DMS_ERASURE_ID) != nullptr),
        parts_{*store_,
               leads_,
               sources_.types,
               organisation_,
               book_.known(),
               sources_.problems,
               desk_,
               settings_,
               texts_,
               channels_,
               [this] { wake_after_import(); },
               retrier_,
               assignment_,
               left_out_in(host),
               &sales_,
               &answering_.screens(),
               &book_},
        contributed_(host) {
    for (const auto &problem : sources_.problems) log_.warning(problem);
    intake::keep_types_in_use(*store_, sources_.types, log_);
    book_.look();
    for (const auto &id : book_.unusable())
      log_.warning("the own definition of " + id + " cannot be used: it is closed");
    add_rights(contributed_);
    add_screens();
    add_hooks();
    add_jobs();
    add_report();
    add_handlers();
    add_guard();
    add_menu(contributed_);
  }

  std::string health(const dms::call &who) const { return screens::health_of(parts_, who); }
  std::string counts(const dms::call &who) const { return screens::counts_of(parts_, who); }
  std::string open_work(const dms::call &who, const std::string &kind) const {
    return screens::open_work_of(parts_, who, kind);
  }
  std::string hand_over(const dms::call &who, const std::string &kind, const std::string &from, const std::string &to) {
    auto came = screens::hand_over(parts_, who, kind, from, to);
    wake_feedback();
    settings_.tell_admins(who.now_us());
    return came;
  }

 private:
  std::function<std::string(const message &)> in_dealership_words() const {
    return [this](const message &text) { return dealership_(text); };
  }

  void wake_feedback() const { jobs_.wake(jobs_.context, dms::str("leads.feedback")); }
  void wake_after_import() const {
    wake_feedback();
    jobs_.wake(jobs_.context, dms::str("leads.host_effects"));
    jobs_.wake(jobs_.context, dms::str("leads.assignment"));
    jobs_.wake(jobs_.context, dms::str("leads.mail"));
    // Only where a type lacks ALLE can a lead that comes be overlooked.
    if (!settings_.was_complete()) jobs_.wake(jobs_.context, dms::str("leads.coverage"));
  }

  /// Writes into the host's audit log: action, subject, detail.
  std::function<void(const dms::call &, const std::string &, const std::string &, const std::string &)> auditing()
      const {
    return [this](const dms::call &who, const std::string &action, const std::string &subject,
                  const std::string &detail) { audit_.write(who, action, subject, detail); };
  }

  void add(std::unique_ptr<dms::screen> one) {
    contributed_.add(std::make_unique<kept_screen>(std::move(one), texts_, requests_));
  }
  void add_screens() {
    using make = std::unique_ptr<dms::screen> (*)(const screens::parts &);
    for (const make one : {&screens::make_today, &screens::make_lead_page, &screens::make_answer,
                           &screens::make_settings, &screens::make_feedback_log, &screens::make_help}) {
      add(one(parts_));
    }
    const screens::import_of_file import = [this](const dms::call &who, const std::string &source,
                                                  const std::string &bytes, const std::string &name) {
      return import_file(who, source, bytes, name);
    };
    const auto waking = [this](const char *job) { return [this, job] { jobs_.wake(jobs_.context, dms::str(job)); }; };
    add(screens::make_intake_log(parts_, import));
    const screens::definition_parts definitions{book_, own_definitions_, definition_rows_, ways_in_};
    contributed_.add(
        std::make_unique<kept_screen>(screens::make_source_tryout(parts_, definitions), texts_, requests_, "try_out"));
    add(screens::make_source_definition(parts_, definitions));
    for (const make list : {&screens::make_overview, &screens::make_sales}) {
      add(std::make_unique<audited_list>(list(parts_), organisation_, audit_));
    }
    add(screens::make_privacy(parts_,
                              {privacy_, privacy_rows_, auditing(), waking("leads.privacy"), held_, forgets_files_}));
    add(screens::make_evaluation(parts_, numbers_, report_rows_, waking("leads.report")));
    add(screens::make_manufacturer(parts_, numbers_));
    add(screens::make_cutover(parts_, {cutover_, cutover_rows_, intake_, import}));
    add(screens::make_absence(parts_, absences_));
    add(screens::make_new_lead(parts_, {import, in_dealership_words()}));
  }

  std::string import_file(const dms::call &who, const std::string &source, const std::string &bytes,
                          const std::string &name) const {
    const dms::string_stream stream(bytes);
    book_.look();
    const auto known = book_.now();
    auto report = intake::importer(intake_, known->at(source)).run(who, dms::input(stream.get()), name, {});
    wake_after_import();
    return report;
  }

  static std::optional<intake::customer_tie> tie_of(const std::optional<processing::lead_desk::rule_match> &found) {
    if (!found) return std::nullopt;
    return intake::customer_tie{found->customer, found->salesperson, found->rule};
  }

  intake::importer::parts intake_parts() const {
    return {*store_,
            sources_.types,
            organisation_,
            writer_,
            notifications_,
            log_,
            [this](const std::string &locale, const message &text) {
              return locale.empty() ? dealership_(text) : texts_.in(locale)(text);
            },
            directory_ + "/spool",
            secrets_,
            {},
            [this](const lead_content &content, const std::vector<std::string> &rules) {
              return tie_of(desk_.match_by_rule(content, rules));
            }};
  }

  void add_hooks() {
    const auto known = book_.now();
    for (const auto &[id, source] : *known) {
      contributed_.add(std::make_unique<source_hook>(intake_, source, book_, texts_, [this] { wake_after_import(); }));
      ways_in_.insert(id);
    }
  }

  /// `body` does one run and returns one line on it, or nothing.
  template <typename Body>
  void add_job(const std::string &id, const std::string &label, int pause_s, Body body) {
    contributed_.add(std::make_unique<simple_job>(id, label, pause_s, [body](const dms::call &who) {
      if constexpr (std::is_void_v<decltype(body(who))>) {
        body(who);
        return std::string{};
      } else {
        return body(who);
      }
    }));
  }

  void add_jobs() {
    add_job("leads.feedback", "Send feedback to the manufacturers", 5,
            [this](const dms::call &who) { return sender_.run(who); });
    add_job("leads.definitions", "Take over definitions of sources from other hosts", 5,
            [this](const dms::call &) { book_.look(); });
    add_job("leads.host_effects", "Tell the host what happened to leads", 30,
            [this](const dms::call &who) { desk_.tell_host(who); });
    add_job("leads.deadlines", "Remind and escalate", 30, [this](const dms::call &who) { deadlines_.run(who); });
    add_job("leads.contacts", "Take over results from myContacts", 600,
            [this](const dms::call &who) { desk_.take_missed_results(who); });
    add_job("leads.sales", "Find the leads of sales in the DMS", 600, [this](const dms::call &who) {
      if (sales_.look_again(who) > 0) wake_feedback();
    });
    add_job("leads.mail", "Send receipts and answers by e-mail", 20, [this](const dms::call &who) {
      const auto count = answering_.run(who);
      return count == 0 ? std::string{} : std::to_string(count);
    });
    add_job("leads.assignment", "Give new leads to salespeople", 60, [this](const dms::call &who) {
      const auto count = assignment_.assign_waiting(who);
      if (count > 0) wake_feedback();
      return count == 0 ? std::string{} : std::to_string(count);
    });
    add_job("leads.absences", "Take over absences from the DMS", 60,
            [this](const dms::call &who) { absences_.take_told(who.now_us()); });
    add_job("leads.coverage", "Check who sees the open leads", 300,
            [this](const dms::call &who) { settings_.raise_or_clear(who.now_us()); });
    add_job("leads.retention", "Anonymise leads whose retention is over", 3600, [this](const dms::call &who) {
      const auto count = privacy_.run_retention(who);
      return count == 0 ? std::string{} : std::to_string(count);
    });
    add_job("leads.privacy", "Finish erasures: archive, feedback and host", 30,
            [this](const dms::call &who) { privacy_.settle(who); });
    add_job("leads.old_lists", "Forget old lists that were only checked", 3600,
            [this](const dms::call &who) { cutover_rows_.drop_lists_before(who.now_us() - day_us); });
    add_job("leads.evaluation", "Keep the numbers up to date", 60,
            [this](const dms::call &who) { leads_.keep_warm([&who] { return who.cancelled(); }); });
  }

  /// Made with a page of its own: the host may ask for the other one at the same time.
  void add_report() {
    report_page_ = screens::make_evaluation(parts_, numbers_, report_rows_, [] {});
    report_.emplace(report::report_parts{*store_, report_rows_, *report_page_, organisation_, dealership_, directory_,
                                         [this] { return mail_server(); }, log_});
    add_job("leads.report", "Make the monthly reports", 3600,
            [this](const dms::call &who) { return report_->run(who); });
  }
  notice::mail_server mail_server() const {
    return notice::mail_server_of([this](const std::string &key) { return setting(key); });
  }
  std::string setting(const std::string &key) const {
    if (secrets_ == nullptr) return {};
    return dms::written_if_found([&](const dms_sink *sink, dms_error *error) {
             return secrets_->get(secrets_->context, dms::str(key), sink, error);
           })
        .value_or("");
  }

  void add_handlers() {
    add_handler("contact.completed", [this](const dms::call &who, const screens::parameters &data) {
      if (const auto id = processing::lead_of(data.one("reference"))) {
        desk_.contact_completed(who, *id, data.one("contact"), data.one("result"), data.one("note"));
        wake_feedback();
      }
    });
    add_handler("customer.merged", [this](const dms::call &who, const screens::parameters &data) {
      if (sales_.customer_merged(who, data.one("customer")) > 0) wake_feedback();
    });
    if (sales_.hears()) {
      add_handler("deal.changed", [this](const dms::call &who, const screens::parameters &) {
        if (sales_.take_news(who) > 0) wake_feedback();
      });
    }
    if (answering_.hears()) {
      for (const auto *event : {"mail.changed", "mail.received"}) {
        add_handler(event, [this](const dms::call &who, const screens::parameters &) { answering_.take_news(who); });
      }
    }
    add_handler("user.deactivating", [this](const dms::call &who, const screens::parameters &data) {
      refuse_with(who, settings_.objection_to_deactivating(data.one("user"), who.now_us()));
    });
    add_handler("location.closing", [this](const dms::call &who, const screens::parameters &data) {
      refuse_with(who, settings_.objection_to_closing(data.one("location"), who.now_us()));
    });
    for (const auto *event : {"user.deactivated", "user.activated", "location.closed", "location.opened"}) {
      add_handler(
          event, [this](const dms::call &who, const screens::parameters &) { settings_.raise_or_clear(who.now_us()); });
    }
  }
  /// See dms/ext/references.h.
  void add_guard() {
    contributed_.add(std::make_unique<lead_guard>(
        [this](const dms::call &who, const std::vector<std::int64_t> &ids) {
          return leads_.seen(ids, desk_.seen_by(std::string(who.user()), who.now_us()));
        },
        texts_));
  }
  void add_handler(const std::string &event, simple_handler::body what) {
    if (!contributed_.add(std::make_unique<simple_handler>(event, std::move(what), texts_))) {
      log_.warning("the host has no event " + event);
    }
  }
  void refuse_with(const dms::call &who, const std::vector<message> &objection) const {
    std::string text;
    for (const auto &one : objection) text += (text.empty() ? "" : " ") + texts_.in(who.locale())(one);
    if (!text.empty()) throw dms::failure(dms_refused, text);
  }

  const screens::words &texts_;
  dms::log log_;
  const dms_jobs &jobs_;
  const dms_notifications *notifications_;
  std::string directory_;
  intake::sources sources_;
  store::options options_;
  std::unique_ptr<store::store> store_;
  store::definition_rows definition_rows_;
  mutable intake::source_book book_;
  store::requests requests_;
  access::organisation_source organisation_;
  columns::lead_index leads_;
  evaluation::evaluator numbers_;
  store::report_rows report_rows_;
  store::cutover_rows cutover_rows_;
  store::privacy_rows privacy_rows_;
  dms::audit audit_;
  intake::own_definitions own_definitions_;
  std::set<std::string> ways_in_;  ///< sources whose payloads the host takes
  const screens::language &dealership_;
  store::feedback_writer writer_;
  feedback::sender sender_;
  processing::lead_desk desk_;
  store::deal_rows deal_rows_;
  processing::sales_desk sales_;
  processing::deadline_watch deadlines_;
  processing::privacy_desk privacy_;
  processing::cutover_desk cutover_;
  processing::settings_desk settings_;
  processing::absence_desk absences_;
  feedback::channels channels_;
  const dms_settings *secrets_;
  intake::importer::parts intake_;
  intake::retrier retrier_;
  intake::held_messages held_;
  processing::assignment_desk assignment_;
  answering_parts answering_;
  bool forgets_files_;
  screens::parts parts_;
  std::unique_ptr<dms::screen> report_page_;
  std::optional<report::monthly_report> report_;
  dms::contributions contributed_;
};

}  // namespace

class lead_system_plugin : public dms::plugin {
 public:
  void init(const dms::host &from) override { host_.emplace(from); }
  void activate(const dms::call &who, const std::function<void(std::uint64_t)> &step) override {
    const auto migrated = [&](std::uint64_t made) {
      step(made);
      if (who.cancelled()) {
        throw dms::failure(dms_cancelled,
                           texts_.in(who.locale())("The start was stopped; the next one goes on where it was."));
      }
    };
    try {
      active_ = std::make_unique<active_plugin>(*host_, texts_, migrated);
    } catch (const store::store_unavailable &reason) {
      throw dms::failure(dms_unavailable, texts_.in(who.locale())(reason.what()));
    }
  }
  void deactivate() noexcept override { active_.reset(); }
  std::string text(std::string_view locale, std::string_view key) override { return texts_.in(locale)(key); }
  std::string health(const dms::call &who) override { return active_ == nullptr ? "[]" : active_->health(who); }
  std::string counts(const dms::call &who) override { return active_ == nullptr ? "{}" : active_->counts(who); }
  std::string open_work(const dms::call &who, std::string_view kind) override {
    return active_ == nullptr ? "{}" : active_->open_work(who, std::string(kind));
  }
  std::string hand_over(const dms::call &who, std::string_view kind, std::string_view from,
                        std::string_view to) override {
    return active_ == nullptr ? "{}" : active_->hand_over(who, std::string(kind), std::string(from), std::string(to));
  }

 private:
  screens::words texts_;
  std::optional<dms::host> host_;
  std::unique_ptr<active_plugin> active_;
};

}  // namespace lead_system

DMS_DEFINE_PLUGIN(lead_system::lead_system_plugin, "lead_system", "1.0.0", "Lead-System NEU")
