#!/usr/bin/python3
"""Presses Tab in bash, zsh and fish, and looks what they make of the line: tab.py MAILDIAG"""
import os, pty, re, select, shutil, subprocess, sys, tempfile, time

maildiag = os.path.abspath(sys.argv[1])
os.chdir(tempfile.mkdtemp())
os.environ.update(PATH=os.path.dirname(maildiag) + ":" + os.environ["PATH"], HOME=os.getcwd(), TERM="dumb",
                  LC_ALL="C.UTF-8", XDG_CONFIG_HOME=os.getcwd(), XDG_DATA_HOME=os.getcwd())
open("saved.eml", "w").close()
# What is typed before Tab, and what the line becomes.
LINES = [("maildiag expl", "maildiag explain"),
         ("maildiag vers", "maildiag version"),
         ("maildiag check --query", "maildiag check --query-timeout"),
         ("maildiag message --trus", "maildiag message --trusted-hops"),
         ("maildiag message --prof", "maildiag message --profile"),
         ("maildiag message sav", "maildiag message saved.eml"),
         ("maildiag gate --fail-on-u", "maildiag gate --fail-on-unknown"),
         ("maildiag explain spf.plus", "maildiag explain spf.plus-all"),
         ("maildiag check --only spf,dnss", "maildiag check --only spf,dnssec"),
         ("maildiag help summ", "maildiag help summarize"),
         ("maildiag completion z", "maildiag completion zsh")]
SHELLS = {"bash": (["bash", "--norc", "--noprofile", "-i"], "source ./completion; PS1='ready> '"),
          "zsh": (["zsh", "-f", "-i"],
                  "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste; PS1='ready> '")}
failures = 0


def check(shell, typed, wanted, got):
    global failures
    if got != wanted:
        failures += 1
        print("%s: %r becomes %r, not %r" % (shell, typed, got, wanted))


def read_until(terminal, pattern, seconds=20):
    text, end = "", time.monotonic() + seconds
    while not re.search(pattern, text) and time.monotonic() < end:
        if select.select([terminal], [], [], .2)[0]:
            text += os.read(terminal, 65536).decode("utf-8", "replace")
    return text


def in_terminal(shell):
    """Types, presses Tab, and has the shell print the line in place of running it."""
    command, setup = SHELLS[shell]
    with open("_maildiag" if shell == "zsh" else "completion", "w") as f:
        subprocess.run([maildiag, "completion", shell], stdout=f, check=True)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    os.write(terminal, (setup + "\n").encode())
    read_until(terminal, "\nready> |\rready> ")
    for i, (typed, wanted) in enumerate(LINES):
        os.write(terminal, typed.encode() + b"\t")
        # The line is on the screen; Control-A makes "printf" of it what runs.
        time.sleep(.3)
        os.write(terminal, b"\x01printf '[%%s]' begin%d \x05 end%d\n" % (i, i))
        text = read_until(terminal, r"\[end%d\]" % i)
        words = re.findall(r"\[([^\[\]%]*)\]", text[text.find("[begin%d]" % i):])
        check(shell, typed, wanted.split(), words[1:-1])
    os.close(terminal)
    os.waitpid(pid, 0)


for shell in SHELLS:
    if shutil.which(shell):
        in_terminal(shell)
if shutil.which("fish"):
    with open("maildiag.fish", "w") as f:
        subprocess.run([maildiag, "completion", "fish"], stdout=f, check=True)
    for typed, wanted in LINES:
        r = subprocess.run(["fish", "-c", "source maildiag.fish; complete -C $argv[1]", typed], text=True,
                           capture_output=True)
        word = wanted.split()[-1]
        offered = [line.split("\t")[0] for line in r.stdout.splitlines()]
        if word not in offered or r.stderr:
            failures += 1
            print("fish: %r offers %r, %s" % (typed, offered[:5], r.stderr[:300]))
sys.exit(failures > 0)
