#include "intake/importer.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "intake/blocks.hpp"
#include "intake/filing.hpp"
#include "intake/quarantine_notices.hpp"
#include "intake/reader.hpp"
#include "intake/received_payload.hpp"
#include "intake/report.hpp"
#include "intake/sender_faults.hpp"

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

constexpr std::size_t part_size = std::size_t{4} << 20U;

/// One import, from its payload to its report.
class import_of_payload {
 public:
  import_of_payload(const importer::parts &with, const definition &source, const dms::call &who, std::string_view name)
      : with_(with), source_(source), who_(who), filing_(with, source, who.now_us()) {
    first_.receipt = new_receipt();
    first_.source = source.id;
    first_.channel = who.channel();
    first_.user = who.user();
    first_.name = name;
    first_.definition_version = source.version;
    first_.at = who.now_us();
    // The limit of leads is one of posts; a file may hold as many as fit into its bytes.
    if (first_.channel != "http") limits_.leads_per_post = std::numeric_limits<int>::max();
  }

  std::string run(const dms::input &payload, const std::function<void(std::uint64_t, std::uint64_t)> &progress) {
    progress_ = progress;
    const auto cut = first_.channel == "http" ? 0 : cut_above(source_, limits_);
    payload_ = receive(who_, payload, cut, limits_.payload_bytes, with_.spool_directory,
                       [this](std::uint64_t bytes) { report_progress(bytes); });
    first_.bytes = static_cast<std::int64_t>(payload_.size);
    first_.digest = payload_.digest;
    arrived_at_ = with_.store.payload_arrival(payload_.digest).value_or(first_.at);
    if (payload_.on_disk) {
      import_large();
    } else {
      read();
      with_.store.write([&](store::transaction &in) { write(in); });
      unknown_codes_ = filing_.unknown_codes();
      shared_ids_ = filing_.shared_ids();
    }
    notify_quarantine(with_, source_, result_.run.id, faults_);
    if (refused_) throw dms::failure(dms_too_large, translated(problem_));
    notify_unknown_codes(with_, source_, unknown_codes_);
    notify_shared_ids(with_, source_, shared_ids_);
    return report_document(result_, [&](const message &text) { return translated(text); });
  }

 private:
  void report_progress(std::uint64_t bytes) const {
    if (progress_) progress_(bytes, static_cast<std::uint64_t>(std::max(position_, static_cast<int>(leads_.size()))));
  }
  void stop_if_cancelled(const char *sentence) const {
    if (who_.cancelled()) throw dms::failure(dms_cancelled, sentence);
  }

  void read() {
    if (payload_.too_large) {
      refuse({"The payload is larger than 32 MiB and was not read. Split it.", {}});
      return;
    }
    const auto found = read_payload(source_, payload_.bytes, arrived_at_, limits_, [&](read_lead &&one) {
      collect(std::move(one));
      if (leads_.size() % 256 != 0) return;
      stop_if_cancelled("The import was cancelled. Nothing was stored.");
      report_progress(payload_.size);
    });
    problem_ = found.problem;
    if (!problem_.empty()) leads_.clear();
    if (found.leads > limits_.leads_per_post) refuse(problem_);
  }

  void collect(read_lead &&one) { leads_.push_back(collected(with_, source_, std::move(one))); }

  /// Over a limit: archived by digest only, and refused.
  void refuse(message why) {
    problem_ = std::move(why);
    refused_ = true;
    payload_.bytes.clear();
    leads_.clear();
  }

