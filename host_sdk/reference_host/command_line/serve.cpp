#include <malloc.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/data_place.hpp"
#include "reference_host/core/demo.hpp"
#include "reference_host/core/dialect.hpp"
#include "reference_host/core/log_lines.hpp"
#include "reference_host/web/server.hpp"
#include "reference_host/web/visitor.hpp"
#include "reference_host/web/waiting_room.hpp"

namespace dms::reference::command_line {
namespace {

constexpr auto usual_address = "127.0.0.1:8080";

struct serve_options {
  std::string listen = usual_address, certificate, key;
  std::vector<std::string> proxies, names;
  std::string drop_root;
  bool no_serve = false;
};

std::string text_of_file(const std::string &path) {
  std::ifstream from(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(from)), {});
  if (!from || text.empty()) throw failure(dms_invalid, "The file \"" + path + "\" cannot be read.");
  return text;
}

void read_tls(const serve_options &how, web::server_options &into) {
  if (how.certificate.empty() != how.key.empty()) {
    throw failure(dms_invalid, "TLS needs both --tls-certificate and --tls-key.");
  }
  if (how.certificate.empty()) return;
  into.certificate_pem = text_of_file(how.certificate);
  into.key_pem = text_of_file(how.key);
}

web::server_options options_of(const serve_options &how) {
  const auto colon = how.listen.rfind(':');
  const auto port = colon == std::string::npos ? std::string{} : how.listen.substr(colon + 1);
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || read.ptr != port.data() + port.size() || number > 65535 || colon == 0) {
    throw failure(dms_invalid, "The address to listen on is written as in 127.0.0.1:8080.");
  }
  auto address = how.listen.substr(0, colon);
  if (address.size() > 2 && address.front() == '[') address = address.substr(1, address.size() - 2);
  web::server_options options;
  options.address = address;
  options.port = static_cast<int>(number);
  options.trusted_proxies = how.proxies;
  options.host_names = how.names;
  read_tls(how, options);
  return options;
}

/// Whoever can listen on the way would read passwords and leads.
void warn_of_open_line(host &of, const web::server_options &how) {
  if (!how.certificate_pem.empty() || !how.trusted_proxies.empty() || how.address == "localhost" ||
      web::is_loopback(web::written_address(how.address))) {
    return;
  }
  const auto *sentence =
      "Passwords and leads travel unencrypted: this address is open to other machines. Give --tls-certificate and "
      "--tls-key, or put a proxy with TLS before it and name it with --trusted-proxy.";
  of.log().warn(sentence);
  std::cerr << said(sentence) << std::endl;
}

