#include "reference_host/core/mail/mail_message.hpp"

#include <algorithm>
#include <array>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"
#include "reference_host/core/mail/mail_parts.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t longest_letter = 20'000, longest_field = 400;

/// Every "<id@host>" of a text.
std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> found;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const auto end = text.find('>', at);
    if (end == std::string_view::npos) break;
    auto id = text.substr(at + 1, end - at - 1);
    if (id.find('@') != std::string_view::npos && id.size() < 300) found.emplace_back(id);
  }
  return found;
}

/// "anna@example.at" of "Anna Huber <anna@example.at>".
std::string address_in(const std::string &field) {
  const auto open = field.rfind('<');
  const auto begin = open == std::string::npos ? 0 : open + 1;
  const auto end = open == std::string::npos ? field.size() : std::min(field.find('>', open), field.size());
  return std::string(whole_letters(std::string_view(field).substr(begin, end - begin), longest_field));
}

/// Without what it quotes: lines with ">" before them, and the line that says whose they are.
std::string without_quotes(const std::string &text) {
  std::vector<std::string> lines;
  std::string_view rest = text;
  const auto names_the_quoted = [](const std::string &line) { return line.ends_with(':') && line.size() > 1; };
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    std::string line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    while (line.ends_with(' ') || line.ends_with('\t')) line.pop_back();
    if (!line.starts_with('>')) {
      lines.push_back(std::move(line));
      continue;
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    if (!lines.empty() && names_the_quoted(lines.back())) lines.pop_back();
  }
  std::string result;
  for (const auto &line : lines) {
    if (!line.empty() || !result.empty()) result += line + '\n';
  }
  while (result.ends_with('\n')) result.pop_back();
  // Whoever answers between or below the quoted lines has said something; whoever only quotes has that.
  return result.empty() ? text : result;
}

/// Entities as the letters that they stand for, those of mail programs here; others stay.
std::string without_html_entities(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> letters{{{"&nbsp;", " "},
                                                                                          {"&lt;", "<"},
                                                                                          {"&gt;", ">"},
                                                                                          {"&quot;", "\""},
                                                                                          {"&#39;", "'"},
                                                                                          {"&apos;", "'"},
                                                                                          {"&amp;", "&"},
                                                                                          {"&auml;", "ä"},
                                                                                          {"&ouml;", "ö"},
                                                                                          {"&uuml;", "ü"},
                                                                                          {"&Auml;", "Ä"},
                                                                                          {"&Ouml;", "Ö"},
                                                                                          {"&Uuml;", "Ü"},
                                                                                          {"&szlig;", "ß"},
                                                                                          {"&euro;", "€"}}};
  std::string result;
  while (!text.empty()) {
    const auto begin = std::min(text.find('&'), text.size());
    result += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) break;
    const auto known =
        std::find_if(letters.begin(), letters.end(), [&](const auto &one) { return text.starts_with(one.first); });
    const bool none = known == letters.end();
    result += none ? text.substr(0, 1) : known->second;
    text.remove_prefix(none ? 1 : known->first.size());
  }
  return result;
}

/// What a person reads of HTML: its texts, a line for each end of a paragraph.
std::string text_of_html(const std::string &html) {
  const auto tags = lower_case(html);
  const auto begins = [&](std::size_t at, std::string_view tag) { return tags.compare(at, tag.size(), tag) == 0; };
  std::string result;
  for (std::size_t at = 0; at < html.size();) {
    const auto open = std::min(html.find('<', at), html.size());
    result.append(html, at, open - at);
    auto end = tags.find('>', open);
    for (const auto &[hidden, close] : {std::pair{"<style", "</style"}, std::pair{"<script", "</script"}}) {
      if (begins(open, hidden)) end = tags.find('>', std::min(tags.find(close, open), tags.size()));
    }
    if (begins(open, "<br") || begins(open, "</p") || begins(open, "</div")) result += '\n';
    at = end == std::string::npos ? html.size() : end + 1;
  }
  return without_html_entities(result);
}

/// One letter after "%" and two digits is a byte; a charset stands before two apostrophes (RFC 2231).
std::string extended_value(const std::string &value) {
  const auto first = value.find('\''), second = first == std::string::npos ? first : value.find('\'', first + 1);
  if (second == std::string::npos) return as_utf8(percent_decoded(value, false), "utf-8");
  return as_utf8(percent_decoded(std::string_view(value).substr(second + 1), false), value.substr(0, first));
}

/// A parameter as it may be written: whole, in parts, with another charset, or in encoded words, which it may not be.
std::string file_name_in(const std::string &field, const std::string &name) {
  if (const auto value = parameter_of(field, name + '*'); !value.empty()) return extended_value(value);
  if (const auto value = parameter_of(field, name); !value.empty()) return as_utf8(encoded_text(value), "utf-8");
  constexpr int most_parts = 20;
  std::string whole;
  bool extended = false;
  for (int part = 0; part < most_parts; ++part) {
    const auto plain = name + '*' + std::to_string(part);
    auto value = parameter_of(field, plain + '*');
    extended = extended || !value.empty();
    if (value.empty()) value = parameter_of(field, plain);
    if (value.empty()) break;
    whole += value;
  }
  return extended ? extended_value(whole) : as_utf8(whole, "utf-8");
}

/// Without a path, and on one line.
std::string file_name_of(const mail_head &part) {
  auto name = file_name_in(field_of(part, "content-disposition"), "filename");
  if (name.empty()) name = file_name_in(field_of(part, "content-type"), "name");
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return c == '\n'; });
  constexpr std::size_t longest_name = 200;
  name.resize(whole_letters(name, longest_name).size());
  return name;
}

