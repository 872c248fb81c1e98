#include "reference_host/core/mail/mail_room.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "dms/cpp/digest.hpp"
#include "dms/cpp/json.hpp"
#include "host_core/watched_folders.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/mail/mail_parts.hpp"
#include "reference_host/core/mail/mail_sending.hpp"

namespace dms::reference {
namespace {

constexpr std::int64_t one_minute = 60'000'000, one_hour = 60 * one_minute;
constexpr std::int64_t lease_span = 2 * one_minute;  ///< longer than a server is waited for
constexpr std::int64_t longest_try = 24 * one_hour;
constexpr int mails_at_once = 50;
constexpr std::size_t longest_message = std::size_t{4} << 20;
constexpr std::chrono::seconds mail_pause{2};

std::int64_t pause_after(std::int64_t attempts) {
  std::int64_t pause = one_minute / 4;
  for (std::int64_t each = 1; each < attempts && pause < one_hour; ++each) pause *= 2;
  return std::min(pause, one_hour);
}

/// The beginning of the file, which has the head and the text; nothing: somebody else has taken it.
std::optional<std::string> beginning_of(const std::filesystem::path &file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes(longest_message, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

std::string digest_of_bytes(const std::string &bytes) {
  sha256_sum sum;
  sum.add(bytes.data(), bytes.size());
  return sum.hex();
}

bool is_at_rest(const std::filesystem::directory_entry &file) {
  std::error_code gone;
  const auto written = file.last_write_time(gone);
  return !gone && std::filesystem::file_time_type::clock::now() - written > mail_pause;
}

/// Whoever writes may name as many as he likes, in whatever bytes.
std::vector<std::string> ids_of_ours(std::vector<std::string> named) {
  constexpr std::size_t most = 50;
  std::erase_if(named, [](const auto &id) {
    return !id.starts_with("dms.") || !std::ranges::all_of(id, [](char c) { return c > ' ' && c <= '~'; });
  });
  if (named.size() > most) named.resize(most);
  return named;
}

/// Nothing is ever overwritten.
std::filesystem::path free_place(const std::filesystem::path &wanted, const std::string &digest) {
  constexpr std::size_t enough = 16;
  if (!std::filesystem::exists(wanted)) return wanted;
  return wanted.parent_path() / (digest.substr(0, enough) + '-' + wanted.filename().string());
}

/// Until when it is tried.
std::int64_t end_of(const mail &item) {
  const auto document = nlohmann::json::parse(item.document, nullptr, false);
  const auto until = document.is_object() ? document.find("until_us") : document.end();
  const bool named = document.is_object() && until != document.end() && until->is_number_integer();
  return named ? until->get<std::int64_t>() : item.at_us + longest_try;
}

letter letter_of(const mail &item, const mail_options &how, const std::string &dealership) {
  const auto document = nlohmann::json::parse(item.document, nullptr, false);
  letter made;
  made.id = item.message_id;
  made.to = text_of(document, "to");
  made.to_name = text_of(document, "name");
  made.from_name = text_of(document, "sender");
  if (made.from_name.empty()) made.from_name = dealership;
  // Answers that we read ourselves come back to the sender.
  if (how.replies.empty()) made.reply_to = text_of(document, "reply_to");
  made.subject = text_of(document, "subject");
  made.text = text_of(document, "text");
  made.language = text_of(document, "language");
  const auto automatic = document.find("automatic");
  made.automatic = automatic != document.end() && *automatic == true;
  made.at_us = item.at_us;
  return made;
}

}  // namespace

std::string new_message_id(const std::string &from) {
  if (sodium_init() < 0) throw failure(dms_failed, "The random numbers of this machine cannot be used.");
  std::array<unsigned char, 16> random{};
  randombytes_buf(random.data(), random.size());
  return "dms." + hex(random.data(), random.size()) + from.substr(std::min(from.find('@'), from.size()));
}

void remove_message(const std::filesystem::path &taken) {
  namespace fs = std::filesystem;
  fs::remove(taken);
  const auto name = taken.filename().string();
  const auto flags = name.rfind(":2,");
  const auto folder = taken.parent_path();
  if (flags == std::string::npos || !fs::is_directory(folder)) return;
  const auto bare = name.substr(0, flags);
  fs::remove(folder.parent_path() / "new" / bare);
  std::vector<fs::path> found;
  for (const auto &entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(bare + ':')) found.push_back(entry.path());
  }
  for (const auto &file : found) fs::remove(file);
}

std::string problem_in(const host &of, std::string_view locale, const std::string &problem) {
  // What a server said stays as it is.
  const auto colon = problem.find(": ");
  if (colon == std::string::npos) return of.text("host", locale, problem);
  return of.text("host", locale, problem.substr(0, colon)) + problem.substr(colon);
}

void mail_room::set(mail_options how) {
  const std::lock_guard lock(mutex_);
  how_ = std::move(how);
}

mail_options mail_room::how() const {
  const std::lock_guard lock(mutex_);
  return how_;
}

void mail_room::start() {
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void mail_room::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void mail_room::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
  }
  woken_.notify_all();
}

std::vector<std::string> mail_room::unmatched() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto &name : unmatched_) names.push_back(as_utf8(name, "utf-8"));
  return names;
}

