// rendered.hpp - the renderer (host_sdk/render) as this host's pages use it.
#pragma once

#include "render/links.hpp"
#include "render/render.hpp"
#include "render/render_chart.hpp"
#include "render/resources.hpp"
#include "render/words.hpp"

namespace dms::reference::web {

using render::addresses;
using render::as_cell;
using render::attempt;
using render::dialog_of;
using render::document_in;
using render::escaped;
using render::has;
using render::json;
using render::known_locale;
using render::list;
using render::local_path;
using render::markup;
using render::may_lead_out;
using render::member;
using render::query_of;
using render::render_link;
using render::render_notice;
using render::render_screen;
using render::resources;
using render::shared_words;
using render::sprite_icon;
using render::templates;
using render::text;
using render::text_of;
using render::trusted;
using render::truth;
using render::values;
using render::view;
using render::words;

/// Where documents lead in this host.
const addresses &own_addresses();
/// The screen that a link leads to, where it is one of this host; empty: none.
std::string screen_of(const json &link);

}  // namespace dms::reference::web
