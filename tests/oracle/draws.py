"""The draws of docs/draws.md in pure Python: Philox4x32-10, FNV-1a, uniforms and normals."""

from functools import lru_cache
from statistics import NormalDist

MASK32 = 0xFFFFFFFF
MASK64 = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15

RATE, COMMON, SECTOR, FIRM, STRATEGIC = 1, 2, 3, 4, 5
ORDER_LOSS, ORDER_LOSS_ROLLED, ABSORB, ABSORB_ROLLED, LATE = 6, 7, 8, 9, 10
MEET, REJECTION, REJECTION_SET, LAG, LAG_SET = 11, 12, 13, 14, 15

_NORMAL = NormalDist()


def normal_inverse(u):
    return _NORMAL.inv_cdf(u)


def normal_cdf(x):
    return _NORMAL.cdf(x)


def philox(counter, key):
    """Four 32-bit words from a counter of four words and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = ((p1 >> 32) ^ c1 ^ k0, p1 & MASK32, (p0 >> 32) ^ c3 ^ k1, p0 & MASK32)
        k0 = (k0 + 0x9E3779B9) & MASK32
        k1 = (k1 + 0xBB67AE85) & MASK32
    return c0, c1, c2, c3


def to_uniform(word):
    return (word + 0.5) / 4294967296.0


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        h = ((h ^ byte) * 0x100000001B3) & MASK64
    return h


def on_day(identity, day):
    """The id of something that may happen on several days."""
    return identity ^ (((day + 1) * GOLDEN) & MASK64)


def key_of(seed):
    return seed & MASK32, (seed >> 32) & MASK32


@lru_cache(maxsize=1 << 20)
def _words(key, group, purpose, identity):
    counter = (group & MASK32, (((group >> 32) << 16) | purpose) & MASK32,
               identity & MASK32, identity >> 32)
    return philox(counter, key)


class Draws:
    """The draws of one path."""

    def __init__(self, seed, path):
        self.key = key_of(seed)
        self.group, self.place = divmod(path, 4)

    def uniform(self, purpose, identity):
        return to_uniform(_words(self.key, self.group, purpose, identity)[self.place])

    def normal(self, purpose, identity):
        return normal_inverse(self.uniform(purpose, identity))


def counter_uniform(seed, counter):
    """The uniform of synthetic firms and of applications: word 0 at a counter of their own."""
    return to_uniform(philox(counter, key_of(seed))[0])
