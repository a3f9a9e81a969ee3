"""Messages signed by others: opendkim (its milter, driven by miltertest), dkimpy, Mail::DKIM."""
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CANONS = ("simple", "relaxed")


def missing():
    """What is not installed, or None."""
    try:
        import dkim  # noqa: F401
    except ImportError:
        return "python3-dkim"
    if subprocess.run(["perl", "-MMail::DKIM::Signer", "-e1"], stderr=subprocess.DEVNULL,
                      check=False).returncode != 0:
        return "libmail-dkim-perl"
    for program, package in (("opendkim", "opendkim"), ("miltertest", "miltertest"),
                             ("openssl", "openssl")):
        if shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin") is None:
            return package
    return None


def run(*words, **options):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, **options).stdout


def pem_body(text):
    return "".join(line for line in text.decode().splitlines() if "-----" not in line)


class Keys:
    """A key of each kind, and the zone in which they are published."""

    def __init__(self, at):
        self.at = at
        self.rsa = at + "/rsa.pem"
        self.ed25519 = at + "/ed25519.pem"
        self.zone = at + "/zone"
        run("openssl", "genrsa", "-traditional", "-out", self.rsa, "2048",
            stderr=subprocess.DEVNULL)
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.ed25519)
        rsa = pem_body(run("openssl", "pkey", "-in", self.rsa, "-pubout"))
        spki = pem_body(run("openssl", "pkey", "-in", self.ed25519, "-pubout"))
        self.write_zone(rsa, spki)

    def write_zone(self, rsa, spki):
        import base64
        bare = base64.b64encode(base64.b64decode(spki)[-32:]).decode()
        with open(self.zone, "w", encoding="ascii") as zone:
            zone.write("$TTL 300\n$ORIGIN .\n. SOA a. b. 1 1 1 1 1\n")
            zone.write(f'rsa._domainkey.example.com. TXT "v=DKIM1; p={rsa[:200]}" '
                       f'"{rsa[200:]}"\n')
            zone.write(f'ed25519._domainkey.example.com. TXT "v=DKIM1; k=ed25519; p={bare}"\n')

    def seed(self):
        import base64
        private = run("openssl", "pkey", "-in", self.ed25519, "-outform", "DER")
        return base64.b64encode(private[-32:])


# ---- the signers: each gives the DKIM-Signature field for a message -------------------------


def dkimpy(keys, algorithm, header, body, message):
    import dkim
    key = keys.seed() if algorithm == "ed25519" else open(keys.rsa, "rb").read()
    return dkim.sign(message, algorithm.encode(), b"example.com", key,
                     canonicalize=(header.encode(), body.encode()),
                     signature_algorithm=algorithm.encode() + b"-sha256")


def mail_dkim(keys, algorithm, header, body, message):
    if algorithm != "rsa":
        return None  # this version has RSA only
    return run("perl", HERE + "/sign.pl", keys.rsa, f"{header}/{body}", input=message)


def opendkim(keys, algorithm, header, body, message):
    path = f"{keys.at}/opendkim-{algorithm}-{header}-{body}"
    with open(path + ".conf", "w", encoding="ascii") as conf:
        conf.write(f"""Syslog no
Background no
Mode s
RequireSafeKeys no
InternalHosts 127.0.0.1
Domain example.com
Selector {algorithm}
KeyFile {keys.ed25519 if algorithm == "ed25519" else keys.rsa}
SignatureAlgorithm {algorithm}-sha256
Canonicalization {header}/{body}
SignHeaders From,To,Cc,Subject,Date,Message-ID,MIME-Version,Content-Type,{""
            }Content-Transfer-Encoding
OversignHeaders From
DiagnosticDirectory {keys.at}
Socket local:{path}.sock
""")
    with open(path + ".eml", "wb") as out:
        out.write(message)
    with subprocess.Popen(["/usr/sbin/opendkim", "-f", "-x", path + ".conf"],
                          stderr=subprocess.PIPE) as daemon:
        try:
            for _ in range(100):
                if os.path.exists(path + ".sock"):
                    break
                time.sleep(0.02)
            run("miltertest", "-D", f"socket=local:{path}.sock", "-D", f"message={path}.eml",
                "-D", f"signature={path}.sig", "-s", HERE + "/sign.lua")
        finally:
            daemon.kill()
    with open(path + ".sig", "rb") as signature:
        return signature.read()


# What opendkim 2.11 makes of Ed25519 with a simple header verifies with nobody, dkimpy included.
BROKEN = {("opendkim", "ed25519", "simple")}
SIGNERS = {"dkimpy": dkimpy, "Mail::DKIM": mail_dkim, "opendkim": opendkim}


def sign_all(keys, message):
    """(signer, algorithm, header canonicalisation, body canonicalisation, signed message)"""
    for name, sign in SIGNERS.items():
        for algorithm in ("rsa", "ed25519"):
            for header in CANONS:
                for body in CANONS:
                    if (name, algorithm, header) in BROKEN:
                        continue
                    field = sign(keys, algorithm, header, body, message)
                    if field is not None:
                        yield name, algorithm, header, body, field + message
