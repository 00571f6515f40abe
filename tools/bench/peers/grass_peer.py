"""GRASS: v.kernel, quartic, inside a GRASS session. Arguments: points.csv columns rows radius_m."""

import resource
import subprocess
import sys

points, columns, rows, radius = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
subprocess.run(["v.in.ascii", f"input={points}", "output=points", "separator=comma", "skip=1", "x=1", "y=2", "-t"], **quiet)
subprocess.run(["g.region", "w=600000", f"e={600000 + 10 * columns}", "s=6640000", f"n={6640000 + 10 * rows}", "res=10"], **quiet)
before = resource.getrusage(resource.RUSAGE_CHILDREN)
subprocess.run(["v.kernel", "input=points", "output=density", f"radius={radius}", "kernel=quartic"], **quiet)
after = resource.getrusage(resource.RUSAGE_CHILDREN)
print("cpu_s", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
