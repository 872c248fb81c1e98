// throwing_activate.cpp - breaks the first rule: an exception leaves it through the C interface.
#include <stdexcept>
#define BROKEN_ACTIVATE
#include "broken.h"
static dms_status plugin_activate(dms_plugin *, const dms_call *, const dms_progress *, dms_error *) {
  throw std::runtime_error("thrown by the plugin");
}
