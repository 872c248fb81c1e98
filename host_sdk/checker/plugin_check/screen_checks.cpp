// Screens and their actions.
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

std::string name(const dms_screen &screen) {
  return std::string(view(screen.id));
}

template <typename Body>
void for_each_screen(const subject &of, Body &&body) {
  const running now(of);
  for (const auto &[handle, screen] : now.host.shown) body(now.host, *screen);
}

void are_documents(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto came = load(host, screen);
    const auto document = json_or_null(came.document);
    require(came.status != dms_ok || (document.is_object() && document.value("schema", "") == "dms.screen/1"),
            name(screen) + " writes no dms.screen/1");
  });
}

void say_who_they_are(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto came = load(host, screen);
    if (came.status != dms_ok) return;
    const auto id = json_or_null(came.document).value("id", "");
    require(id.empty() || id == name(screen), name(screen) + " calls itself " + id);
  });
}

void write_something(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto came = load(host, screen);
    require(came.status != dms_ok || !came.document.empty(), name(screen) + " says ok and writes nothing");
    require(!act(host, screen, "no_such_action").document.empty(), name(screen) + " answers an action with nothing");
  });
}

void without_rights(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const asker nobody{.user = "verkauf1", .name = "Lukas Steiner"};
    const auto shown = load(host, screen, nobody).status,
               done = act(host, screen, "no_such_action", "{}", nobody).status;
    require(shown != dms_failed && done != dms_failed, name(screen) + " fails for a user without rights");
  });
}

void locales(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto usual = load(host, screen).status;
    for (const auto *locale : {"de", "de-AT", "fr", "zh-Hant-TW", ""}) {
      auto who = admin;
      who.locale = locale;
      require(load(host, screen, who).status == usual, name(screen) + " answers otherwise in \"" + locale + "\"");
    }
  });
}

void newer_call(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto usual = load(host, screen).status;
    testing::fake_host::calling call(host, admin);
    struct {
      dms_call call;
      void *added_later;
    } later{*call.raw(), nullptr};
    later.call.struct_size = sizeof later;
    string_sink document(DMS_MAX_DOCUMENT);
    auto error = no_error();
    require(screen.load(screen.context, &later.call, str("{}"), document.get(), &error) == usual,
            name(screen) + " does not take the call of a later minor");
  });
}

void hostile_input(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    for (const auto &text : hostile_texts()) {
      load(host, screen, admin, text);
      for (const auto *action : {"", "no_such_action"}) {
        const auto came = act(host, screen, action, text);
        require(came.status != dms_ok, name(screen) + " does an action that does not exist");
        require(json_or_null(came.document).value("schema", "") == "dms.result/1",
                name(screen) + " writes no dms.result/1 for an action that does not exist");
      }
    }
  });
}

void refused_sink(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    if (load(host, screen).status != dms_ok) return;
    refusing full;
    testing::fake_host::calling call(host, admin);
    auto error = no_error();
    const auto status = screen.load(screen.context, call.raw(), str("{}"), &full.sink, &error);
    require(status == dms_too_large && full.writes == 1,
            name(screen) + " goes on writing to a sink that refused, or hides it");
  });
}

void refused_result(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    refusing full;
    testing::fake_host::calling call(host, admin);
    auto error = no_error();
    const auto status = screen.act(screen.context, call.raw(), str("no_such_action"), str("{}"), &full.sink, &error);
    require(status != dms_ok && full.writes == 1, name(screen) + " goes on writing a result that was refused");
  });
}

void cancelled(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    auto who = admin;
    who.cancelled = true;
    const auto begun = std::chrono::steady_clock::now();
    load(host, screen, who);
    require(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10), name(screen) + " does not listen");
  });
}

void at_once(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    const auto usual = load(host, screen).status;
    std::atomic<int> others{0};
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each) {
      threads.emplace_back([&] {
        for (int round = 0; round < 5; ++round) others += load(host, screen).status == usual ? 0 : 1;
      });
    }
    for (auto &thread : threads) thread.join();
    require(others == 0, name(screen) + " answers otherwise when it is loaded on several threads");
  });
}

