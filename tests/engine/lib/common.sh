# shellcheck shell=bash
# shellcheck disable=SC2034  # the places are used by the files that are read after this one
# What every part needs: messages, places, locks, and processes that outlive the script.

say() { printf '%s\n' "engine: $*" >&2; }
fail() { say "$*"; exit 1; }

# --- places ---------------------------------------------------------------------------------------------------------

# Everything that is kept lies in the clone (or where CAKE_MULTIPLATFORM_STATE says).
STATE=${CAKE_MULTIPLATFORM_STATE:-$ENGINE_DIR/.state}
case $STATE in /*) ;; *) STATE=$PWD/$STATE ;; esac

# Sockets and run files lie in a short folder: a unix socket's path ends at 108 characters, an emulator's at 127,
# and a clone's path may be longer. The checksum of the path keeps clones apart.
HASH=$(printf '%08x' "$(printf '%s' "$STATE" | cksum | cut -d' ' -f1)")
if [ "$(id -u)" = 0 ] && [ -d /run ]; then
    RUN=/run/cake-mp-$HASH
    MACHINE_LOCK=/run/cake-mp.lock
else
    RUN=${TMPDIR:-/tmp}/cake-mp-$(id -u)-$HASH
    MACHINE_LOCK=${TMPDIR:-/tmp}/cake-mp-$(id -u).lock
fi

PKG=$STATE/pkg     # unpacked Debian packages, one folder per set
LOG=$STATE/log     # what the daemons print

make_places() {
    case $STATE in
        *[:,\"\\]* | *$'\n'*)
            fail "the path '$STATE' has a colon, comma, quote or backslash, which overlay mounts and PATH cannot hold;" \
                "set CAKE_MULTIPLATFORM_STATE to a folder without" ;;
    esac
    mkdir -p "$STATE" "$LOG"
}

# --- locks ----------------------------------------------------------------------------------------------------------

# One engine.sh at a time per clone. Descriptor 9 holds the lock; it goes with the process, however that ends.
lock_clone() {
    command -v flock >/dev/null || return 0     # not on macOS, where only a registry container is started
    exec 9>"$STATE/lock"
    flock -n 9 || { say "waiting for another engine.sh of this clone"; flock 9; }
}

# What clones share (ports, subnets, forwarding) is chosen by one of them at a time.
with_machine_lock() {
    if command -v flock >/dev/null; then
        ( flock 8; "$@" ) 8>"$MACHINE_LOCK"
    else
        "$@"
    fi
}

# --- processes ------------------------------------------------------------------------------------------------------

# spawn PIDFILE LOGFILE COMMAND...: starts a daemon in a session of its own. It keeps no descriptor of ours, so neither
# the lock nor a pipe of whoever reads our output stays open.
spawn() {
    local pidfile=$1 log=$2
    shift 2
    rm -f "$pidfile"
    # shellcheck disable=SC2016  # expanded by the inner shell
    setsid bash -c '
        for fd in /proc/$$/fd/*; do fd=${fd##*/}; [ "$fd" -le 2 ] || [ "$fd" = 255 ] || eval "exec $fd>&-"; done
        ulimit -Sn 65536 2>/dev/null || ulimit -Sn "$(ulimit -Hn)"
        cd /
        echo $$ >"$0"
        exec "$@"' "$pidfile" "$@" </dev/null >>"$log" 2>&1 &
    disown
    local i
    for ((i = 0; i < 100; i++)); do
        [ -s "$pidfile" ] && return 0
        sleep 0.02
    done
    return 1
}

pid_of() { local pid=; [ -f "$1" ] && read -r pid <"$1"; [ -n "$pid" ] && printf '%s' "$pid"; }

# alive PIDFILE: the process is there and is ours. After a crash the number may belong to another one, so its command
# line has to name one of our folders; a zombie's is empty.
alive() {
    local pid
    pid=$(pid_of "$1") || return 1
    grep -qaF -e "$RUN" -e "$STATE" "/proc/$pid/cmdline" 2>/dev/null
}

# stop PIDFILE SECONDS: asks, waits, then insists. The whole session goes at the end.
stop() {
    local pid i
    if alive "$1"; then
        pid=$(pid_of "$1")
        kill "$pid" 2>/dev/null || true
        for ((i = 0; i < $2 * 20; i++)); do
            alive "$1" || break
            sleep 0.05
        done
        if alive "$1"; then kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true; fi
    fi
    rm -f "$1"
}

# died NAME LOGFILE REMEDY: why something does not run.
died() {
    say "$1 does not run; the last lines of $2:"
    tail -n 12 "$2" 2>/dev/null | cut -c1-400 | sed 's/^/    /' >&2
    say "$3"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# shell_quote TEXT: in single quotes, for eval.
shell_quote() { printf "'%s'" "${1//\'/\'\\\'\'}"; }