std::shared_ptr<spdlog::logger> serving_log() {
  auto log = std::make_shared<spdlog::logger>("dms_host", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  log->set_formatter(one_line_formatter("%Y-%m-%dT%H:%M:%S.%e%z %l %v"));
  log->flush_on(spdlog::level::info);
  return log;
}

/// Whoever waits for a disk or a server that hangs is not waited for: what was acknowledged is stored, and what was not
/// is sent again.
class last_moment {
 public:
  explicit last_moment(spdlog::logger &log)
      : thread_([this, &log] {
          std::unique_lock lock(mutex_);
          if (ended_.wait_for(lock, longest, [&] { return over_; })) return;
          log.warn("ended without waiting any longer for what hangs");
          log.flush();
          std::_Exit(ended_well);
        }) {}
  last_moment(const last_moment &) = delete;
  last_moment &operator=(const last_moment &) = delete;
  ~last_moment() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }

 private:
  static constexpr std::chrono::milliseconds longest{8500};
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

/// Serves until SIGTERM or SIGINT; running requests finish, within ten seconds.
int serve(host &of, const serve_options &how, const std::function<void(const std::string &)> &ready) {
  // A file that may not grow any more is an answer to a write, as a full disk is, and no reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  // Blocked before any thread exists, so that only this one takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // What is freed stays with the share of memory that it came from; one for each thread keeps more than it saves time.
  ::mallopt(M_ARENA_MAX, 2);
  const auto options = options_of(how);
  web::server face(of, options);
  // What is refused, because another process serves or the port is taken, changes nothing before it.
  of.take_directory();
  face.start();
  warn_of_open_line(of, options);
  auto address = how.listen.substr(0, how.listen.rfind(':'));
  if (address == "0.0.0.0" || address == "[::]") address = "localhost";
  const std::string scheme = options.certificate_pem.empty() ? "http://" : "https://";
  of.start_serving([&ready, url = scheme + address + ':' + std::to_string(face.port()) + '/'] { ready(url); });
  int which = 0;
  ::sigwait(&signals, &which);
  of.log().info("stopping");
  const last_moment bound(of.log());
  face.stop();
  of.stop();
  return ended_well;
}

std::unique_ptr<host> open_serving_host(const target &of, const serve_options &wish) {
  host_options how;
  how.data_directory = of.data;
  if (!wish.drop_root.empty()) how.drop_root = std::filesystem::absolute(wish.drop_root);
  if (!of.plugins.empty()) how.plugin_folders = {of.plugins};
  if (!of.database.empty()) how.database = of.database;
  how.log = serving_log();
  return std::make_unique<host>(std::move(how));
}

/// Where the dealership is on a server that cannot be reached, it is tried again until it can: after a power cut the
/// order in which machines start decides nothing.
std::unique_ptr<host> open_when_reached(const target &of, const serve_options &how) {
  constexpr std::chrono::seconds longest_pause{10};
  // One that was never reached may be misspelt.
  const auto remembered = remembered_database(of.data);
  const bool worth_waiting = !remembered.empty() && (of.database.empty() || of.database == remembered);
  std::unique_ptr<web::waiting_room> meanwhile;
  for (std::chrono::seconds pause{1};; pause = std::min(pause * 2, longest_pause)) {
    try {
      return open_serving_host(of, how);
    } catch (const failure &reason) {
      if (!worth_waiting || reason.status() != dms_unavailable) throw;
      if (!meanwhile) {
        std::cerr << "dms_host: " << said(reason.what()) << ' ' << said("It is tried again by itself.") << std::endl;
        meanwhile = std::make_unique<web::waiting_room>(
            options_of(how), said("The database cannot be reached just now. Please try again later."));
      }
    }
    std::this_thread::sleep_for(pause);
  }
}

std::string summary_of(const demo_result &made) {
  auto text = made.name + ':';
  for (const auto &[count, what] : made.counts) {
    text += (text.ends_with(':') ? " " : ", ") + std::to_string(count) + ' ' + said(what);
  }
  return made.note.empty() ? text : text + ". " + said(made.note);
}

int run_demo(const target &of, const serve_options &how) {
  const char *password = std::getenv("DMS_DEMO_PASSWORD");
  const demo_options wish{password != nullptr && *password != '\0' ? password : "demo",
                          [](const std::string &line) { std::cerr << said(line) << '\n'; }};
  options_of(how);
  const auto made_host = open_serving_host(of, how);
  made_host->take_directory();
  const auto made = make_demo(*made_host, wish);
  const auto say = [&](const std::string &url) {
    std::cout << summary_of(made) << '\n';
    if (!url.empty()) std::cout << "URL: " << url << '\n';
    std::cout << said("Logins:") << " admin, leitung, wien1, graz1, verkauf1 … verkauf10; " << said("password:") << ' '
              << wish.password << std::endl;
    if (!made.intake_token.empty())
      std::cout << said("Intake token (shown once):") << ' ' << made.intake_token << std::endl;
  };
  if (how.no_serve) {
    made_host->stop();
    say({});
    return ended_well;
  }
  return serve(*made_host, how, say);
}

void add_doors(CLI::App &command, serve_options &how) {
  command.add_option("--listen", how.listen, "Address and port")->capture_default_str()->type_name("ADDR:PORT");
  command.add_option("--tls-certificate", how.certificate, "Serve over TLS with this certificate and its chain (PEM)")
      ->type_name("FILE");
  command.add_option("--tls-key", how.key, "Key of the certificate (PEM, without a password)")->type_name("FILE");
  command
      .add_option("--trusted-proxy", how.proxies,
                  "Address of a proxy whose X-Forwarded-For, -Proto and -Host count; may be given several times")
      ->type_name("ADDRESS");
  command
      .add_option("--host-name", how.names,
                  "Name with a dot under which browsers reach this host; may be given several times")
      ->type_name("NAME");
  command
      .add_option("--drop-root", how.drop_root,
                  "Folder below which admins may name drop folders; else below the data directory")
      ->type_name("DIR");
}

}  // namespace

void add_serve(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand("serve", "Serve the DMS over HTTP");
  auto how = std::make_shared<serve_options>();
  add_target(*command, of);
  add_doors(*command, *how);
  command->callback([&of, &run, how] {
    run = [&of, how] {
      options_of(*how);  // before the data directory is made
      const auto serving = open_when_reached(of, *how);
      if (serving->data().users.all().empty()) {
        std::cerr << said(
                         "Nobody can sign in yet. Make a user: dms_host user add LOGIN --name NAME --role admin --data "
                         "\"{1}\"",
                         of.data)
                  << std::endl;
      }
      return serve(*serving, *how, [](const std::string &url) { std::cout << "URL: " << url << std::endl; });
    };
  });
}

void add_demo(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand("demo", "Make a demo dealership and serve it");
  auto how = std::make_shared<serve_options>();
  add_target(*command, of);
  add_doors(*command, *how);
  command->add_flag("--no-serve", how->no_serve, "Only make it");
  command->callback([&of, &run, how] { run = [&of, how] { return run_demo(of, *how); }; });
}

}  // namespace dms::reference::command_line
