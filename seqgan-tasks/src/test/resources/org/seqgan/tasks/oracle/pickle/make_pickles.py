"""Writes the small pickles that RestrictedUnpicklerTest reads. Needs Python 3 and NumPy 2."""

import os
import pickle

import numpy as np

# Bytes that need care in text: quotes, backslash, line feed, carriage return, NUL, above 127.
AWKWARD = np.frombuffer(b"\n'\"\\" + b"\r\x00\x1a?" + b"a'b@" + b"\xff\x7f\x80\xc1", dtype="<f4")

ARRAYS = [
    np.arange(6, dtype="<f4").reshape(2, 3) / 4,
    np.asfortranarray(np.arange(6, dtype="<f8").reshape(2, 3) - 2.5),
    np.array([1.5, -2.25], dtype=">f4"),
    AWKWARD,
    np.zeros((0, 4), dtype="<f4"),
    np.array(7.5, dtype="<f8"),
    np.asfortranarray(np.arange(24, dtype=">f8").reshape(2, 3, 4)),
]


def python2_literal(data):
    """A string as repr of Python 2 writes it; Python 3 quotes bytes in the same way."""
    return b"S" + repr(data)[1:].encode("ascii") + b"\n"


def python2_array(array):
    """An array as NumPy 1 under Python 2 wrote it in protocol 0, without the memo."""
    shape = b"".join(b"I%d\n" % size for size in array.shape)
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    order = array.dtype.str[0].encode("ascii")
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
        + b"(I1\n(" + shape + b"t"
        + b"cnumpy\ndtype\n(S'" + array.dtype.str[1:].encode("ascii") + b"'\nI0\nI1\ntR"
        + b"(I3\nS'" + order + b"'\nNNNI-1\nI-1\nI0\ntb"
        + (b"I01\n" if fortran else b"I00\n")
        + python2_literal(array.tobytes(order="F" if fortran else "C"))
        + b"tb"
    )


class Malicious:
    def __reduce__(self):
        return os.system, ("echo this must never run",)


def write(name, data):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "wb") as file:
        file.write(data)


def main():
    write("python2-protocol0.pkl", b"(lp1\n" + b"".join(python2_array(a) + b"a" for a in ARRAYS) + b".")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps(ARRAYS, protocol)
        assert all(np.array_equal(a, b) for a, b in zip(pickle.loads(data), ARRAYS))
        write(f"python3-protocol{protocol}.pkl", data)
    # NumPy 1 says numpy.core; the name ends with a line feed, so that its length stands nowhere.
    write("numpy1-protocol3.pkl", pickle.dumps(ARRAYS, 3).replace(b"numpy._core", b"numpy.core"))
    write("malicious-protocol0.pkl", pickle.dumps(Malicious(), 0))
    write("malicious-protocol4.pkl", pickle.dumps([ARRAYS[0], Malicious()], 4))
    write("object-array.pkl", pickle.dumps(np.array([None, 1], dtype=object), 4))


main()
