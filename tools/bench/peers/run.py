"""Measures density programs on the same points and raster: CPU seconds, peak memory, and how often Lagesbild's time they are."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CELL_M = 10


@dataclass
class Line:
    """A piece of work, and the programs whose ratio is a goal: (at least, goal)."""

    name: str
    points: int
    columns: int
    rows: int
    radius: int  # cells
    goals: dict
    programs: tuple


ALL = ("qgis", "saga", "grass", "spatstat", "kernsmooth", "scipy")
QUICK = [
    Line("10k, r=50", 10_000, 1280, 960, 50, {}, ALL),
    Line("100k, r=50", 100_000, 1280, 960, 50, {}, ("qgis", "saga", "spatstat", "kernsmooth", "scipy")),
]
LONG = [
    Line("1M, r=50", 1_000_000, 1280, 960, 50,
         {"qgis": (150, 400), "saga": (250, 600), "spatstat": (10, 25)},
         ("qgis", "saga", "spatstat", "kernsmooth", "scipy")),
    Line("100k, r=200", 100_000, 1280, 960, 200, {"qgis": (450, 1000)}, ("qgis",)),
    Line("4096x4096, 100k, r=50", 100_000, 4096, 4096, 50, {"spatstat": (800, 1500)}, ("spatstat", "scipy")),
]
# What a peer's figure holds. Only SAGA and GRASS are whole processes, with reading their points.
ABOUT = {
    "qgis": "algorithm run in a PyQGIS process, exact but for float",
    "saga": "whole process, exact",
    "grass": "whole v.kernel, exact",
    "spatstat": "density.ppp, binned, FFT",
    "kernsmooth": "bkde2D, Gaussian, binned, FFT",
    "scipy": "histogram2d and fftconvolve, binned",
}


def run_measured(command, **more):
    """Output, CPU seconds and peak memory in MB of a process and its children."""
    reader, writer = os.pipe()
    child = subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, **more)
    os.close(writer)
    with os.fdopen(reader) as stream:
        output = stream.read()
    errors = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}: {errors.strip()[-300:]}")
    return output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def reported(output):
    """CPU seconds of the density call, which a peer's script prints in its last line as "cpu_s 1.23"."""
    lines = [line for line in output.splitlines() if line.startswith("cpu_s ")]
    if not lines:
        raise RuntimeError("printed no time")
    return float(lines[-1].split()[1])


def lagesbild(binary, line):
    output, _, memory = run_measured(
        [binary, "--json", "bench", "density", "--points", str(line.points), "--radius", str(line.radius),
         "--columns", str(line.columns), "--rows", str(line.rows), *(["--float"] if line.columns > 4000 else [])])
    row = json.loads(output)["density"][0]
    return row["cpu_s"], memory, row["deviation"]


def measure(program, line, folder):
    shape = [str(folder / "points.csv"), str(line.columns), str(line.rows), str(line.radius * CELL_M)]
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen")
    if program in ("spatstat", "kernsmooth"):
        command = ["Rscript", str(HERE / f"{program}.R"), *shape]
    elif program in ("scipy", "qgis"):
        command = ["/usr/bin/python3", str(HERE / f"{program}_peer.py"), *shape, str(folder)]
    elif program == "grass":
        command = ["grass", "--tmp-location", "EPSG:3006", "--exec", "/usr/bin/python3",
                   str(HERE / "grass_peer.py"), *shape]
    else:
        command = ["saga_cmd", "-f=s", "-c=1", "grid_gridding", "6", "-POINTS", str(folder / "points.shp"),
                   "-RADIUS", str(line.radius * CELL_M), "-KERNEL", "0", "-TARGET_DEFINITION", "0",
                   "-TARGET_USER_SIZE", str(CELL_M),
                   "-TARGET_USER_XMIN", str(600_000 + CELL_M / 2),
                   "-TARGET_USER_XMAX", str(600_000 + (line.columns - 0.5) * CELL_M),
                   "-TARGET_USER_YMIN", str(6_640_000 + CELL_M / 2),
                   "-TARGET_USER_YMAX", str(6_640_000 + (line.rows - 0.5) * CELL_M),
                   "-TARGET_OUT_GRID", str(folder / "saga.sdat")]
    output, cpu, memory = run_measured(command, env=environment)
    return (cpu if program == "saga" else reported(output)), memory


