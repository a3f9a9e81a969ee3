/* The commands of this folder, and the table of all. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "kit/call.h"

extern const struct cli_cmd cli_cmd_check, cli_cmd_message, cli_cmd_spf, cli_cmd_summarize,
        cli_cmd_sign, cli_cmd_keygen, cli_cmd_explain, cli_cmd_list, cli_cmd_completion,
        cli_cmd_help, cli_cmd_version;

/* All commands in the order of --help, NULL-terminated; the first is what a lone domain means.
 */
extern const struct cli_cmd *const cli_commands[];

#endif
