#!/bin/sh
# Writes the page when the container starts, so that it tells what really runs it.
set -e
mkdir -p /tmp/www
cat > /tmp/www/index.html <<PAGE
<!doctype html>
<title>Cake.MultiPlatform</title>
<h1>Hello from ${IMAGE_PLATFORM}</h1>
<p>Image built for <b id="image">${IMAGE_PLATFORM}</b>, running on <b id="machine">$(uname -m)</b>.</p>
PAGE
exec httpd -f -p 8080 -h /tmp/www
