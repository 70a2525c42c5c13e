# shellcheck shell=bash
# An engine: its own containerd and its own dockerd, with a client folder and a client configuration.

# shellcheck disable=SC2034  # used by engine.sh
ENGINES='docker-26 docker-26-classic docker-20 docker-sid'

packages_of() { case $1 in docker-26*) echo docker-26 ;; *) echo "$1" ;; esac; }
store_of() { case $1 in docker-26 | docker-sid) echo containerd ;; *) echo classic ;; esac; }
socket_of() { printf '%s' "$RUN/$1/docker.sock"; }
client_of() { printf '%s' "$STATE/client/$1"; }
config_of() { printf '%s' "$STATE/config/$1"; }

# in_engine NAME COMMAND...: with the client's surroundings of that engine, whatever the caller's are.
in_engine() {
    local name=$1
    shift
    env -u DOCKER_CONTEXT -u DOCKER_TLS -u DOCKER_TLS_VERIFY -u DOCKER_CERT_PATH -u BUILDX_CONFIG -u BUILDX_BUILDER \
        DOCKER_HOST="unix://$(socket_of "$name")" DOCKER_CONFIG="$(config_of "$name")" \
        PATH="$(client_of "$name"):$PATH" "$@"
}

answers() {
    perl -MIO::Socket::UNIX -e '
        alarm 5;
        my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1;
        print $s "GET /_ping HTTP/1.0\r\n\r\n";
        exit((<$s> // "") =~ / 200 / ? 0 : 1)' "$(socket_of "$1")"
}

engine_healthy() {
    alive "$RUN/$1/dockerd.pid" && alive "$RUN/$1/containerd.pid" && answers "$1"
}

# The programs of an engine, under the names it looks for, first on its PATH.
engine_folders() {
    local name=$1 pkg tools=$PKG/tools bin plugin
    pkg=$PKG/$(packages_of "$name")
    bin=$STATE/bin/$name
    mkdir -p "$bin" "$(client_of "$name")" "$(config_of "$name")/cli-plugins" "$STATE/data/$name/containerd" "$RUN/$name"
    ln -sf "$pkg/usr/sbin/dockerd" "$pkg/usr/sbin/docker-proxy" "$pkg"/usr/bin/containerd* "$bin/"
    # Runc of newer releases needs a newer C library than an older machine has; bookworm's serves all engines.
    ln -sf "$tools/usr/sbin/runc" "$bin/runc"
    # Without docker-init neither `docker run --init` nor buildx' docker-container driver starts anything.
    ln -sf "$tools/usr/bin/tini-static" "$bin/docker-init"
    ln -sf "$pkg/usr/bin/docker" "$(client_of "$name")/docker"
    for plugin in "$pkg" "$PKG/docker-26"; do     # docker 20 of Debian has no buildx, it borrows one
        plugin=$plugin/usr/libexec/docker/cli-plugins/docker-buildx
        if [ -e "$plugin" ]; then
            ln -sf "$plugin" "$(config_of "$name")/cli-plugins/docker-buildx"
            break
        fi
    done
}

# A containerd of our own instead of dockerd's child: dockerd would take a system's containerd if there is one.
# What would listen or write outside of our folders is off.
write_containerd_config() {
    cat >"$RUN/$1/containerd.toml" <<END
version = 2
root = "$STATE/data/$1/containerd"
state = "$RUN/$1/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.nri.v1.nri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "$RUN/$1/containerd.sock"
[debug]
  level = "warn"
END
}

write_dockerd_config() {
    local containerd_store=false
    [ "$(store_of "$1")" = classic ] || containerd_store=true
    # the file system cgroup driver works with and without systemd; tests let pushes stall, for which others would wait
    cat >"$RUN/$1/daemon.json" <<END
{
  "hosts": ["unix://$RUN/$1/docker.sock"],
  "containerd": "$RUN/$1/containerd.sock",
  "data-root": "$STATE/data/$1/docker",
  "exec-root": "$RUN/$1/exec",
  "pidfile": "$RUN/$1/docker.pid",
  "bridge": "$BRIDGE",
  "default-address-pools": [{ "base": "$POOL", "size": 26 }],
  "iptables": false,
  "ip6tables": false,
  "exec-opts": ["native.cgroupdriver=cgroupfs"],
  "cgroup-parent": "/cake-mp-$HASH",
  "max-concurrent-uploads": 100,
  "shutdown-timeout": 3,
  "features": { "containerd-snapshotter": $containerd_store },
  "log-level": "warn"
}
END
}

# engine_up NAME: fails after saying why.
engine_up() {
    local name=$1 path i
    engine_healthy "$name" && return 0
    say "starting $name"
    engine_stop "$name"      # the half that still lives after a crash would not accept a new other half
    engine_folders "$name"
    network_up "$name" || return 1
    write_containerd_config "$name"
    write_dockerd_config "$name"
    path=$STATE/bin/$name:$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PKG/tools/wrap

    # In a subshell: these settings are the daemons' alone.
    (
        PATH=$path LD_LIBRARY_PATH=$LIBS${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
        export PATH LD_LIBRARY_PATH
        unset DOCKER_HOST DOCKER_CONFIG DOCKER_TMPDIR DOCKER_RAMDISK NOTIFY_SOCKET LISTEN_FDS LISTEN_PID
        spawn "$RUN/$name/containerd.pid" "$LOG/$name-containerd.log" \
            containerd --config "$RUN/$name/containerd.toml"
        for ((i = 0; i < 200; i++)); do
            [ -S "$RUN/$name/containerd.sock" ] && break
            alive "$RUN/$name/containerd.pid" || break
            sleep 0.05
        done
        spawn "$RUN/$name/dockerd.pid" "$LOG/$name.log" dockerd --config-file "$RUN/$name/daemon.json"
    )
    for ((i = 0; i < 600; i++)); do
        answers "$name" && return 0
        if ! alive "$RUN/$name/containerd.pid"; then
            died "containerd of $name" "$LOG/$name-containerd.log" "remedy: see the reason above; '$0 down' and '$0 up $name' start afresh"
            return 1
        fi
        alive "$RUN/$name/dockerd.pid" || break
        sleep 0.1
    done
    died "$name" "$LOG/$name.log" "remedy: see the reason above; '$0 down' and '$0 up $name' start afresh"
    return 1
}

# Both processes, and the containers that a killed dockerd left behind.
engine_stop() {
    local pid patience=20
    # Without its containerd dockerd cannot stop a container and would wait in vain.
    alive "$RUN/$1/containerd.pid" || patience=1
    stop "$RUN/$1/dockerd.pid" "$patience"
    stop "$RUN/$1/containerd.pid" 5
    # A shim's command line names the containerd it belongs to; its children are the containers.
    for pid in $(pids_naming "$RUN/$1/containerd.sock"); do
        kill_tree "$pid"
    done
    rm -f "$RUN/$1"/*.pid "$RUN/$1"/*.sock "$RUN/$1"/*.ttrpc
}

# Processes with TEXT in their command line, not this script's own.
pids_naming() {
    local file pid
    for file in /proc/[0-9]*/cmdline; do
        pid=${file#/proc/}
        pid=${pid%/cmdline}
        [ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ] || ! grep -qaF -e "$1" "$file" 2>/dev/null || echo "$pid"
    done
}

kill_tree() {
    local child children
    read -r -d '' -a children < <(cat "/proc/$1/task/"*/children 2>/dev/null) || true
    for child in ${children[@]+"${children[@]}"}; do kill_tree "$child"; done
    kill -KILL "$1" 2>/dev/null || true
}

# engine_down NAME: stopped, unmounted, no bridge, no cgroups. The data goes with the state folder.
engine_down() {
    local containers
    # Killed, not stopped: dockerd would wait ten seconds for each program that does not heed the signal.
    if engine_healthy "$1"; then
        read -r -d '' -a containers < <(in_engine "$1" docker ps -q 2>/dev/null) || true
        if [ ${#containers[@]} -gt 0 ]; then in_engine "$1" docker kill "${containers[@]}" >/dev/null 2>&1 || true; fi
    fi
    engine_stop "$1"
    network_down "$1"
}

# Mounts that containers, snapshots and network namespaces left below our two folders; the deepest first.
unmount_all() {
    local mounted
    perl -ne '
        BEGIN { @under = splice @ARGV }
        END { print map { "$_\0" } reverse sort @found }
        my $path = (split)[4]; $path =~ s/\\([0-7]{3})/chr oct $1/ge;
        push @found, $path if grep { index($path, "$_/") == 0 } @under' \
        "$RUN" "$STATE" </proc/self/mountinfo |
        while IFS= read -r -d '' mounted; do
            umount "$mounted" 2>/dev/null || umount -l "$mounted" 2>/dev/null || true
        done
}

remove_cgroups() {
    find /sys/fs/cgroup -depth -type d -path "*/cake-mp-$HASH*" -exec rmdir {} + 2>/dev/null || true
}
