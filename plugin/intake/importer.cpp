#include "intake/importer.hpp"

#include <sodium.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "intake/filing.hpp"
#include "intake/reader.hpp"
#include "intake/report.hpp"

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

/// The bytes up to a limit, and the digest and size of all of them.
struct received_payload {
  std::string bytes, digest;
  std::uint64_t size = 0;
  bool too_large = false;
};

received_payload receive(const dms::call &who, const dms::input &payload, std::size_t limit,
                         const std::function<void(std::uint64_t, std::uint64_t)> &progress) {
  received_payload result;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string buffer(std::size_t{64} << 10U, '\0');
  while (const auto count = payload.read(buffer.data(), buffer.size())) {
    if (who.cancelled()) throw dms::failure(dms_cancelled, "The import was cancelled. Nothing was stored.");
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char *>(buffer.data()), count);
    result.size += count;
    result.too_large = result.size > limit;
    if (!result.too_large) result.bytes.append(buffer, 0, count);
    if (progress) progress(result.size, 0);
  }
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, digest);
  char hex[sizeof digest * 2 + 1];
  result.digest = sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
  if (result.too_large) result.bytes.clear();
  return result;
}

std::string new_receipt() {
  unsigned char random[12];
  randombytes_buf(random, sizeof random);
  char hex[sizeof random * 2 + 1];
  return sodium_bin2hex(hex, sizeof hex, random, sizeof random);
}

void count(store::import_run &run, const imported_item &item) {
  if (item.outcome == "accepted") ++run.accepted;
  if (item.outcome == "repeated") ++run.repeated;
  if (item.outcome == "legacy") ++run.legacy;
  if (item.outcome == "quarantined") ++run.quarantined;
}

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
    first_.at = who.now_us();
    // The limit of leads is one of posts; a file may hold as many as fit into its bytes.
    if (first_.channel != "http") limits_.leads_per_post = std::numeric_limits<int>::max();
  }

  std::string run(const dms::input &payload, const std::function<void(std::uint64_t, std::uint64_t)> &progress) {
    payload_ = receive(who_, payload, limits_.payload_bytes, progress);
    first_.bytes = static_cast<std::int64_t>(payload_.size);
    first_.digest = payload_.digest;
    read(progress);
    with_.store.write([&](store::transaction &in) { write(in); });
    if (refused_) throw dms::failure(dms_too_large, translated(problem_));
    notify_unknown_codes();
    return report_document(result_, [&](const message &text) { return translated(text); });
  }

 private:
  void read(const std::function<void(std::uint64_t, std::uint64_t)> &progress) {
    if (payload_.too_large) {
      refuse({"The payload is larger than 32 MiB and was not read. Split it.", {}});
      return;
    }
    const auto found = read_payload(source_, payload_.bytes, who_.now_us(), limits_, [&](read_lead &&one) {
      collected_lead item{std::move(one), {}};
      item.digest = content_digest(item.read.content);
      leads_.push_back(std::move(item));
      if (leads_.size() % 256 != 0) return;
      if (who_.cancelled()) throw dms::failure(dms_cancelled, "The import was cancelled. Nothing was stored.");
      if (progress) progress(payload_.size, leads_.size());
    });
    problem_ = found.problem;
    if (!problem_.empty()) leads_.clear();
    if (found.leads > limits_.leads_per_post) refuse(problem_);
  }

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
    filing_.restart(in);
    auto &run = result_.run;
    run.payload_id = in.archive_payload(source_.id, payload_.digest, payload_.bytes, first_.bytes, first_.at);
    run.reason = message_json(problem_);
    quarantined_before_ = in.quarantined_before(run.payload_id);
    run.id = in.insert_run(run);
    if (!problem_.empty()) {
      keep(in, {{}, "quarantined", 0, problem_});
    } else {
      for (const auto &lead : leads_) keep(in, filing_.file(in, lead, run));
    }
    run.updated = filing_.updates();
    in.update_run(run);
  }

  void keep(store::transaction &in, imported_item item) {
    // The same bytes with the same fault are a repeat like any other; the reason goes along.
    const auto before = quarantined_before_.find(static_cast<int>(result_.items.size()) + 1);
    if (item.outcome == "quarantined" && before != quarantined_before_.end() &&
        before->second == message_json(item.reason)) {
      item.outcome = "repeated";
    }
    count(result_.run, item);
    store::import_item row;
    row.run_id = result_.run.id;
    row.position = static_cast<int>(result_.items.size()) + 1;
    row.external_id = item.external_id;
    row.outcome = item.outcome;
    row.lead_id = item.lead;
    row.reason = message_json(item.reason);
    in.insert_item(row);
    result_.items.push_back(std::move(item));
  }

  std::string translated(const message &text, const std::string &locale) const {
    return with_.translate ? with_.translate(locale, text) : in_english(text);
  }
  std::string translated(const message &text) const { return translated(text, who_.locale()); }

  /// The leads are stored already: that nobody could be told is no reason to answer otherwise.
  void notify_unknown_codes() const {
    if (with_.notifications == nullptr) return;
    for (const auto &code : filing_.unknown_codes()) {
      const message text =
          code.empty()
              ? message{"Leads of {1} came without a dealer code. Only users with ALLE see them.", {source_.title}}
              : message{
                    "Leads of {1} came with the unknown dealer code {2}. Only users with ALLE see them until it is "
                    "mapped to a location.",
                    {source_.title, code}};
      // Notifications are written in the language of the dealership.
      const json notification = {{"roles", {"admin"}},
                                 {"tone", "warn"},
                                 {"text", translated(text, {})},
                                 {"link", {{"screen", "leads.settings"}, {"params", json::object()}}}};
      try {
        dms::notifications(with_.notifications)
            .notify("unknown_dealer_code:" + source_.id + ":" + code,
                    notification.dump(-1, ' ', false, json::error_handler_t::replace));
      } catch (const dms::failure &problem) {
        with_.log.warning(std::string("The admins could not be told of an unknown dealer code: ") + problem.what());
      }
    }
  }

  const importer::parts &with_;
  const definition &source_;
  const dms::call &who_;
  limits limits_;
  filing filing_;
  store::import_run first_;  ///< as every run of the transaction begins
  received_payload payload_;
  std::vector<collected_lead> leads_;
  message problem_;
  bool refused_ = false;
  std::map<int, std::string> quarantined_before_;
  import_outcome result_;
};

}  // namespace

importer::importer(parts with, const definition &source) : with_(std::move(with)), source_(source) {}

std::string importer::run(const dms::call &who, const dms::input &payload, std::string_view name,
                          const std::function<void(std::uint64_t, std::uint64_t)> &progress) const {
  return import_of_payload(with_, source_, who, name).run(payload, progress);
}

}  // namespace lead_system::intake
