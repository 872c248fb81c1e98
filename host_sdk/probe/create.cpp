// What services do when they are asked to make something. For a host that is tried out: a customer may stay behind.
#include <algorithm>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/probe.hpp"

namespace dms::probing {
namespace {

using nlohmann::json;

/// One walk over what creates, all of it under a reference of its own.
class walk {
 public:
  walk(probe &of, const dms_call *call)
      : of_(of),
        notes_(*of.notes),
        call_(call),
        reference_("dms_probe:" + std::to_string(call->now_us)),
        mail_("probe-" + std::to_string(call->now_us) + "@example.org") {}

  void customers();
  void changes();
  void contacts();
  void completion();
  void erasure();
  void mails();
  void others();
  const std::vector<std::string> &left() const noexcept { return left_; }

 private:
  template <typename Call>
  answer ask(Call &&call) {
    return of_.ask(std::forward<Call>(call));
  }
  answer make_customer(const dms_customers &service, std::string_view key);
  answer make_contact(const dms_contacts &service, std::string_view key, std::int64_t due_us);
  json find(const dms_customers &service, int limit);
  json customer(const dms_customer_changes &service, const std::string &id);
  json contact(const std::string &id);
  std::string another_user();
  static std::string id_of(const answer &from) {
    const auto read = json_or_null(from.text);
    return read.is_object() && read.contains("id") && read["id"].is_string() ? read["id"].get<std::string>() : "";
  }
  /// Text of its own, written over when the service has returned.
  struct lent {
    explicit lent(std::string text) : bytes(std::move(text)) {}
    lent(const lent &) = delete;
    lent &operator=(const lent &) = delete;
    ~lent() { std::fill(bytes.begin(), bytes.end(), '~'); }
    dms_str text() const { return str(bytes); }
    std::string bytes;
  };

