"""The synthetic Internet of many domains (make), served by nsd in a network namespace."""
import os
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "../../.."))
sys.path.insert(0, os.path.join(ROOT, "tests/live"))

import network  # noqa: E402

NSD = list(network.AUTHORITATIVE.values())  # one nsd at both addresses


def make(count, directory):
    """Writes the zones into DIRECTORY, unless they are there."""
    if not os.path.exists(os.path.join(directory, "zones.conf")):
        os.makedirs(directory, exist_ok=True)
        subprocess.run([sys.executable, os.path.join(HERE, "make"), str(count), directory],
                       check=True)


def wait_for_answer(address, seconds=120):
    """nsd binds its sockets long before it has read its zones."""
    question = bytes((0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1))  # SOA of the root
    end = time.monotonic() + seconds
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(0.1)
        while time.monotonic() < end:
            try:
                s.sendto(question, (address, 53))
                s.recv(512)
                return
            except OSError:
                time.sleep(0.02)
    raise TimeoutError(f"{address} does not answer")


def start_nsd(directory):
    """Answers when this returns."""
    config = os.path.join(directory, "nsd.conf")
    with open(config, "w", encoding="ascii") as f:
        f.write(f"""server:
  ip-address: {NSD[0]}
  ip-address: {NSD[1]}
  username: ""
  zonesdir: "{directory}"
  database: ""
  pidfile: "{directory}/nsd.pid"
  xfrdfile: ""
  xfrdir: "{directory}"
  zonelistfile: "{directory}/nsd.list"
  server-count: 1
  rrl-ratelimit: 0
  send-buffer-size: 4194304
  receive-buffer-size: 4194304
remote-control:
  control-enable: no
include: "{directory}/zones.conf"
""")
    process = network.start(directory, "nsd", "nsd", "-d", "-c", config)
    wait_for_answer(NSD[0])
    return process


def stop(process):
    process.terminate()
    process.wait()


def first(directory, count):
    """A list of the first domains: its path."""
    path = os.path.join(directory, f"list.{count}")
    with open(os.path.join(directory, "list"), encoding="ascii") as domains, \
            open(path, "w", encoding="ascii") as f:
        f.writelines(line for line, _ in zip(domains, range(count)))
    return path


def bring_up(count, directory):
    """Everything, in a namespace that network.enter() has made; the nsd."""
    network.bring_up_addresses()
    start = time.monotonic()
    make(count, directory)
    made = time.monotonic()
    process = start_nsd(directory)
    print(f"{count} domains: zones written in {made - start:.0f} s, "
          f"served after {time.monotonic() - made:.0f} s", flush=True)
    return process
