// Mail: a small reader of our own (packaging/README.md says why), which forgives what mail programs get wrong.
#include "intake/mail_reader.hpp"

#include <algorithm>
#include <vector>

#include "intake/formats.hpp"
#include "intake/mail_findings.hpp"
#include "intake/mail_parts.hpp"
#include "intake/mail_text.hpp"
#include "intake/mapper.hpp"
#include "intake/plain_text.hpp"
#include "lead/digest.hpp"
#include "lead/same_person.hpp"

namespace lead_system::intake {
namespace {

/// What mail programs put before the subject of an answer or of what they pass on.
bool is_subject_of_another(std::string_view subject) {
  constexpr std::string_view words[] = {"wg:",
                                        "fwd:",
                                        "fw:",
                                        "aw:",
                                        "re:",
                                        "antw:",
                                        "antwort:",
                                        "weitergeleitet:",
                                        "i:",
                                        "tr:",
                                        "rv:",
                                        "enc:",
                                        "abwesenheitsnotiz",
                                        "abwesend",
                                        "automatische antwort",
                                        "automatic reply",
                                        "out of office",
                                        "autoreply",
                                        "auto-reply",
                                        "undelivered",
                                        "undeliverable",
                                        "unzustellbar",
                                        "delivery status notification",
                                        "returned mail"};
  const auto lower = lower_ascii(without_blanks(subject));
  return std::any_of(std::begin(words), std::end(words), [&](auto word) { return lower.starts_with(word); });
}

read_lead::way way_of(const mail_head &head, bool quoted) {
  if (head.automatic) return read_lead::way::automatic_answer;
  return quoted || head.answers || is_subject_of_another(head.subject) ? read_lead::way::forwarded
                                                                       : read_lead::way::direct;
}

void keep_head(const mail_head &head, lead_content &into) {
  constexpr std::size_t longest = 2'000;
  if (auto from = clean_line(head.from, longest); !from.empty()) into.extras["mail/From"] = std::move(from);
  if (auto subject = clean_line(head.subject, longest); !subject.empty())
    into.extras["mail/Subject"] = std::move(subject);
  if (head.automatic) into.extras["mail/Auto-Submitted"] = "auto-replied";
}

bool is_derived(const std::string &external_id) {
  return external_id.starts_with("derived:");
}

/// The same lead, written for people too: a text beside its attachment, HTML beside a text.
bool is_rendering_of(const read_lead &one, const read_lead &exact) {
  if (one.content.external_id == exact.content.external_id) {
    return is_derived(one.content.external_id) || !another_person(one.content.prospect, exact.content.prospect);
  }
  const bool both_numbered = !is_derived(one.content.external_id) && !is_derived(exact.content.external_id);
  return !both_numbered && maybe_same_name(one.content.prospect, exact.content.prospect) &&
         !another_person(one.content.prospect, exact.content.prospect);
}

/// The leads of one text, and why it has none.
struct leads_of_text {
  text_kind of = text_kind::none;
  int alternative = 0;
  std::vector<read_lead> leads;
  message problem;
};

/// Without the leads that a more exact text of the same mail holds as well.
void drop_renderings(std::vector<leads_of_text> &texts) {
  for (auto &text : texts) {
    std::erase_if(text.leads, [&](const read_lead &one) {
      return std::any_of(texts.begin(), texts.end(), [&](const leads_of_text &other) {
        if (other.of >= text.of) return false;
        const bool same_by_rule = text.alternative != 0 && other.alternative == text.alternative;
        return std::any_of(other.leads.begin(), other.leads.end(),
                           [&](const auto &exact) { return same_by_rule || is_rendering_of(one, exact); });
      });
    });
  }
}

/// Reads one mail; a mail without a lead is the result's problem.
read_result read_one(const definition &source, std::string_view mail, time_us received_default, const limits &within,
                     const std::function<void(read_lead &&)> &take, const record_mapper &map) {
  mail_head head;
  found_texts found;
  read_result result;
  result.problem = read_mail_parts(mail, mail_limits{}, head, [&](mail_leaf &&leaf) { consider(source, leaf, found); });
  if (result.problem.empty() && found.all.empty()) {
    result.problem = no_lead_in(source, head, found);
  }
  if (!result.problem.empty()) return result;
  const auto sent_at = parse_mail_date(head.date).value_or(received_default);
  const auto unread = remark_of_unread(found);
  std::vector<leads_of_text> texts;
  for (auto &one : found.all) {
    auto &text = texts.emplace_back();
    text.of = one.of;
    text.alternative = one.alternative;
    text.problem = read_xml(source, std::move(one.text), within.depth, [&](const record &each) {
      text.leads.push_back(map ? map(source, each, sent_at, one.remark)
                               : map_record(source, each, sent_at, one.remark));
      text.leads.back().came = way_of(head, found.quoted);
      keep_head(head, text.leads.back().content);
      if (!unread.empty()) add_message(text.leads.back().content.extras["remark/attachment"], unread);
    });
  }
  drop_renderings(texts);
  // Of the most exact text a fault counts; another one may be a rendering of it that was cut.
  const auto exact = std::min_element(texts.begin(), texts.end(), [](auto &a, auto &b) { return a.of < b.of; })->of;
  for (const auto &text : texts) {
    if (text.of == exact && result.problem.empty()) result.problem = text.problem;
  }
  if (!result.problem.empty()) return result;
  for (auto &text : texts) {
    for (auto &one : text.leads) {
      ++result.leads;
      take(std::move(one));
    }
  }
  return result;
}

/// "From leads@portal.example Wed Jul 22 09:15:00 2020": the line before each mail of an mbox (RFC 4155). A sentence
/// that begins so has no time of day in it.
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  for (auto colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    if (colon > 0 && digit(colon - 1) && digit(colon + 1)) return true;
  }
  return false;
}

/// The mails of an mbox, with what it had put before their lines undone; a mail that is none as it is.
std::vector<std::string> mails_of(std::string_view bytes) {
  std::vector<std::string> result;
  if (!is_separator(bytes.substr(0, bytes.find('\n')))) {
    result.emplace_back(bytes);
    return result;
  }
  bool after_blank = true;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    if (after_blank && is_separator(line)) {
      result.emplace_back();
      continue;
    }
    after_blank = without_blanks(line).empty();
    const auto quoted = line.find_first_not_of('>');
    if (quoted != std::string_view::npos && quoted > 0 && line.substr(quoted).starts_with("From ")) {
      line.remove_prefix(1);
    }
    result.back() += line;
  }
  return result;
}

}  // namespace

