# Makes tests/golden/*.csv again. Run from the root of the repository:
#   Rscript tools/golden/make.R
# Needs the Debian packages r-base-core, r-cran-spdep, r-cran-spatstat.explore, r-cran-spatstat.geom, r-cran-ks and r-cran-sparr.
# All data are made here from a fixed seed. The files are compared by tests/geo/golden_test.cc.
suppressMessages({
  library(spdep)
  library(spatstat.geom)
  library(spatstat.explore)
})
folder <- "tests/golden"
command <- "Rscript tools/golden/make.R"

version_of <- function(package) paste(package, packageVersion(package))
r_version <- paste0("R ", R.version$major, ".", R.version$minor)

write_golden <- function(name, peer, tolerance, note, data) {
  file <- file(file.path(folder, name), "w")
  writeLines(c(paste("# peer:", peer), paste("# command:", command), paste("# tolerance:", tolerance),
               paste("# note:", note)), file)
  text <- as.data.frame(lapply(data, function(column) {
    if (!is.numeric(column)) return(as.character(column))
    ifelse(is.nan(column) | is.na(column), "NaN", sprintf("%.17g", column))
  }))
  write.table(text, file, sep = ",", quote = FALSE, row.names = FALSE)
  close(file)
}

set.seed(20260701, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

# Getis-Ord and local Moran on a 6x6 grid, row-major from the south-west; queen neighbors.
n <- 36
value <- rpois(n, 1.5)
value[c(15, 16, 22)] <- value[c(15, 16, 22)] + 4
neighbors <- cell2nb(6, 6, type = "queen")
binary <- nb2listw(neighbors, style = "B")
star <- nb2listw(include.self(neighbors), style = "B")
rows <- nb2listw(neighbors, style = "W")
gi <- attr(localG(value, binary, return_internals = TRUE), "internals")
gi_star <- attr(localG(value, star, return_internals = TRUE), "internals")
conditional <- localmoran(value, rows, conditional = TRUE)
total <- localmoran(value, rows, conditional = FALSE)
write_golden(
  "grid_6x6.csv",
  paste0(version_of("spdep"), " localG, localmoran, localC; ", r_version),
  "1e-9 of the column's largest magnitude",
  "G: binary queen weights, G*: with self weight 1; Moran and Geary: row-standardized queen weights",
  data.frame(
    id = 1:n, value = value,
    gi = gi[, 1], gi_expected = gi[, 2], gi_variance = gi[, 3], gi_z = as.numeric(localG(value, binary)),
    gi_star = gi_star[, 1], gi_star_expected = gi_star[, 2], gi_star_variance = gi_star[, 3],
    gi_star_z = as.numeric(localG(value, star)),
    moran = conditional[, 1], moran_expected = conditional[, 2], moran_variance = conditional[, 3],
    moran_z = conditional[, 4], moran_total_expected = total[, 2], moran_total_variance = total[, 3],
    moran_total_z = total[, 4], quadrant = attr(conditional, "quadr")$pysal, geary = as.numeric(localC(value, rows))
  )
)
moran <- moran.test(value, rows)
geary <- geary.test(value, rows)
write_golden(
  "grid_6x6_global.csv",
  paste0(version_of("spdep"), " moran.test, geary.test; ", r_version),
  "1e-9 relative", "values of grid_6x6.csv, row-standardized queen weights, variance under randomization",
  data.frame(statistic = c("moran", "geary"), value = c(moran$estimate[1], geary$estimate[1]),
             expected = c(moran$estimate[2], geary$estimate[2]), variance = c(moran$estimate[3], geary$estimate[3]),
             z = c(moran$statistic, geary$statistic))
)

# Densities in a polygon with a hole. Coordinates lie in the number range of EPSG:3006.
x0 <- 600000
y0 <- 6640000
outer <- list(x = x0 + c(0, 4000, 4500, 2500, 300), y = y0 + c(0, 200, 2600, 3300, 2900))
hole <- list(x = x0 + c(1600, 1500, 2300, 2400), y = y0 + c(1200, 2000, 2100, 1300))
window <- owin(poly = list(outer, hole), check = TRUE)
points <- rpoint(24, win = window)
points <- ppp(round(points$x, 1), round(points$y, 1), window = window)
weight <- sample(1:3, points$n, replace = TRUE)
locations <- rpoint(40, win = window)
locations <- list(x = round(locations$x), y = round(locations$y))
spatstat.options(npixel = 1536)
radius <- 900
sigma <- 300
at <- function(kernel, sigma, edge, diggle)
  densityfun(points, sigma = sigma, kernel = kernel, weights = weight, edge = edge, diggle = diggle)(locations)
leave_one_out <- function(kernel, sigma)
  as.numeric(density(points, sigma = sigma, kernel = kernel, weights = weight, edge = FALSE, at = "points",
                     leaveoneout = TRUE))
spatstat_peer <- paste0(version_of("spatstat.explore"), ", ", version_of("spatstat.geom"), "; ", r_version)
write_golden(
  "density_area.csv", spatstat_peer, "none", "study area of the density cases: ring 0 outer, ring 1 hole; m",
  data.frame(ring = c(rep(0, 5), rep(1, 4)), x = c(outer$x, hole$x), y = c(outer$y, hole$y))
)
write_golden(
  "density_points.csv", paste(spatstat_peer, "density.ppp(at = \"points\", leaveoneout = TRUE, edge = FALSE)"),
  "1e-9 of the column's largest magnitude",
  "weights w; quartic radius 900 m (sigma 900/sqrt(8)), Gaussian sigma 300 m; per m2",
  data.frame(x = points$x, y = points$y, w = weight,
             loo_quartic = leave_one_out("quartic", radius / sqrt(8)), loo_gaussian = leave_one_out("gaussian", sigma))
)
densities <- data.frame(x = locations$x, y = locations$y)
for (kernel in c("quartic", "gaussian")) {
  s <- if (kernel == "quartic") radius / sqrt(8) else sigma
  densities[[paste0("raw_", kernel)]] <- at(kernel, s, FALSE, FALSE)
  densities[[paste0("uniform_", kernel)]] <- at(kernel, s, TRUE, FALSE)
  densities[[paste0("diggle_", kernel)]] <- at(kernel, s, TRUE, TRUE)
}
write_golden(
  "density_locations.csv", paste(spatstat_peer, "densityfun"),
  "raw 1e-9, uniform and diggle 5e-3 of the column's largest magnitude",
  "points of density_points.csv; the edge factor of spatstat is a mask of 1536 pixels, ours is exact; per m2",
  densities
)

# Adjustment for many tests, with ties, ends and NA.
p <- c(round(runif(25)^3, 4), 0, 1, 0.05, 0.05, NA, 1e-12)
write_golden(
  "p_adjust.csv", paste(r_version, "p.adjust"), "1e-12 absolute", "NaN stays NaN and does not count",
  data.frame(id = seq_along(p), p = p, BH = p.adjust(p, "BH"), BY = p.adjust(p, "BY"), holm = p.adjust(p, "holm"),
             hochberg = p.adjust(p, "hochberg"), bonferroni = p.adjust(p, "bonferroni"))
)

# Upper binomial tails from the middle to the far end.
tails <- do.call(rbind, lapply(c(1, 5, 40, 350, 10000), function(n)
  do.call(rbind, lapply(c(1e-6, 0.001, 0.02, 0.25, 0.5, 0.9), function(p) {
    y <- unique(pmin(n, pmax(1, round(n * p + c(-2, 0, 1, 3, 8, 25) * max(1, sqrt(n * p * (1 - p)))))))
    data.frame(y = y, n = n, p = p, tail = pbinom(y - 1, n, p, lower.tail = FALSE))
  }))))
write_golden("binomial_tail.csv", paste(r_version, "pbinom(y - 1, n, p, lower.tail = FALSE)"),
             "1e-11 relative", "P(Y >= y); values below 1e-300 are left out", tails[tails$tail > 1e-300, ])

# Two Poisson counts with given exposures, and areas against their inhabitants.
first <- c(12, 47, 30, 5, 100, 10, 7, 0, 0, 1234, 16, 25, 3)
second <- c(5, 21, 31, 18, 141, 10, 0, 9, 0, 1100, 0, 9, 40)
days_first <- c(92, 365, 92, 90, 365, 92, 1, 2, 92, 92, 92, 90, 1)
days_second <- c(92, 366, 90, 92, 365, 92, 3, 1, 92, 92, 90, 91, 9)
p_of <- function(i) {
  if (first[i] + second[i] == 0) return(1) # R refuses; nothing speaks against equal rates
  poisson.test(c(first[i], second[i]), c(days_first[i], days_second[i]))$p.value
}
write_golden(
  "poisson_comparison.csv", paste(r_version, "poisson.test(c(first, second), c(days_first, days_second))"),
  "1e-12 relative", "two-sided, exact, conditional on the sum; 0 against 0 is 1 by definition",
  data.frame(first, second, days_first, days_second, p = sapply(seq_along(first), p_of))
)
count <- c(31, 12, 6, 5, 9)
inhabitants <- c(1800, 1500, 900, 260, 1400)
upper <- sapply(seq_along(count), function(i)
  binom.test(count[i], sum(count), inhabitants[i] / sum(inhabitants), "greater")$p.value)
write_golden(
  "released_hot_areas.csv", paste(r_version, "binom.test(alternative = 'greater'), p.adjust('BH')"),
  "1e-12 relative", "adjusted: the five areas and three suppressed ones, whose p is 1",
  data.frame(count, inhabitants, p = upper, adjusted = p.adjust(c(upper, 1, 1, 1), "BH")[1:5])
)

# Tables of two by two with fixed margins, and upper Poisson tails from the middle to far out.
total <- c(9, 9, 9, 40, 40, 120, 1000, 1000, 25000)
marked <- c(2, 1, 2, 12, 0, 60, 31, 400, 900)
draws <- c(8, 8, 1, 34, 34, 102, 850, 500, 21250)
x <- c(2, 0, 1, 9, 0, 55, 20, 231, 760)
write_golden(
  "hypergeometric.csv", paste(r_version, "dhyper, qhyper, fisher.test"), "1e-11 relative, quantiles exact",
  "draws without replacement from a total of which some are marked; Fisher two-sided",
  data.frame(
    total, marked, draws, x, chance = dhyper(x, marked, total - marked, draws),
    low = qhyper(0.025, marked, total - marked, draws), high = qhyper(0.975, marked, total - marked, draws),
    fisher = mapply(function(x, total, marked, draws) {
      fisher.test(matrix(c(x, marked - x, draws - x, total - marked - draws + x), 2))$p.value
    }, x, total, marked, draws)
  )
)
mean <- c(0.01, 0.5, 3, 3, 40, 40, 40, 1000, 1000, 250000)
count <- c(1, 0, 3, 30, 20, 41, 140, 900, 1300, 252000)
write_golden(
  "poisson_tail.csv", paste(r_version, "ppois(count - 1, mean, lower.tail = FALSE)"), "1e-11 relative", "P(X >= count)",
  data.frame(mean, count, upper = ppois(count - 1, mean, lower.tail = FALSE))
)
base <- c(12, 5, 0, 3, 0, 7)
test <- c(30, 4, 6, 0, 0, 11)
n_minus_1 <- sapply(seq_along(base), function(i) {
  if (base[i] + test[i] == 0) return(NaN)
  table <- matrix(c(base[i], sum(base) - base[i], test[i], sum(test) - test[i]), 2)
  n <- sum(table)
  pchisq(suppressWarnings(chisq.test(table, correct = FALSE))$statistic * (n - 1) / n, 1, lower.tail = FALSE)
})
write_golden(
  "point_pattern.csv", paste(r_version, "qhyper, chisq.test(correct = FALSE), fisher.test, p.adjust"), "1e-11 relative",
  "areas of two patterns; 85 % sample of the test pattern; chi-squared times (N-1)/N",
  data.frame(
    base, test, low = 100 * qhyper(0.025, test, sum(test) - test, round(0.85 * sum(test))) / round(0.85 * sum(test)),
    high = 100 * qhyper(0.975, test, sum(test) - test, round(0.85 * sum(test))) / round(0.85 * sum(test)),
    chi_squared = n_minus_1, by = p.adjust(n_minus_1, "BY"), bh = p.adjust(n_minus_1, "BH"),
    fisher = sapply(seq_along(base), function(i) {
      fisher.test(matrix(c(base[i], sum(base) - base[i], test[i], sum(test) - test[i]), 2))$p.value
    })
  )
)

# Bandwidths, adaptive bandwidths and relative risk on points in the study area of the density cases.
suppressMessages({
  library(ks)
  library(sparr)
})
near <- rpoint(40, win = disc(500, c(x0 + 3300, y0 + 1500)))
wide <- rpoint(50, win = window)
selected <- ppp(round(c(near$x, wide$x), 1), round(c(near$y, wide$y), 1), window = window)
write_golden(
  "bandwidth_points.csv", paste(spatstat_peer, "rpoint"), "none",
  "points of the bandwidth, adaptive and relative risk cases; group 1 are the cases",
  data.frame(x = selected$x, y = selected$y, group = rep(1:2, c(40, 50)))
)
scott <- bw.scott(selected)
write_golden(
  "bandwidth_selectors.csv", paste0(version_of("spatstat.explore"), " bw.scott, bw.scott.iso, bw.diggle; ", r_version),
  "1e-9 relative", "standard deviations in m; Diggle's by the isotropic K",
  data.frame(scott_x = scott[[1]], scott_y = scott[[2]], scott = as.numeric(bw.scott.iso(selected)),
             diggle = as.numeric(bw.diggle(selected, correction = "isotropic")))
)
sigma <- c(60, 100, 160, 250, 400, 700)
xy <- cbind(selected$x - x0, selected$y - y0)
write_golden(
  "bandwidth_objectives.csv", paste0(version_of("ks"), " lscv.mat, ", version_of("spatstat.explore"),
                                     " density.ppp(at = \"points\", leaveoneout = TRUE); ", r_version),
  "1e-9 of the column; the corrected likelihood 1e-2 (mask of 1536 pixels)", "per m2, by standard deviation in m",
  data.frame(
    sigma,
    least_squares = sapply(sigma, function(s) ks:::lscv.mat(xy, s^2 * diag(2))),
    likelihood = sapply(sigma, function(s)
      sum(log(density(selected, sigma = s, edge = FALSE, at = "points", leaveoneout = TRUE)))),
    likelihood_uniform = sapply(sigma, function(s)
      sum(log(density(selected, sigma = s, edge = TRUE, at = "points", leaveoneout = TRUE))))
  )
)
write_golden(
  "adaptive_bandwidths.csv", paste0(version_of("spatstat.explore"), " bw.abram; ", r_version),
  "0.02 of the column, because the peer's pilot is a surface of pixels",
  "pilot sigma 300 m, global bandwidth 350 m, trimming 5",
  data.frame(h = as.numeric(bw.abram(selected, h0 = 350, at = "points", hp = 300, trim = 5)))
)
risk_of <- function() {
  cases <- selected[1:40]
  controls <- selected[41:90]
  f <- bivariate.density(cases, h0 = 400, resolution = 256, verbose = FALSE)
  g <- bivariate.density(controls, h0 = 400, resolution = 256, verbose = FALSE)
  pooled <- bivariate.density(selected, h0 = 400, resolution = 256, verbose = FALSE)
  ratio <- risk(f, g, verbose = FALSE)
  list(ratio = ratio$rr, p = tolerance(ratio, ref.density = pooled, verbose = FALSE))
}
risk_result <- risk_of()
rows <- seq(8, 248, by = 16)
at_pixels <- expand.grid(column = rows, row = rows)
risk_table <- data.frame(
  x = risk_result$ratio$xcol[at_pixels$column], y = risk_result$ratio$yrow[at_pixels$row],
  log_ratio = as.matrix(risk_result$ratio)[cbind(at_pixels$row, at_pixels$column)],
  p_upper = as.matrix(risk_result$p)[cbind(at_pixels$row, at_pixels$column)]
)
write_golden(
  "relative_risk.csv", paste0(version_of("sparr"), " bivariate.density, risk, tolerance(method = \"ASY\"); ", r_version),
  "log ratio 0.1, p 0.03, because the peer's densities are surfaces of 256 pixels",
  "Gaussian, sigma 400 m for both groups, uniform edge correction; pixels of the peer inside the area",
  risk_table[!is.na(risk_table$log_ratio), ]
)
