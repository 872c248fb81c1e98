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
#include "lead/same_person.hpp"

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
  // Mail programs and portals have many names for what they do not know: its content says what it is.
  const bool shown_or_heard = type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
  return shown_or_heard ? kind::none : kind::other;
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

/// Whether bytes are text: of UTF-16 the first ones say so.
bool is_text(std::string_view bytes) {
  if (!marked_encoding(bytes).encoding.empty()) return true;
  return std::none_of(bytes.begin(), bytes.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < ' ' && letter != '\n' && letter != '\r' && letter != '\t';
  });
}

/// The XML that stands whole among other bytes, as an attachment does in Outlook's winmail.dat (TNEF).
decoded text_among_bytes(const definition &source, std::string_view bytes) {
  const auto lower = lower_ascii(bytes);
  for (const auto &mark : source.how->marks) {
    const auto at = mark.starts_with('<') ? lower.find(mark) : std::string::npos;
    if (at == std::string::npos) continue;
    const auto declaration = lower.rfind("<?xml", at);
    const auto head =
        declaration == std::string::npos ? std::string_view{} : bytes.substr(declaration, at - declaration);
    if (const auto inside = element_at(bytes, lower, at); !inside.empty()) {
      return decode(inside, declared_encoding(head));
    }
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

/// A text that may hold leads.
struct found_text {
  kind of = kind::none;
  std::string text;
  message remark;
  int alternative = 0;
};
struct found_texts {
  std::vector<found_text> all;  ///< in the order of the mail
  bool quoted = false;          ///< one of them stood in an answer, with marks before its lines
  std::string parts;            ///< of the mail, as a person knows them: "text/plain, winmail.dat"
  bool outlooks = false;        ///< one is Outlook's own format
};

constexpr bool is_quote_mark(char letter) noexcept {
  return letter == '>' || letter == '|';
}

/// "> " and "| " before the line in which the lead begins are before the others too: without them. False: there are
/// none.
bool take_quotes_off(const definition &source, std::string &text) {
  const auto lower = lower_ascii(text);
  auto at = std::string::npos;
  for (const auto &mark : source.how->marks) {
    if (mark.starts_with('<')) at = std::min(at, lower.find(mark));
  }
  if (at == std::string::npos) at = lower.find('<');
  if (at == std::string::npos) return false;
  const auto begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is the beginning
  auto before = std::string_view(text).substr(begin, at - begin);
  before = before.substr(0, std::min(before.find_first_not_of(">| \t"), before.size()));
  const auto depth = std::count_if(before.begin(), before.end(), is_quote_mark);
  if (depth == 0) return false;
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    auto line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    for (auto left = depth; left > 0 && !line.empty(); --left) {
      const auto mark = line.find_first_not_of(" \t");
      if (mark == std::string_view::npos || !is_quote_mark(line[mark])) break;
      line.remove_prefix(mark + 1);
    }
    if (line.starts_with(' ')) line.remove_prefix(1);
    result += line;
  }
  text = std::move(result);
  return true;
}

void note_part(const mail_leaf &leaf, found_texts &into) {
  constexpr std::size_t longest = 300;
  const auto &name = leaf.name.empty() ? leaf.type : leaf.name;
  if (into.parts.size() < longest) into.parts += (into.parts.empty() ? "" : ", ") + clean_line(name, 100);
  into.outlooks = into.outlooks || leaf.name == "winmail.dat" || leaf.type.ends_with("ms-tnef");
}

/// Why a mail without a lead is none, and what stood there.
message no_lead_in(const definition &source, const mail_head &head, const found_texts &found) {
  const auto subject = clean_line(head.subject, 200);
  if (found.outlooks) {
    return {
        "The mail \"{1}\" holds no lead of the source {2} that can be read: winmail.dat is a format of Outlook's own. "
        "Have its sender attach the lead, and send the mail as plain text.",
        {subject, source.title}};
  }
  std::string marks;
  for (const auto &mark : source.how->marks) marks += (marks.empty() ? "" : ", ") + mark;
  return {
      "The mail \"{1}\" holds no lead of the source {2}: {3} was looked for in {4}. Read it, and have its sender "
      "attach the lead.",
      {subject, source.title, marks, found.parts}};
}

void consider(const definition &source, const mail_leaf &leaf, found_texts &into) {
  note_part(leaf, into);
  auto of = kind_of(leaf);
  const bool text = is_text(leaf.bytes);
  if (of == kind::none && !text) return;
  if (of == kind::none) of = kind::other;  // called a picture, and is none
  const bool bytes = of == kind::other && !text;
  auto part = bytes ? text_among_bytes(source, leaf.bytes) : text_of(leaf);
  if (of == kind::html) part.text = shown_text(std::move(part.text));
  const bool quoted = of != kind::xml && take_quotes_off(source, part.text);
  const auto lower = lower_ascii(part.text);
  if (!has_mark(source, lower)) return;
  auto inside = of == kind::xml ? std::string_view(part.text) : xml_within(source, part.text, lower);
  if (without_blanks(inside).empty()) return;
  const bool twice = std::any_of(into.all.begin(), into.all.end(), [&](const auto &one) { return one.text == inside; });
  if (twice) return;
  into.quoted = into.quoted || quoted;
  into.all.push_back({of, std::string(inside), part.remark, leaf.alternative});
}

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
  kind of = kind::none;
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

}  // namespace

namespace {

/// Reads one mail; a mail without a lead is the result's problem.
read_result read_one(const definition &source, std::string_view mail, time_us received_default, const limits &within,
                     const std::function<void(read_lead &&)> &take) {
  mail_head head;
  found_texts found;
  read_result result;
  result.problem = read_mail_parts(mail, mail_limits{}, head, [&](mail_leaf &&leaf) { consider(source, leaf, found); });
  if (result.problem.empty() && found.all.empty()) {
    result.problem = no_lead_in(source, head, found);
  }
  if (!result.problem.empty()) return result;
  const auto sent_at = parse_mail_date(head.date).value_or(received_default);
  std::vector<leads_of_text> texts;
  for (auto &one : found.all) {
    auto &text = texts.emplace_back();
    text.of = one.of;
    text.alternative = one.alternative;
    text.problem = read_xml(source, std::move(one.text), within.depth, [&](const record &each) {
      text.leads.push_back(map_record(source, each, sent_at, one.remark));
      text.leads.back().came = way_of(head, found.quoted);
      keep_head(head, text.leads.back().content);
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
                      const std::function<void(read_lead &&)> &take) {
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
  auto text = "\n" + lower_ascii(first_bytes.substr(0, 4096));
  if (first_bytes.find('\n') == std::string_view::npos) std::replace(text.begin(), text.end(), '\r', '\n');
  const auto headers = text.substr(0, text.find("\n\n"));
  const auto found = std::count_if(std::begin(usual), std::end(usual),
                                   [&](auto header) { return headers.find(header) != std::string::npos; });
  // The lead's own format may be seen in the body as well: of two, the mail is the outer one.
  return found < 2 ? 0 : 100;
}

}  // namespace lead_system::intake
