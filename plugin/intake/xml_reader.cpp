// XML: pugixml, which neither fetches nor expands anything and does not recurse while it parses. Names compare in lower
// case without prefix; extras keep them as they were.
#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "intake/formats.hpp"

namespace lead_system::intake {
namespace {

/// Nesting as far as it can be seen without parsing: enough to refuse what is built to be deep. What it misses, the
/// walk over the tree finds.
bool deeper_than(std::string_view text, int limit) {
  int depth = 0;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const auto rest = text.substr(at);
    const char second = rest.size() > 1 ? rest[1] : '\0';
    std::string_view end = ">";
    if (second == '!' && rest.starts_with("<!--")) end = "-->";
    if (second == '!' && rest.starts_with("<![CDATA[")) end = "]]>";
    if (second == '?') end = "?>";
    const auto closes = text.find(end, at + 1);
    if (closes == std::string_view::npos) return false;
    if (second == '/') {
      --depth;
    } else if (end == ">" && second != '!' && text[closes - 1] != '/' && ++depth > limit) {
      return true;
    }
    // "<!DOCTYPE a [<!ENTITY …>]>": its parts are walked one by one.
    at = rest.starts_with("<!D") ? at + 2 : closes + end.size();
  }
  return false;
}

/// A parsed document with its names in lower case and without prefixes, and as they were.
class document {
 public:
  explicit document(std::string text) : original_(text), text_(std::move(text)) {
    parsed_ = tree_.load_buffer_inplace(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
  }
  document(const document &) = delete;
  document &operator=(const document &) = delete;

  const pugi::xml_document &tree() const noexcept { return tree_; }

  message problem() const {
    if (parsed_.status == pugi::status_ok) return {};
    if (parsed_.status == pugi::status_no_document_element) return {"There is no XML element in the payload.", {}};
    const auto offset =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed_.offset, 0)), original_.size());
    const auto line = 1 + std::count(original_.begin(), original_.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
    if (original_.find_first_not_of(" \t\r\n", offset + 1) == std::string::npos) {
      return {"The XML ends before its last element is closed, in line {1}. Have it sent again.",
              {std::to_string(line)}};
    }
    return {"The XML is not well-formed in line {1}. Have it sent again.", {std::to_string(line)}};
  }

  /// False when the tree is deeper than `limit`.
  bool lower_names(int limit) {
    int depth = 0;
    for (auto node = tree_.first_child(); node;) {
      if (depth >= limit) return false;
      lower(node.name());
      for (auto attribute : node.attributes()) lower(attribute.name());
      if (auto child = node.first_child()) {
        node = child;
        ++depth;
        continue;
      }
      while (node && !node.next_sibling()) {
        node = node.parent();
        --depth;
      }
      if (node) node = node.next_sibling();
      if (depth < 0) break;
    }
    return true;
  }

  /// As the payload wrote it.
  std::string original(const char *name) const {
    const auto from = offset(name);
    if (from >= original_.size()) return name;
    return original_.substr(from, original_.find_first_of(" \t\r\n/>=", from) - from);
  }

 private:
  /// Names lie in text_, at the place that they have in original_.
  std::size_t offset(const char *name) const {
    const std::less<> before;
    const bool inside = !before(name, text_.data()) && before(name, text_.data() + text_.size());
    return inside ? static_cast<std::size_t>(name - text_.data()) : original_.size();
  }

