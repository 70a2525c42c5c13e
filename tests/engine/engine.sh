#!/usr/bin/env bash
# Private Docker engines, a registry and emulation for a machine that has none. See README.md beside this file.
set -euo pipefail

ENGINE_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib/common.sh
. "$ENGINE_DIR/lib/common.sh"
# shellcheck source=lib/packages.sh
. "$ENGINE_DIR/lib/packages.sh"
# shellcheck source=lib/emulation.sh
. "$ENGINE_DIR/lib/emulation.sh"
# shellcheck source=lib/network.sh
. "$ENGINE_DIR/lib/network.sh"
# shellcheck source=lib/daemon.sh
. "$ENGINE_DIR/lib/daemon.sh"
# shellcheck source=lib/registry.sh
. "$ENGINE_DIR/lib/registry.sh"
# shellcheck source=lib/builder.sh
. "$ENGINE_DIR/lib/builder.sh"

DEFAULT=docker-26

usage() {
    cat >&2 <<'END'
Usage: engine.sh up [NAME...]   start engines, with registry, emulation and base image (default: docker-26)
       engine.sh env [NAME]     print the exports for eval "$(engine.sh env)"
       engine.sh podman         print the path of podman, the machine's own or else Debian 12's
       engine.sh sshd           print the path of an SSH server, the machine's own or else Debian 12's
       engine.sh corpus         print the folder with Debian packages of eight processors, ARCHITECTURE/PACKAGE, unpacked
       engine.sh status         what runs
       engine.sh down           stop all and remove the data; the fetched packages stay for the next time
       engine.sh purge          down, and remove the fetched packages too

NAME:  docker-26          docker 26.1, buildx 0.13, containerd image store; the default
       docker-26-classic  the same with the classic image store
       docker-20          docker 20.10 with buildx 0.13
       docker-sid         the newest docker and buildx of Debian; exit status 3 where it cannot be had
       all                all of them (docker-sid if it can be had)

Where the machine has a working engine with buildx, that one is the default engine.
END
    exit 2
}

# --- whose engine is the default one? -------------------------------------------------------------------------------

# The machine's surroundings without what an earlier `eval "$(engine.sh env)"` of any clone put there.
forget_private_env() {
    case ${DOCKER_HOST:-} in
        unix://*/cake-mp-*) unset DOCKER_HOST DOCKER_CONFIG ;;
    esac
}

machine_has_engine() {
    local limit=()
    command -v docker >/dev/null || return 1
    ! command -v timeout >/dev/null || limit=(timeout 20)     # DOCKER_HOST may name a machine that does not answer
    ${limit[@]+"${limit[@]}"} docker version --format '{{.Server.Version}}' >/dev/null 2>&1 &&
        ${limit[@]+"${limit[@]}"} docker buildx version >/dev/null 2>&1
}

# "machine" or "private": remembered while something is up, so that it does not change under a running test.
mode() {
    if [ -s "$STATE/mode" ]; then
        cat "$STATE/mode"
    elif machine_has_engine; then
        echo machine
    else
        echo private
    fi
}

can_run_private() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; }

demand_private() {
    can_run_private && return 0
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
        fail "this machine has no working Docker engine with buildx, and one can be made here only on Debian and its kin." \
            "Install Docker Desktop or Docker Engine with buildx (and set CAKE_MULTIPLATFORM_REGISTRY if you have a registry)."
    fi
    fail "this machine has no working Docker engine with buildx that you may use, and making a private one needs root." \
        "Run 'sudo $0 $*', or install Docker Engine with buildx and join its group."
}

# --- up -------------------------------------------------------------------------------------------------------------

up_healthy() {
    local name
    registry_healthy && base_healthy && emulation_healthy || return 1
    for name in "$@"; do
        engine_healthy "$name" || return 1
        [ "$name" != "$BUILDER_ENGINE" ] || builder_healthy || return 1
    done
}