bool is_automatic(const mail_head &head) {
  const auto submitted = value_of(field_of(head, "auto-submitted"));
  if (!submitted.empty() && submitted != "no") return true;
  // Nobody is to answer it: so do machines write, holiday notes as well (RFC 3834).
  if (field_of(head, "return-path") == "<>") return true;
  const auto precedence = lower_case(field_of(head, "precedence"));
  if (precedence == "bulk" || precedence == "junk" || precedence == "list" || precedence == "auto_reply") return true;
  for (const auto *name : {"x-autoreply", "x-autorespond", "list-id"}) {
    if (!field_of(head, name).empty()) return true;
  }
  // Of machines that do not know the header.
  const auto subject = lower_case(encoded_text(field_of(head, "subject")));
  for (const auto *word : {"abwesenheitsnotiz", "abwesend:", "out of office", "automatische antwort", "automatic reply",
                           "auto-reply", "autoreply"}) {
    if (subject.starts_with(word)) return true;
  }
  return false;
}

/// A mail server's word on a delivery; no receipt of a reader and no complaint of one.
bool is_report(const mail_head &head) {
  const auto type = field_of(head, "content-type");
  if (value_of(type) == "multipart/report") {
    const auto of = lower_case(parameter_of(type, "report-type"));
    return of.empty() || of == "delivery-status";
  }
  if (value_of(field_of(head, "auto-submitted")) == "auto-replied") return false;
  const auto from = lower_case(address_in(field_of(head, "from")));
  return from.starts_with("mailer-daemon@") || from.starts_with("postmaster@");
}

/// What it says has been done; a report in words alone tells of a failure.
incoming_mail::kind kind_of_report(const std::string &lower_text) {
  using kind = incoming_mail::kind;
  constexpr std::array<std::pair<std::string_view, kind>, 5> actions{{{"failed", kind::bounce},
                                                                      {"delayed", kind::delay},
                                                                      {"delivered", kind::automatic},
                                                                      {"relayed", kind::automatic},
                                                                      {"expanded", kind::automatic}}};
  for (const auto &[action, what] : actions) {
    if (lower_text.find("\naction: " + std::string(action)) != std::string::npos) return what;
  }
  return kind::bounce;
}

/// "550 5.1.1 no such user" of a delivery report.
void read_report(std::string_view bytes, incoming_mail &into) {
  const auto text = lower_case(bytes);
  into.what = kind_of_report(text);
  const std::string_view mark = "\ndiagnostic-code:";
  if (const auto at = text.find(mark); at != std::string::npos) {
    const auto from = at + mark.size(), end = std::min(text.find('\n', from), text.size());
    into.problem = as_utf8(std::string(bytes.substr(from, end - from)), "utf-8");
    if (const auto colon = into.problem.find(';'); colon != std::string::npos) into.problem.erase(0, colon + 1);
    while (into.problem.starts_with(' ')) into.problem.erase(0, 1);
    into.problem.resize(whole_letters(into.problem, longest_field).size());
  }
  // The message that did not arrive is part of the report.
  for (auto &id : ids_in(bytes)) into.refers_to.push_back(std::move(id));
}

}  // namespace

incoming_mail read_mail(std::string_view bytes) {
  incoming_mail result;
  std::string_view body;
  const auto head = head_of(bytes, body);
  result.from = address_in(encoded_text(field_of(head, "from")));
  result.subject = encoded_text(field_of(head, "subject"));
  result.subject.resize(whole_letters(result.subject, longest_field).size());
  result.refers_to = ids_in(field_of(head, "in-reply-to"));
  auto thread = ids_in(field_of(head, "references"));
  std::reverse(thread.begin(), thread.end());
  for (auto &id : thread) result.refers_to.push_back(std::move(id));
  if (is_report(head)) {
    read_report(bytes, result);
    return result;
  }
  if (is_automatic(head) || value_of(field_of(head, "content-type")) == "multipart/report") {
    result.what = incoming_mail::kind::automatic;
  }
  std::string plain, html;
  each_part(bytes, [&](const mail_head &part, std::string_view content) {
    const auto type = field_of(part, "content-type");
    const auto kind = type.empty() ? std::string("text/plain") : value_of(type);
    const auto laid = field_of(part, "content-disposition");
    const bool written = kind == "text/plain" || kind == "text/html";
    if (!written || value_of(laid) == "attachment" || !parameter_of(laid, "filename").empty()) {
      ++result.attachments;
      if (result.files.size() < longest_list_of_files) {
        // The line break before a boundary is the boundary's.
        if (content.ends_with('\n')) content.remove_suffix(1);
        if (content.ends_with('\r')) content.remove_suffix(1);
        const auto size = decoded_body(content, field_of(part, "content-transfer-encoding")).size();
        result.files.push_back({file_name_of(part), size});
      }
      return;
    }
    // Somebody goes on writing behind a picture.
    auto &into = kind == "text/html" ? html : plain;
    if (!into.empty() && !into.ends_with('\n')) into += '\n';
    into += as_utf8(decoded_body(content, field_of(part, "content-transfer-encoding")), parameter_of(type, "charset"));
  });
  const bool in_html = plain.find_first_not_of(" \t\n") == std::string::npos;
  result.text = without_quotes(in_html ? text_of_html(html) : plain);
  result.text.resize(whole_letters(result.text, longest_letter).size());
  return result;
}

}  // namespace dms::reference
