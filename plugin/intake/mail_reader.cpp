// Mail: a small reader of our own (packaging/README.md says why), which forgives what mail programs get wrong.
#include "intake/mail_reader.hpp"

#include <algorithm>
#include <vector>

#include "intake/encoding.hpp"
#include "intake/formats.hpp"
#include "intake/mail_parts.hpp"
#include "intake/mail_text.hpp"
#include "intake/mapper.hpp"
#include "intake/plain_text.hpp"
#include "lead/digest.hpp"

namespace lead_system::intake {
namespace {

enum class kind { xml, plain, html, other, none };  // the most exact first

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return name.ends_with(ending); });
}

kind kind_of(const mail_leaf &leaf) {
  const auto &type = leaf.type;
  if (type.ends_with("/xml") || type.ends_with("+xml") || ends_with_any(leaf.name, {".xml", ".adf"})) return kind::xml;
  if (type == "text/html" || ends_with_any(leaf.name, {".htm", ".html"})) return kind::html;
  if (type.starts_with("text/")) return kind::plain;
  // What a mail program does not know it calls so, whatever it is.
  return type == "application/octet-stream" || type.find('/') == std::string::npos ? kind::other : kind::none;
}

/// The charset of the part counts before the XML declaration (RFC 7303), except where it is only the default of mail.
decoded text_of(const mail_leaf &leaf) {
  const auto charset = lower_ascii(leaf.charset);
  const bool says_nothing = charset.empty() || charset == "us-ascii" || charset == "ascii";
  return decode(leaf.bytes, says_nothing ? declared_encoding(leaf.bytes) : charset);
}

bool has_mark(const definition &source, std::string_view lower_text) {
  const auto &marks = source.how->marks;
  return marks.empty() || std::any_of(marks.begin(), marks.end(), [&](const std::string &mark) {
           return lower_text.find(mark) != std::string_view::npos;
         });
}

constexpr bool is_name_letter(char letter) noexcept {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == ':' || letter == '_' ||
         letter == '-' || letter == '.';
}

/// From the "<" of an element to the last end of that name; nothing where it has no end.
std::string_view element_at(std::string_view text, std::string_view lower, std::size_t at) {
  auto end = at + 1;
  while (end < lower.size() && is_name_letter(lower[end])) ++end;
  if (end == at + 1) return {};
  const auto closing = "</" + std::string(lower.substr(at + 1, end - at - 1));
  const auto closes = lower.rfind(closing);
  if (closes == std::string_view::npos || closes < end) return {};
  const auto last = lower.find('>', closes);
  return text.substr(at, last == std::string_view::npos ? last : last + 1 - at);
}

/// The XML inside of a body, between what people and mail programs write before and behind it: the element that a mark
/// begins, also where it is cut off, so that the reader can say so; else the first element that has an end.
std::string_view xml_within(const definition &source, std::string_view text, std::string_view lower) {
  for (const auto &mark : source.how->marks) {
    const auto at = mark.starts_with('<') ? lower.find(mark) : std::string_view::npos;
    if (at == std::string_view::npos) continue;
    const auto whole = element_at(text, lower, at);
    return whole.empty() ? text.substr(at) : whole;
  }
  constexpr int most_looked_at = 100;
  auto at = lower.find('<');
  for (int looked_at = 0; at != std::string_view::npos && looked_at < most_looked_at; ++looked_at) {
    if (const auto whole = element_at(text, lower, at); !whole.empty()) return whole;
    at = lower.find('<', at + 1);
  }
  return {};
}

/// HTML shows XML as text: "&lt;adf&gt;", indented with blanks that do not break.
std::string shown_text(std::string text) {
  if (lower_ascii(text).find("&lt;") == std::string::npos) return text;
  text = without_markup(text);
  constexpr std::string_view hard_blank = "\xC2\xA0";
  for (auto at = text.find(hard_blank); at != std::string::npos; at = text.find(hard_blank, at))
    text.replace(at, 2, " ");
  return text;
}

/// The most exact texts that were seen.
struct found_text {
  kind of = kind::none;
  std::vector<std::string> texts;
  std::string remark;
};

void consider(const definition &source, const mail_leaf &leaf, found_text &best) {
  const auto of = kind_of(leaf);
  if (of > best.of || of == kind::none) return;
  auto part = text_of(leaf);
  if (of == kind::html) part.text = shown_text(std::move(part.text));
  const auto lower = lower_ascii(part.text);
  if (!has_mark(source, lower)) return;
  auto inside = of == kind::xml ? std::string_view(part.text) : xml_within(source, part.text, lower);
  if (without_blanks(inside).empty()) return;
  if (of < best.of) best = {of, {}, {}};
  if (std::find(best.texts.begin(), best.texts.end(), inside) != best.texts.end()) return;
  best.texts.emplace_back(inside);
  if (best.remark.empty()) best.remark = part.remark;
}

void keep_head(const mail_head &head, lead_content &into) {
  constexpr std::size_t longest = 2'000;
  if (auto from = clean_line(head.from, longest); !from.empty()) into.extras["mail/From"] = std::move(from);
  if (auto subject = clean_line(head.subject, longest); !subject.empty())
    into.extras["mail/Subject"] = std::move(subject);
}

}  // namespace

namespace {

/// Reads one mail; a mail without a lead is the result's problem.
read_result read_one(const definition &source, std::string_view mail, time_us received_default, const limits &within,
                     const std::function<void(read_lead &&)> &take) {
  mail_head head;
  found_text best;
  read_result result;
  result.problem = read_mail_parts(mail, mail_limits{}, head, [&](mail_leaf &&leaf) { consider(source, leaf, best); });
  if (result.problem.empty() && best.texts.empty()) {
    result.problem = {"The mail \"{1}\" holds no lead of the source {2}. Read it, and have its sender attach the lead.",
                      {clean_line(head.subject, 200), source.title}};
  }
  const auto sent_at = parse_mail_date(head.date).value_or(received_default);
  const auto visit = [&](const record &one) {
    ++result.leads;
    auto lead = map_record(source, one, sent_at, best.remark);
    keep_head(head, lead.content);
    take(std::move(lead));
  };
  for (std::size_t at = 0; at < best.texts.size() && result.problem.empty(); ++at) {
    result.problem = read_xml(source, std::move(best.texts[at]), within.depth, visit);
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
                      const std::function<void(read_lead &&)> &take) {
  const auto mails = mails_of(bytes);
  read_result result;
  const auto take_some = [&](read_lead &&one) {
    if (++result.leads <= within.leads_per_post) take(std::move(one));
  };
  if (mails.size() == 1) {
    result.problem = read_one(source, mails.front(), received_default, within, take_some).problem;
  }
  for (std::size_t at = 0; mails.size() > 1 && at < mails.size(); ++at) {
    std::vector<read_lead> leads;
    const auto found = read_one(source, mails[at], received_default, within,
                                [&](read_lead &&one) { leads.push_back(std::move(one)); });
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
  const auto text = "\n" + lower_ascii(first_bytes.substr(0, 4096));
  const auto headers = text.substr(0, text.find("\n\n"));
  const auto found = std::count_if(std::begin(usual), std::end(usual),
                                   [&](auto header) { return headers.find(header) != std::string::npos; });
  // The lead's own format may be seen in the body as well: of two, the mail is the outer one.
  return found < 2 ? 0 : 100;
}

}  // namespace lead_system::intake
