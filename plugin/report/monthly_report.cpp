#include "report/monthly_report.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "dms/cpp/encoding.hpp"
#include "dms/cpp/json.hpp"
#include "evaluation/calendar.hpp"
#include "report/report_text.hpp"
#include "screens/evaluation/evaluation_report.hpp"

namespace lead_system::report {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Longer than one report takes, mail included.

/// A call as if the reader had opened the screen: his rights decide what counts.
class call_of_reader {
 public:
  call_of_reader(const dms::call &job, const access::user &reader, std::string locale)
      : job_(job), user_(reader.id), name_(reader.name), locale_(std::move(locale)), correlation_(job.correlation()) {
    raw_.struct_size = sizeof raw_;
    raw_.context = this;
    raw_.user = dms::str(user_);
    raw_.user_name = dms::str(name_);
    raw_.locale = dms::str(locale_);
    raw_.correlation = dms::str(correlation_);
    raw_.channel = dms::str("job");
    raw_.now_us = job.now_us();
    // Only the page is made of it, nothing is done.
    raw_.may = [](void *, dms_str right) -> std::int32_t { return dms::view(right) == "leads.evaluation" ? 1 : 0; };
    raw_.cancelled = [](void *self) -> std::int32_t {
      return static_cast<call_of_reader *>(self)->job_.cancelled() ? 1 : 0;
    };
  }
  call_of_reader(const call_of_reader &) = delete;
  call_of_reader &operator=(const call_of_reader &) = delete;
  ~call_of_reader() = default;
  dms::call view() const { return dms::call(&raw_); }

 private:
  const dms::call &job_;
  std::string user_, name_, locale_, correlation_;
  dms_call raw_{};
};

/// Seen as a whole or not at all.
void write_file(const fs::path &file, const std::string &text) {
  const auto beside = fs::path(file).concat(".part");
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush()) throw std::runtime_error("The report cannot be written: " + file.string());
  }
  fs::rename(beside, file);
}

}  // namespace

std::string monthly_report::run(const dms::call &job) const {
  const evaluation::calendar days({}, job.now_us());
  const auto month = evaluation::calendar::iso(days.period("last_month")->from).substr(0, 7);
  const auto people = with_.organisation.now();
  int made = 0;
  for (const auto &user : with_.rows.readers()) {
    if (job.cancelled()) break;
    const auto *reader = people->find_user(user);
    // Who has left or changed his work gets none any more.
    if (reader == nullptr || !screens::may_read_reports(*reader) || with_.rows.is_made(month, user)) continue;
    const auto held = with_.store.hold("report:" + month + ":" + user);
    if (!held) continue;
    // Another host may have made it between the question and the hold.
    if (with_.rows.is_made(month, user)) continue;
    try {
      if (make(job, month, *reader)) ++made;
    } catch (const std::exception &reason) {
      // One reader's trouble is no other's; the next run tries again.
      with_.log.warning(reason.what());
    }
  }
  if (made == 0) return {};
  return with_.say.count("{1} monthly report made", "{1} monthly reports made", made);
}

bool monthly_report::make(const dms::call &job, const std::string &month, const access::user &reader) const {
  const call_of_reader call(job, reader, with_.say.tag());
  const auto document = dms::json_or_null(with_.evaluation.load(call.view(), json{{"period", "last_month"}}.dump()));
  const auto &say = with_.say;
  const auto index = static_cast<std::size_t>(std::stoi(month.substr(5)) - 1);
  const auto title = say("Lead evaluation {1} {2}", say.rules().months[index], month.substr(0, 4));
  const auto html =
      as_html(document, say.tag().substr(0, 2), say("{1}, the leads that {2} may see", title, reader.name));
  const bool comma = say.rules().decimal == ",";
  const auto csv = as_csv(document, comma ? ';' : ',', comma ? ',' : '.');
  const auto folder = fs::path(with_.directory) / "reports" / month;
  fs::create_directories(folder);
  write_file(folder / (dms::percent_encoded(reader.id, "-_") + ".html"), html);
  write_file(folder / (dms::percent_encoded(reader.id, "-_") + ".csv"), csv);
  const auto server = with_.server();
  if (!server.usable() || reader.email.empty()) {
    with_.rows.mark_made(month, reader.id, job.now_us(), "file");
    return true;
  }
  notice::mail letter;
  letter.to = reader.email;
  letter.id =
      "report-" + month + "-" + dms::percent_encoded(reader.id, "-_") + server.from.substr(server.from.find('@'));
  letter.subject = title;
  letter.text = title + "\n\n" + key_figures(document) + "\n" + say("All tables are attached.") + "\n";
  letter.at = job.now_us();
  letter.attachments = {{"lead-evaluation-" + month + ".html", "text/html; charset=utf-8", html},
                        {"lead-evaluation-" + month + ".csv", "text/csv; charset=utf-8", csv}};
  const auto came = notice::send(server, letter, [&] { return job.cancelled(); });
  if (!came.sent) {
    with_.log.warning(say(came.problem));
    return false;
  }
  with_.rows.mark_made(month, reader.id, job.now_us(), "mailed");
  return true;
}

}  // namespace lead_system::report
