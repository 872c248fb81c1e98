#include "render/c_face/dms_render.h"

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "render/links.hpp"
#include "render/render.hpp"
#include "render/resources.hpp"
#include "render/words.hpp"

namespace {

using namespace dms::render;

/// The templates of one of the two languages; they are read once.
const templates &templates_in(std::string_view locale) {
  static const words said;
  static const templates german(said, "de-AT"), english(said, "en");
  return known_locale(locale) == "en" ? english : german;
}

std::string or_else(dms_str given, std::string_view usual) {
  return std::string(given.len == 0 ? usual : dms::view(given));
}

addresses where(const dms_render_options &how) {
  addresses found{or_else(how.screens, "/screens/"), {}};
  const auto places = dms::json_or_null(dms::view(how.places));
  if (!places.is_object()) return found;
  for (const auto &[meaning, address] : places.items()) {
    if (address.is_string()) found.places[meaning] = address.get<std::string>();
  }
  return found;
}

std::string rendered(const json &document, const dms_render_options &how) {
  const auto &page = templates_in(dms::view(how.locale));
  const auto leads = where(how);
  view on(page, leads);
  on.screen = text(document, "id");
  if (auto params = dms::json_or_null(dms::view(how.parameters)); params.is_object()) on.params = std::move(params);
  on.csrf_field = or_else(how.csrf_field, "csrf");
  on.csrf = dms::view(how.csrf);
  const auto inside = render_screen(on, document, {});
  if (how.whole_page == 0) return inside.html();
  values filled;
  filled.text("locale", page.locale()).text("title", text(document, "title"));
  filled.text("assets", or_else(how.assets, "/assets/")).put("inside", inside);
  filled.put("icons", trusted(std::string(resources().at("icons.svg"))));
  return page.render("whole_page", filled).html();
}

}  // namespace

extern "C" dms_status dms_render(dms_str document, const dms_render_options *how, const dms_sink *html,
                                 dms_error *error) {
  return dms::barrier(error, [&]() -> dms_status {
    if (how == nullptr || how->struct_size < DMS_RENDER_OPTIONS_SIZE_1_0) {
      return dms::fail(error, dms_invalid, "The options are too short.");
    }
    const auto read = document_in(dms::view(document));
    if (text(read, "schema") != "dms.screen/1") {
      return dms::fail(error, dms_invalid, "This is no document of a screen (dms.screen/1).");
    }
    dms::write(*html, rendered(read, *how));
    return dms_ok;
  });
}

extern "C" dms_status dms_render_asset(dms_str name, const dms_sink *bytes, dms_error *error) {
  return dms::barrier(error, [&]() -> dms_status {
    const auto found = resources().find(dms::view(name));
    const bool open =
        found != resources().end() && !found->first.ends_with(".mustache") && !found->first.ends_with(".mo");
    if (!open) return dms::fail(error, dms_not_found, "There is no such file.");
    dms::write(*bytes, found->second);
    return dms_ok;
  });
}
