// own_evaluator.hpp - a host's numbers for a test: columns of its own on the database, and the questions.
#pragma once

#include "evaluation/evaluator.hpp"

class own_evaluator {
 public:
  own_evaluator(const lead_system::store::options &how, lead_system::store::store &from,
                const lead_system::access::organisation_source &organisation)
      : leads(how, from, organisation), numbers_(leads) {}
  auto ask(const lead_system::evaluation::question &asked, const lead_system::access::visibility &who) {
    return numbers_.ask(asked, who);
  }
  auto oldest(const lead_system::access::visibility &who = lead_system::access::system_visibility()) {
    return numbers_.oldest(who);
  }
  void keep_warm(const std::function<bool()> &cancelled) { leads.keep_warm(cancelled); }

  lead_system::columns::lead_index leads;

 private:
  lead_system::evaluation::evaluator numbers_;
};
