/** Curves made of curves: smoothing, and the mean of several with a band. */

/** The 0.975 quantiles of Student's t for 1 to 30 degrees of freedom. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
];
const Z = 1.959964;

/** A mean is computed at no more places than this; where there are more, at as many, evenly. */
const MOST_PLACES = 1000;

/** The 0.975 quantile of Student's t: from a table, then by Cornish and Fisher's expansion. */
export function studentT(degrees) {
  return degrees <= T.length
    ? T[degrees - 1]
    : Z + (Z ** 3 + Z) / (4 * degrees) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * degrees ** 2);
}

/** The mean of each value and those before it in the window; what is missing stays missing. */
export function smooth(ys, window) {
  if (window <= 1) {
    return ys;
  }
  return ys.map((y, i) => {
    if (y === null) {
      return null;
    }
    let sum = 0;
    let count = 0;
    for (let j = Math.max(0, i - window + 1); j <= i; j++) {
      if (ys[j] !== null) {
        sum += ys[j];
        count++;
      }
    }
    return sum / count;
  });
}

/** The places of several curves, in order. */
export function places(curves) {
  const all = Float64Array.from(new Set(curves.flatMap(curve => Array.from(curve.xs)))).sort();
  if (all.length <= MOST_PLACES) {
    return Array.from(all);
  }
  const [first, last] = [all[0], all[all.length - 1]];
  const step = (last - first) / (MOST_PLACES - 1);
  return Array.from({length: MOST_PLACES}, (_, i) => first + i * step);
}

/**
 * The values of a curve at places in order: on the straight line between the points beside each
 * place, and null outside of the curve.
 */
export function at(curve, wanted) {
  const xs = [];
  const ys = [];
  curve.xs.forEach((x, i) => {
    if (curve.ys[i] !== null) {
      xs.push(x);
      ys.push(curve.ys[i]);
    }
  });
  let right = 0;
  return wanted.map(x => {
    while (right < xs.length && xs[right] < x) {
      right++;
    }
    if (right === xs.length || (right === 0 && xs[0] > x)) {
      return null;
    }
    if (xs[right] === x) {
      return ys[right];
    }
    const share = (x - xs[right - 1]) / (xs[right] - xs[right - 1]);
    return ys[right - 1] + share * (ys[right] - ys[right - 1]);
  });
}

/**
 * The mean of several curves.
 *
 * @param band "range" from the least to the greatest, or "interval", the 95% interval of the mean
 *     by Student's t, which is absent where fewer than two curves have a value
 * @return xs, ys, and low and high of the band, with null where there is none
 */
export function mean(curves, band) {
  const xs = places(curves);
  const rows = curves.map(curve => at(curve, xs));
  const result = {xs, ys: [], low: [], high: []};
  xs.forEach((_, i) => {
    const values = rows.map(row => row[i]).filter(value => value !== null);
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    result.ys.push(values.length === 0 ? null : middle);
    if (values.length === 0 || (band === "interval" && values.length < 2)) {
      result.low.push(null);
      result.high.push(null);
    } else if (band === "interval") {
      const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
      const n = values.length;
      const half = studentT(n - 1) * Math.sqrt(squares / (n - 1) / n);
      result.low.push(middle - half);
      result.high.push(middle + half);
    } else {
      result.low.push(Math.min(...values));
      result.high.push(Math.max(...values));
    }
  });
  return result;
}

/** The last value of a curve, and the best one with its place where one end is the better. */
export function summary(curve, better) {
  let last = null;
  let best = null;
  curve.ys.forEach((y, i) => {
    if (y === null) {
      return;
    }
    last = {x: curve.xs[i], y};
    const wins = best === null || (better === "higher" ? y > best.y : y < best.y);
    if ((better === "higher" || better === "lower") && wins) {
      best = last;
    }
  });
  return {last, best};
}