void mail_room::work() {
  while (!stopping_) {
    look();
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, mail_pause, [this] { return stopping_.load() || wake_; });
    wake_ = false;
  }
}

int mail_room::look() {
  const auto now = how();
  int done = 0;
  const auto attempt = [&](const char *what, auto &&body) {
    try {
      done += body();
    } catch (const std::exception &reason) {
      if (const auto more = complaints_.ask(what)) {
        host_.log().error("{}: {}{}", what, reason.what(), seldom::said(*more));
      }
    }
  };
  if (now.usable()) attempt("sending e-mails", [&] { return send_due(now); });
  if (!now.replies.empty()) attempt("reading answers to e-mails", [&] { return take_replies(now); });
  return done;
}

int mail_room::send_due(const mail_options &how) {
  int sent = 0;
  for (auto &item : host_.data().mails.due(host_.clock().now_us(), mails_at_once)) {
    if (stopping_) break;
    const auto until = host_.clock().now_us() + lease_span;
    if (!host_.data().mails.lease(item, until)) continue;
    if (!send_one(how, std::move(item))) break;  // what the server does not take now, it takes of nobody
    ++sent;
  }
  return sent;
}

bool mail_room::send_one(const mail_options &how, mail item) {
  using kind = sending_result::kind;
  const auto end = end_of(item);
  const auto came = host_.clock().now_us() > end
                        ? sending_result{kind::never, "It could not be sent in time."}
                        : send_letter(how, letter_of(item, how, host_.name()), [this] { return stopping_.load(); });
  const auto now = host_.clock().now_us();
  // Nobody's fault: it is sent by the next process.
  if (stopping_ && came.came != kind::sent) return false;
  ++item.attempts;
  const bool over = came.came == kind::never || (came.came == kind::later && now > end);
  item.state = came.came == kind::sent ? "sent" : over ? "failed" : "waiting";
  item.problem = came.problem;
  item.next_us = now + pause_after(item.attempts);
  if (came.came == kind::sent) item.sent_us = now;
  if (!host_.data().mails.settle(item)) return true;
  if (item.state == "failed") tell_admins(item);
  if (item.state != "waiting") {
    tell("mail.changed", item);
  } else if (const auto more = complaints_.ask(came.problem)) {
    host_.log().warn("e-mail {}: {}{}", item.id, came.problem, seldom::said(*more));
  }
  return came.came != kind::later;
}

