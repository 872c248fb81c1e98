// my_plugin.cpp - where a plugin of your own begins: one screen with one action, and the menu entry that opens it.
#include "dms/cpp/json.hpp"
#include "dms/cpp/plugin.hpp"

namespace {

class greeting : public dms::screen {
 public:
  std::string id() const override { return "my_plugin.greeting"; }
  std::string right() const override { return "my_plugin.see"; }
  std::string load(const dms::call &who, std::string_view) override {
    const bool german = who.locale().substr(0, 2) == "de";
    return dms::to_text(
        {{"schema", "dms.screen/1"},
         {"id", id()},
         {"title", german ? "Grüß Gott" : "Hello"},
         {"actions",
          nlohmann::json::array({{{"action", "wave"}, {"label", german ? "Winken" : "Wave"}, {"style", "primary"}}})},
         {"blocks", nlohmann::json::array({{{"type", "text"}, {"text", who.user_name()}}})}});
  }
  dms::answer act(const dms::call &, std::string_view action, std::string_view) override {
    if (action == "wave") return {dms_ok, R"({"schema":"dms.result/1","status":"ok","message":"They wave back."})"};
    return {dms_unsupported,
            R"({"schema":"dms.result/1","status":"unsupported","message":"There is no such action here."})"};
  }
};

class my_plugin : public dms::plugin {
 public:
  void init(const dms::host &from) override { host_ = std::make_unique<dms::host>(from); }
  void activate(const dms::call &, const std::function<void(std::uint64_t)> &) override {
    auto added = std::make_unique<dms::contributions>(*host_);
    added->add_right("my_plugin.see", "See the greeting", "admin manager");
    added->add(std::make_unique<greeting>());
    added->add_menu(900, DMS_MENU_ADMINISTRATION, "Greeting", "my_plugin.see", "my_plugin.greeting");
    contributed_ = std::move(added);
  }
  void deactivate() noexcept override { contributed_.reset(); }
  std::string text(std::string_view locale, std::string_view key) override {
    return locale.substr(0, 2) == "de" && key == "Greeting" ? "Begrüßung" : std::string(key);
  }
  std::string health(const dms::call &) override { return "[]"; }

 private:
  std::unique_ptr<dms::host> host_;
  std::unique_ptr<dms::contributions> contributed_;
};

}  // namespace

DMS_DEFINE_PLUGIN(my_plugin, "my_plugin", "1.0.0", "My plugin")
