// contributed.hpp - how the plugin's parts become what a host takes: screens, import hooks, jobs, event handlers. Each
// tells a store that cannot be reached apart from a fault.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "dms/cpp/json.hpp"
#include "dms/cpp/plugin.hpp"
#include "intake/importer.hpp"
#include "intake/reader.hpp"
#include "intake/source_book.hpp"
#include "lead/digest.hpp"
#include "processing/host_effects.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/words.hpp"
#include "store/requests.hpp"
#include "store/store.hpp"

namespace lead_system {

/// What may work later is told apart from faults: the host answers 503 and keeps the payload.
template <typename Body>
auto reaching_the_store(const screens::words &texts, const dms::call &who, Body &&body) {
  try {
    return body();
  } catch (const store::store_unavailable &reason) {
    throw dms::failure(dms_unavailable, texts.in(who.locale())(reason.what()));
  }
}

/// An action answers with a result document whatever came of it.
inline dms::answer told(dms_status status, const std::string &sentence) {
  static const std::map<dms_status, const char *> words{
      {dms_ok, "ok"},           {dms_unavailable, "unavailable"}, {dms_not_found, "not_found"},
      {dms_invalid, "invalid"}, {dms_forbidden, "forbidden"},     {dms_conflict, "conflict"},
      {dms_refused, "refused"}};
  const auto word = words.find(status);
  return {status, dms::to_text({{"schema", "dms.result/1"},
                                {"status", word == words.end() ? "failed" : word->second},
                                {"message", sentence}})};
}

class kept_screen : public dms::screen {
 public:
  /// `question`: the action that changes nothing and whose answer is not kept, not even for who asks again.
  kept_screen(std::unique_ptr<dms::screen> inside, const screens::words &texts, store::requests &requests,
              std::string question = {})
      : inside_(std::move(inside)), texts_(texts), requests_(requests), question_(std::move(question)) {}
  std::string id() const override { return inside_->id(); }
  std::string right() const override { return inside_->right(); }
  std::string load(const dms::call &who, std::string_view parameters) override {
    return reaching_the_store(texts_, who, [&] { return inside_->load(who, parameters); });
  }
  dms::answer act(const dms::call &who, std::string_view action, std::string_view input) override {
    try {
      return reaching_the_store(texts_, who, [&] {
        const bool plain = who.request().empty() || (!question_.empty() && action == question_);
        return plain ? inside_->act(who, action, input) : act_once(who, action, input);
      });
    } catch (const dms::failure &reason) {
      return told(reason.status(), reason.what());
    }
  }

 private:
  /// dms/ext/screen.h: the same request again does nothing more.
  dms::answer act_once(const dms::call &who, std::string_view action, std::string_view input) {
    const auto user = who.user(), token = who.request();
    if (token.size() > DMS_MAX_KEY) return told(dms_too_large, say(who, "The token of the request is too long."));
    const auto digest = sha256_hex(id() + '\n' + std::string(action) + '\n' + std::string(input));
    const auto known = requests_.take(user, token, digest, who.now_us());
    switch (known.state) {
      case store::request_state::answered:
        if (known.document.empty()) return told(dms_ok, say(who, "This was done already."));
        return {dms_ok, known.document};
      case store::request_state::begun:
        return told(dms_conflict, say(who,
                                      "This is being done already, or it was broken off: look at the page before "
                                      "you ask for it again."));
      case store::request_state::another:
        return told(dms_invalid, say(who, "This token belongs to another request."));
      case store::request_state::fresh:
        break;
    }
    dms::answer came;
    try {
      came = inside_->act(who, action, input);
    } catch (const store::maybe_written &) {
      throw;  // nobody knows: the token stays taken
    } catch (const dms::failure &) {
      requests_.give_back(user, token);
      throw;
    } catch (const store::store_unavailable &) {
      requests_.give_back(user, token);
      throw;
    }
    if (came.status == dms_ok) {
      try {
        requests_.answered(user, token, came.document, who.now_us());
      } catch (const store::store_unavailable &) {
        // It is done: who asks again is told that it was begun, and looks.
      }
    } else {
      requests_.give_back(user, token);
    }
    return came;
  }
  std::string say(const dms::call &who, const char *sentence) const { return texts_.in(who.locale())(sentence); }

  std::unique_ptr<dms::screen> inside_;
  const screens::words &texts_;
  store::requests &requests_;
  std::string question_;
};

/// A list of leads whose reads by an admin are in the host's audit log (plugin/README.md "Privacy"). Single records the
/// host writes down by itself.
class audited_list : public dms::screen {
 public:
  audited_list(std::unique_ptr<dms::screen> inside, const access::organisation_source &people, const dms::audit &log)
      : inside_(std::move(inside)), people_(people), log_(log) {}
  std::string id() const override { return inside_->id(); }
  std::string right() const override { return inside_->right(); }
  std::string load(const dms::call &who, std::string_view parameters) override {
    auto document = inside_->load(who, parameters);
    const auto people = people_.now();
    const auto *user = people->find_user(who.user());
    if (user != nullptr && user->has_role("admin") && who.channel() != "refresh") note(who, document);
    return document;
  }
  dms::answer act(const dms::call &who, std::string_view action, std::string_view input) override {
    return inside_->act(who, action, input);
  }

