// One command that looks at everything a dealership needs, a line a check, and says what to do.
#include <date/tz.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/command_line/serve_options.hpp"
#include "reference_host/command_line/settings_file.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/mail/mails.hpp"

namespace dms::reference::command_line {
namespace {

enum class finding { good, warn, bad };

/// What was found is printed as it comes: a check may take seconds.
class findings {
 public:
  void say(finding what, const std::string &part, const std::string &text) {
    static constexpr std::pair<finding, const char *> words[] = {
        {finding::good, "ok  "}, {finding::warn, "look"}, {finding::bad, "BAD "}};
    for (const auto &[known, word] : words) {
      if (known == what) std::cout << word << "  " << part << ": " << text << std::endl;
    }
    any_bad_ = any_bad_ || what == finding::bad;
  }
  /// A check that throws has found something.
  void check(const std::string &part, const std::function<void()> &body) {
    try {
      body();
    } catch (const std::exception &reason) {
      say(finding::bad, part, said(reason.what()));
    }
  }
  bool any_bad() const noexcept { return any_bad_; }

 private:
  bool any_bad_ = false;
};

void check_files(findings &all, const std::string &data) {
  const auto part = said("Files");
  struct stat seen {};
  if (::stat(data.c_str(), &seen) != 0) {
    return all.say(finding::bad, part, said("There is no data directory \"{1}\": name it with --data.", data));
  }
  if ((seen.st_mode & (S_IWOTH | S_IROTH)) != 0) {
    return all.say(finding::bad, part, said("Everybody on this machine can get into \"{1}\": chmod o-rwx it.", data));
  }
  if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0) {
    return all.say(finding::bad, part,
                   said("This account cannot write \"{1}\": run it as the account of the service.", data));
  }
  if (seen.st_uid != ::geteuid()) {
    return all.say(
        finding::warn, part,
        said("\"{1}\" belongs to another account: run it as that, so that nothing is left that it cannot read.", data));
  }
  all.say(finding::good, part, data);
}

void check_disk(findings &all, const std::string &data) {
  constexpr std::uintmax_t little = std::uintmax_t{1} << 30, nothing = std::uintmax_t{100} << 20;
  const auto free = std::filesystem::space(data).available;
  const auto text = said("{1} MiB are free.", std::to_string(free >> 20U));
  const auto what = free < nothing ? finding::bad : free < little ? finding::warn : finding::good;
  all.say(what, said("Disk"), what == finding::good ? text : text + ' ' + said("Make room before leads are refused."));
}

void check_zone(findings &all) {
  constexpr auto dealership = "Europe/Vienna";
  const auto part = said("Time");
  date::locate_zone(dealership);  // throws where there is no tzdata
  using namespace std::chrono;
  const auto today = floor<date::days>(system_clock::now());
  if (today < date::sys_days(date::year{2025} / 1 / 1)) {
    return all.say(finding::bad, part, said("The clock of this machine is wrong: set it, best by NTP."));
  }
  all.say(finding::good, part, date::format("%F %T UTC", floor<seconds>(system_clock::now())));
}

void check_settings(findings &all, const serve_options &how) {
  if (how.config.empty()) return;
  // It was read with the line already; what it names is opened here.
  options_of(how);
  std::string unseen;
  for (const auto &key : unseen_in(how.config)) unseen += (unseen.empty() ? "" : ", ") + key;
  if (unseen.empty()) return all.say(finding::good, said("Settings"), how.config);
  all.say(finding::warn, said("Settings"),
          said("{1}; only the service reads {2}: that was not looked at.", how.config, unseen));
}

void check_people(findings &all, host &of) {
  std::size_t active = 0, admins = 0;
  for (const auto &each : of.data().users.all()) {
    if (!each.active) continue;
    ++active;
    if (each.has_role("admin")) ++admins;
  }
  if (admins == 0) {
    return all.say(finding::bad, said("People"),
                   said("Nobody can sign in as an administrator: dms_host user add LOGIN --name NAME --role admin"));
  }
  all.say(finding::good, said("People"),
          said("{1} can sign in, {2} of them as administrator.", std::to_string(active), std::to_string(admins)));
}

std::string without_brackets(const std::string &host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2) : host;
}

/// "smtp://mail.example.at:587/x" → {"mail.example.at", "587"}; the port by the scheme where none stands there.
std::pair<std::string, std::string> receiver_of(const std::string &url) {
  static const std::map<std::string, std::string, std::less<>> ports{
      {"https", "443"}, {"http", "80"}, {"smtp", "25"}, {"smtps", "465"}, {"sftp", "22"}};
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string::npos) return {};
  const auto known = ports.find(url.substr(0, scheme_end));
  auto rest = url.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string::npos) rest = rest.substr(at + 1);
  const auto colon = rest.rfind(':');
  if (colon != std::string::npos && rest.find(']', colon) == std::string::npos) {
    return {without_brackets(rest.substr(0, colon)), rest.substr(colon + 1)};
  }
  return {without_brackets(rest), known == ports.end() ? "" : known->second};
}

bool is_reached(const addrinfo &at) {
  constexpr int patience_ms = 3000;
  const int line = ::socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (line < 0) return false;
  pollfd seen{line, POLLOUT, 0};
  int fault = 0;
  socklen_t size = sizeof fault;
  const bool reached = ::connect(line, at.ai_addr, at.ai_addrlen) == 0 ||
                       (errno == EINPROGRESS && ::poll(&seen, 1, patience_ms) == 1 &&
                        ::getsockopt(line, SOL_SOCKET, SO_ERROR, &fault, &size) == 0 && fault == 0);
  ::close(line);
  return reached;
}