def write_points(binary, line, folder, programs):
    points = folder / "points.csv"
    subprocess.run([binary, "bench", "density", "--points", str(line.points), "--columns", str(line.columns),
                    "--rows", str(line.rows), "--write-points", str(points)], check=True)
    if {"qgis", "saga"} & set(programs):
        for name, driver in (("points.gpkg", "GPKG"), ("points.shp", "ESRI Shapefile")):
            subprocess.run(["ogr2ogr", "-overwrite", "-f", driver, str(folder / name), str(points), "-a_srs", "EPSG:3006",
                            "-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y"], check=True)


def goal_row(line, program, ratio, deviation):
    least, goal = line.goals[program]
    reached = "met: goal" if ratio >= goal else "met: at least" if ratio >= least else "NOT MET"
    return {"line": line.name, "program": program, "ratio": ratio, "at_least": least, "goal": goal, "reached": reached,
            "deviation": deviation}


def print_goals(goals):
    """Each line of the goals table of density.md whose peer Debian has; deviation is ours from direct summation."""
    print(f"\n{'goal against':36}{'ratio':>9}{'at least':>10}{'goal':>7}  {'deviation':>10}  reached")
    for row in goals:
        print(f"{row['line'] + ', ' + row['program']:36}{row['ratio']:9.0f}{row['at_least']:10}{row['goal']:7}"
              f"  {row['deviation']:10.0e}  {row['reached']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the short lines only; the others take some ten minutes")
    parser.add_argument("--programs", default=",".join(ALL), help="comma-separated: " + ",".join(ALL))
    parser.add_argument("--json", type=Path, help="also writes every figure here")
    parser.add_argument("--lagesbild", default=str(HERE.parents[2] / "build/release/lagesbild"))
    options = parser.parse_args()
    if shutil.which(options.lagesbild) is None:
        sys.exit(f"{options.lagesbild} not found; build it (tools/build) or name it with --lagesbild")
    wanted = options.programs.split(",")
    figures, goals = [], []
    print(f"{'line':24}{'program':12}{'CPU s':>10}{'MB':>8}{'ratio':>9}  goal")
    for line in QUICK if options.quick else QUICK + LONG:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            programs = [program for program in line.programs if program in wanted]
            write_points(options.lagesbild, line, folder, programs)
            ours, memory, deviation = lagesbild(options.lagesbild, line)
            print(f"{line.name:24}{'lagesbild':12}{ours:10.4f}{memory:8.0f}{1:9.1f}  exact, {deviation:.0e} of the maximum off")
            figures.append({"line": line.name, "program": "lagesbild", "cpu_s": ours, "memory_mb": memory, "deviation": deviation})
            for program in programs:
                try:
                    cpu, memory = measure(program, line, folder)
                except (OSError, RuntimeError) as error:
                    print(f"{line.name:24}{program:12}  not measured: {error}")
                    continue
                figures.append({"line": line.name, "program": program, "cpu_s": cpu, "memory_mb": memory, "ratio": cpu / ours})
                verdict = ABOUT[program]
                if program in line.goals:
                    goals.append(goal_row(line, program, cpu / ours, deviation))
                    verdict = f"{goals[-1]['reached']}; {verdict}"
                print(f"{line.name:24}{program:12}{cpu:10.4f}{memory:8.0f}{cpu / ours:9.1f}  {verdict}", flush=True)
    print_goals(goals)
    if options.json:
        options.json.write_text(json.dumps({"figures": figures, "goals": goals}, indent=1) + "\n")
    print("SLAM and LIBKDV are not in Debian: their figures of the same lines are checked elsewhere.")


if __name__ == "__main__":
    main()
