/* What spam filters say as a part of a report. */
#include "report/part.h"
#include "spam/spam.h"

const struct md_report_part md_part_spams = { .name = "spam" };