int mail_room::take_replies(const mail_options &how) {
  namespace fs = std::filesystem;
  const bool maildir = fs::is_directory(how.replies / "new");
  const auto from = maildir ? how.replies / "new" : how.replies, to = how.replies / (maildir ? "cur" : "done");
  int taken = 0;
  std::set<std::string> there;
  for (const auto &entry : fs::directory_iterator(from)) {
    if (stopping_) break;
    const auto name = entry.path().filename().string();
    if (is_unfinished(name) || !entry.is_regular_file()) continue;
    there.insert(name);
    {
      const std::lock_guard lock(mutex_);
      if (unmatched_.contains(name)) continue;
    }
    if (!maildir && !is_at_rest(entry)) continue;
    fs::create_directories(to);
    // What cannot be taken is no obstacle for the others.
    try {
      if (take_file(entry.path(), to / (maildir ? name.substr(0, name.find(':')) + ":2,S" : name))) ++taken;
    } catch (const std::exception &reason) {
      if (const auto more = complaints_.ask("taking " + name)) {
        host_.log().error("{} was not taken: {}{}", entry.path().string(), reason.what(), seldom::said(*more));
      }
    }
  }
  const std::lock_guard lock(mutex_);
  std::erase_if(unmatched_, [&](const auto &name) { return !there.contains(name); });
  return taken;
}

bool mail_room::take_file(const std::filesystem::path &file, const std::filesystem::path &wanted) {
  const auto bytes = beginning_of(file);
  if (!bytes) return false;
  const auto read = read_mail(*bytes);
  auto &mails = host_.data().mails;
  const auto ours = mails.with_message_id(ids_of_ours(read.refers_to));
  if (!ours) {
    host_.log().warn("{} answers no e-mail that was sent from here; it stays where it is", file.string());
    const std::lock_guard lock(mutex_);
    unmatched_.insert(file.filename().string());
    return false;
  }
  const auto digest = digest_of_bytes(*bytes);
  const auto to = free_place(wanted, digest);
  if (read.what == incoming_mail::kind::bounce) take_bounce(read, *ours);
  const bool fresh = read.what == incoming_mail::kind::reply && take_reply(read, *ours, digest, to);
  if (!fresh) mails.keep_file(*ours, to.string());
  std::filesystem::rename(file, to);
  // Whoever was forgotten meanwhile is so with this as well.
  if (!mails.get(ours->id)) {
    remove_message(to);
    return false;
  }
  if (fresh) tell("mail.received", *ours);
  return fresh;
}

bool mail_room::take_reply(const incoming_mail &read, const mail &ours, const std::string &digest,
                           const std::filesystem::path &to) {
  mail_reply reply;
  reply.mail = ours.id;
  reply.owner = ours.owner;
  reply.reference = ours.reference;
  reply.digest = digest;
  reply.file = to.string();
  reply.from = read.from;
  reply.subject = read.subject;
  reply.text = read.text;
  reply.attachments = read.attachments;
  auto files = nlohmann::json::array();
  for (const auto &one : read.files) files.push_back({{"name", one.name}, {"bytes", one.bytes}});
  reply.files = dms::to_text(files);
  reply.at_us = host_.clock().now_us();
  return host_.data().mails.take(reply);
}

void mail_room::take_bounce(const incoming_mail &read, mail item) {
  if (item.state == "failed") return;
  item.state = "failed";
  item.problem = read.problem.empty() ? "The mail server of the receiver did not take the message"
                                      : "The mail server of the receiver did not take the message: " + read.problem;
  if (!host_.data().mails.settle(item)) return;
  tell_admins(item);
  tell("mail.changed", item);
}

void mail_room::tell(const char *event, const mail &item) {
  const auto call = host_.make_call({.channel = "event"});
  host_.tell(*call, event, nlohmann::json{{"mail", std::to_string(item.id)}, {"reference", item.reference}}.dump());
}

void mail_room::tell_admins(const mail &item) {
  std::vector<std::string> admins;
  for (const auto &each : host_.data().users.all()) {
    if (each.active && each.has_role("admin")) admins.push_back(each.id);
  }
  notification bell;
  bell.key = "host/mail:" + std::to_string(item.id) + ":failed";
  bell.tone = "warn";
  bell.text = host_.text("host", "de-AT", "An e-mail could not be delivered.");
  bell.texts = nlohmann::json{{"en", "An e-mail could not be delivered."}}.dump();
  bell.link = R"({"screen":"host.mails","params":{}})";
  bell.at_us = host_.clock().now_us();
  host_.data().notifications.notify(bell, admins);
}

}  // namespace dms::reference