up_private() {
    local name sets=(registry tools foreign) pids=() bad=0 sid_asked=$1
    shift
    demand_private up "$@"
    for name in "$@"; do sets+=("$(packages_of "$name")"); done
    case " $* " in *' docker-20 '*) sets+=(docker-26) ;; esac      # its buildx
    fetch "${sets[@]}" || exit 1
    collect_libs tools
    wrap_iptables
    mkdir -p "$RUN"
    emulation_up || bad=1
    # Engines ask at their start which processors are emulated; from here on everything is independent.
    ( registry_up && base_up ) &
    pids+=("$!")
    for name in "$@"; do
        if [ "$name" = docker-sid ]; then continue; fi
        ( engine_up "$name" && { [ "$name" != "$BUILDER_ENGINE" ] || builder_up; } ) &
        pids+=("$!")
    done
    case " $* " in *' docker-sid '*) sid_up || SID_MISSING=1 ;; esac
    for name in "${pids[@]}"; do wait "$name" || bad=1; done
    [ "$bad" = 0 ] || exit 1
    if [ "${SID_MISSING:-0}" = 1 ] && [ "$sid_asked" = 1 ]; then exit 3; fi
}

# Debian's sid moves: packages may be missing, or need a newer C library. One line says why.
sid_up() {
    local reason
    if ! has_set docker-sid; then
        reason=$(grep '^E:' "$LOG/fetch-sid.log" 2>/dev/null | tail -n 1)
        say "docker-sid is unavailable: its packages could not be fetched (${reason:-see $LOG/fetch-sid.log})"
        return 1
    fi
    ( engine_up docker-sid ) 2>"$LOG/docker-sid-start.log" && return 0
    reason=$(cat "$LOG/docker-sid-containerd.log" "$LOG/docker-sid.log" 2>/dev/null | grep -v level=warning |
        tail -n 1 | cut -c1-300)
    say "docker-sid is unavailable: it does not start here (${reason:-see $LOG/docker-sid-start.log})"
    engine_down docker-sid
    return 1
}

up_machine() {
    say "this machine has a working Docker engine with buildx; it is the default engine"
    if [ -n "${CAKE_MULTIPLATFORM_REGISTRY:-}" ] && [ "$CAKE_MULTIPLATFORM_REGISTRY" != "$(registry_address)" ]; then
        say "the registry is $CAKE_MULTIPLATFORM_REGISTRY, as CAKE_MULTIPLATFORM_REGISTRY says"
        return 0
    fi
    mkdir -p "$RUN"
    if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && command -v setsid >/dev/null &&
        [ -e "$KEYRING" ]; then
        fetch registry || exit 1
    fi
    registry_up || exit 1
    say "registry: $(registry_address)"
}