  probe &of_;
  ledger &notes_;
  const dms_call *call_;
  std::string reference_, mail_;
  std::vector<std::string> left_;  ///< ids of customers who are there
  std::string contact_;
};

constexpr std::string_view first_name = "Zoë", note = "A contact of the probe";
constexpr std::string_view awkward_name = "Pröbe-Ňěmcová \"O'Neil\" \\ <b>";

answer walk::make_customer(const dms_customers &service, std::string_view key) {
  const lent name(reference_ + ':' + std::string(key));
  const lent document(
      to_text({{"kind", "person"}, {"first_name", first_name}, {"last_name", awkward_name}, {"email", mail_}}));
  return ask([&](const dms_sink *sink, dms_error *error) {
    return service.create(service.context, call_, name.text(), document.text(), sink, error);
  });
}

json walk::find(const dms_customers &service, int limit) {
  const lent query(to_text({{"emails", json::array({mail_})}, {"limit", limit}}));
  return json_or_null(ask([&](const dms_sink *sink, dms_error *error) {
                        return service.find(service.context, query.text(), sink, error);
                      }).text);
}

void walk::customers() {
  const auto *service = of_.service<dms_customers>(DMS_CUSTOMERS_ID);
  if (service == nullptr) return;
  const auto first = make_customer(*service, "customer");
  const auto id = id_of(first);
  if (!notes_.judge("customers.made", first.status == dms_ok && !id.empty(), "no document with an id is written"))
    return;
  left_.push_back(id);
  const auto again = id_of(make_customer(*service, "customer"));
  if (!notes_.judge("customers.once", again == id, "it makes another one") && !again.empty()) left_.push_back(again);
  if (const auto other = id_of(make_customer(*service, "other")); !other.empty()) left_.push_back(other);
  const auto got = json_or_null(ask([&](const dms_sink *sink, dms_error *error) {
                                  return service->get(service->context, str(id), sink, error);
                                }).text);
  notes_.judge("customers.text", got.is_object() && got.value("last_name", "") == awkward_name,
               "the name is another one");
  const auto all = find(*service, 20), one = find(*service, 1);
  const bool found = all.is_array() && std::any_of(all.begin(), all.end(), [&](const auto &each) {
                       return each.is_object() && each.value("id", "") == id;
                     });
  notes_.judge("customers.found", found, "the e-mail address finds nobody");
  notes_.judge("customers.limit", one.is_array() && one.size() <= 1, "two are written where one is asked for");
}

json walk::customer(const dms_customer_changes &service, const std::string &id) {
  return json_or_null(ask([&](const dms_sink *sink, dms_error *error) {
                        return service.get(service.context, str(id), sink, error);
                      }).text);
}

void walk::changes() {
  const auto *service = of_.service<dms_customer_changes>(DMS_CUSTOMER_CHANGES_ID);
  if (service == nullptr || left_.empty()) return;
  const auto change = [&](std::string_view key, std::int64_t revision, const char *city) {
    const lent name(reference_ + ":change:" + std::string(key)), document(to_text({{"city", city}}));
    return ask([&](const dms_sink *sink, dms_error *error) {
      return service->change(service->context, call_, name.text(), str(left_.front()), revision, document.text(), sink,
                             error);
    });
  };
  const auto revision = customer(*service, left_.front()).value("revision", std::int64_t{0});
  const auto first = change("one", revision, "Graz");
  const auto said = json_or_null(first.text);
  notes_.judge("changes.was",
               said.is_object() && said.contains("was") && said["was"].value("city", "?").empty() &&
                   said.contains("customer") && said["customer"].value("city", "") == "Graz",
               "the answer is without it");
  const auto again = change("one", revision, "Graz");
  notes_.judge("changes.once", again.status == dms_ok && json_or_null(again.text) == said, "it answers otherwise");
  notes_.judge("changes.conflict", change("two", revision, "Linz").status == dms_conflict,
               "it is changed all the same");
  bool gone = true;
  for (const auto &id : left_) {
    const auto now = customer(*service, id).value("revision", std::int64_t{0});
    const auto taken = ask([&](const dms_sink *, dms_error *error) {
      return service->take_back(service->context, call_, str(id), now, str(reference_), error);
    });
    const auto after = ask(
        [&](const dms_sink *sink, dms_error *error) { return service->get(service->context, str(id), sink, error); });
    gone = gone && taken.status == dms_ok && after.status == dms_not_found;
  }
  if (notes_.judge("changes.taken_back", gone, "a customer is still there")) left_.clear();
}

answer walk::make_contact(const dms_contacts &service, std::string_view key, std::int64_t due_us) {
  const lent name(reference_ + ':' + std::string(key));
  const lent document(to_text({{"user", view(call_->user)},
                               {"name", first_name},
                               {"due_us", due_us},
                               {"kind", "phone"},
                               {"note", note},
                               {"reference", reference_},
                               {"link", {{"screen", "dms_probe.report"}, {"params", json::object()}}}}));
  return ask([&](const dms_sink *sink, dms_error *error) {
    return service.create(service.context, call_, name.text(), document.text(), sink, error);
  });
}

json walk::contact(const std::string &id) {
  const auto *service = of_.service<dms_contacts>(DMS_CONTACTS_ID);
  const auto all = json_or_null(ask([&](const dms_sink *sink, dms_error *error) {
                                  return service->list(service->context, str(reference_), sink, error);
                                }).text);
  for (const auto &each : all.is_array() ? all : json::array()) {
    if (each.is_object() && each.value("id", "") == id) return each;
  }
  return json::object();
}

/// An active user who is not the call's, else empty.
std::string walk::another_user() {
  const auto *directory = of_.service<dms_directory>(DMS_DIRECTORY_ID);
  if (directory == nullptr) return {};
  const auto users = json_or_null(ask([&](const dms_sink *sink, dms_error *error) {
                                    return directory->users(directory->context, sink, error);
                                  }).text);
  for (const auto &each : users.is_array() ? users : json::array()) {
    if (each.is_object() && each.value("active", false) && each.value("id", "") != view(call_->user)) return each["id"];
  }
  return {};
}

void walk::contacts() {
  const auto *service = of_.service<dms_contacts>(DMS_CONTACTS_ID);
  if (service == nullptr || call_->user.len == 0) return;
  constexpr std::int64_t day_us = std::int64_t{24} * 3600 * 1'000'000;
  contact_ = id_of(make_contact(*service, "first", call_->now_us + day_us));
  const auto made = contact(contact_);
  if (!notes_.judge("contacts.made", made.value("user", "") == view(call_->user) && made.value("done_us", 1) == 0,
                    "the list is without it")) {
    return;
  }
  notes_.judge("contacts.once", id_of(make_contact(*service, "first", call_->now_us + day_us)) == contact_,
               "it makes another one");
  completion();
  const auto second = id_of(make_contact(*service, "second", call_->now_us + 2 * day_us));
  if (const auto other = another_user(); !other.empty()) {
    bool went = true;
    for (int round = 0; round < 2; ++round) {
      const auto came = ask([&](const dms_sink *, dms_error *error) {
        return service->reassign(service->context, call_, str(reference_), str(other), error);
      });
      went = went && came.status == dms_ok && contact(second).value("user", "") == other;
    }
    notes_.judge("contacts.reassigned", went, "it stays with whom it was");
  }
  bool ended = true;
  for (int round = 0; round < 2; ++round) {
    const auto came = ask([&](const dms_sink *, dms_error *error) {
      return service->end(service->context, call_, str(reference_), error);
    });
    ended = ended && came.status == dms_ok && contact(second).value("done_us", std::int64_t{0}) > 0;
  }
  notes_.judge("contacts.ended", ended, "it is still open");
}

void walk::completion() {
  const auto *service = of_.service<dms_contact_completion>(DMS_CONTACT_COMPLETION_ID);
  if (service == nullptr) return;
  const auto complete = [&](const std::string &id, const char *result) {
    return ask([&](const dms_sink *, dms_error *error) {
             return service->complete(service->context, call_, str(id), str(result), str("probed"), error);
           })
        .status;
  };
  notes_.judge("completion.bad",
               complete(contact_, "eaten") == dms_invalid && complete("0", "reached") == dms_not_found,
               "it is answered otherwise");
  {
    const std::lock_guard lock(of_.mutex);
    of_.completing = contact_;
  }
  bool done = true;
  for (int round = 0; round < 2; ++round) {
    done = complete(contact_, "reached") == dms_ok && done;
    const auto after = contact(contact_);
    done = done && after.value("done_us", std::int64_t{0}) > 0 && after.value("result", "") == "reached";
  }
  notes_.judge("completion.done", done, "it is not done, or without its result");
  notes_.judge("completion.quiet", true);
}

void walk::erasure() {
  const auto *service = of_.service<dms_erasure>(DMS_ERASURE_ID);
  if (service == nullptr || contact_.empty()) return;
  const lent what(to_text({{"references", json::array({reference_})}}));
  const auto came = ask(
      [&](const dms_sink *, dms_error *error) { return service->forget(service->context, call_, what.text(), error); });
  const auto after = contact(contact_);
  const bool told = after.value("name", "").find(first_name) != std::string::npos ||
                    after.value("note", "").find(note) != std::string::npos;
  notes_.judge("erasure.forgotten", came.status == dms_ok && !told, "a name or a note is still there");
}

/// To an address of example.org (RFC 2606), where nobody reads it.
void walk::mails() {
  const auto *service = of_.service<dms_mail>(DMS_MAIL_ID);
  if (service == nullptr) return;
  const auto send = [&](std::string_view key, std::string_view to) {
    const lent name(reference_ + ':' + std::string(key));
    const lent document(to_text({{"to", to},
                                 {"subject", "The probe of the interface"},
                                 {"text", "The probe was here."},
                                 {"language", "en"},
                                 {"reference", reference_},
                                 {"automatic", true}}));
    return ask([&](const dms_sink *sink, dms_error *error) {
      return service->send(service->context, call_, name.text(), document.text(), sink, error);
    });
  };
  const auto first = send("mail", mail_);
  if (first.status != dms_ok) return;  // a host may refuse all that the probe sends, and says why
  notes_.judge("mail.bad", send("mail:bad", "nobody").status == dms_invalid, "it is answered otherwise");
  const auto id = id_of(first);
  {
    const std::lock_guard lock(of_.mutex);
    of_.mails.insert(id);
  }
  notes_.judge("mail.once", !id.empty() && id_of(send("mail", mail_)) == id, "it sends another one");
}

void walk::others() {
  if (const auto *bell = of_.service<dms_notifications>(DMS_NOTIFICATIONS_ID); bell != nullptr && call_->user.len > 0) {
    bool taken = true;
    for (int round = 0; round < 2; ++round) {
      const lent key(reference_ + ":bell");
      const lent text(
          to_text({{"users", json::array({view(call_->user)})}, {"tone", "info"}, {"text", "The probe was here."}}));
      taken = taken && ask([&](const dms_sink *, dms_error *error) {
                         return bell->notify(bell->context, key.text(), text.text(), error);
                       }).status == dms_ok;
    }
    const lent key(reference_ + ":bell");
    taken = taken && ask([&](const dms_sink *, dms_error *error) {
                       return bell->withdraw(bell->context, key.text(), error);
                     }).status == dms_ok;
    notes_.judge("notifications.twice", taken, "it is not taken");
  }
  if (const auto *audit = of_.service<dms_audit>(DMS_AUDIT_ID)) {
    const auto came = ask([&](const dms_sink *, dms_error *error) {
      return audit->write(audit->context, call_, str("dms_probe.probed"), str(reference_), str(""), error);
    });
    notes_.judge("audit.written", came.status == dms_ok, "status " + std::to_string(came.status));
  }
  const auto *secrets = of_.service<dms_secrets>(DMS_SECRETS_ID);
  const auto *settings = of_.service<dms_settings>(DMS_SETTINGS_ID);
  if (secrets == nullptr || settings == nullptr) return;
  constexpr std::string_view value = "gehéim";
  const auto set_and_get = [&](std::string_view to) {
    const lent key("dms_probe.secret"), given{std::string(to)};
    ask([&](const dms_sink *, dms_error *error) {
      return secrets->set(secrets->context, call_, key.text(), given.text(), error);
    });
    return ask([&](const dms_sink *sink, dms_error *error) {
      return settings->get(settings->context, str("dms_probe.secret"), sink, error);
    });
  };
  const bool kept = set_and_get(value).text == value;
  notes_.judge("secrets.kept", set_and_get("").status == dms_not_found && kept, "it is another one, or stays");
}

}  // namespace

std::string probe::create(const dms_call *call) {
  walk over(*this, call);
  over.customers();
  over.contacts();
  over.erasure();
  over.changes();
  over.mails();
  over.others();
  std::string left;
  for (const auto &id : over.left()) left += (left.empty() ? "" : ", ") + id;
  if (left.empty()) return left;
  return (view(call->locale).substr(0, 2) == "de" ? "Diese Kunden bleiben: " : "These customers stay: ") + left + ".";
}

}  // namespace dms::probing
