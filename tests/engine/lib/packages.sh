# shellcheck shell=bash
# Debian packages, fetched by apt with lists of our own and unpacked into the state folder: the machine's own packages
# stay as they are.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# Emulated and native processors as dpkg, Docker and the kernel name them.
ARCHES='amd64 arm64 armhf ppc64el s390x'
platform_of() {
    case $1 in amd64) echo linux/amd64 ;; arm64) echo linux/arm64 ;; armhf) echo linux/arm/v7 ;;
        ppc64el) echo linux/ppc64le ;; s390x) echo linux/s390x ;; esac
}

# Processors that root file systems for tests are made for, and what is in them.
CORPUS_ARCHES='amd64 arm64 armel armhf i386 mips64el ppc64el s390x'
CORPUS_PACKAGES='libc6 libcrypt1 libtinfo6 libpcre2-8-0 libselinux1 bash dash busybox perl-base debianutils gzip grep sed'

native_arch() { dpkg --print-architecture; }

# set_of SET: the release and the packages of a set. Runc and the libraries are of bookworm even for newer engines,
# because they are linked to the C library and an older one's run everywhere.
set_of() {
    case $1 in
        registry) echo bookworm docker-registry ;;
        tools) echo bookworm runc tini busybox-static iptables libip4tc2 libip6tc2 libmnl0 libnetfilter-conntrack3 \
            libnfnetlink0 libnftnl11 libxtables12 libdevmapper1.02.1 qemu-user-static ;;
        podman) echo bookworm podman conmon crun golang-github-containers-common libsubid4 libgpgme11 libassuan0 \
            libgpg-error0 libseccomp2 libdevmapper1.02.1 ;;
        sshd) echo bookworm openssh-server libwrap0 libnsl2 libtirpc3 ;;
        docker-26) echo trixie docker.io docker-cli docker-buildx containerd ;;
        docker-20) echo bookworm docker.io containerd ;;
        docker-sid) echo sid docker.io docker-cli docker-buildx containerd ;;
        corpus)
            local arch package
            printf corpus
            for arch in $CORPUS_ARCHES; do
                for package in $CORPUS_PACKAGES; do printf ' %s:%s' "$package" "$arch"; done
            done ;;
        foreign)
            local arch
            printf foreign
            for arch in $ARCHES; do [ "$arch" = "$(native_arch)" ] || printf ' busybox-static:%s' "$arch"; done ;;
    esac
}

has_set() { [ -e "$PKG/$1/.complete" ]; }

# The mirror this machine uses for Debian, from its own sources (both formats); security and ports archives and other
# vendors do not count.
mirror() {
    local found
    found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        awk '{ sub(/^[ \t]*deb[ \t]+(\[[^]]*\][ \t]*)?/, ""); sub(/^URIs:[ \t]*/, "") }
             /^(https?|file):/ && $1 ~ /\/debian\/?$/ { sub(/\/$/, "", $1); print $1; exit }')
    printf '%s' "${found:-http://deb.debian.org/debian}"
}

# apt_private WORK ARGUMENTS...: apt-get with the lists and caches of WORK. The machine's settings (proxies) still
# apply; its hooks, icons and recompressing do not, they cost seconds.
apt_private() {
    local work=$1
    shift
    apt-get -q -q -c "$work/apt.conf" -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o Dir::State::status=/dev/null "$@"
}

# fetch_release RELEASE SETS...: one release's lists, then its sets. "foreign" is bookworm for the other processors, "corpus"
# for all that Debian has.
fetch_release() {
    local release=$1 set work packages suite=$1 native arches
    shift
    native=$(native_arch)
    arches=("$native")
    if [ "$release" = foreign ]; then
        suite=bookworm
        read -r -a arches <<<"${ARCHES//"$native"/}"
    elif [ "$release" = corpus ]; then
        suite=bookworm
        read -r -a arches <<<"$CORPUS_ARCHES"
    fi
    work=$STATE/apt/$release
    rm -rf "$work"
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    {
        echo 'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";'
        echo 'Acquire::Languages { "none"; };'
        echo 'Acquire::GzipIndexes "false";'
        echo 'Acquire::PDiffs "false";'
        echo 'Acquire::Retries "3";'
        echo 'APT::Sandbox::User "root";'
        echo '#clear APT::Update::Post-Invoke;'
        echo '#clear APT::Update::Post-Invoke-Success;'
        echo '#clear APT::Architectures;'
        printf 'APT::Architectures { %s };\n' "$(printf '"%s"; ' "$native" "${arches[@]}")"
    } >"$work/apt.conf"
    printf 'deb [signed-by=%s arch=%s] %s %s main\n' \
        "$KEYRING" "$(IFS=,; printf '%s' "${arches[*]}")" "$(mirror)" "$suite" >"$work/sources.list"
    # Explicit returns: `set -e` does not reach into what is part of a condition.
    apt_private "$work" update || return 1
    for set in "$@"; do
        read -r -a packages <<<"$(set_of "$set")"
        mkdir -p "$work/$set"
        (cd "$work/$set" && apt_private "$work" download "${packages[@]:1}") || return 1
        unpack_set "$set" "$work/$set" || return 1
    done
    rm -rf "$work"
}

