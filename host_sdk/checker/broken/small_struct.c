/* small_struct.c - its entry ends before the functions. */
#define BROKEN_ENTRY_SIZE 16
#include "broken.h"
