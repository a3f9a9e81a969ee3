/* How many elements an array has that was defined here, and is no parameter. */
#ifndef MD_COUNT_H
#define MD_COUNT_H

#include <stddef.h>

#define MD_COUNT(array) (sizeof(array) / sizeof(*(array)))

#endif
