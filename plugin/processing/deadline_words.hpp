// deadline_words.hpp - what reminders and escalations say, in the bell and by e-mail.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/organisation.hpp"
#include "lead/catalog.hpp"
#include "lead/lead.hpp"
#include "notice/mail.hpp"
#include "store/records.hpp"

namespace lead_system::processing {

struct late_lead {
  lead item;
  bool escalated = false;
};

class deadline_words {
 public:
  using dictionary = std::function<std::string(const message &)>;
  /// All outlive the object. `say`: in the language of the dealership; English where it is empty.
  deadline_words(const dictionary &say, const catalog &types, const access::organisation &people)
      : say_(say), types_(types), people_(people) {}

  struct bell {
    std::string key, document;  ///< of dms.notifications
  };
  /// One for each lead, or one for all where there are many. The same keys whenever the batch is tried again.
  std::vector<bell> bells(const std::vector<late_lead> &leads, const store::notice_batch &batch) const;
  /// Subject and text. `web`: address of the host, or empty.
  notice::mail letter(const std::vector<late_lead> &leads, const std::string &web) const;

 private:
  message sentence(const late_lead &one, const dictionary &in) const;
  static message digest(const std::vector<late_lead> &leads);
  std::string said(const message &text) const;

  const dictionary &say_;
  const catalog &types_;
  const access::organisation &people_;
};

}  // namespace lead_system::processing