  void lower(const char *name) {
    const auto from = offset(name);
    if (from >= text_.size()) return;
    const std::string_view whole(name);
    const auto colon = whole.rfind(':');
    const auto skip = colon == std::string_view::npos ? 0 : colon + 1;
    for (std::size_t at = skip; at <= whole.size(); ++at) {
      const char letter = text_[from + at];
      text_[from + at - skip] = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
  }

  std::string original_, text_;
  pugi::xml_document tree_;
  pugi::xml_parse_result parsed_;
};

bool is_text(const pugi::xml_node &node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The next node below `top` after `node`, in the order of the document.
pugi::xml_node following(pugi::xml_node node, const pugi::xml_node &top, bool into) {
  if (into && node.first_child()) return node.first_child();
  while (node != top && !node.next_sibling()) node = node.parent();
  return node == top ? pugi::xml_node() : node.next_sibling();
}

std::string text_of(const pugi::xml_node &top) {
  if (is_text(top)) return top.value();
  if (auto only = top.first_child(); is_text(only) && !only.next_sibling()) return only.value();
  std::string result;
  for (auto node = following(top, top, true); node; node = following(node, top, true)) {
    if (is_text(node)) result += node.value();
  }
  return result;
}

/// The text between an element's own tags, without that of the elements in it.
std::string own_text(const pugi::xml_node &node) {
  std::string result;
  for (auto child : node.children()) {
    if (is_text(child)) result += child.value();
  }
  return result;
}

/// Names of namespaces and schemas, and our own mark (xml_blocks.cpp), say nothing about a lead.
bool is_namespace(std::string_view attribute) {
  return attribute.starts_with("xmlns") || attribute.ends_with(":schemaLocation") || attribute == "leads-part";
}

/// A text of the payload that is of no lead alone: of the envelope, or beside the leads.
struct text_around {
  const void *place;  ///< its element or attribute
  std::string name, text;
};
/// By the innermost element that holds the text and leads: it counts for these leads.
using texts_around_leads = std::map<const void *, std::vector<text_around>>;

class xml_record final : public record {
 public:
  xml_record(const document &whole, const pugi::xml_node &node, std::vector<const void *> &used,
             const texts_around_leads &around)
      : whole_(whole), node_(node), used_(used), around_(around) {}

  std::string value(const expression &where) const override {
    if (!where.child.empty()) {
      // Most are this, and XPath takes ten times as long for it.
      const auto found = node_.child(where.child.c_str());
      if (found) used_.push_back(found.internal_object());
      return found ? text_of(found) : std::string{};
    }
    if (where.xpath->return_type() != pugi::xpath_type_node_set) return where.xpath->evaluate_string(node_);
    const auto found = where.xpath->evaluate_node(node_);
    mark(found);
    return found.attribute() ? found.attribute().value() : text_of(found.node());
  }
  void use(const expression &where) const override {
    if (where.constant || where.xpath->return_type() != pugi::xpath_type_node_set) return;
    for (const auto &found : where.xpath->evaluate_node_set(node_)) mark(found);
  }
  bool each(const expression &where, const std::function<bool(const record &)> &visit) const override {
    if (where.constant || where.xpath->return_type() != pugi::xpath_type_node_set) return false;
    auto found = where.xpath->evaluate_node_set(node_);
    if (found.empty()) return false;
    found.sort();
    for (const auto &item : found) {
      if (item.node() && !visit(xml_record(whole_, item.node(), used_, around_))) break;
    }
    return true;
  }
  void leftovers(further_values &into) const override {
    std::sort(used_.begin(), used_.end());
    // What stands in an element that was used is used with it, but for the attributes in there.
    pugi::xml_node used_whole;
    bool enter = true;
    for (auto node = node_; node; node = following(node, node_, enter)) {
      enter = node.type() == pugi::node_element;
      if (!enter) continue;
      if (used_whole && !is_inside(node, used_whole)) used_whole = {};
      for (auto attribute : node.attributes()) {
        if (is_used(attribute.internal_object())) continue;
        const auto name = whole_.original(attribute.name());
        if (!is_namespace(name)) add(into, path(node) + "@" + name, attribute.value());
      }
      if (used_whole) continue;
      if (node != node_ && is_used(node.internal_object())) {
        used_whole = node;
        enter = has_elements(node);
      } else {
        add(into, path(node), own_text(node));
      }
    }
    for (auto above = node_.parent(); above; above = above.parent()) {
      const auto found = around_.find(above.internal_object());
      if (found == around_.end()) continue;
      for (const auto &item : found->second) {
        if (!is_used(item.place)) into.emplace_back(item.name, item.text);
      }
    }
  }

 private:
  void mark(const pugi::xpath_node &found) const {
    if (found.attribute()) {
      used_.push_back(found.attribute().internal_object());
    } else if (found.node()) {
      used_.push_back(found.node().internal_object());
    }
  }
  bool is_used(const void *item) const { return std::binary_search(used_.begin(), used_.end(), item); }

  static bool has_elements(const pugi::xml_node &node) {
    const auto first = node.first_child();
    return first && (!is_text(first) || first.next_sibling());
  }
  static bool is_inside(pugi::xml_node node, const pugi::xml_node &top) {
    while (node && node != top) node = node.parent();
    return !node.empty();
  }
  /// "ListOfContact/Contact/Fax"; of the record itself nothing.
  std::string path(pugi::xml_node node) const {
    std::string result;
    for (; node != node_; node = node.parent()) {
      result = whole_.original(node.name()) + (result.empty() ? "" : "/") + result;
    }
    return result;
  }
  static void add(further_values &into, std::string name, std::string text) {
    if (!is_blank(text)) into.emplace_back(name.empty() ? "text" : std::move(name), std::move(text));
  }

  const document &whole_;
  pugi::xml_node node_;
  std::vector<const void *> &used_;
  const texts_around_leads &around_;
};

bool has_any(const pugi::xml_document &tree, const alternatives &where) {
  return where.empty() || std::any_of(where.begin(), where.end(), [&](const expression &one) {
           return one.constant || one.xpath->evaluate_boolean(tree);
         });
}

/// The elements that leads are, by the first expression that finds any.
pugi::xpath_node_set records_of(const definition &source, const pugi::xml_document &tree) {
  for (const auto &where : source.how->records) {
    if (where.constant || where.xpath->return_type() != pugi::xpath_type_node_set) continue;
    auto found = where.xpath->evaluate_node_set(tree);
    if (found.empty()) continue;
    found.sort();
    return found;
  }
  return {};
}

/// The path from the root: "/adf/vendor/id".
std::string absolute_path(const document &whole, pugi::xml_node node) {
  std::string result;
  for (; node.type() == pugi::node_element; node = node.parent()) result = "/" + whole.original(node.name()) + result;
  return result;
}

/// The leads, which have their own texts, and what the definition says to be of no use.
std::vector<const void *> passed_over(const document &whole, const definition &source,
                                      const pugi::xpath_node_set &records) {
  std::vector<const void *> result;
  for (const auto &item : records) result.push_back(item.node().internal_object());
  for (const auto &one : source.how->around_ignored) {
    if (one.constant || one.xpath->return_type() != pugi::xpath_type_node_set) continue;
    for (const auto &found : one.xpath->evaluate_node_set(whole.tree())) {
      const void *place = found.node().internal_object();
      if (found.attribute()) place = found.attribute().internal_object();
      result.push_back(place);
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// Whatever holds a lead.
std::set<const void *> elements_around(const pugi::xpath_node_set &records) {
  std::set<const void *> result;
  for (const auto &item : records) {
    for (auto above = item.node().parent(); above; above = above.parent()) {
      if (!result.insert(above.internal_object()).second) break;
    }
  }
  return result;
}

/// What stands around the leads: a message's head counts for all of its leads.
texts_around_leads texts_around(const document &whole, const definition &source, const pugi::xpath_node_set &records) {
  constexpr std::size_t most = 100;
  const auto passed = passed_over(whole, source, records);
  const auto holders = elements_around(records);
  const auto is_passed = [&](const void *place) { return std::binary_search(passed.begin(), passed.end(), place); };
  texts_around_leads result;
  const pugi::xml_node top = whole.tree();
  bool enter = true;
  for (auto node = top.first_child(); node; node = following(node, top, enter)) {
    enter = node.type() == pugi::node_element && !is_passed(node.internal_object());
    if (!enter) continue;
    auto holder = node;
    while (holder && !holders.contains(holder.internal_object())) holder = holder.parent();
    auto &texts = result[holder.internal_object()];
    if (texts.size() >= most) continue;
    for (auto attribute : node.attributes()) {
      const auto name = whole.original(attribute.name());
      if (is_namespace(name) || is_blank(attribute.value()) || is_passed(attribute.internal_object())) continue;
      texts.push_back({attribute.internal_object(), absolute_path(whole, node) + "@" + name, attribute.value()});
    }
    if (auto text = own_text(node); !is_blank(text)) {
      texts.push_back({node.internal_object(), absolute_path(whole, node), std::move(text)});
    }
  }
  return result;
}

/// The first names of a payload: "adf/lead/id".
std::string first_names(const document &whole) {
  std::string result;
  constexpr int most = 4;
  auto node = whole.tree().document_element();
  for (int count = 0; node && count < most; ++count) {
    result += (result.empty() ? "" : "/") + whole.original(node.name());
    node = node.find_child([](const pugi::xml_node &child) { return child.type() == pugi::node_element; });
  }
  return result;
}

/// A list of no leads is right where nothing else is in it either: only the root says something.
bool says_nothing(const pugi::xml_document &tree) {
  const auto root = tree.document_element();
  return !tree.find_node([&](const pugi::xml_node &node) {
    return (is_text(node) && !is_blank(node.value())) || (node != root && node.first_attribute());
  });
}

message nothing_found(const definition &source, const document &whole) {
  if (says_nothing(whole.tree())) return {};
  return {
      "The payload holds no lead of the source {1}: {2} was looked for, and {3} stands there. Have the sender "
      "correct it, or add what he sends to the source's definition.",
      {source.title, texts_of(source.how->records), first_names(whole)}};
}

}  // namespace

message read_xml(const definition &source, std::string text, int depth, const record_visitor &visit) {
  message too_deep{"The XML is nested more than {1} deep. Have the sender correct it.", {std::to_string(depth)}};
  if (deeper_than(text, depth)) return too_deep;
  document whole(std::move(text));
  if (auto problem = whole.problem(); !problem.empty()) return problem;
  if (!whole.lower_names(depth)) return too_deep;
  if (!has_any(whole.tree(), source.how->needs)) {
    return {
        "This payload is not of the source {1}: {2} was looked for, and {3} stands there. Send it to the right one.",
        {source.title, texts_of(source.how->needs), first_names(whole)}};
  }
  const auto records = records_of(source, whole.tree());
  if (records.empty()) return nothing_found(source, whole);
  const auto around = texts_around(whole, source, records);
  std::vector<const void *> used;
  for (const auto &item : records) {
    if (!item.node()) continue;
    used.clear();
    visit(xml_record(whole, item.node(), used, around));
  }
  return {};
}

}  // namespace lead_system::intake
