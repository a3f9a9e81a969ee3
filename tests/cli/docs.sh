#!/bin/bash
# The pages say what the program does: every option is in the manual, docs/rules.md is current,
# every report on file follows the schema.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

for cmd in check message spf gate summarize sign keygen explain list completion help version; do
	run $cmd --help; exits 0
	for option in $(grep -o -e '--[a-z-]*' out); do
		grep -q -e "Fl -${option#--}\b" "$source/docs/maildiag.1" ||
			fail "$option is not in maildiag(1)"
	done
	grep -q "Cm $cmd\b" "$source/docs/maildiag.1" || fail 'is not in maildiag(1)'
done

run list --format markdown
diff -u "$source/docs/rules.md" out ||
	fail 'docs/rules.md is not current: maildiag list --format markdown >docs/rules.md'

what='the JSON Schema'
/usr/bin/python3 - "$source" >out 2>err <<'PYTHON' || fail 'a report on file does not follow it'
import glob, json, sys
import jsonschema

source = sys.argv[1]
with open(source + "/docs/maildiag-report-1.schema.json") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
bad = 0
for path in sorted(glob.glob(source + "/tests/cases/**/*.json", recursive=True)):
    with open(path) as file:
        for error in validator.iter_errors(json.load(file)):
            print(path, list(error.absolute_path), error.message)
            bad += 1
sys.exit(bad > 0)
PYTHON

done_testing