 private:
  /// The rows of a list of leads are leads; others may name one in the column "lead".
  static std::string lead_of(const nlohmann::json &block, const nlohmann::json &row) {
    const auto cells = row.value("cells", nlohmann::json::object());
    const auto lead = cells.find("lead");
    if (lead != cells.end() && lead->is_object() && lead->contains("value")) return lead->at("value").dump();
    return block.value("id", "") == "leads" ? row.value("id", "") : std::string{};
  }
  void note(const dms::call &who, const std::string &document) const {
    const auto shown = dms::json_or_null(document);
    std::string ids;
    for (const auto &block : shown.value("blocks", nlohmann::json::array())) {
      if (block.value("type", "") != "table") continue;
      for (const auto &row : block.value("rows", nlohmann::json::array())) {
        if (const auto lead = lead_of(block, row); !lead.empty()) ids += " " + lead;
      }
    }
    if (!ids.empty()) log_.write(who, "leads.read", id(), "leads" + ids);
  }
  std::unique_ptr<dms::screen> inside_;
  const access::organisation_source &people_;
  const dms::audit &log_;
};

/// Who may know of what stands for a lead: whoever sees the lead. Who may work leads may also get it done.
class lead_guard : public dms::reference_guard {
 public:
  /// Those of the leads that the call's user sees.
  using seen_leads = std::function<std::vector<std::int64_t>(const dms::call &, const std::vector<std::int64_t> &)>;
  lead_guard(seen_leads seen, const screens::words &texts) : seen_(std::move(seen)), texts_(texts) {}
  std::string prefix() const override { return "lead:"; }
  std::string judge(const dms::call &who, std::string_view references) override {
    auto known = nlohmann::json::object();
    const auto asked = dms::read_json(references).value_or(nlohmann::json());
    if (!asked.is_array() || !who.may("leads.view")) return known.dump();
    std::vector<std::int64_t> ids;
    for (const auto &one : asked) {
      if (const auto id = processing::lead_of(one.is_string() ? one.get<std::string>() : "")) ids.push_back(*id);
    }
    for (const auto id : reaching_the_store(texts_, who, [&] { return seen_(who, ids); })) {
      known[processing::reference_of(id)] = who.may("leads.process") ? "work" : "read";
    }
    return known.dump();
  }

 private:
  seen_leads seen_;
  const screens::words &texts_;
};

/// The way in of a source. Its definition may change meanwhile: each payload is read by the one that holds when it
/// comes, to its end.
class source_hook : public dms::import_hook {
 public:
  source_hook(intake::importer::parts with, const intake::definition &from, intake::source_book &book,
              const screens::words &texts, std::function<void()> wake)
      : id_(from.id), title_(from.title), with_(std::move(with)), book_(book), texts_(texts), wake_(std::move(wake)) {}
  std::string source() const override { return id_; }
  std::string label() const override { return title_; }
  int probe(std::string_view first_bytes) override {
    const auto known = book_.now();
    const auto found = known->find(id_);
    return found == known->end() ? 0 : intake::probe(found->second, first_bytes);
  }
  std::string run(const dms::call &who, const dms::input &payload, std::string_view name,
                  const std::function<void(std::uint64_t, std::uint64_t)> &progress) override {
    auto report = reaching_the_store(texts_, who, [&] {
      // Another host may have changed it a moment ago.
      book_.look();
      const auto known = book_.now();
      return intake::importer(with_, known->at(id_)).run(who, payload, name, progress);
    });
    wake_();
    return report;
  }

 private:
  std::string id_, title_;
  intake::importer::parts with_;
  intake::source_book &book_;
  const screens::words &texts_;
  std::function<void()> wake_;
};

class simple_job : public dms::job {
 public:
  simple_job(std::string id, std::string label, std::uint32_t interval_s,
             std::function<std::string(const dms::call &)> body)
      : id_(std::move(id)), label_(std::move(label)), interval_s_(interval_s), body_(std::move(body)) {}
  std::string id() const override { return id_; }
  std::string label() const override { return label_; }
  std::uint32_t interval_s() const override { return interval_s_; }
  std::string run(const dms::call &who) override { return body_(who); }

 private:
  std::string id_, label_;
  std::uint32_t interval_s_;
  std::function<std::string(const dms::call &)> body_;
};

class simple_handler : public dms::event_handler {
 public:
  using body = std::function<void(const dms::call &, const screens::parameters &)>;
  simple_handler(std::string event, body what, const screens::words &texts)
      : event_(std::move(event)), body_(std::move(what)), texts_(texts) {}
  std::string event() const override { return event_; }
  void handle(const dms::call &who, std::string_view data) override {
    reaching_the_store(texts_, who, [&] { body_(who, screens::parameters(data)); });
  }

 private:
  std::string event_;
  body body_;
  const screens::words &texts_;
};

}  // namespace lead_system
