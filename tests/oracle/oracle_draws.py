"""Draws as docs/draws.md tells them: Philox4x32-10 keyed by (seed, path, purpose, id), in plain Python."""

import math
from functools import lru_cache
from statistics import NormalDist

MASK32 = 0xFFFFFFFF
MASK64 = 0xFFFFFFFFFFFFFFFF

RATE, COMMON, SECTOR, FIRM, STRATEGIC = 1, 2, 3, 4, 5
ORDER_LOSS, ORDER_LOSS_ROLLED, ABSORB, ABSORB_ROLLED, LATE = 6, 7, 8, 9, 10
MEET, REJECTION, REJECTION_SET, LAG, LAG_SET, PILOT = 11, 12, 13, 14, 15, 16

SYNTHETIC_TAG = 0x53594E00
BUSINESS_TAG = 0x4E425300


def philox(counter, key):
    """The four words of Philox4x32-10 at a counter of four 32-bit words, under a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        a = 0xD2511F53 * c0
        b = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (b >> 32) ^ c1 ^ k0, b & MASK32, (a >> 32) ^ c3 ^ k1, a & MASK32
        k0 = (k0 + 0x9E3779B9) & MASK32
        k1 = (k1 + 0xBB67AE85) & MASK32
    return c0, c1, c2, c3


def fnv1a(text):
    """64-bit FNV-1a of a text in UTF-8: the id of a firm, a contract, a sector."""
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & MASK64
    return value


def on_day(identity, day):
    """The id of what may happen on several days; day 0 is the start."""
    return identity ^ (((day + 1) * 0x9E3779B97F4A7C15) & MASK64)


def key_of(seed):
    return seed & MASK32, (seed >> 32) & MASK32


@lru_cache(maxsize=1 << 18)
def four_paths(seed, group, purpose, identity):
    counter = (group & MASK32, ((group >> 32) << 16 | purpose) & MASK32, identity & MASK32, identity >> 32)
    return philox(counter, key_of(seed))


def uniform(seed, path, purpose, identity):
    return (four_paths(seed, path // 4, purpose, identity)[path % 4] + 0.5) / 2.0**32


STANDARD = NormalDist()


def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def normal_quantile(p):
    if p <= 0:
        return -math.inf
    if p >= 1:
        return math.inf
    return STANDARD.inv_cdf(p)


def normal(seed, path, purpose, identity):
    return normal_quantile(uniform(seed, path, purpose, identity))


def book_uniform(seed, counter):
    """Draws of the book itself (synthetic firms, applications): the same on every path."""
    return (philox(tuple(word & MASK32 for word in counter), key_of(seed))[0] + 0.5) / 2.0**32


def beta_cdf(x, a, b):
    """Regularised incomplete beta function by its continued fraction (Lentz)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_cdf(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    f = d
    for m in range(1, 500):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + step / c
            c = c if abs(c) > tiny else tiny
            f *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return front * f


def beta_quantile(p, a, b):
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2
