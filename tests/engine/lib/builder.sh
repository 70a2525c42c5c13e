# shellcheck shell=bash
# A named builder: buildx' remote driver over the engine's own BuildKit (buildkit-relay.pl). The usual driver,
# docker-container, needs an image from a hub.

BUILDER=cake-mp-remote
BUILDER_ENGINE=docker-26

builder_healthy() {
    alive "$RUN/relay.pid" && [ -S "$RUN/buildkit.sock" ] &&
        [ -f "$(config_of "$BUILDER_ENGINE")/buildx/instances/$BUILDER" ]
}

builder_up() {
    builder_healthy && return 0
    stop "$RUN/relay.pid" 2
    spawn "$RUN/relay.pid" "$LOG/relay.log" perl "$ENGINE_DIR/buildkit-relay.pl" "$RUN/buildkit.sock" "$(socket_of "$BUILDER_ENGINE")"
    local i
    for ((i = 0; i < 100; i++)); do
        [ -S "$RUN/buildkit.sock" ] && break
        sleep 0.02
    done
    if [ ! -f "$(config_of "$BUILDER_ENGINE")/buildx/instances/$BUILDER" ]; then
        in_engine "$BUILDER_ENGINE" docker buildx create --name "$BUILDER" --driver remote "unix://$RUN/buildkit.sock" \
            >>"$LOG/relay.log" 2>&1 || { died "the builder $BUILDER" "$LOG/relay.log" "remedy: '$0 down' and '$0 up'"; return 1; }
    fi
    alive "$RUN/relay.pid" || { died "the relay to BuildKit" "$LOG/relay.log" "remedy: '$0 down' and '$0 up'"; return 1; }
}