cmd_up() {
    local names=() private=() name sid_asked=0 current
    [ $# -gt 0 ] || set -- "$DEFAULT"
    for name in "$@"; do
        case " $ENGINES all " in
            *" $name "*) ;;
            *) say "there is no engine '$name'"; usage ;;
        esac
        case $name in
            all) read -r -a names <<<"$ENGINES" ;;
            docker-sid) sid_asked=1; names+=("$name") ;;
            *) names+=("$name") ;;
        esac
    done
    make_places
    current=$(mode)
    for name in "${names[@]}"; do
        if [ "$name" != "$DEFAULT" ] || [ "$current" = private ]; then
            case " ${private[*]-} " in *" $name "*) ;; *) private+=("$name") ;; esac
        fi
    done
    if [ "$current" = private ] && up_healthy "${private[@]}"; then
        say "all is up"
        return 0
    fi
    lock_clone
    printf '%s\n' "$current" >"$STATE/mode"
    if [ "$current" = machine ] && [[ " ${names[*]} " == *" $DEFAULT "* ]]; then up_machine; fi
    [ ${#private[@]} -gt 0 ] || return 0
    if up_healthy "${private[@]}"; then
        say "all is up"
        return 0
    fi
    up_private "$sid_asked" "${private[@]}"
    name=" ${private[*]} "
    [ "${SID_MISSING:-0}" = 0 ] || name=${name/ docker-sid / }
    read -r name <<<"$name"
    say "up: $name; registry $(registry_address), base image $(base_image)"
}

# --- down -----------------------------------------------------------------------------------------------------------

cmd_down() {
    local name pid pids=()
    if [ ! -d "$STATE" ] && [ ! -d "$RUN" ]; then
        say "nothing is up"
        return 0
    fi
    make_places
    lock_clone
    registry_down
    stop "$RUN/relay.pid" 2
    for name in $ENGINES; do
        if [ -d "$RUN/$name" ]; then
            say "stopping $name"
            engine_down "$name" &
            pids+=("$!")
        fi
    done
    for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" || true; done
    if [ "$(id -u)" = 0 ] && [ -e /proc/self/mountinfo ]; then
        unmount_all
        emulation_down
        remove_cgroups
    fi
    # One file system only: a mount that could not be taken away is not emptied.
    rm -rf --one-file-system "$RUN" "$STATE/data" "$STATE/config" "$STATE/client" "${STATE:?}/bin" \
        "$STATE/apt" "$STATE/base" "$STATE/log" "$STATE/mode" "$STATE/registry.port"
    [ "${1:-}" != purge ] || rm -rf "$PKG"
    say "all is down"
}

# --- env and status -------------------------------------------------------------------------------------------------

print_export() { printf 'export %s=%s\n' "$1" "$(shell_quote "$2")"; }

cmd_env() {
    # shellcheck disable=SC2031  # only the daemons' subshell changes PATH
    local name=${1:-$DEFAULT} path=$PATH
    case " $ENGINES " in *" $name "*) ;; *) say "there is no engine '$name'"; usage ;; esac
    if [ "$name" = "$DEFAULT" ] && [ "$(mode)" = machine ]; then
        print_export CAKE_MULTIPLATFORM_DOCKER "$(command -v docker)"
        if [ -n "$(registry_port)" ]; then
            print_export CAKE_MULTIPLATFORM_REGISTRY "$(registry_address)"
        elif [ -n "${CAKE_MULTIPLATFORM_REGISTRY:-}" ]; then
            print_export CAKE_MULTIPLATFORM_REGISTRY "$CAKE_MULTIPLATFORM_REGISTRY"
        fi
        return 0
    fi
    { alive "$RUN/$name/dockerd.pid" && [ -S "$(socket_of "$name")" ]; } || fail "$name is not up; run '$0 up $name'"
    case :$path: in *":$(client_of "$name"):"*) path=${path//"$(client_of "$name"):"/} ;; esac
    print_export DOCKER_HOST "unix://$(socket_of "$name")"
    print_export DOCKER_CONFIG "$(config_of "$name")"
    print_export PATH "$(client_of "$name"):$path"
    print_export CAKE_MULTIPLATFORM_DOCKER "$(client_of "$name")/docker"
    print_export CAKE_MULTIPLATFORM_REGISTRY "$(registry_address)"
    print_export CAKE_MULTIPLATFORM_BASE_IMAGE "$(base_image)"
    print_export CAKE_MULTIPLATFORM_REGISTRY_BINARY "$REGISTRY_BINARY"
    [ "$name" != "$BUILDER_ENGINE" ] || print_export CAKE_MULTIPLATFORM_BUILDER "$BUILDER"
}