/// Whether somebody listens there; nothing is sent.
bool can_be_reached(const std::string &name, const std::string &port) {
  addrinfo wish{};
  wish.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (::getaddrinfo(name.c_str(), port.c_str(), &wish, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
  for (const auto *each = found; each != nullptr; each = each->ai_next) {
    if (is_reached(*each)) return true;
  }
  return false;
}

/// Mail, receivers of feedback: whatever a setting of the plugin names by an address.
void check_receivers(findings &all, host &of, const std::string &plugin) {
  for (const auto &[key, value] : of.data().settings.all(plugin)) {
    if (!key.ends_with("url")) continue;
    const auto [name, port] = receiver_of(value);
    if (name.empty() || port.empty()) {
      all.say(finding::bad, key, said("This is no address: set it anew with \"plugin set\"."));
    } else if (can_be_reached(name, port)) {
      all.say(finding::good, key, name + ':' + port);
    } else {
      all.say(
          finding::bad, key,
          said("{1} cannot be reached from here: look at its name, the network and the firewall.", name + ':' + port));
    }
  }
}

/// E-mails to people outside: whether they can be sent, and their answers read.
void check_mail(findings &all, host &of, const serve_options &how) {
  const auto mail = mail_of(how);
  const auto part = said("E-mails");
  if (!mail.usable()) return;
  const auto [name, port] = receiver_of(mail.server);
  if (!can_be_reached(name, port)) {
    return all.say(
        finding::bad, part,
        said("{1} cannot be reached from here: look at its name, the network and the firewall.", name + ':' + port));
  }
  if (!mail.replies.empty() && ::access(mail.replies.c_str(), R_OK | W_OK | X_OK) != 0) {
    return all.say(
        finding::bad, part,
        said("This account cannot read and write \"{1}\": answers are not taken in.", mail.replies.string()));
  }
  const auto waiting = of.data().mails.count();
  constexpr std::int64_t hour_us = 3'600'000'000;
  if (waiting.waiting > 0 && of.clock().now_us() - waiting.oldest_us > hour_us) {
    return all.say(
        finding::bad, part,
        said("{1} wait for more than an hour: the page \"E-mails\" says why.", std::to_string(waiting.waiting)));
  }
  all.say(waiting.failed > 0 ? finding::warn : finding::good, part,
          waiting.failed > 0
              ? said("{1} could not be delivered: look at the page \"E-mails\".", std::to_string(waiting.failed))
              : name + ':' + port);
}

void check_plugin(findings &all, host &of, const plugin_status &plugin) {
  const auto name = plugin.name.empty() ? plugin.id : plugin.name;
  if (!plugin.wanted && plugin.state != plugin_state::failed) {
    return all.say(finding::warn, name, said("disabled; dms_host plugin enable {1} enables it.", plugin.id));
  }
  if (plugin.state != plugin_state::enabled) {
    return all.say(finding::bad, name,
                   plugin.reason.empty() ? std::string(to_string(plugin.state)) : said(plugin.reason));
  }
  all.say(finding::good, name, plugin.version);
  static const std::map<std::string, finding, std::less<>> tones{{"good", finding::good}, {"warn", finding::warn}};
  const auto call = command_call(of);
  for (const auto &line : nlohmann::json::parse(of.plugins().health(plugin.id, call->raw()), nullptr, false)) {
    const auto tone = tones.find(line.value("tone", ""));
    all.say(tone == tones.end() ? finding::bad : tone->second, line.value("label", ""), line.value("text", ""));
  }
  check_receivers(all, of, plugin.id);
}

void check_host(findings &all, const target &of, const serve_options &how) {
  const auto opened = open_host(of);
  all.say(finding::good, said("Database"), shown_database(opened->database().place()));
  all.say(opened->served_elsewhere() ? finding::good : finding::warn, said("Service"),
          opened->served_elsewhere() ? said("It serves.") : said("Nobody serves this data directory just now."));
  all.check(said("People"), [&] { check_people(all, *opened); });
  all.check(said("E-mails"), [&] { check_mail(all, *opened, how); });
  opened->start_plugins();
  if (opened->plugins().list().empty()) {
    all.say(finding::bad, said("Plugins"),
            said("There is none in the plugin folders: install one, or name its folder with --plugins."));
  }
  for (const auto &plugin : opened->plugins().list()) {
    all.check(plugin.id, [&] { check_plugin(all, *opened, plugin); });
  }
  opened->stop();
}

int examine(const target &of, const serve_options &how) {
  findings all;
  all.check(said("Settings"), [&] { check_settings(all, how); });
  all.check(said("Files"), [&] { check_files(all, of.data); });
  all.check(said("Time"), [&] { check_zone(all); });
  if (!all.any_bad()) {
    all.check(said("Disk"), [&] { check_disk(all, of.data); });
    all.check(said("Database"), [&] { check_host(all, of, how); });
  }
  return all.any_bad() ? ended_badly : ended_well;
}

}  // namespace

void add_doctor(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand(
      "doctor", "Look at everything that is needed, and say what to do; exit 1 where something is bad");
  auto how = std::make_shared<serve_options>();
  add_target(*command, of);
  add_doors(*command, *how);
  command->callback([&of, &run, how] { run = [&of, how] { return examine(of, *how); }; });
}

}  // namespace dms::reference::command_line
