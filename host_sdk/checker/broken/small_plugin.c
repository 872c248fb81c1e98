/* small_plugin.c - its instance ends before the functions. */
#define BROKEN_PLUGIN_SIZE 8
#include "broken.h"
