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
  const different = new Set();
  for (const {xs} of curves) {
    xs.forEach(x => different.add(x));
  }
  const all = Float64Array.from(different).sort();
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
export function at({xs, ys}, wanted) {
  const known = [];
  for (let i = 0; i < xs.length; i++) {
    if (ys[i] !== null) {
      known.push(i);
    }
  }
  let right = 0;
  return wanted.map(x => {
    while (right < known.length && xs[known[right]] < x) {
      right++;
    }
    if (right === known.length || (right === 0 && xs[known[0]] > x)) {
      return null;
    }
    const to = known[right];
    if (xs[to] === x) {
      return ys[to];
    }
    const from = known[right - 1];
    return ys[from] + ((x - xs[from]) / (xs[to] - xs[from])) * (ys[to] - ys[from]);
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
    let [n, sum, least, greatest] = [0, 0, Infinity, -Infinity];
    for (const row of rows) {
      if (row[i] !== null) {
        n++;
        sum += row[i];
        least = Math.min(least, row[i]);
        greatest = Math.max(greatest, row[i]);
      }
    }
    const middle = sum / n;
    if (band === "interval") {
      const half = studentT(n - 1) * Math.sqrt(squares(rows, i, middle) / (n - 1) / n);
      [least, greatest] = [middle - half, middle + half];
    }
    const banded = n > (band === "interval" ? 1 : 0);
    result.ys.push(n === 0 ? null : middle);
    result.low.push(banded ? least : null);
    result.high.push(banded ? greatest : null);
  });
  return result;
}

/** The sum of the squared distances from the mean. */
function squares(rows, i, middle) {
  let sum = 0;
  for (const row of rows) {
    if (row[i] !== null) {
      sum += (row[i] - middle) ** 2;
    }
  }
  return sum;
}

/** The last value of a curve, and the best one with its place where one end is the better. */
export function summary(curve, better) {
  let last = null;
  let best = null;
  curve.ys.forEach((y, i) => {
    if (y === null) {
      return;
    }
    last = {x: curve.xs[i], y, index: i};
    const wins = best === null || (better === "higher" ? y > best.y : y < best.y);
    if ((better === "higher" || better === "lower") && wins) {
      best = last;
    }
  });
  return {last, best};
}
