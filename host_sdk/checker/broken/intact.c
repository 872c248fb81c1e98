/* intact.c - breaks nothing: shows that the others fail for their one defect alone. */
#include "broken.h"
