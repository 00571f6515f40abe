"""SciPy: nearest bins and fftconvolve with the quartic kernel. Arguments: points.csv columns rows radius_m folder."""

import sys
import time

import numpy as np
from scipy.signal import fftconvolve

points = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
columns, rows, radius = int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) / 10
x, y = (points[:, 0] - 600_000) / 10, (points[:, 1] - 6_640_000) / 10
begin = time.process_time()
counts, _, _ = np.histogram2d(y, x, bins=(rows, columns), range=((0, rows), (0, columns)))
reach = int(np.ceil(radius))
steps = np.arange(-reach, reach + 1)
q2 = (steps[:, None] ** 2 + steps[None, :] ** 2) / radius**2
kernel = np.where(q2 < 1, 3 / np.pi / (radius * 0.01) ** 2 * (1 - q2) ** 2, 0)
density = fftconvolve(counts, kernel, mode="same")
print("cpu_s", time.process_time() - begin)