  /// The body of the transaction; it may run more than once.
  void write(store::transaction &in) {
    result_ = {};
    result_.run = first_;
    result_.problem = problem_;
    position_ = 0;
    log_.clear();
    filing_.restart(in);
    auto &run = result_.run;
    const auto kept = in.archive_payload(source_.id, payload_.digest, payload_.bytes, first_.bytes, first_.at);
    run.payload_id = kept.id;
    if (kept.at != arrived_at_ && !refused_) {
      // It came a second time at once, and the other one was faster.
      arrived_at_ = kept.at;
      leads_.clear();
      read();
    }
    run.reason = message_json(problem_);
    quarantined_before_ = kept.known ? in.quarantined_before(run.payload_id, 0, std::max<std::size_t>(leads_.size(), 1))
                                     : std::map<int, std::string>{};
    if (!problem_.empty()) {
      count({"", "quarantined", 0, problem_});
    } else {
      file_leads(in);
    }
    run.updated = filing_.updates();
    run.id = in.insert_run(run);
    log_items(in);
  }

  /// A payload that is larger than the memory: looked through as a whole first, then stored some leads at a time. When
  /// it breaks off, whatever the reason, the same payload goes on where it was.
  void import_large() {
    // By one import at a time, also of two hosts: both would go on with the same run.
    const auto held = with_.store.hold("import:" + payload_.digest);
    if (!held) refuse_second();
    text_stream text(*payload_.on_disk, is_xml_format(source_));
    problem_ = fault_of(text);
    archive_large();
    if (!problem_.empty()) {
      with_.store.write([&](store::transaction &in) { write(in); });
      return;
    }
    with_.store.write([&](store::transaction &in) { begin_large(in); });
    std::int64_t seen = 0;
    read_all(text, [&](read_lead &&one) {
      if (++seen > already_) collect(std::move(one));
      if (leads_.size() < limits_.leads_a_transaction) return;
      stop_if_cancelled("The import was stopped. What it has stored stays; the same payload goes on from there.");
      store_some(false);
      report_progress(payload_.size);
    });
    store_some(true);
  }

  /// Why the payload cannot be read, or nothing: nothing is stored before all of it was found readable.
  message fault_of(text_stream &text) {
    if (!source_.closed.empty()) return source_.closed;
    text.rewind();
    const auto blocks = cut_into_blocks(source_, text, limits_);
    bool any = false;
    for (auto block = blocks->next(); !block.empty(); block = blocks->next()) {
      stop_if_cancelled("The import was cancelled. Nothing was stored.");
      any = true;
      if (auto problem = check_text(source_, std::move(block), limits_); !problem.empty()) return problem;
    }
    if (!blocks->problem().empty() || any) return blocks->problem();
    return {"This payload is not of the source {1}. Send it to the right one.", {source_.title}};
  }

  void read_all(text_stream &text, const std::function<void(read_lead &&)> &take) {
    text.rewind();
    const auto blocks = cut_into_blocks(source_, text, limits_);
    for (auto block = blocks->next(); !block.empty(); block = blocks->next()) {
      read_text(source_, std::move(block), text.remark(), arrived_at_, limits_, take);
    }
  }

  void archive_large() {
    std::int64_t id = 0;
    with_.store.write([&](store::transaction &in) {
      const auto kept = in.archive_payload(source_.id, payload_.digest, {}, first_.bytes, first_.at);
      id = kept.id;
      arrived_at_ = kept.at;
    });
    payload_.on_disk->rewind();
    int position = 0;
    for (auto part = payload_.on_disk->read(part_size); !part.empty(); part = payload_.on_disk->read(part_size)) {
      stop_if_cancelled("The import was cancelled. No lead was stored.");
      with_.store.write([&](store::transaction &in) { in.archive_part(id, position, part); });
      ++position;
    }
    first_.payload_id = id;
  }

  [[noreturn]] void refuse_second() const {
    throw dms::failure(dms_unavailable,
                       translated({"The same payload is being imported just now. Try again in a minute.", {}}));
  }

