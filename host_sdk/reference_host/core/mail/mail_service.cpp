// The service over e-mails to people outside (dms/ext/mail.h).
#include <algorithm>
#include <filesystem>

#include "dms/cpp/json.hpp"
#include "dms/cpp/mail_text.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/plugins/record_documents.hpp"
#include "reference_host/core/plugins/services.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_subject = 400, longest_mail = std::size_t{64} << 10, longest_mail_name = 200;

const std::string &mail_owner(void *context) {
  return static_cast<services *>(context)->owner();
}

nlohmann::json to_news(const host &of, const mail &item) {
  nlohmann::json news{
      {"kind", "mail"}, {"id", std::to_string(item.id)}, {"state", item.state}, {"change", item.change}};
  if (!item.reference.empty()) news["reference"] = item.reference;
  if (!item.problem.empty()) news["problem"] = problem_in(of, "de-AT", item.problem);
  return news;
}

nlohmann::json to_news(const mail_reply &item) {
  nlohmann::json news{{"kind", "reply"},   {"id", "r" + std::to_string(item.id)}, {"mail", std::to_string(item.mail)},
                      {"from", item.from}, {"received_at_us", item.at_us},        {"subject", item.subject},
                      {"text", item.text}, {"attachments", item.attachments},     {"change", item.change}};
  if (!item.reference.empty()) news["reference"] = item.reference;
  if (auto files = read_json(item.files); files && files->is_array() && !files->empty())
    news["files"] = *std::move(files);
  return news;
}

bool is_one_line(const std::string &text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

/// Throws failure(dms_invalid) with the sentence for what no mail server should be given.
void check_mail(const nlohmann::json &document) {
  const auto to = text_of(document, "to"), subject = text_of(document, "subject"), text = text_of(document, "text");
  if (!is_mail_address(to)) throw failure(dms_invalid, "This is no e-mail address.");
  if (const auto answers = text_of(document, "reply_to"); !answers.empty() && !is_mail_address(answers)) {
    throw failure(dms_invalid, "The address for answers is no e-mail address.");
  }
  if (subject.empty() || subject.size() > longest_subject || !is_one_line(subject)) {
    throw failure(dms_invalid, "The subject is one line of at most 400 letters.");
  }
  if (text.empty() || text.size() > longest_mail || text.find('\0') != std::string::npos) {
    throw failure(dms_invalid, "The text is empty or too long.");
  }
  for (const auto *name : {"name", "sender", "language", "reference"}) {
    const auto value = text_of(document, name);
    if (value.size() > longest_mail_name || !is_one_line(value)) {
      throw failure(dms_invalid, std::string("The member \"") + name + "\" is too long or has more than one line.");
    }
  }
}

dms_status mail_sender(void *context, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&] {
    auto &of = host_of(context);
    const auto how = of.mail().how();
    const nlohmann::json sender{{"address", how.from}, {"name", of.name()}, {"replies", !how.replies.empty()}};
    write(*json, sender.dump());
  });
}

dms_status send_mail(void *context, const dms_call *call, dms_str key, dms_str document, const dms_sink *json,
                     dms_error *error) noexcept {
  const auto status = barrier(error, [&] {
    if (key.len == 0 || key.len > DMS_MAX_KEY) throw failure(dms_invalid, "Creating needs an idempotency key.");
    auto &of = host_of(context);
    const auto wanted = parse_object(view(document));
    check_mail(wanted);
    mail item;
    item.owner = mail_owner(context);
    item.key = item.owner + '/' + std::string(view(key));
    item.reference = text_of(wanted, "reference");
    item.document = dms::to_text(wanted);
    item.message_id = new_message_id(of.mail().how().from);
    item.at_us = item.next_us = of.clock().now_us();
    const auto kept = of.data().mails.add(item);
    if (kept.message_id == item.message_id) {
      of.data().audit.write({0, call->now_us, std::string(view(call->user)), std::string(view(call->channel)),
                             "mail.send", "mail " + std::to_string(kept.id), item.owner});
      of.mail().wake();
    }
    write(*json, to_news(of, kept).dump());
  });
  if (status == dms_ok || error == nullptr) return status;
  barrier(nullptr, [&] { fail(error, status, host_of(context).text("host", view(call->locale), error->message)); });
  return status;
}

dms_status get_mail(void *context, dms_str id, const dms_sink *json, dms_error *error) noexcept {
  return barrier(error, [&]() -> dms_status {
    const auto text = view(id);
    const bool number =
        !text.empty() && text.size() <= 18 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    const auto found = number ? host_of(context).data().mails.get(std::stoll(std::string(text))) : std::nullopt;
    if (!found || found->owner != mail_owner(context)) return fail(error, dms_not_found, "There is no such e-mail.");
    write(*json, to_news(host_of(context), *found).dump());
    return dms_ok;
  });
}

dms_status changed_mails(void *context, std::int64_t after, std::uint32_t limit, const dms_sink *json,
                         dms_error *error) noexcept {
  return barrier(error, [&] {
    constexpr std::uint32_t most = 500;
    if (limit == 0 || limit > most) throw failure(dms_invalid, "Ask for 1 to 500 news.");
    const auto &of = host_of(context);
    const auto &from = host_of(context).data().mails;
    const int count = static_cast<int>(limit);
    std::vector<nlohmann::json> news;
    // What is changed between the two questions is told the next time.
    const auto upto = from.newest_change();
    for (const auto &one : from.replies(mail_owner(context), after, upto, count)) news.push_back(to_news(one));
    for (const auto &one : from.changed(mail_owner(context), after, upto, count)) news.push_back(to_news(of, one));
    std::ranges::sort(news, {}, [](const auto &one) { return one["change"].template get<std::int64_t>(); });
    if (news.size() > limit) news.resize(limit);
    write(*json, nlohmann::json(news).dump());
  });
}

}  // namespace

void services::fill_mail() {
  mail_ = {this, &mail_sender, &send_mail, &get_mail, &changed_mails};
}

bool services::offers_mail() const noexcept {
  return host_.mail().how().usable();
}

}  // namespace dms::reference
