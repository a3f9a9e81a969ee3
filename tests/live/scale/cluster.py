"""A Slurm cluster of one controller and two nodes, all on this machine, all in one folder."""
import os
import socket
import subprocess
import time

import network

ADDRESS = network.RESOLVER  # Slurm refuses to work on 127.0.0.1 alone (AI_ADDRCONFIG)
NODES = ("n1", "n2")
NEEDED = ("munged", "slurmctld", "slurmd", "sbatch", "scancel", "scontrol", "squeue")
SECONDS = 20  # to start

# Without cgroups and accounting.  cred_expire: a requeued task starts so many seconds later
# (120 otherwise).  The scheduler looks at once for what can begin.
CONFIG = """ClusterName=maildiag
SlurmctldHost={host}({address})
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
KillWait=10
NodeName={nodes} NodeAddr={address} Port=[6818-6819] CPUs=2 RealMemory=1024
PartitionName=all Nodes=ALL Default=YES
"""


class Cluster:
    """Ends with the process namespace that it is started in."""

    def __init__(self, directory):
        self.folder = os.path.join(directory, "slurm")
        for name in ("state", *("spool-" + node for node in NODES)):
            os.makedirs(os.path.join(self.folder, name))
        os.environ["SLURM_CONF"] = self._write("slurm.conf", CONFIG.format(
            host=socket.gethostname().split(".")[0], address=ADDRESS, folder=self.folder,
            nodes=",".join(NODES)))
        self._write("cgroup.conf", "CgroupPlugin=cgroup/v1\n")
        self._start_munge()
        self._start("slurmctld")
        for node in NODES:
            self._start("slurmd", "-N", node)
        self._wait_for_nodes()

    def _write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="ascii") as f:
            f.write(text)
        return path

    def _start_munge(self):
        """With a key of its own; --force because it runs as root, in a folder under /tmp."""
        key = os.path.join(self.folder, "munge.key")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as f:
            f.write(os.urandom(128))
        subprocess.run(["munged", "--force", "--key-file", key,
                        "--socket", f"{self.folder}/munge.socket",
                        "--log-file", f"{self.folder}/munged.log",
                        "--pid-file", f"{self.folder}/munged.pid",
                        "--seed-file", f"{self.folder}/munged.seed"],
                       check=True, stderr=subprocess.DEVNULL)

    def _start(self, *command):
        if subprocess.run(command, check=False).returncode:
            raise RuntimeError(f"{' '.join(command)} does not start:\n{self.logs()}")

    def _wait_for_nodes(self):
        end = time.monotonic() + SECONDS
        while True:
            idle = say("sinfo", "--noheader", "--Node", "--states", "idle", check=False)
            if len(idle.splitlines()) == len(NODES):
                return
            if time.monotonic() > end:
                raise TimeoutError(f"the nodes do not come up:\n{self.logs()}")
            time.sleep(0.05)

    def logs(self):
        names = ("slurmctld.log", *(f"slurmd-{node}.log" for node in NODES))
        return "".join(subprocess.run(["tail", "-n", "20", os.path.join(self.folder, name)],
                                      capture_output=True, text=True, check=False).stdout
                       for name in names)


def say(*command, check=True):
    return subprocess.run(command, capture_output=True, text=True, check=check).stdout


def wait_for_jobs():
    while say("squeue", "--noheader").strip():
        time.sleep(0.1)


def tasks(job):
    """Number -> what the controller says of the task, as long as it remembers."""
    found = {}
    for line in say("scontrol", "--oneliner", "show", "job", job).splitlines():
        words = dict(word.split("=", 1) for word in line.split() if "=" in word)
        if words["ArrayTaskId"].isdigit():
            found[int(words["ArrayTaskId"])] = words
    return found


def outcomes(job):
    """Number -> (state, how often it was requeued)."""
    return {number: (task["JobState"], int(task["Restarts"]))
            for number, task in tasks(job).items()}


def lose(node, job):
    """Declares a node dead, and alive again; the tasks of the job that it had."""
    had = {number for number, task in tasks(job).items()
           if task["JobState"] == "RUNNING" and task["BatchHost"] == node}
    subprocess.run(["scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=test"],
                   check=True)
    time.sleep(1)
    subprocess.run(["scontrol", "update", f"NodeName={node}", "State=RESUME"], check=True)
    return had