cmd_status() {
    local name version buildx
    printf '%-18s %-5s %-26s %-11s %-7s %s\n' ENGINE STATE VERSION STORE PID SOCKET
    for name in $ENGINES; do
        if [ "$name" = "$DEFAULT" ] && [ -s "$STATE/mode" ] && [ "$(mode)" = machine ]; then
            version=$(docker version --format '{{.Server.Version}}' 2>/dev/null || true)
            printf '%-18s %-5s %-26s %-11s %-7s %s\n' "$name" up "${version:-?}" - - "the machine's own"
        elif [ -d "$RUN/$name" ] && engine_healthy "$name"; then
            version=$(in_engine "$name" docker version --format '{{.Server.Version}}' 2>/dev/null || true)
            buildx=$(in_engine "$name" docker buildx version 2>/dev/null | cut -d' ' -f2 || true)
            printf '%-18s %-5s %-26s %-11s %-7s %s\n' "$name" up "${version%%+*} buildx ${buildx%%+*}" \
                "$(store_of "$name")" "$(pid_of "$RUN/$name/dockerd.pid")" "$(socket_of "$name")"
        else
            printf '%-18s %-5s %-26s %-11s %-7s %s\n' "$name" down - "$(store_of "$name")" - -
        fi
    done
    echo
    if [ -n "$(registry_port)" ] && registry_healthy; then
        printf 'registry    %s\n' "$(registry_address)"
        if base_healthy; then printf 'base image  %s\n' "$(base_image)"; fi
    else
        printf 'registry    down\n'
    fi
    if command -v dpkg >/dev/null; then printf 'emulated    %s\n' "$(emulation_list)"; fi
    if builder_healthy; then printf 'builder     %s (remote driver, on %s)\n' "$BUILDER" "$BUILDER_ENGINE"; fi
}

# --- podman ---------------------------------------------------------------------------------------------------------

# A program that starts it with its libraries and the programs it needs.
cmd_podman() {
    local own=$PKG/podman
    if command -v podman; then return 0; fi
    demand_private podman
    make_places
    lock_clone
    fetch podman || exit 1
    collect_libs podman
    printf '#!/bin/sh\nPATH=%s:$PATH LD_LIBRARY_PATH=%s exec %s "$@"\n' "$(shell_quote "$own/usr/bin")" \
        "$(shell_quote "$own/missing-libs")" "$(shell_quote "$own/usr/bin/podman")" >"$own/podman"
    chmod +x "$own/podman"
    printf '%s\n' "$own/podman"
}

# --- sshd -----------------------------------------------------------------------------------------------------------

# A program that runs it with its libraries. As root it wants an account of its own to lock itself into a folder: where the
# machine has none, it sees a list of accounts that has.
cmd_sshd() {
    local own=$PKG/sshd
    if [ -x /usr/sbin/sshd ]; then printf '%s\n' /usr/sbin/sshd; return 0; fi
    demand_private sshd
    make_places
    lock_clone
    fetch sshd || exit 1
    collect_libs sshd
    mkdir -p /run/sshd
    { grep -v '^sshd:' /etc/passwd; echo 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin'; } >"$own/passwd"
    cat >"$own/sshd" <<END
#!/bin/sh
export LD_LIBRARY_PATH=$(shell_quote "$own/missing-libs")
if getent passwd sshd >/dev/null; then exec $(shell_quote "$own/usr/sbin/sshd") "\$@"; fi
exec unshare --mount sh -c 'mount --bind "\$0" /etc/passwd && exec "\$@"' $(shell_quote "$own/passwd") $(shell_quote "$own/usr/sbin/sshd") "\$@"
END
    chmod +x "$own/sshd"
    printf '%s\n' "$own/sshd"
}

# --- corpus ---------------------------------------------------------------------------------------------------------

# What root file systems for tests are made of.
cmd_corpus() {
    { command -v apt-get && command -v dpkg-deb; } >/dev/null ||
        fail "the root file systems for tests are made of Debian packages, which apt-get and dpkg-deb fetch and unpack"
    make_places
    lock_clone
    fetch corpus || exit 1
    printf '%s\n' "$PKG/corpus"
}

forget_private_env
case ${1:-} in
    up) shift; cmd_up "$@" ;;
    env) [ $# -le 2 ] || usage; shift; cmd_env "$@" ;;
    down) [ $# = 1 ] || usage; cmd_down ;;
    purge) [ $# = 1 ] || usage; cmd_down purge ;;
    corpus) [ $# = 1 ] || usage; cmd_corpus ;;
    podman) [ $# = 1 ] || usage; cmd_podman ;;
    sshd) [ $# = 1 ] || usage; cmd_sshd ;;
    status) [ $# = 1 ] || usage; cmd_status ;;
    *) usage ;;
esac
