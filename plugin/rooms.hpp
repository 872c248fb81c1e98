// rooms.hpp - everything that lives between activate and deactivate, built from the bottom up: what a room needs stands
// above it, and all is undone in reverse.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "answering_parts.hpp"
#include "evaluation/evaluator.hpp"
#include "feedback/feedback.hpp"
#include "intake/held_messages.hpp"
#include "intake/importer.hpp"
#include "intake/own_definitions.hpp"
#include "intake/source_book.hpp"
#include "intake/sources.hpp"
#include "processing/absence_desk.hpp"
#include "processing/cutover_desk.hpp"
#include "processing/deadline_watch.hpp"
#include "processing/host_effects.hpp"
#include "processing/privacy_desk.hpp"
#include "processing/sales_desk.hpp"
#include "report/monthly_report.hpp"
#include "screens/kit/parts.hpp"
#include "store/requests.hpp"

namespace lead_system {

/// Writes into the host's audit log: action, subject, detail.
using audit_line =
    std::function<void(const dms::call &, const std::string &, const std::string &, const std::string &)>;

struct rooms {
  /// Opens the store and migrates it; throws store_unavailable. `migrated`: see store::options. `texts` outlives this.
  rooms(const dms::host &host, const screens::words &texts, std::function<void(std::uint64_t)> migrated);
  rooms(const rooms &) = delete;
  rooms &operator=(const rooms &) = delete;
  ~rooms() = default;

  // What several contributions do.
  void wake(const char *job) const { jobs.wake(jobs.context, dms::str(job)); }
  void wake_feedback() const { wake("leads.feedback"); }
  void wake_after_import() const;
  /// Takes a payload in as the source's import hook does, for a screen; returns the report.
  std::string import_file(const dms::call &who, const std::string &source, const std::string &bytes,
                          const std::string &name);
  std::function<std::string(const message &)> in_dealership_words() const;
  audit_line auditing() const;
  notice::mail_server mail_server() const;

  const screens::words &texts;
  dms::log log;
  const dms_jobs &jobs;
  const dms_notifications *notifications;  ///< may be null
  const dms_settings *host_values;         ///< may be null
  std::string directory;                   ///< the plugin's own
  const screens::language &dealership;

  intake::sources shipped;
  store::options options;
  std::unique_ptr<store::store> db;
  store::definition_rows definition_rows;
  store::requests requests;
  store::report_rows report_rows;
  store::cutover_rows cutover_rows;
  store::privacy_rows privacy_rows;
  store::deal_rows deal_rows;
  intake::source_book book;
  access::organisation_source organisation;
  dms::audit audit;

  columns::lead_index leads;
  evaluation::evaluator numbers;
  intake::own_definitions own_definitions;
  std::set<std::string> ways_in;  ///< sources whose payloads the host takes
  store::feedback_writer writer;
  feedback::sender sender;
  feedback::channels channels;

  processing::lead_desk desk;
  processing::sales_desk sales;
  processing::deadline_watch deadlines;
  processing::privacy_desk privacy;
  processing::cutover_desk cutover;
  processing::settings_desk settings;
  processing::absence_desk absences;
  processing::assignment_desk assignment;
  answering_parts answering;

  intake::importer::parts importing;
  intake::retrier retrier;
  intake::held_messages held;

  bool forgets_files;  ///< the host erases what it kept of a person
  screens::parts screen_parts;
  std::unique_ptr<dms::screen> report_page;  ///< of the report alone: the host may ask for the other at the same time
  report::monthly_report monthly;

 private:
  std::string setting(const std::string &key) const;
  intake::importer::parts import_parts();
  report::report_parts report_needs();
};

}  // namespace lead_system
