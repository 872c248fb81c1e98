// answering.hpp - a dealership that answers its prospects by e-mail, with the host's post and a real SMTP server.
#pragma once

#include <fstream>

#include "integration/dealership.hpp"
#include "integration/mail_receiver.hpp"
#include "processing/answer_settings.hpp"
#include "processing/host_effects.hpp"
#include "processing/mail_desk.hpp"
#include "processing/privacy_desk.hpp"
#include "reference_host/core/mail/mail_room.hpp"

namespace dealership {

using processing::verdict;
namespace fs = std::filesystem;

class with_answers : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    set_server(receiver_.url());
    const dms::host host(services_->raw());
    const dms::mail mail(host.service<dms_mail>(DMS_MAIL_ID));
    ASSERT_TRUE(mail);
    rows_.emplace(open());
    const auto words = [](std::string_view, const message &text) { return in_english(text); };
    texts_.emplace(processing::answer_texts::parts{*rows_, sources_.types, *organisation_, mail, words, "de-AT"});
    settings_of_answers_.emplace(*rows_, sources_.types, *organisation_);
    desk_of_mail_.emplace(processing::mail_desk::parts{open(),
                                                       *rows_,
                                                       *organisation_,
                                                       *desk_,
                                                       *texts_,
                                                       mail,
                                                       host.service<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                                       {},
                                                       intake::old_lists(sources_.definitions),
                                                       dms::log()});
  }
  void TearDown() override {
    desk_of_mail_.reset();
    settings_of_answers_.reset();
    texts_.reset();
    rows_.reset();
    with_desks::TearDown();
  }

  void set_server(const std::string &url) {
    dms::reference::mail_options how;
    how.server = url;
    how.from = "leads@example.at";
    how.replies = database().directory() / "replies";
    fs::create_directories(how.replies / "new");
    host_->mail().set(how);
  }
  /// As an admin does: the shipped texts in use, a footer, receipts in Wien.
  void switch_on() {
    ASSERT_EQ(settings_of_answers_->take_shipped(admin()).result, verdict::done);
    for (auto one : rows_->templates()) {
      one.active = true;
      std::int64_t id = 0;
      ASSERT_EQ(settings_of_answers_->save(admin(), one, id).result, verdict::done);
    }
    ASSERT_EQ(settings_of_answers_->set_footer(admin(), {"", "de", "Autohaus GmbH, FN 1 a, Wien"}, "").result,
              verdict::done);
    auto yesterday = admin();
    yesterday.now = noon - day_us;
    ASSERT_EQ(settings_of_answers_->set_receipts(yesterday, "test_drive", {"wien"}, std::nullopt).result,
              verdict::done);
  }
  std::int64_t enquiry(const std::string &id, std::optional<bool> consent = true) {
    lead item;
    item.content.source = "siebel_nissan";
    item.content.external_id = id;
    item.content.type = "test_drive";
    item.content.prospect.salutation = "ms";
    item.content.prospect.first_name = "Anna";
    item.content.prospect.last_name = "Huber";
    item.content.prospect.email = "anna.huber@example.at";
    item.content.wanted.resize(1);
    item.content.wanted[0].make = "Nissan";
    item.content.wanted[0].model = "Qashqai";
    if (consent) item.content.consents = {{"email", *consent, noon - day_us, {}, {}}};
    item.category = "siebel_nissan";
    item.location = "wien";
    item.created_at = item.updated_at = noon - minute_us;
    item.reminder_at = noon + hour_us;
    item.escalation_at = noon + 2 * hour_us;
    std::int64_t lead_id = 0;
    open().write([&](store::transaction &inside) { lead_id = inside.insert_lead(item, "digest " + id); });
    return lead_id;
  }
  /// The job and the host's post, until nothing moves.
  void round() {
    const auto call = this->call("");
    desk_of_mail_->send_receipts(call->view());
    desk_of_mail_->give(call->view());
    host_->mail().look();
    desk_of_mail_->take_news(call->view());
  }
  std::vector<std::string> kinds(std::int64_t id) {
    std::vector<std::string> result;
    for (const auto &event : open().timeline(id)) result.push_back(event.kind);
    return result;
  }
  void assign(std::int64_t id, const std::string &user) {
    ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, now(id).version, user).result, verdict::done);
  }
  processing::outcome answer(std::int64_t id, const std::string &user = "verkauf1") {
    const auto item = now(id);
    processing::answer_texts::draft draft{"de", "Ihre Anfrage", "Passt Freitag?", texts_->footer_of("wien", "de")};
    processing::follow_up next;
    next.due = noon + day_us;
    next.unless_planned = true;
    return desk_->answer(salesperson(user), call(user)->view(), id, item.version,
                         texts_->letter(item, draft, "Vorlage", user, false), next);
  }
  /// What comes back to the newest e-mail.
  void reply(const std::string &text, const std::string &head = {}) {
    const auto id = host_->data().mails.page(0, 1).front().message_id;
    std::ofstream(database().directory() / "replies/new" / std::to_string(++replies_), std::ios::binary)
        << "From: Anna Huber <anna.huber@example.at>\r\nSubject: Re: Ihre Anfrage\r\nIn-Reply-To: <" << id << ">\r\n"
        << head << "\r\n"
        << text << "\r\n";
  }
  void refuse_e_mails(std::int64_t id) {
    open().write([&](store::transaction &inside) {
      auto item = *inside.find_lead(id);
      item.content.consents.push_back({"email", false, noon, {}, {}});
      ASSERT_TRUE(inside.update_lead_content(item, inside.content_digest(id)));
    });
  }
  std::vector<std::string> bells(const std::string &user) {
    std::vector<std::string> result;
    for (const auto &one : host_->data().notifications.of_user(user, 50)) result.push_back(one.text);
    return result;
  }

  mail_receiver receiver_;
  std::optional<store::answer_rows> rows_;
  std::optional<processing::answer_texts> texts_;
  std::optional<processing::answer_settings> settings_of_answers_;
  std::optional<processing::mail_desk> desk_of_mail_;
  int replies_ = 0;
};

}  // namespace dealership
