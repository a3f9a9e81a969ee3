#!/bin/bash
# docs/ci: the YAML parses, and its shell steps stop what breaks mail, and nothing else.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

ci=$source/docs/ci

# ---- the files, taken apart ----------------------------------------------------------------------

what='docs/ci'
: >out
/usr/bin/python3 - "$source" >out 2>err <<'PYTHON' || fail 'a file of docs/ci'
import re, sys, yaml

source = sys.argv[1]

def read(name):
    with open(f"{source}/{name}", encoding="utf-8") as text:
        return yaml.safe_load(text)

action = read("docs/ci/github/action.yml")
assert action["runs"]["using"] == "composite"
step, = action["runs"]["steps"]
assert step["shell"] == "bash"
assert "${{" not in step["run"], "an input would be run as a command"
used = set(re.findall(r"inputs\.([a-z-]+)", " ".join(step["env"].values())))
assert used == set(action["inputs"]), used ^ set(action["inputs"])
assert all(i.get("required") or "default" in i for i in action["inputs"].values())
assert f"steps.{step['id']}.outputs.status" in action["outputs"]["status"]["value"]
open("github.sh", "w").write(step["run"])
with open("github.env", "w") as env:
    for name, value in step["env"].items():
        default = action["inputs"][re.search(r"inputs\.([a-z-]+)", value)[1]].get("default", "")
        env.write(f"{name}='{default}'\n")

workflow = read("docs/ci/github/workflow.yml")
assert workflow["permissions"]["contents"] == "read"
calls = [s for s in workflow["jobs"]["gate"]["steps"] if "maildiag" in s["uses"]]
assert set(calls[0]["with"]) <= set(action["inputs"])

job = read("docs/ci/gitlab.yml")["maildiag"]
reports = job["artifacts"]["reports"]
assert job["allow_failure"]["exit_codes"] == [4] and job["artifacts"]["when"] == "always"
script = "\n".join(job["script"])
for path in [*reports.values(), *job["artifacts"]["paths"]]:
    assert f"={path}" in script, path
open("gitlab.sh", "w").write(script)
with open("gitlab.env", "w") as env:
    for name, value in job["variables"].items():
        env.write(f"{name}='{value}'\n")

hook, = read(".pre-commit-hooks.yaml")
assert hook["entry"] == "docs/ci/pre-commit" and hook["language"] == "script"
PYTHON

if command -v shellcheck >/dev/null; then
	shellcheck -s bash github.sh >out || fail 'shellcheck: the action'
	shellcheck -s sh -e SC2086 gitlab.sh >out || fail 'shellcheck: the job of GitLab'
	shellcheck "$ci/pre-commit" >out || fail 'shellcheck: the hook'
fi

# ---- a repository with a zone file ----------------------------------------------------------------

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
repository=$work/repository
git init -q "$repository"
git -C "$repository" config user.name Somebody
git -C "$repository" config user.email somebody@example.com
mkdir "$repository/zones"
cat >"$repository/zones/example.com.zone" <<'ZONE'
$ORIGIN example.com.
$TTL 3600
@ IN SOA ns1 hostmaster 2026112201 7200 3600 1209600 300
@ IN NS ns1
@ IN NS ns2
ns1 IN A 192.0.2.53
ns2 IN A 198.51.100.53
@ IN MX 10 mx
mx IN A 192.0.2.25
www IN A 192.0.2.80
alias IN CNAME mx
@ IN TXT "v=spf1 mx include:_spf.example.com a:a1.example.com a:a2.example.com a:a3.example.com a:a4.example.com a:a5.example.com a:a6.example.com a:a7.example.com a:a8.example.com -all"
_spf IN TXT "v=spf1 ip4:203.0.113.7 -all"
a1 IN A 192.0.2.1
a2 IN A 192.0.2.2
a3 IN A 192.0.2.3
a4 IN A 192.0.2.4
a5 IN A 192.0.2.5
a6 IN A 192.0.2.6
a7 IN A 192.0.2.7
a8 IN A 192.0.2.8
a9 IN A 192.0.2.9
mail._domainkey IN TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
ZONE
cp "$repository/zones/example.com.zone" "$repository/base"
git -C "$repository" add . && git -C "$repository" commit -qm 'As it is'

# change SED...: the zone as it was, edited so, with a new serial.
change() {
	cd "$repository" || exit
	git reset -q --hard
	sed -i -e 's/2026112201/2026112202/' "$@" zones/example.com.zone
}

# ---- the three of them ------------------------------------------------------------------------------

# action STATUS: the composite action's step.
action() {
	what="the action, after: $changed"
	rm -rf "$work/runner" && mkdir "$work/runner"
	(
		set -a
		. "$work/github.env"
		MAILDIAG=$maildiag ZONES='zones/*.zone' BASE=base
		ARGUMENTS=$'--offline\n--selector\nmail'
		SETTINGS_OF=${settings_of:-}
		RUNNER_TEMP=$work/runner GITHUB_OUTPUT=$work/runner/output
		GITHUB_STEP_SUMMARY=$work/runner/summary
		cd "$repository" && bash --noprofile --norc -eo pipefail "$work/github.sh"
	) >"$work/out" 2>"$work/err"
	status=$?
	cd "$work" || exit
	exits "$1"
	err_empty
	grep -q "^status=$2$" runner/output || fail "status is not $2"
	grep -q '^### maildiag: ' runner/summary || fail 'no summary'
	[ -s "$repository/maildiag.sarif" ] && [ -s "$repository/maildiag-junit.xml" ] || fail 'no files'
	[ "$(grep -c '^::stop-commands::' out)" -eq 1 ] || fail 'the report could hold commands'
	[ -z "$(ls -d runner/maildiag.* 2>/dev/null)" ] || fail 'files are left'
}

