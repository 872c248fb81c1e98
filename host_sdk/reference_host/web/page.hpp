// page.hpp - a whole page: the frame around what is shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

struct menu_entry {
  std::string group;  ///< the menu that it belongs to, in the user's language
  std::string label, screen;
  std::int64_t waiting = 0;  ///< shown beside the label where there is any
};

/// What the frame shows of the person who is signed in.
struct frame_facts {
  std::string dealership, user, user_name, csrf;
  std::vector<menu_entry> menu;
  std::string current;              ///< screen id that is marked in the menu
  std::vector<std::string> places;  ///< names of the user's locations
  std::int64_t unread = 0;
  std::string here;  ///< address to come back to
};

struct page_facts {
  std::string title;
  std::string css;
  bool with_actions = false;
  std::string refresh;  ///< the token that the page may ask again with
  std::string stamp;    ///< changes with the program's resources
};

/// The complete HTML of a page; without a frame for people who are not signed in.
std::string render_page(const templates &page, const page_facts &facts, const std::optional<frame_facts> &frame,
                        const markup &inside);

}  // namespace dms::reference::web
