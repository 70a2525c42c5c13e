#!/usr/bin/env python3
"""Draws icon.png, the icon of the packages: one box, a face for each platform, under one tag. Needs nothing but Python."""
import pathlib
import struct
import zlib

SIZE, FINE = 128, 4
BACKGROUND, TOP, LEFT, RIGHT, TAG, HOLE = (20, 33, 61), (252, 191, 73), (42, 157, 143), (231, 111, 81), (255, 255, 255), (20, 33, 61)
FACES = [
    ([(64, 44), (104, 64), (64, 84), (24, 64)], TOP),
    ([(24, 64), (64, 84), (64, 122), (24, 102)], LEFT),
    ([(104, 64), (64, 84), (64, 122), (104, 102)], RIGHT),
    ([(50, 10), (82, 10), (90, 24), (82, 38), (50, 38)], TAG),
]


def inside(polygon, x, y):
    odd = False
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def colour(x, y):
    """The colour of a point, or None outside the rounded square."""
    dx, dy = max(20 - x, x - 108, 0), max(20 - y, y - 108, 0)
    if dx * dx + dy * dy > 400:
        return None
    if (x - 80) ** 2 + (y - 24) ** 2 < 9 or (60 < y < 68 and 63 < x < 65):
        return HOLE
    for polygon, face in FACES:
        if inside(polygon, x, y):
            return face
    return TAG if 62.5 < x < 65.5 and 38 <= y < 64 else BACKGROUND


def pixel(column, row):
    points = [colour(column + (i + 0.5) / FINE, row + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
    shown = [point for point in points if point]
    if not shown:
        return bytes(4)
    return bytes(sum(point[channel] for point in shown) // len(shown) for channel in range(3)) + bytes([255 * len(shown) // len(points)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
pathlib.Path(__file__).with_name("icon.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
