/* The table of commands: a line each, in the order of --help. */
#include "commands.h"

#include "gate/gate.h"

const struct cli_cmd *const cli_commands[] = {
	&cli_cmd_check,
	&cli_cmd_message,
	&cli_cmd_spf,
	&cli_cmd_gate,
	&cli_cmd_summarize,
	&cli_cmd_sign,
	&cli_cmd_keygen,
	&cli_cmd_explain,
	&cli_cmd_list,
	&cli_cmd_completion,
	&cli_cmd_help,
	&cli_cmd_version,
	NULL,
};