void small_stack(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    struct task {
      const watched_host &host;
      const dms_screen &screen;
    } what{host, screen};
    pthread_attr_t size;
    ::pthread_attr_init(&size);
    ::pthread_attr_setstacksize(&size, std::size_t{256} * 1024);
    pthread_t thread{};
    const auto body = [](void *given) -> void * {
      const auto &own = *static_cast<task *>(given);
      load(own.host, own.screen);
      return nullptr;
    };
    require(::pthread_create(&thread, &size, body, &what) == 0, "there is no thread to be had");
    ::pthread_join(thread, nullptr);
    ::pthread_attr_destroy(&size);
  });
}

/// Texts that were lent for a call hold something else afterwards; what the plugin says later must not show it.
void borrowed(const subject &of) {
  running now(of);
  constexpr std::string_view over = "~~~~~~~~";
  for (const auto &[handle, screen] : now.host.shown) {
    std::string parameters = R"({"tab":"all"})", action = "no_such_action";
    for (int round = 0; round < 2; ++round) {
      load(now.host, *screen, admin, parameters);
      act(now.host, *screen, action);
      std::fill(parameters.begin(), parameters.end(), '~');
      std::fill(action.begin(), action.end(), '~');
      const auto later = load(now.host, *screen);
      require(later.document.find(over) == std::string::npos && !now.host.has_said(over),
              name(*screen) + " keeps a text that was lent for a call");
    }
  }
}

void error_filled(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    testing::fake_host::calling call(host, admin);
    string_sink result(DMS_MAX_DOCUMENT);
    dms_error error{};
    std::memset(&error, '#', sizeof error);
    error.struct_size = sizeof error;
    error.code = dms_ok;
    const auto status = screen.load(screen.context, call.raw(), str("["), result.get(), &error);
    if (status == dms_ok) return;
    require(error.code == status && std::memchr(error.message, 0, sizeof error.message) != nullptr &&
                error.message[0] != '\0',
            name(screen) + " fails without a sentence or with another code");
  });
}

void error_small(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    constexpr std::uint32_t small = 16;
    alignas(dms_error) std::array<char, sizeof(dms_error)> room{};
    for (const auto *parameters : {"{}", "["}) {
      room.fill('#');
      auto *error = reinterpret_cast<dms_error *>(room.data());
      error->struct_size = small;
      testing::fake_host::calling call(host, admin);
      string_sink document(DMS_MAX_DOCUMENT);
      screen.load(screen.context, call.raw(), str(parameters), document.get(), error);
      screen.act(screen.context, call.raw(), str("no_such_action"), str(parameters), document.get(), error);
      require(std::all_of(room.begin() + small, room.end(), [](char each) { return each == '#'; }),
              name(screen) + " writes behind the end of a smaller error");
    }
  });
}

void error_null(const subject &of) {
  for_each_screen(of, [](const auto &host, const auto &screen) {
    testing::fake_host::calling call(host, admin);
    string_sink document(DMS_MAX_DOCUMENT);
    screen.load(screen.context, call.raw(), str("["), document.get(), nullptr);
    screen.act(screen.context, call.raw(), str("no_such_action"), str("["), document.get(), nullptr);
  });
}

}  // namespace

void add_screen_checks(check_list &to) {
  to.insert(to.end(),
            {{"screens", "what a screen writes is a dms.screen/1", are_documents},
             {"screen_id", "a screen calls itself as it is registered", say_who_they_are},
             {"writes", "whoever says ok has written something", write_something},
             {"without_rights", "a user without rights is answered, and nothing fails", without_rights},
             {"locales", "a screen is there in every language", locales},
             {"newer_call", "a call of a later minor is as good", newer_call},
             {"hostile_input", "whatever parameters, actions and input hold is answered", hostile_input},
             {"refused_sink", "a sink that takes no more is not written to again", refused_sink},
             {"refused_result", "a result that is refused is not written again, and not hidden", refused_result},
             {"cancelled_screen", "a screen ends within ten seconds when it is cancelled", cancelled},
             {"at_once", "screens are loaded on several threads at once", at_once},
             {"small_stack", "a thread with 256 KiB of stack is enough", small_stack},
             {"borrowed", "a text that was lent is not kept", borrowed},
             {"error_filled", "whoever fails says why, with the code that it returns", error_filled},
             {"error_small", "nothing is written behind the end of a smaller error", error_small},
             {"error_null", "an error may be null", error_null}});
}

}  // namespace dms::checking
