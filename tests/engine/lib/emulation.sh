# shellcheck shell=bash
# Programs of other processors: QEMU's emulators, registered with the kernel under names of this clone, so that `down`
# takes away what `up` gave and nothing else.

BINFMT=/proc/sys/fs/binfmt_misc
EMULATOR_PREFIX=cake-mp-$HASH-

# "aarch64 arm ppc64le s390x" without the machine's own.
emulated() {
    case $(native_arch) in
        amd64) echo aarch64 arm ppc64le s390x ;;
        arm64) echo x86_64 arm ppc64le s390x ;;
        *) echo x86_64 aarch64 arm ppc64le s390x ;;
    esac
}

# An emulator of the system itself serves as well if it has the flag F: without it the kernel looks for the program
# inside the container. Those of other clones do not count, they may go at any time.
system_emulates() {
    local entry
    for entry in "$BINFMT/qemu-$1" "$BINFMT/$1"; do
        [ -f "$entry" ] && grep -q '^enabled' "$entry" && grep -q '^flags:.*F' "$entry" && return 0
    done
    return 1
}

emulation_healthy() {
    local arch
    for arch in $(emulated); do
        [ -e "$BINFMT/$EMULATOR_PREFIX$arch" ] || system_emulates "$arch" || return 1
    done
}

emulation_up() {
    local arch conf line
    if [ ! -e "$BINFMT/register" ]; then
        mount -t binfmt_misc binfmt_misc "$BINFMT" 2>/dev/null || {
            say "other processors cannot be emulated: the kernel has no binfmt_misc (or this container may not mount it);" \
                "run 'docker run --privileged' or load the module on the host"
            return 1
        }
        touch "$STATE/mounted-binfmt"
    fi
    mkdir -p "$RUN/qemu"
    for arch in $(emulated); do
        { [ -e "$BINFMT/$EMULATOR_PREFIX$arch" ] || system_emulates "$arch"; } && continue
        conf=$PKG/tools/usr/lib/binfmt.d/qemu-$arch.conf
        # The name ends in binfmt-P: that tells this QEMU that the kernel hands over the program's own first argument.
        ln -sfn "$PKG/tools/usr/bin/qemu-$arch-static" "$RUN/qemu/$arch-binfmt-P"
        # With the flag F the kernel opens the emulator now, so it works in every container.
        line=$(sed -e "s|^:qemu-$arch:|:$EMULATOR_PREFIX$arch:|" \
            -e "s|:/usr/libexec/qemu-binfmt/|:$RUN/qemu/|" "$conf")
        printf '%s' "$line" >"$BINFMT/register" 2>>"$LOG/emulation.log" ||
            { say "the kernel took no emulator for $arch (see $LOG/emulation.log)"; return 1; }
    done
}

emulation_down() {
    local entry
    for entry in "$BINFMT/$EMULATOR_PREFIX"*; do
        if [ -e "$entry" ]; then echo -1 >"$entry"; fi
    done
    if [ -e "$STATE/mounted-binfmt" ]; then
        # busy or in use by another clone: it stays
        if [ -z "$(find "$BINFMT" -mindepth 1 ! -name register ! -name status 2>/dev/null)" ]; then
            umount "$BINFMT" 2>/dev/null || true
        fi
        rm -f "$STATE/mounted-binfmt"
    fi
}

emulation_list() {
    local arch list=''
    for arch in $(emulated); do
        if [ -e "$BINFMT/$EMULATOR_PREFIX$arch" ]; then list="$list $arch"
        elif system_emulates "$arch"; then list="$list $arch(system)"; fi
    done
    printf '%s' "${list# }"
}
