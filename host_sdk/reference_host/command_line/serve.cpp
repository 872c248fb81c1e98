#include <malloc.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/command_line/serve_options.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/data/dialect.hpp"
#include "reference_host/core/demo/demo.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/core/plugins/service_manager.hpp"
#include "reference_host/web/server.hpp"
#include "reference_host/web/visitor.hpp"
#include "reference_host/web/waiting_room.hpp"

namespace dms::reference::command_line {
namespace {

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

std::shared_ptr<spdlog::logger> serving_log(const serve_options &how) {
  auto log = std::make_shared<spdlog::logger>("dms_host", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  shape_log(*log, how);
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

/// Blocked before any thread exists, so that only the serving one takes them. SIGHUP is among them where there is a
/// settings file to read again; else it ends the process, as when its terminal is closed.
sigset_t take_signals(const serve_options &how) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (!how.config.empty()) sigaddset(&signals, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// A wish to reload that comes before it serves waits until it does, whatever threads there are already.
void keep_wishes_to_reload(const serve_options &how) {
  sigset_t wish;
  sigemptyset(&wish);
  sigaddset(&wish, SIGHUP);
  if (!how.config.empty()) ::pthread_sigmask(SIG_BLOCK, &wish, nullptr);
}

/// The signal that came within `pause`; 0 where none did.
int next_signal(const sigset_t &signals, std::chrono::milliseconds pause) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(pause);
  const timespec longest{seconds.count(), std::chrono::nanoseconds(pause - seconds).count()};
  const int which = ::sigtimedwait(&signals, nullptr, &longest);
  return which < 0 ? 0 : which;
}

/// For the requests that run: who stays longer is stuck, and everybody else waits for him.
constexpr std::chrono::seconds longest_wait_of_reload{10};

/// Reads the settings file and the plugins' own files again. What cannot be used is said in the log, and all goes on as
/// it was.
void reload(host &of, web::server &face, const target &from, const service_manager &manager) {
  manager.reloading();
  try {
    const auto how = read_again(from.line);
    const auto options = options_of(how);
    const auto mail = mail_of(how);
    face.serve_as(options);
    of.mail().set(mail);
    shape_log(of.log(), how);
    warn_of_open_line(of, options);
    if (!face.hold(longest_wait_of_reload, [&] { of.plugins().start_anew(); })) {
      of.log().warn("the plugins are not started anew: a request has not ended for {} s",
                    longest_wait_of_reload.count());
    }
    of.log().info("reloaded");
  } catch (const std::exception &reason) {
    of.log().error("not reloaded, all is as it was: {}", reason.what());
  }
  manager.ready(said("It serves."));
}

/// Serves until SIGTERM or SIGINT; running requests finish, within ten seconds.
int serve(host &of, const serve_options &how, const target &from,
          const std::function<void(const std::string &)> &ready) {
  // A file that may not grow any more is an answer to a write, as a full disk is, and no reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  const auto signals = take_signals(how);
  // What is freed stays with the share of memory that it came from; one for each thread keeps more than it saves time.
  ::mallopt(M_ARENA_MAX, 2);
  // A page is larger than what malloc asks the kernel for each time anew, which clears it first.
  ::mallopt(M_MMAP_THRESHOLD, 4 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 8 << 20);
  const auto options = options_of(how);
  const service_manager manager;
  web::server face(of, options);
  // What is refused, because another process serves or the port is taken, changes nothing before it.
  of.take_directory();
  face.start();
  warn_of_open_line(of, options);
  auto address = how.listen.substr(0, how.listen.rfind(':'));
  if (address == "0.0.0.0" || address == "[::]") address = "localhost";
  const std::string scheme = options.certificate_pem.empty() ? "http://" : "https://";
  of.start_serving([&ready, &manager, url = scheme + address + ':' + std::to_string(face.port()) + '/'] {
    ready(url);
    manager.ready(said("It serves."));
  });
  constexpr std::chrono::seconds longest_silence{5};  ///< of all workers
  for (;;) {
    const int which = next_signal(signals, manager.pause());
    if (which == SIGTERM || which == SIGINT) break;
    if (which == SIGHUP) reload(of, face, from, manager);
    if (manager.watched() && face.is_alive(longest_silence)) manager.alive();
  }
  manager.stopping();
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
  how.mail = mail_of(wish);
  if (!of.plugins.empty()) how.plugin_folders = {of.plugins};
  if (!of.database.empty()) how.database = of.database;
  how.log = serving_log(wish);
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
  const service_manager manager;
  for (std::chrono::seconds pause{1};; pause = std::min(pause * 2, longest_pause)) {
    try {
      return open_serving_host(of, how);
    } catch (const failure &reason) {
      if (!worth_waiting || reason.status() != dms_unavailable) throw;
      const auto sentence = said("The database cannot be reached just now. Please try again later.");
      if (!meanwhile) {
        std::cerr << "dms_host: " << said(reason.what()) << ' ' << said("It is tried again by itself.") << std::endl;
        meanwhile = std::make_unique<web::waiting_room>(options_of(how), sentence);
        manager.ready(sentence);
      }
      manager.alive();
    }
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(pause, manager.pause()));
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
  mail_of(how);
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
  return serve(*made_host, how, of, say);
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
      mail_of(*how);
      keep_wishes_to_reload(*how);
      const auto serving = open_when_reached(of, *how);
      if (serving->data().users.all().empty()) {
        std::cerr << said(
                         "Nobody can sign in yet. Make a user: dms_host user add LOGIN --name NAME --role admin --data "
                         "\"{1}\"",
                         of.data)
                  << std::endl;
      }
      return serve(*serving, *how, of, [](const std::string &url) { std::cout << "URL: " << url << std::endl; });
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
