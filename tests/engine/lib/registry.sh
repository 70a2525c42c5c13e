# shellcheck shell=bash
# A registry on a loopback port, and the base image in it. Engines accept plain HTTP for 127.0.0.0/8 unasked.

REPOSITORY=base/busybox
TAG=stable

# Images lie in memory (a tmpfs of ours where that can be mounted), and one thread serves them. This registry empties a
# tag's file before it writes it anew, and docker 26 asks for a tag while it pushes it: on a disk one push in twenty
# failed with "unexpected status from HEAD request ...: 500 Internal Server Error". In memory and on one thread nothing
# comes between the two steps. (Its storage driver "inmemory" is no way out: 200 MB take it minutes.)
REGISTRY_DATA=$RUN/registry
REGISTRY_BINARY=$PKG/registry/usr/bin/docker-registry

registry_port() { cat "$STATE/registry.port" 2>/dev/null; }
registry_address() { printf '127.0.0.1:%s' "$(registry_port)"; }

registry_healthy() {
    if [ -f "$STATE/registry.container" ]; then
        [ "$(docker inspect -f '{{.State.Running}}' "$(cat "$STATE/registry.container")" 2>/dev/null)" = true ]
    else
        alive "$RUN/registry.pid" && port_answers "$(registry_port)"
    fi
}

registry_up() {
    registry_healthy || with_machine_lock start_registry
}

# The port of the last time if it is free, else 5000, else the next free one. A port may be taken between the look and
# the start, by a program that knows nothing of our lock: then the process ends and the next port is tried.
start_registry() {
    local port i
    stop "$RUN/registry.pid" 3
    for port in $(registry_port) $(seq 5000 5099); do
        port_answers "$port" && continue
        printf '%s\n' "$port" >"$STATE/registry.port"
        if [ ! -x "$REGISTRY_BINARY" ]; then
            start_registry_container "$port"
            return
        fi
        write_registry_config "$port"
        spawn "$RUN/registry.pid" "$LOG/registry.log" env GOMAXPROCS=1 "$REGISTRY_BINARY" serve "$RUN/registry.yml"
        for ((i = 0; i < 200; i++)); do
            port_answers "$port" && return 0
            alive "$RUN/registry.pid" || break
            sleep 0.05
        done
    done
    died "the registry" "$LOG/registry.log" "remedy: see the reason above, then '$0 up' again"
    return 1
}

write_registry_config() {
    mkdir -p "$REGISTRY_DATA"
    if [ "$(id -u)" = 0 ] && ! mountpoint -q "$REGISTRY_DATA"; then
        mount -t tmpfs -o size=50% cake-mp-registry "$REGISTRY_DATA" 2>/dev/null || true
    fi
    cat >"$RUN/registry.yml" <<END
version: 0.1
log:
  level: warn
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: "$REGISTRY_DATA"
  delete:
    enabled: true
http:
  addr: 127.0.0.1:$1
END
}

# Where there is no apt but a working engine (Docker Desktop, other Linuxes), the registry is a container.
start_registry_container() {
    local name=cake-mp-$HASH-registry
    docker rm -f "$name" >/dev/null 2>&1 || true
    docker run -d --name "$name" -p "127.0.0.1:$1:5000" -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2 \
        >"$LOG/registry.log" 2>&1 ||
        { died "the registry" "$LOG/registry.log" "remedy: make the image registry:2 available, or set CAKE_MULTIPLATFORM_REGISTRY"; return 1; }
    printf '%s\n' "$name" >"$STATE/registry.container"
}

registry_down() {
    if [ -f "$STATE/registry.container" ]; then
        docker rm -f -v "$(cat "$STATE/registry.container")" >/dev/null 2>&1 || true
        rm -f "$STATE/registry.container"
    fi
    stop "$RUN/registry.pid" 3
}

# --- the base image -------------------------------------------------------------------------------------------------

base_image() { printf '%s/%s:%s' "$(registry_address)" "$REPOSITORY" "$TAG"; }
base_healthy() { [ -e "$REGISTRY_DATA/docker/registry/v2/repositories/$REPOSITORY/_manifests/tags/$TAG/current/link" ]; }

