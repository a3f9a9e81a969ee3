#!/bin/bash
# Builds Debian's packages, holds them against its rules, and installs, tries and removes them in a
# fresh system: tests/package.sh [SUITE]
set -eu -o pipefail

suite=${1:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
source=$(cd "$(dirname "$0")/.." && pwd)
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$source/debian/changelog")
work=$(mktemp -d)
root=$work/root
trap 'umount "$root/proc" 2>/dev/null || :; rm -rf "$work"' EXIT

echo "== build"
mkdir "$work/maildiag-$version"
(cd "$source" && git ls-files -z | xargs -0 tar c) | tar xC "$work/maildiag-$version"
(cd "$work/maildiag-$version" && DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" dpkg-buildpackage -us -uc) \
	>"$work/log" 2>&1 || { tail -n 50 "$work/log"; exit 1; }
ls -s --block-size=KiB "$work"/*.deb

echo "== lintian"
lintian --fail-on error,warning "$work"/*.changes

echo "== install in $suite"
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
	awk '$1 == "deb" || $1 == "URIs:" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }') || :
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
mount -t proc none "$root/proc" 2>/dev/null || : # some tools look for it; ours does not need it
mkdir "$root/packages" "$root/tmp/tests"
cp "$work"/*.deb "$root/packages"
cp "$source"/debian/tests/* "$root/tmp/tests"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
	AUTOPKGTEST_TMP=/tmp LC_ALL=C.UTF-8 "$@"; }
inside sh -c 'apt-get -qq update && dpkg-query -W -f "\${Package}\n" | sort >/before &&
	apt-get -qq -y --no-install-recommends install /packages/maildiag_*.deb' >"$work/log" 2>&1 ||
	{ tail "$work/log"; exit 1; }
# Without the other packages it reports, and has no second opinions.
inside maildiag version
inside sh -c 'apt-get -qq -y --no-install-recommends install /packages/*.deb gcc libc6-dev pkgconf' \
	>"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
for test in report library; do
	echo "== $test"
	inside "/tmp/tests/$test"
done

echo "== remove"
inside sh -c 'apt-get -qq -y purge maildiag maildiag-witness libmaildiag0 libmaildiag-dev' >"$work/log" 2>&1 ||
	{ tail "$work/log"; exit 1; }
[ -z "$(inside find / -xdev -name '*maildiag*' -not -path '/packages/*' -not -path '/tmp/*' -not -path '/var/*')" ]
echo "installed, tried and removed"
