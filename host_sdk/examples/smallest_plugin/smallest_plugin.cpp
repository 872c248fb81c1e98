// smallest_plugin.cpp - a whole plugin: one menu entry that opens one screen.
//
// Build it as a shared library that exports nothing but dms_plugin_get_entry, and put its manifest beside it.
#include "dms/cpp/plugin.hpp"

namespace {

class greeting : public dms::screen {
 public:
  std::string id() const override { return "smallest.greeting"; }
  std::string right() const override { return {}; }  // for everybody
  std::string load(const dms::call &who, std::string_view) override {
    // A real plugin builds its documents with a JSON library; a user's name has no place in a text like this one.
    const bool german = who.locale().starts_with("de");
    return std::string(R"({"schema":"dms.screen/1","id":"smallest.greeting","title":")") +
           (german ? "Grüß Gott" : "Hello") + R"(","blocks":[{"type":"text","text":")" +
           (german ? "Dieses Plugin ist eine Seite lang." : "This plugin is one page long.") + R"("}]})";
  }
  dms::answer act(const dms::call &, std::string_view, std::string_view) override {
    return {dms_unsupported, R"({"schema":"dms.result/1","status":"failed","message":"There is nothing to do here."})"};
  }
};

class smallest_plugin : public dms::plugin {
 public:
  void init(const dms::host &from) override { host_ = std::make_unique<dms::host>(from); }
  void activate(const dms::call &, const std::function<void(std::uint64_t)> &) override {
    auto added = std::make_unique<dms::contributions>(*host_);
    added->add(std::make_unique<greeting>());
    added->add_menu(900, DMS_MENU_ADMINISTRATION, "Greeting", "", "smallest.greeting");
    contributed_ = std::move(added);
  }
  void deactivate() noexcept override { contributed_.reset(); }
  std::string text(std::string_view locale, std::string_view key) override {
    return locale.starts_with("de") && key == "Greeting" ? "Begrüßung" : std::string(key);
  }
  std::string health(const dms::call &) override { return "[]"; }

 private:
  std::unique_ptr<dms::host> host_;
  std::unique_ptr<dms::contributions> contributed_;
};

}  // namespace

DMS_DEFINE_PLUGIN(smallest_plugin, "smallest_plugin", "1.0.0", "The smallest plugin")
