/* wrong_major.c - built for an interface version that no host speaks; its manifest does not say so. */
#define BROKEN_MAJOR 99
#include "broken.h"