  void begin_large(store::transaction &in) {
    result_ = {};
    position_ = 0;
    already_ = 0;
    auto before = in.unfinished_run(first_.payload_id);
    if (before && before->run.definition_version != source_.version) {
      // Another version may find other leads in it, so positions say nothing: from the beginning. What is stored
      // already is known again.
      before->run.finished = true;
      in.update_run(before->run);
      before.reset();
    }
    if (before) {
      result_.run = before->run;
      already_ = before->items;
      position_ = static_cast<int>(already_);
      return;
    }
    result_.run = first_;
    result_.run.finished = false;
    result_.run.id = in.insert_run(result_.run);
  }

  void store_some(bool last) {
    const auto run_before = result_.run;
    const auto items_before = result_.items.size();
    const auto position_before = position_;
    with_.store.write([&](store::transaction &in) {
      // Who holds the payload knows of no other; should the hold ever be lost, this tells.
      const auto present = in.unfinished_run(first_.payload_id);
      if (!present || present->run.id != run_before.id || present->items != position_before) refuse_second();
      result_.run = run_before;
      result_.items.resize(items_before);
      position_ = position_before;
      log_.clear();
      filing_.restart(in);
      quarantined_before_ = in.quarantined_before(first_.payload_id, position_, leads_.size());
      file_leads(in);
      log_items(in);
      result_.run.updated = run_before.updated + filing_.updates();
      result_.run.finished = last;
      in.update_run(result_.run);
    });
    unknown_codes_.insert(filing_.unknown_codes().begin(), filing_.unknown_codes().end());
    shared_ids_.insert(filing_.shared_ids().begin(), filing_.shared_ids().end());
    leads_.clear();
  }

  void file_leads(store::transaction &in) {
    for (auto &item : filing_.file(in, leads_, result_.run)) count(std::move(item));
  }

  /// Counts what became of a lead, for the run, the report and the log.
  void count(imported_item item) {
    ++position_;
    // The same bytes with the same fault are a repeat like any other; the reason goes along.
    auto reason = message_json(item.reason);
    const auto before = quarantined_before_.find(position_);
    if (item.outcome == "quarantined" && before != quarantined_before_.end() && before->second == reason) {
      item.outcome = "repeated";
    }
    count_outcome(result_.run, item.outcome);
    log_.push_back({0, 0, position_, item.external_id, item.outcome, item.lead, std::move(reason), 0});
    if (result_.items.size() < most_reported_items) result_.items.push_back(std::move(item));
  }

  void log_items(store::transaction &in) {
    for (auto &row : log_) {
      row.run_id = result_.run.id;
      in.insert_item(row);
      if (row.outcome == "quarantined") faults_.insert(row.reason);
    }
    log_.clear();
  }

  std::string translated(const message &text, const std::string &locale) const {
    return with_.translate ? with_.translate(locale, text) : in_english(text);
  }
  std::string translated(const message &text) const { return translated(text, who_.locale()); }

  const importer::parts &with_;
  const definition &source_;
  const dms::call &who_;
  limits limits_ = with_.within;
  filing filing_;
  store::import_run first_;  ///< as every run of the transaction begins
  received_payload payload_;
  std::vector<collected_lead> leads_;
  message problem_;
  bool refused_ = false;
  std::map<int, std::string> quarantined_before_;
  import_outcome result_;
  std::vector<store::import_item> log_;  ///< of the leads filed in this transaction
  int position_ = 0;                     ///< of the lead that was counted last
  std::int64_t already_ = 0;             ///< leads that the broken off run has stored
  std::set<std::string> unknown_codes_, shared_ids_;
  time_us arrived_at_ = 0;        ///< when these bytes came first: what stands in for a time that they do not give
  std::set<std::string> faults_;  ///< by which leads came into quarantine
  std::function<void(std::uint64_t, std::uint64_t)> progress_;
};

}  // namespace

importer::importer(parts with, const definition &source) : with_(std::move(with)), source_(source) {}

std::string importer::run(const dms::call &who, const dms::input &payload, std::string_view name,
                          const std::function<void(std::uint64_t, std::uint64_t)> &progress) const {
  return import_of_payload(with_, source_, who, name).run(payload, progress);
}

}  // namespace lead_system::intake