unpack_set() {
    local set=$1 deb dest pids=() pid only
    rm -rf "${PKG:?}/$set"
    for deb in "$2"/*.deb; do
        dest=$PKG/$set
        only=()
        if [ "$set" = foreign ]; then dest=$dest/$(basename "$deb" .deb | sed 's/.*_//'); fi
        # One folder a package, so that a test puts together what it wants; translations and character sets are not started.
        if [ "$set" = corpus ]; then
            dest=$dest/$(basename "$deb" .deb | sed 's/.*_//')/$(basename "$deb" | cut -d_ -f1)
            only=(--exclude='./usr/lib/*/gconv' --exclude='./usr/share/i18n')
        fi
        case $deb in
            */qemu-user-static_*)      # 30 emulators, of which a few are used
                only=(--wildcards './usr/lib/binfmt.d/*' './usr/libexec/qemu-binfmt/*')
                local arch
                for arch in aarch64 arm ppc64le s390x x86_64; do only+=("./usr/bin/qemu-$arch-static"); done ;;
        esac
        mkdir -p "$dest"
        { dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$dest" --no-same-owner --exclude='./usr/share/doc' \
            --exclude='./usr/share/man' --exclude='./usr/share/locale' "${only[@]}"; } 2>>"$LOG/unpack.log" &
        pids+=("$!")
    done
    for pid in "${pids[@]}"; do
        # tar misses the one emulator that is the machine's own processor; what matters is checked below
        wait "$pid" || true
    done
    local needed
    case $set in
        registry) needed=usr/bin/docker-registry ;;
        tools) needed=usr/sbin/runc ;;
        foreign) needed= ;;
        corpus) needed=s390x/bash/bin/bash ;;
        podman) needed=usr/bin/podman ;;
        sshd) needed=usr/sbin/sshd ;;
        *) needed=usr/sbin/dockerd ;;
    esac
    [ -e "$PKG/$set/$needed" ] || return 1
    touch "$PKG/$set/.complete"
}

# fetch SETS...: what is missing of them, the releases side by side. Fails if a set could not be had; docker-sid is
# left to its caller, who knows whether it is optional.
fetch() {
    local set release releases='' wanted pids=() failed=''
    for set in "$@"; do
        has_set "$set" && continue
        release=$(set_of "$set" | cut -d' ' -f1)
        case " $releases " in *" $release "*) ;; *) releases="$releases $release" ;; esac
    done
    [ -n "$releases" ] || return 0
    [ -e "$KEYRING" ] || install_keyring
    for release in $releases; do
        wanted=()
        for set in "$@"; do
            has_set "$set" || [ "$(set_of "$set" | cut -d' ' -f1)" != "$release" ] || wanted+=("$set")
        done
        say "fetching from Debian ($release): ${wanted[*]}"
        ( fetch_release "$release" "${wanted[@]}" ) >"$LOG/fetch-$release.log" 2>&1 &
        pids+=("$!:$release")
    done
    for set in "${pids[@]}"; do
        wait "${set%%:*}" || [ "${set#*:}" = sid ] || failed="$failed ${set#*:}"
    done
    for release in $failed; do
        died "the fetching of packages ($release)" "$LOG/fetch-$release.log" \
            "check that this machine reaches $(mirror) (proxy? offline?), then run the same command again"
    done
    [ -z "$failed" ]
}

# Ubuntu and the like have apt but not the keys of Debian's archive: the one package that is installed into the system.
install_keyring() {
    say "installing debian-archive-keyring into the system, to check Debian's signatures"
    apt-get -q -q install -y --no-install-recommends debian-archive-keyring >"$LOG/keyring.log" 2>&1 ||
        { died "apt-get install debian-archive-keyring" "$LOG/keyring.log" "install that package by hand"; return 1; }
}

# Libraries the machine does not have, from a set. Only those: a library of ours must not come before a system's newer one.
LIBS=$PKG/tools/missing-libs
collect_libs() {
    local set=$PKG/$1 known lib
    [ -d "$set/missing-libs" ] && return 0
    known=$(/sbin/ldconfig -p)
    mkdir -p "$set/missing-libs"
    for lib in "$set"/usr/lib/*-linux-gnu*/lib*.so.* "$set"/lib/*-linux-gnu*/lib*.so.*; do
        [ -e "$lib" ] || continue
        grep -qF "$(basename "$lib") (" <<<"$known" || ln -sf "$lib" "$set/missing-libs/"
    done
}
