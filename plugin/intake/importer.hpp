// importer.hpp - one payload into the store: archive, accept, recognise as a repeat, or quarantine with the reason.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "access/organisation.hpp"
#include "dms/cpp/contributions.hpp"
#include "intake/reader.hpp"
#include "lead/message.hpp"
#include "store/feedback_writer.hpp"
#include "store/store.hpp"

namespace lead_system::intake {

/// A customer of the host whose lead it is, and who looks after him.
struct customer_tie {
  std::string customer;
  std::string salesperson;  ///< login; empty: nobody who could take the lead
  std::string rule;         ///< by which it was found
};

class importer {
 public:
  struct parts {
    store::store &store;
    const catalog &types;
    const access::organisation_source &organisation;
    store::feedback_writer feedback;
    const dms_notifications *notifications;  ///< may be null: nobody is notified
    dms::log log;
    /// A message in a locale (BCP 47; empty: the language of the dealership). Without this: English.
    std::function<std::string(const std::string &locale, const message &)> translate = {};
    std::filesystem::path spool_directory = std::filesystem::temp_directory_path();  ///< for payloads beyond the memory
    const dms_settings *settings = nullptr;  ///< may be null: "web_json.google_key" is not checked
    limits within = {};
    /// The host's customer to whom a lead goes by the rules of its type, tried in order. Without this: to nobody.
    std::function<std::optional<customer_tie>(const lead_content &, const std::vector<std::string> &rules)> tie = {};
  };
  importer(parts with, const definition &source);

  /// Reads the payload to its end and stores it: in one transaction, or, where it is larger than the memory, some leads
  /// at a time, and the same payload again goes on where it broke off. Returns the dms.import_report/1 document after
  /// the commit, in the locale of the call.
  ///
  /// A payload that cannot be read is quarantined whole: one item without external id, and the report's reason. A test
  /// lead is answered as "repeated" with its reason and changes nothing. Throws dms::failure: dms_too_large over a
  /// limit (archived by its digest only), dms_cancelled; store::store_unavailable. Then nothing
  /// was stored (of a large payload: what is stored stays, and is not counted twice).
  std::string run(const dms::call &who, const dms::input &payload, std::string_view name,
                  const std::function<void(std::uint64_t, std::uint64_t)> &progress) const;

 private:
  parts with_;
  const definition &source_;
};

}  // namespace lead_system::intake
