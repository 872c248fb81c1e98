// monthly_report.hpp - once a month, each chosen reader gets the evaluation of the month before with his own numbers:
// as files in the plugin's data directory, and by e-mail where a server is set up.
#pragma once

#include <functional>
#include <string>

#include "access/organisation.hpp"
#include "dms/cpp/contributions.hpp"
#include "dms/cpp/host.hpp"
#include "notice/mail.hpp"
#include "screens/kit/words.hpp"
#include "store/report_rows.hpp"
#include "store/store.hpp"

namespace lead_system::report {

/// Everything outlives the report.
struct report_parts {
  store::store &store;
  store::report_rows &rows;
  dms::screen &evaluation;
  const access::organisation_source &organisation;
  const screens::language &say;  ///< of the dealership
  std::string directory;         ///< reports/ below it
  std::function<notice::mail_server()> server;
  dms::log log;
};

/// A job's work. The report of a month is made once for each reader, by whichever host comes first; a host that ends in
/// the middle leaves it to the next run, so that a mail may come twice with the same id, but none is missing. After a
/// pause only the last full month is made. Somebody who is chosen in the middle of a month gets the last one at once.
class monthly_report {
 public:
  explicit monthly_report(report_parts with) : with_(std::move(with)) {}
  /// One line on what it did, or nothing.
  std::string run(const dms::call &job) const;

 private:
  bool make(const dms::call &job, const std::string &month, const access::user &reader) const;
  report_parts with_;
};

}  // namespace lead_system::report