read_result read_mail(const definition &source, std::string_view bytes, time_us received_default, const limits &within,
                      const std::function<void(read_lead &&)> &take, const record_mapper &map) {
  std::string with_line_feeds;
  if (bytes.find('\n') == std::string_view::npos) {  // lines as on old Macintoshes
    with_line_feeds = bytes;
    std::replace(with_line_feeds.begin(), with_line_feeds.end(), '\r', '\n');
    bytes = with_line_feeds;
  }
  const auto mails = mails_of(bytes);
  read_result result;
  const auto take_some = [&](read_lead &&one) {
    if (++result.leads <= within.leads_per_post) take(std::move(one));
  };
  if (mails.size() == 1) {
    result.problem = read_one(source, mails.front(), received_default, within, take_some, map).problem;
  }
  for (std::size_t at = 0; mails.size() > 1 && at < mails.size(); ++at) {
    std::vector<read_lead> leads;
    const auto found = read_one(
        source, mails[at], received_default, within, [&](read_lead &&one) { leads.push_back(std::move(one)); }, map);
    if (!found.problem.empty()) {
      // One of many: the others are leads, and this one is kept with its reason.
      leads.assign(1, {});
      leads.front().content.source = source.id;
      leads.front().content.external_id = "derived:" + sha256_hex(mails[at]);
      leads.front().problem = leads.front().problem_but_type = found.problem;
    }
    for (auto &one : leads) take_some(std::move(one));
  }
  if (result.problem.empty() && result.leads > within.leads_per_post) {
    result.problem = {"There are {1} leads in the payload, more than {2}. Split it.",
                      {std::to_string(result.leads), std::to_string(within.leads_per_post)}};
  }
  return result;
}

int probe_mail(std::string_view first_bytes) {
  constexpr std::string_view usual[] = {"\nreceived:", "\nreturn-path:", "\nfrom:",         "\nto:",
                                        "\nsubject:",  "\nmessage-id:",  "\nmime-version:", "\ncontent-type:"};
  auto text = "\n" + lower_ascii(first_bytes.substr(0, 4096));
  if (first_bytes.find('\n') == std::string_view::npos) std::replace(text.begin(), text.end(), '\r', '\n');
  const auto headers = text.substr(0, text.find("\n\n"));
  const auto found = std::count_if(std::begin(usual), std::end(usual),
                                   [&](auto header) { return headers.find(header) != std::string::npos; });
  // The lead's own format may be seen in the body as well: of two, the mail is the outer one.
  return found < 2 ? 0 : 100;
}

}  // namespace lead_system::intake
