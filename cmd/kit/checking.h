/* The examination that a command wants: understood by the command, carried out in bulk/. */
#ifndef CLI_CHECKING_H
#define CLI_CHECKING_H

#include "ask/check.h"
#include "engine.h"
#include "maildiag.h"
#include "output.h"
#include "select.h"
#include "status.h"
#include "subjects.h"

/* How mail is sent, or was. */
struct cli_sender {
	struct cli_strings ip, selector;
	const char *mail_from, *helo;
};
extern const struct cli_opt cli_sender_options[];

/* What every command that examines can be told. */
struct cli_wishes {
	struct cli_sender sender;
	struct cli_choice choice;
	struct cli_sources sources;
	struct cli_patience patience;
	struct cli_reporting reporting;
};

struct cli_checking {
	struct md_arena *mem;
	const struct cli_wishes *wishes;
	struct md_engine *engine;
	const struct md_check *const *checks;
	struct cli_subjects subjects;
	struct cli_outputs outputs;
	bool many;    /* there is more than one subject, or standard input names them */
	bool bulk;    /* a long list from standard input: an interrupt lets open runs finish */
	bool ordered; /* reports are written in the order of the subjects */
	bool shared;  /* later runs reuse the facts of the first */
	bool failed;  /* staged files are not put in place */

	/* Called before outputs are opened; false after a message.  Or NULL. */
	bool (*prepare)(struct cli_checking *);

	/* Gives the next subject: fills in the options that cli_common_options leaves open,
	 * with memory of `mem`, which lives as long as the run. */
	enum cli_next (*next)(struct cli_checking *, struct md_arena *mem,
	                      struct md_run_options *);

	/* The exit status that a report asks for; NULL where --fail-on decides. */
	enum cli_exit (*judge)(const struct md_report *);
};

/* False after a message when one of --ip is no address, or one of --selector no selector. */
bool cli_good_sender(const struct cli_sender *);

/*
 * Opens the outputs, examines by the function given (cli_examine, for one), and puts the files
 * in place.  What that function returns, or TROUBLE after a message.
 */
enum cli_exit cli_carry_out(struct cli_checking *,
                            enum cli_exit (*examine)(struct cli_checking *));

/* An engine as the command line wants it, NULL after a message. */
struct md_engine *cli_open_engine(const struct cli_checking *);

/* What the command line says of every subject. */
struct md_run_options cli_common_options(const struct cli_wishes *);

/* The exit status that a report asks for; of a long list CLEAN without --fail-on. */
enum cli_exit cli_judge(const struct cli_checking *, const struct md_report *);

/* Subjects under way at a time without --jobs.  The resolver holds a long list back sooner. */
enum { CLI_JOBS = 64, CLI_BULK_JOBS = 4000 };

/* Seconds that a long list waits while no resolver answers; then domains end without answers.
 */
enum { CLI_BULK_PATIENCE = 60 };

#endif