# Debian's static busybox for each processor, as an OCI index without attestations. It is put together and pushed here
# rather than built, so it is there before any engine, is the same whichever engine is asked for, and has the same
# digest in every clone.
base_up() {
    base_healthy && return 0
    say "making the base image $(base_image)"
    local work=$STATE/base arch binary entries='' manifest
    rm -rf "$work"
    for arch in $ARCHES; do
        binary=$PKG/foreign/$arch/bin/busybox
        [ "$arch" != "$(native_arch)" ] || binary=$PKG/tools/bin/busybox
        [ -e "$binary" ] || binary=${binary%/bin/busybox}/usr/bin/busybox
        mkdir -p "$work/$arch"
        make_layer "$binary" "$work/$arch"
        manifest=$(push_platform "$work/$arch" "$(platform_of "$arch")") || return 1
        entries=$entries${entries:+,}$manifest
    done
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' "$entries" \
        >"$work/index.json"
    put_manifest "$work/index.json" "$TAG" application/vnd.oci.image.index.v1+json || return 1
    rm -rf "$work"
}

# make_layer BINARY FOLDER: layer.tar and layer.tar.gz, the same bytes every time.
make_layer() {
    local root=$2/root applet
    mkdir -p "$root"/{bin,etc,dev,proc,sys,root,usr,var,tmp,www}
    chmod 1777 "$root/tmp"
    ln -s bin "$root/sbin"
    ln -s ../bin "$root/usr/bin"
    ln -s ../bin "$root/usr/sbin"
    ln -s ../tmp "$root/var/tmp"
    cp "$1" "$root/bin/busybox"
    chmod 755 "$root/bin/busybox"
    for applet in $("$PKG/tools/bin/busybox" --list); do
        [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
    done
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
    # Without shared libraries it cannot ask a name server; this keeps localhost and the names in /etc/hosts working.
    printf 'hosts: files\n' >"$root/etc/nsswitch.conf"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
    tar -c -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -f "$2/layer.tar" .
    gzip -n -c "$2/layer.tar" >"$2/layer.tar.gz"
}

digest_of() { printf 'sha256:%s' "$(sha256sum <"$1" | cut -d' ' -f1)"; }
size_of() { stat -c %s "$1"; }

# push_platform FOLDER PLATFORM: prints the platform's entry for the index.
push_platform() {
    local folder=$1 os arch variant platform
    IFS=/ read -r os arch variant <<<"$2"
    platform="\"architecture\":\"$arch\",\"os\":\"$os\"${variant:+,\"variant\":\"$variant\"}"
    printf '{%s,"created":"2024-01-01T00:00:00Z","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":["%s"]},"history":[{"created":"2024-01-01T00:00:00Z","created_by":"busybox-static of Debian"}]}' \
        "$platform" "$(digest_of "$folder/layer.tar")" >"$folder/config.json"
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%s},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%s}]}' \
        "$(digest_of "$folder/config.json")" "$(size_of "$folder/config.json")" \
        "$(digest_of "$folder/layer.tar.gz")" "$(size_of "$folder/layer.tar.gz")" >"$folder/manifest.json"
    put_blob "$folder/layer.tar.gz" && put_blob "$folder/config.json" &&
        put_manifest "$folder/manifest.json" "$(digest_of "$folder/manifest.json")" \
            application/vnd.oci.image.manifest.v1+json || return 1
    printf '{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%s,"platform":{%s}}' \
        "$(digest_of "$folder/manifest.json")" "$(size_of "$folder/manifest.json")" "$platform"
}

# http METHOD PATH FILE TYPE: the answer with its headers. Bash speaks to the port itself, curl is not on every machine.
http() {
    exec 7<>"/dev/tcp/127.0.0.1/$(registry_port)"
    {
        printf '%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n' \
            "$1" "$2" "$(registry_address)" "$4" "$(size_of "$3")"
        cat "$3"
    } >&7
    tr -d '\r' <&7
    exec 7>&-
}

created() {
    case $1 in 'HTTP/1.1 201 '*) return 0 ;; esac
    printf '%s\n' "$1" >>"$LOG/registry.log"
    died "the push of the base image" "$LOG/registry.log" "remedy: '$0 down' and '$0 up'"
    return 1
}

put_blob() {
    local place separator='?' empty=$STATE/base/empty
    : >"$empty"
    place=$(http POST "/v2/$REPOSITORY/blobs/uploads/" "$empty" application/octet-stream |
        sed -n 's|^Location: \(http://[^/]*\)\{0,1\}||p')
    case $place in *\?*) separator='&' ;; esac
    created "$(http PUT "$place${separator}digest=$(digest_of "$1")" "$1" application/octet-stream)"
}

put_manifest() { created "$(http PUT "/v2/$REPOSITORY/manifests/$2" "$1" "$3")"; }
