# shellcheck shell=bash
# A bridge and a subnet per engine. Engines that manage iptables themselves share its chains and empty each other's at
# every start, and they change the machine's forwarding policy; so ours do not touch iptables, and three rules per
# engine, which `down` takes away again, let its containers out. Ports published on the loopback address go through
# Docker's proxy and need no rules.

FORWARD=/proc/sys/net/ipv4/ip_forward
FORWARD_BEFORE=${MACHINE_LOCK%.lock}.ip_forward

busybox_ip() { "$PKG/tools/bin/busybox" ip "$@"; }

# The machine's iptables, so that all rules are in one place; without one, Debian's from the private folder.
iptables_private() {
    if command -v iptables >/dev/null; then
        iptables -w "$@"
    else
        "$PKG/tools/wrap/iptables" -w "$@"
    fi
}

# The private iptables as commands. Engines look for it as well: the DNS of user-made networks sets rules inside the
# containers' own network.
wrap_iptables() {
    [ -x "$PKG/tools/wrap/ip6tables" ] && return 0
    local name plugins
    mkdir -p "$PKG/tools/wrap"
    plugins=$(find "$PKG/tools/usr/lib" -type d -name xtables | head -n 1)
    for name in iptables ip6tables; do
        printf '#!/bin/sh\nLD_LIBRARY_PATH=%s XTABLES_LIBDIR=%s exec %s %s "$@"\n' "$(shell_quote "$LIBS")" \
            "$(shell_quote "$plugins")" "$(shell_quote "$PKG/tools/usr/sbin/xtables-nft-multi")" "$name" \
            >"$PKG/tools/wrap/$name"
        chmod +x "$PKG/tools/wrap/$name"
    done
}

# Does a route lead to an address in FIRST..FIRST+7 of 198.18.x? The range 198.18.0.0/15 is set aside for test benches,
# so no real network is hidden.
slot_taken() {
    perl -e '
        my $base = unpack("N", pack("C4", 198, 18 + int($ARGV[0] / 32), ($ARGV[0] % 32) * 8, 0));
        open my $routes, "<", "/proc/net/route" or exit 1; <$routes>;
        while (<$routes>) {
            my @f = split; my ($dest, $mask) = map { unpack("N", pack("V", hex)) } @f[1, 7];
            exit 0 if $mask && (($dest & 0xfffff800) == $base || ($base & $mask) == $dest);
        }
        exit 1' "$1"
}

# network_up ENGINE: its bridge and rules. Prints nothing; the facts are in RUN/ENGINE/network.
network_up() {
    local facts=$RUN/$1/network
    if [ -f "$facts" ]; then
        # shellcheck source=/dev/null
        . "$facts"
        [ ! -d "/sys/class/net/$BRIDGE" ] || return 0
    fi
    with_machine_lock make_network "$1" || return 1
    # shellcheck source=/dev/null
    . "$facts"
}

make_network() {
    local slot second third
    for ((slot = 0; slot < 64; slot++)); do
        slot_taken "$slot" || break
    done
    [ "$slot" -lt 64 ] || { say "no free subnet in 198.18.0.0/15 for $1"; return 1; }
    second=$((18 + slot / 32)) third=$((slot % 32 * 8))
    BRIDGE=cmp$HASH-$slot SUBNET=198.$second.$third.0/21 GATEWAY=198.$second.$third.1
    POOL=198.$second.$((third + 4)).0/22
    if [ ! -e "$FORWARD_BEFORE" ]; then cat "$FORWARD" >"$FORWARD_BEFORE"; fi
    {
        "$PKG/tools/bin/busybox" brctl addbr "$BRIDGE" &&
        busybox_ip addr add "$GATEWAY/24" broadcast + dev "$BRIDGE" &&
        busybox_ip link set "$BRIDGE" up
    } 2>>"$LOG/network.log" || { died "the bridge of $1" "$LOG/network.log" "remedy: a kernel with bridges, and the right to make them"; return 1; }
    if ! {
        iptables_private -t nat -A POSTROUTING -s "$SUBNET" ! -d "$SUBNET" -j MASQUERADE &&
        iptables_private -I FORWARD -s "$SUBNET" -j ACCEPT &&
        iptables_private -I FORWARD -d "$SUBNET" -j ACCEPT
    } 2>>"$LOG/network.log"; then
        say "containers of $1 will not reach other machines: iptables does not work here (see $LOG/network.log)"
    fi
    printf 'BRIDGE=%s SUBNET=%s GATEWAY=%s POOL=%s\n' "$BRIDGE" "$SUBNET" "$GATEWAY" "$POOL" >"$RUN/$1/network"
}

network_down() {
    local facts=$RUN/$1/network
    [ -f "$facts" ] || return 0
    # shellcheck source=/dev/null
    . "$facts"
    {
        iptables_private -t nat -D POSTROUTING -s "$SUBNET" ! -d "$SUBNET" -j MASQUERADE
        iptables_private -D FORWARD -s "$SUBNET" -j ACCEPT
        iptables_private -D FORWARD -d "$SUBNET" -j ACCEPT
        # user-made networks of this engine have bridges too, within the same subnet
        local bridge prefix=${SUBNET%.*.*}
        for bridge in $(busybox_ip -o addr show | awk -v pool="${POOL%.*.*}" -v third="${POOL#*.*.}" \
            '$3 == "inet" { split($4, a, "."); split(third, t, ".");
                if (a[1] "." a[2] == pool && a[3] >= t[1] && a[3] < t[1] + 4) print $2 }'); do
            [ "$prefix" = 198.18 ] || [ "$prefix" = 198.19 ] || continue
            case $bridge in br-*) busybox_ip link del "$bridge" ;; esac
        done
        busybox_ip link set "$BRIDGE" down
        "$PKG/tools/bin/busybox" brctl delbr "$BRIDGE"
    } 2>>"$LOG/network.log" || true
    rm -f "$facts"
    with_machine_lock restore_forwarding
}

# The last bridge of all clones is gone: forwarding is again as it was found.
restore_forwarding() {
    local bridge
    for bridge in /sys/class/net/cmp*; do
        [ ! -e "$bridge" ] || return 0
    done
    if [ -s "$FORWARD_BEFORE" ]; then cat "$FORWARD_BEFORE" >"$FORWARD"; fi
    rm -f "$FORWARD_BEFORE"
}
