/* wrong_id.c - calls itself otherwise than its manifest does. */
#define BROKEN_ID "somebody_else"
#include "broken.h"
