/* newer_host.c - needs a host minor that does not exist yet. */
#define BROKEN_MIN_HOST_MINOR 99
#include "broken.h"
