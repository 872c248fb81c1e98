// Random people do random things to a lead, with the rights that they have and versions that are stale at times; a
// model of plugin/README.md "States", written without a look at the code, says what must come of each step.
// LEADS_MODEL_SEQUENCES sets how many leads live through it (default 12; 1000 on a night of its own), LEADS_MODEL_SEED
// where chance begins.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using processing::verdict;

struct person_of_model {
  std::string login;
  bool processes, assigns, erases, sees_vienna;
};
const std::vector<person_of_model> people{
    {"leitung", true, true, false, true},    {"wien1", true, true, false, true},
    {"buero", false, true, false, true},     {"verkauf1", true, false, false, true},
    {"verkauf2", true, false, false, false}, {"admin", false, true, true, true}};
const std::set<std::string> sellers{"leitung", "wien1", "verkauf1", "verkauf2"};

/// What a lead is, in the words of plugin/README.md.
struct model {
  std::string state = "received", assignee, customer, contact = "open";
  std::int64_t version = 1;
  std::vector<std::string> events, feedback;

  bool ended() const { return std::set<std::string>{"won", "lost", "closed", "invalid", "erased"}.contains(state); }
  bool seen_by(const person_of_model &who) const { return who.sees_vienna || assignee == who.login; }
  void become(const std::string &next) {
    if (next != state && next != "erased") feedback.push_back(next);
    state = next;
  }
};

/// One thing that somebody does; `expect` changes the model and says what must come of it.
struct step_of_model {
  std::string name, argument, reason;

  bool may(const person_of_model &who) const {
    if (name == "assign") return who.assigns || (who.processes && argument == who.login);
    if (name == "reject" || name == "note") return who.processes || who.assigns;
    if (name == "erase") return who.erases;
    return who.processes;
  }

  verdict expect(model &lead, const person_of_model &who, bool stale) const {
    if (!lead.seen_by(who)) return verdict::not_found;
    if (!may(who)) return verdict::forbidden;
    if (stale && name != "note") return verdict::conflict;  // what is only added contradicts nothing
    const auto result = apply(lead, who);
    if (result == verdict::done) ++lead.version;
    return result;
  }

 private:
  verdict apply(model &lead, const person_of_model &who) const {
    const auto happened = [&](const char *event) {
      lead.events.emplace_back(event);
      return verdict::done;
    };
    if (name == "assign") {
      if (!who.assigns && !lead.assignee.empty()) return verdict::forbidden;
      if (lead.ended() || lead.assignee == argument) return verdict::refused;
      if (!sellers.contains(argument)) return verdict::invalid;
      lead.assignee = argument;
      if (lead.state == "received") lead.become("assigned");
      return happened("assigned");
    }
    if (name == "reject") {
      if (lead.state != "assigned" && lead.state != "in_progress") return verdict::refused;
      if (lead.assignee != who.login && !who.assigns) return verdict::forbidden;
      lead.assignee.clear();
      lead.become("received");
      return happened("rejected");
    }
    if (name == "import") {
      if (lead.ended() || !lead.customer.empty()) return verdict::refused;
      lead.customer = "somebody";
      return happened("imported");
    }
    if (name == "undo") {
      if (lead.ended() || lead.customer.empty()) return verdict::refused;
      lead.customer.clear();
      return happened("import_undone");
    }
    if (name == "contact") return lead.ended() ? verdict::refused : happened("contact_planned");
    if (name == "note") return lead.state == "erased" ? verdict::refused : happened("note");
    if (name == "contact_result") {
      if (argument == "perhaps") return verdict::invalid;
      if (lead.ended()) return verdict::refused;
      lead.contact = argument;
      return happened("contact_result");
    }
    if (name == "progress") {
      static const std::set<std::string> underway{"in_progress", "appointment", "test_drive_done", "offer"};
      const bool from = lead.state == "assigned" || underway.contains(lead.state);
      if (!from || !underway.contains(argument) || argument == lead.state) return verdict::refused;
      lead.become(argument);
      return happened("progress");
    }
    if (name == "close") return close(lead);
    if (name == "reopen") {
      if (!lead.ended() || lead.state == "erased") return verdict::refused;
      lead.become(lead.assignee.empty() ? "received" : "assigned");
      return happened("reopened");
    }
    if (!lead.ended() || lead.state == "erased") return verdict::refused;
    lead.become("erased");
    lead.customer.clear();
    return happened("erased");
  }

  verdict close(model &lead) const {
    static const std::map<std::string, std::set<std::string>> ends{
        {"sale", {"won"}},   {"no_further_contact", {"closed"}}, {"not_reached", {"lost", "closed"}},
        {"price", {"lost"}}, {"duplicate", {"invalid"}},         {"wrong_location", {"closed", "invalid"}}};
    if (!std::set<std::string>{"won", "lost", "closed", "invalid"}.contains(argument)) return verdict::invalid;
    if (!ends.contains(reason)) return verdict::invalid;
    if (lead.ended()) return verdict::refused;
    if (!ends.at(reason).contains(argument)) return verdict::invalid;
    lead.become(argument);
    lead.events.emplace_back("closed");
    return verdict::done;
  }
};

