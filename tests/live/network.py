"""A small Internet on the loopback of a network namespace: nsd, unbound and faulty resolvers.

The root and its zones are ours; unbound validates from a trust anchor made for the occasion.
Documentation addresses (RFC 5737) are used so that nothing here can be mistaken for real.
"""
import os
import shutil
import socket
import subprocess
import sys
import time

from faulty import FAULTS

HERE = os.path.dirname(os.path.abspath(__file__))
RESOLVER = "192.0.2.53"
RESOLVER_6 = "2001:db8::53"
HAS_IPV6 = os.path.exists("/proc/net/if_inet6")
AUTHORITATIVE = {"one": "198.51.100.1", "two": "198.51.100.2"}
REFUSES_ALL = "198.51.100.3"
FAULTY = {fault: f"192.0.2.{101 + i}" for i, fault in enumerate(FAULTS)}
NOBODY = "192.0.2.99"  # an address of ours with no server on it
SIGNED = ("root", "example", "good.example")  # parents before their children
NEEDED = ("nsd", "unbound", "unshare", "ip", "ldns-keygen", "ldns-signzone")
SKIP = 77


def enter():
    """Goes on in namespaces of our own, whose processes all end with us.  Exits with 77 when
    that is not possible here."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if os.environ.get("MAILDIAG_LIVE") == "inside":
        return
    missing = [tool for tool in NEEDED if not shutil.which(tool)]
    if missing:
        print("skipped: not installed:", ", ".join(missing))
        sys.exit(SKIP)
    unshare = ["unshare", "--net", "--mount-proc", "--pid", "--fork", "--kill-child"]
    if os.getuid() != 0:
        unshare.append("--map-root-user")
    if subprocess.run(unshare + ["true"], stderr=subprocess.DEVNULL, check=False).returncode:
        print("skipped: no network namespace can be made here")
        sys.exit(SKIP)
    os.environ["MAILDIAG_LIVE"] = "inside"
    os.execvp(unshare[0], unshare + sys.argv)


def run(*command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)


def bring_up_addresses():
    run("ip", "link", "set", "lo", "up")
    addresses = [RESOLVER, NOBODY, REFUSES_ALL, *AUTHORITATIVE.values(), *FAULTY.values()]
    for address in addresses:
        run("ip", "address", "add", address + "/32", "dev", "lo")
    if HAS_IPV6:
        run("ip", "address", "add", RESOLVER_6 + "/128", "dev", "lo", "nodad")


def replace_resolv_conf(directory):
    """For us and our children only: the mount namespace is ours, too."""
    path = os.path.join(directory, "resolv.conf")
    with open(path, "w", encoding="ascii") as f:
        f.write(f"# the tests' own\nnameserver {RESOLVER}\noptions timeout:3 attempts:2\n")
    run("mount", "--bind", path, os.path.realpath("/etc/resolv.conf"))


def sign(directory, zone, origin):
    """Signs zone.zone in place; returns its DS records."""
    key = subprocess.run(["ldns-keygen", "-a", "ECDSAP256SHA256", "-k", origin], check=True,
                         cwd=directory, capture_output=True, text=True).stdout.strip()
    run("ldns-signzone", "-f", f"{zone}.zone", f"{zone}.zone.unsigned", key, cwd=directory)
    with open(os.path.join(directory, key + ".ds"), encoding="ascii") as f:
        return f.read()


def copy_zones(folder, directory):
    for name in os.listdir(folder):
        shutil.copy(os.path.join(folder, name), directory)


def write_zones(directory):
    """Copies the zones, signs those that shall be signed, children before their parents."""
    copy_zones(os.path.join(HERE, "zones"), directory)
    children = ""
    for zone in reversed(SIGNED):
        path = os.path.join(directory, zone + ".zone")
        with open(path, encoding="ascii") as f:
            text = f.read() + children
        with open(path + ".unsigned", "w", encoding="ascii") as f:
            f.write(text)
        children = sign(directory, zone, "." if zone == "root" else zone + ".")
    with open(os.path.join(directory, "anchor.ds"), "w", encoding="ascii") as f:
        f.write(children)


def zone_clauses(directory, server):
    """Every zone, or for the second server its own version where there is one."""
    for name in sorted(os.listdir(directory)):
        if not name.endswith(".zone"):
            continue
        zone = name[:-len(".zone")]
        if zone.endswith("-two"):
            continue
        own = f"{zone}-two.zone" if server == "two" else name
        path = own if os.path.exists(os.path.join(directory, own)) else name
        origin = "." if zone == "root" else zone
        yield f'zone:\n  name: "{origin}"\n  zonefile: "{directory}/{path}"\n'


def start_nsd(directory, server):
    config = os.path.join(directory, f"nsd-{server}.conf")
    with open(config, "w", encoding="ascii") as f:
        f.write(f"""server:
  ip-address: {AUTHORITATIVE[server]}
  username: ""
  zonesdir: "{directory}"
  database: ""
  pidfile: "{directory}/nsd-{server}.pid"
  xfrdfile: ""
  xfrdir: "{directory}"
  zonelistfile: "{directory}/nsd-{server}.list"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
""")
        f.writelines(zone_clauses(directory, server))
    return start(directory, f"nsd-{server}", "nsd", "-d", "-c", config)


def start_unbound(directory):
    config = os.path.join(directory, "unbound.conf")
    with open(os.path.join(directory, "hints"), "w", encoding="ascii") as f:
        f.write(f". 3600 NS ns1.nic.root.\nns1.nic.root. 3600 A {AUTHORITATIVE['one']}\n")
    with open(config, "w", encoding="ascii") as f:
        f.write(f"""server:
  interface: {RESOLVER}
  {f"interface: {RESOLVER_6}" if HAS_IPV6 else ""}
  access-control: 0.0.0.0/0 allow
  access-control: ::/0 allow
  username: ""
  chroot: ""
  directory: "{directory}"
  pidfile: "{directory}/unbound.pid"
  use-syslog: no
  num-threads: 1
  root-hints: "{directory}/hints"
  trust-anchor-file: "{directory}/anchor.ds"
  module-config: "validator iterator"
  ede: yes
  val-log-level: 2
  unblock-lan-zones: yes
  insecure-lan-zones: yes
  infra-host-ttl: 1
  cache-min-ttl: 0
remote-control:
  control-enable: no
""")
    return start(directory, "unbound", "unbound", "-d", "-c", config)


def start(directory, name, *command, **options):
    log = open(os.path.join(directory, name + ".log"), "wb")
    return subprocess.Popen(command, stdout=options.get("stdout", log), stderr=log)


def wait_for(address, seconds=10):
    """Until something answers on its port 53 over TCP."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((address, 53), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def start_faulty():
    pairs = [f"{address}={fault}" for fault, address in FAULTY.items()]
    process = subprocess.Popen([sys.executable, os.path.join(HERE, "faulty.py"), RESOLVER,
                                f"{REFUSES_ALL}=refused", *pairs], stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


def bring_up(directory):
    """Everything; answers as soon as this returns, and ends with us."""
    bring_up_addresses()
    replace_resolv_conf(directory)
    write_zones(directory)
    servers = [start_nsd(directory, server) for server in AUTHORITATIVE]
    for address in AUTHORITATIVE.values():
        wait_for(address)
    servers.append(start_unbound(directory))
    wait_for(RESOLVER)
    servers.append(start_faulty())
    return servers