# job STATUS: the script of GitLab's job.
job() {
	what="the job of GitLab, after: $changed"
	(
		set -a
		. "$work/gitlab.env"
		MAILDIAG=$maildiag MAILDIAG_ARGUMENTS='--offline --base base --selector mail'
		cd "$repository" && sh -e "$work/gitlab.sh"
	) >"$work/out" 2>"$work/err"
	status=$?
	cd "$work" || exit
	exits "$1"
	err_empty
	for file in maildiag.md maildiag-junit.xml maildiag-quality.json; do
		[ -s "$repository/$file" ] || fail "no $file"
	done
}

# hook STATUS: a commit with the hook.
hook() {
	what="the hook, after: $changed"
	cp "$ci/pre-commit" "$repository/.git/hooks/"
	(
		cd "$repository" || exit
		git config maildiag.program "$maildiag"
		git config maildiag.arguments '--offline --base base --selector mail'
		git add zones && before=$(git rev-parse HEAD)
		git commit -qm "$changed"
		status=$?
		git reset -q --hard "$before"
		exit $status
	) >"$work/out" 2>"$work/err"
	status=$?
	cd "$work" || exit
	exits "$1"
}

# stops RULE WHAT SED...: all of them stop it, and name the rule.
stops() {
	local rule=$1
	changed=$2
	shift 2
	change "$@"
	action 1 1
	grep -q "^::error .*$rule" out || fail "no annotation of $rule"
	grep -q "$rule" runner/summary || fail "no $rule in the summary"
	change "$@"
	job 1
	change "$@"
	hook 1
}

# passes STATUS WHAT SED...
passes() {
	local expected=$1
	changed=$2
	shift 2
	change "$@"
	action 0 "$expected"
	change "$@"
	job "$expected"
	change "$@"
	hook 0
}

passes 0 'another address of a web server' -e 's/^www .*/www IN A 192.0.2.81/'
[ "$(grep -c '^::' "$work/out")" -eq 0 ] || fail 'noise'
stops spf.include-none 'an include deleted that is in use' -e '/^_spf/d'
stops spf.lookup-limit 'an 11th lookup' -e 's/ -all"$/ a:a9.example.com -all"/;/^_spf/s/ a:a9[^ ]*//'
stops spf.multiple 'a second SPF record' -e '$a@ IN TXT "v=spf1 mx -all"'
stops dkim.key-missing 'a selector removed' -e '/_domainkey/d'
stops 'dmarc[.]' 'a typing error in DMARC' -e 's/p=reject/p=rejct/'
stops mx.target-cname 'an MX to a CNAME' -e 's/MX 10 mx/MX 10 alias/'
passes 4 'an include that nobody knows' -e 's/include:_spf.example.com/include:_spf.example.net/'

# A report that looks like a command is none, and what is not staged is not judged.
changed='a command in a record'
change -e '$a@ IN TXT "v=spf1 ::error::pwned -all"'
action 1 1
what='::stop-commands::'
awk '/^::stop-commands::/ { token = substr($0, 18); next }
	token != "" && $0 == "::" token "::" { token = ""; next }
	token == "" && /^ *::/ && !/^::(error|warning|notice) / { exit 1 }' out || fail 'a command'
changed='nothing that is staged'
change -e '/^_spf/d'
what='the hook without zone files'
(cd "$repository" && "$ci/pre-commit") >out 2>err || fail 'judged what is not staged'

# The settings are those of before: the change brings its own, and says "::" and "##[".
changed='a change with settings of its own'
change -e '/^_spf/d'
printf 'fail-on: never\ndomains: [elsewhere.example]\n' >.maildiag.yaml
settings_of=HEAD action 1 1
grep -q '^::warning .*zone.judge-changed' out || fail 'the settings are not told'
[ -z "$(ls -d "$repository"/.maildiag.?????? 2>/dev/null)" ] || fail 'settings are left'
changed='settings that look like a command'
change -e '/^_spf/d'
printf '"##[stop-commands]abc": x\n' >.maildiag.yaml
(
	set -a
	. "$work/github.env"
	MAILDIAG=$maildiag ZONES='zones/**/*.zone' BASE=base ARGUMENTS=--offline SETTINGS_OF=
	RUNNER_TEMP=$work/runner GITHUB_OUTPUT=$work/runner/output
	GITHUB_STEP_SUMMARY=$work/runner/summary
	cd "$repository" && bash --noprofile --norc -eo pipefail "$work/github.sh"
) >"$work/out" 2>"$work/err"
status=$?
cd "$work" || exit
what=$changed
exits 3; err_empty; out_has 'is no key of the file'; out_lacks '##\['
rm "$repository/.maildiag.yaml"

# A link of the change leads nowhere out of the repository, by settings nor by samples.
changed='links that lead out'
change -e '/^_spf/d'
echo 'secret' >"$work/secret"
ln -s "$work/secret" .maildiag.yaml
cd "$repository" && run gate --offline --zone zones/example.com.zone; exits 3; err_has 'leads out'
! grep -q secret err || fail 'the link is read'
rm .maildiag.yaml; ln -s "$work/secret" sample.eml; echo 'messages: sample.eml' >.maildiag.yaml
run gate --offline --zone zones/example.com.zone; exits 3; err_has 'leads out'
rm .maildiag.yaml sample.eml; cd "$work" || exit

# No such zone file: said so.
(
	cd "$repository" && MAILDIAG=$maildiag ZONES='no/*.zone' BASE='' ARGUMENTS='' \
		FAIL_ON_UNKNOWN='' RUNNER_TEMP=$work bash "$work/github.sh"
) >out 2>err
status=$?
what='no zone files'
exits 2
err_has 'no zone file is no/\*.zone'

done_testing