class model_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    add_user("buero", "office", {"wien"});
    for (const auto &who : people) {
      if (who.sees_vienna && who.login != "leitung") {
        grant(who.login, true, "siebel_nissan", access::scope::locations, {"wien"});
      }
      calls_[who.login] = call(who.login);
    }
  }

  template <typename Of>
  const typename Of::value_type &one_of(const Of &all) {
    return all[random_() % all.size()];
  }

  step_of_model some_step() {
    using list = std::vector<std::string>;
    static const list names{"assign", "assign",   "reject",   "import",         "undo",          "contact",
                            "note",   "progress", "progress", "progress",       "close",         "reopen",
                            "reopen", "erase",    "import",   "contact_result", "contact_result"};
    step_of_model step{one_of(names), {}, {}};
    if (step.name == "assign")
      step.argument = one_of(list{"leitung", "wien1", "verkauf1", "verkauf2", "buero", "niemand"});
    if (step.name == "contact_result") step.argument = one_of(list{"open", "tried", "reached", "perhaps"});
    if (step.name == "progress") {
      step.argument = one_of(list{"in_progress", "appointment", "test_drive_done", "offer", "received", "won"});
    }
    if (step.name == "close") {
      step.argument = one_of(list{"won", "lost", "closed", "invalid", "lost", "closed", "erased", "offer"});
      step.reason = one_of(
          list{"sale", "no_further_contact", "not_reached", "price", "duplicate", "wrong_location", "no_reason"});
    }
    return step;
  }

  processing::outcome act(std::int64_t id, const step_of_model &step, const person_of_model &who,
                          std::int64_t version) {
    const processing::actor actor{who.login, "Person " + who.login, who.processes, who.assigns, who.erases, noon};
    const auto by = calls_.at(who.login)->view();
    if (step.name == "assign") return desk_->assign(actor, by, id, version, step.argument);
    if (step.name == "reject") return desk_->reject(actor, by, id, version, "nicht meiner");
    if (step.name == "import") return desk_->import(actor, by, id, version, "");
    if (step.name == "undo") return desk_->undo_import(actor, by, id, version);
    if (step.name == "contact") return desk_->contact(actor, by, id, version, noon + hour_us, "phone", "");
    if (step.name == "note") return desk_->note(actor, by, id, "Notiz");
    if (step.name == "contact_result") return desk_->contact_result(actor, by, id, version, step.argument, "");
    if (step.name == "progress") return desk_->progress(actor, by, id, version, step.argument);
    if (step.name == "close") return desk_->close(actor, by, id, version, step.argument, step.reason, "");
    if (step.name == "reopen") return desk_->reopen(actor, by, id, version, "");
    return desk_->erase(actor, by, id, version);
  }

  void compare(std::int64_t id, const model &expected, const std::string &story) {
    const auto item = now(id);
    EXPECT_EQ(key(item.state), expected.state) << story;
    EXPECT_EQ(item.version, expected.version) << story;
    EXPECT_EQ(item.assignee, expected.assignee) << story;
    EXPECT_EQ(item.customer.empty(), expected.customer.empty()) << story;
    EXPECT_EQ(key(item.contact), expected.contact) << story;
    std::vector<std::string> events, feedback;
    for (const auto &event : open().timeline(id)) events.push_back(event.kind);
    std::reverse(events.begin(), events.end());
    EXPECT_EQ(events, expected.events) << story;
    for (const auto &message : open().feedback_of(id)) feedback.emplace_back(key(message.cause));
    EXPECT_EQ(feedback, expected.feedback) << story;
  }

  /// What the host has of the lead goes with what the lead is.
  void compare_host(std::int64_t id, const model &expected, const std::string &story) {
    EXPECT_TRUE(open().host_effects_of(id).empty()) << story;
    std::int64_t standing = 0;
    const auto item = now(id);
    for (const auto &entry : host_->data().contacts.with_reference("lead:" + std::to_string(id))) {
      if (entry.done_us != 0) continue;
      ++standing;
      if (!expected.assignee.empty()) {
        EXPECT_EQ(entry.user, expected.assignee) << story;
      }
    }
    if (expected.ended()) {
      EXPECT_EQ(standing, 0) << story;
    }
    if (!item.customer.empty()) {
      EXPECT_TRUE(host_->data().customers.get(std::stoll(item.customer))) << story;
    }
  }

  std::mt19937 random_{20260000};
  std::map<std::string, std::unique_ptr<dms::reference::owned_call>> calls_;
};
INSTANTIATE_TEST_SUITE_P(databases, model_test, databases::all(), databases::name);

int setting(const char *name, int otherwise) {
  const char *text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

TEST_P(model_test, whatever_people_do_a_lead_is_what_the_model_says) {
  const int sequences = setting("LEADS_MODEL_SEQUENCES", 12);
  random_.seed(static_cast<std::mt19937::result_type>(setting("LEADS_MODEL_SEED", 20200722)));
  std::map<verdict, int> came;
  for (int sequence = 0; sequence < sequences && !HasFailure(); ++sequence) {
    const auto id = add_lead("m-" + std::to_string(sequence));
    model expected;
    std::string story = "lead " + std::to_string(sequence) + ":";
    const auto steps = 4 + random_() % 12;
    for (unsigned number = 0; number < steps && !HasFailure(); ++number) {
      const auto step = some_step();
      const auto &who = one_of(people);
      // One in eight has not seen the last change; at the very beginning there is none.
      const bool stale = expected.version > 1 && random_() % 8 == 0;
      story += " " + who.login + (stale ? "~" : "") + "." + step.name + "(" + step.argument + ")";
      const auto version = expected.version;
      const auto wanted = step.expect(expected, who, stale);
      const auto made = act(id, step, who, stale ? version - 1 : version);
      EXPECT_EQ(static_cast<int>(made.result), static_cast<int>(wanted)) << story;
      if (made.result == verdict::done) {
        EXPECT_EQ(made.version, expected.version) << story;
      }
      // Whoever was too late is told what happened, and by whom.
      if (made.result == verdict::conflict) {
        EXPECT_FALSE(made.changes.empty()) << story;
      }
      ++came[made.result];
      compare(id, expected, story);
    }
    compare_host(id, expected, story);
  }
  // Every kind of answer was among them.
  if (sequences >= 40) {
    EXPECT_EQ(came.size(), 6U);
  }
}

}  // namespace
