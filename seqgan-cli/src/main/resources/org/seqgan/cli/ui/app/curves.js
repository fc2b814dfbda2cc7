/** Learning curves of runs over each other: smoothed, logarithmic, grouped with bands. */
import {Chart, largeHeight} from "/app/chart.js";
import {Compared} from "/app/comparing.js";
import {count, direction, fill, h, labelled, many, select} from "/app/dom.js";
import {look} from "/app/looks.js";
import {moves, onLine, placeInWords, timeline} from "/app/phases.js";
import {get, inPieces} from "/app/server.js";
import {mean, smooth} from "/app/statistics.js";
import {store, title as runTitle} from "/app/store.js";

const PIECE = 50;
const WINDOWS = [1, 3, 5, 11, 21, 51];
const GROUPS = [
  ["", "no: a curve for each run"],
  ["method", "method"],
  ["task", "task"],
  ["generator", "generator"],
  ["discriminator", "discriminator"],
  ["reward", "reward"],
  ["trainer", "trainer"],
  ["tags", "tags"],
];
const BANDS = {
  range: ["least to greatest", "the band is from the least to the greatest of them"],
  interval: [
    "95% interval of the mean",
    "the band is the 95% interval of the mean by Student's t, over the runs that have a value",
  ],
};
const UPDATE_PAUSE = 300;

export function open(host, {query, remember}) {
  const words = {
    metric: query.get("metric") ?? "",
    smooth: query.get("smooth") ?? "1",
    log: query.get("log") ?? "",
    group: query.get("group") ?? "",
    band: query.get("band") ?? "range",
  };
  const list = h("div");
  const controls = h("div", {class: "controls"});
  const status = h("p", {class: "quiet", role: "status"});
  const stage = h("div");
  fill(host, list, controls, status, stage);
  const chart = new Chart(stage, {height: largeHeight()});
  let metrics = [];
  let answer = null;

  const keep = () =>
    remember({
      runs: compared.words,
      metric: words.metric,
      smooth: words.smooth === "1" ? "" : words.smooth,
      log: words.log,
      group: words.group,
      band: words.band === "range" ? "" : words.band,
    });

  const showControls = () => {
    const change = name => value => {
      words[name] = value;
      keep();
      draw();
      showControls();
      controls.querySelector(`[name=${name}]`)?.focus();
    };
    fill(
      controls,
      labelled(
        "Metric",
        select(
          metrics.map(({name, runs}) =>
            [name, runs < compared.ids.length ? `${name} (${count(runs)} of the runs)` : name]),
          words.metric,
          value => {
            words.metric = value;
            keep();
            compared.read();
          },
          {name: "metric"})),
      labelled(
        "Smoothing",
        select(
          WINDOWS.map(n => [n, n === 1 ? "none" : `mean of the last ${n} points`]),
          words.smooth,
          change("smooth"),
          {name: "smooth"})),
      labelled("Group by", select(GROUPS, words.group, change("group"), {name: "group"})),
      words.group
        ? labelled(
            "Band",
            select(
              Object.entries(BANDS).map(([key, [text]]) => [key, text]),
              words.band,
              change("band"),
              {name: "band"}))
        : null,
      h(
        "label",
        {class: "check"},
        h("input", {
          type: "checkbox",
          name: "log",
          checked: words.log === "1",
          change: event => change("log")(event.target.checked ? "1" : ""),
        }),
        "Logarithmic axis"));
  };

  const draw = () => {
    if (answer) {
      chart.show(model(answer, words));
    }
  };

  const read = async signal => {
    const found = new Map();
    await inPieces("metrics", compared.ids, PIECE, {}, signal, piece => {
      for (const metric of piece.metrics) {
        const before = found.get(metric.name);
        found.set(metric.name, {...metric, runs: metric.runs + (before?.runs ?? 0)});
      }
    });
    metrics = [...found.values()];
    if (!found.has(words.metric)) {
      words.metric = first(metrics);
    }
    showControls();
    if (!words.metric) {
      answer = null;
      status.textContent = compared.ids.length > 0 ? "These runs have measured nothing yet." : "";
      return;
    }
    const series = [];
    let metric = null;
    const {metric: name} = words;
    await inPieces("curves", compared.ids, PIECE, {metric: name}, signal, piece => {
      metric = piece;
      series.push(...piece.series);
      status.textContent =
        series.length < compared.ids.length && compared.ids.length > PIECE
          ? `Reading: ${count(series.length)} of ${count(compared.ids.length)} runs`
          : "";
    });
    answer = {...metric, series};
    status.textContent = "";
    draw();
  };

  const compared = new Compared(query, {list, status, read, keep, pause: UPDATE_PAUSE});
  compared.start();
  return {
    update: ids => compared.changed(ids),
    close: () => {
      compared.close();
      chart.close();
    },
  };
}

/** The metric that is shown first: one of which an end is the better. */
function first(metrics) {
  return (metrics.find(({better}) => better === "lower" || better === "higher") ?? metrics[0])
    ?.name ?? "";
}

/** A run's series as a curve on a line of phases. */
export function curve(series, index, window, line) {
  return {
    id: series.run,
    name: series.name,
    look: look(index),
    xs: series.points.map(([x]) => onLine(x, series.phases, line)),
    ys: smooth(series.points.map(([, y]) => y), window),
    place: index => placeInWords(series.points[index][0], series.phases),
  };
}

/** How a metric came to be, and what of it is not as it was measured. */
export function origin({how, series, unit}) {
  const words = [];
  if (how) {
    words.push(how[0].toUpperCase() + how.slice(1) + ".");
  }
  if (unit) {
    words.push(`In ${unit}.`);
  }
  if (series.some(one => one.thinned)) {
    words.push("Curves of more than 1,000 points are thinned to the least and greatest of each piece.");
  }
  const missing = amount(series, ({points}) => points, ([, y]) => y === null);
  if (missing > 0) {
    words.push(`Gaps are values that are not finite (${count(missing)}).`);
  }
  return words;
}

/** How many of the values of all of some are meant. */
function amount(all, values, meant) {
  let sum = 0;
  for (const one of all) {
    for (const value of values(one)) {
      sum += meant(value) ? 1 : 0;
    }
  }
  return sum;
}

function model(answer, words) {
  const {metric, better} = answer;
  const series = answer.series.filter(({points}) => points.length > 0);
  const without = answer.series.length - series.length;
  const window = Number(words.smooth);
  const line = timeline(series);
  const curves = series.map((one, i) => curve({...one, name: runTitle(one.run)}, i, window, line));
  const sentences = [`${metric}: ${direction(better)}.`, ...origin({...answer, series})];
  for (const {run, message} of answer.series) {
    if (message) {
      sentences.push(`${runTitle(run)} cannot be read: ${message}.`);
    }
  }
  if (without > 0) {
    sentences.push(`${many(without, "run")} without this metric.`);
  }
  if (window > 1) {
    sentences.push(`Smoothed: each value is the mean of the last ${window} points of its run.`);
  }
  if (line.length > 0) {
    sentences.push(`Shaded: ${line.map(({phase}) => phase).join(", ")}.`);
  }
  if (moves(series, line)) {
    sentences.push(
      "The runs have phases of different lengths, or different ones; each phase has the place of "
        + "the longest of its name, so that it begins at one place.");
  }
  const below = amount(curves, ({ys}) => ys, y => y !== null && y <= 0);
  if (words.log && below > 0) {
    sentences.push(`Not drawn on this axis: ${many(below, "value")} not above 0.`);
  }
  const grouped = words.group ? groups(curves, series, words) : curves;
  if (words.group) {
    sentences.push(
      `Each curve is the mean of the runs of a ${words.group}, of those that reach its step; `
        + `between its points a run is taken as straight; ${BANDS[words.band][1]}.`);
  }
  return {
    curves: grouped,
    label: "Learning curves of " + metric,
    x: "step",
    y: metric,
    better,
    log: words.log === "1",
    phases: line,
    place: x => placeInWords(x, line),
    words: sentences,
  };
}

/** A mean with a band for each group, and its runs as faint lines. */
function groups(curves, series, {group, band}) {
  const members = new Map();
  series.forEach((one, i) => {
    const run = store.runs.get(one.run);
    const value = group === "method" ? one.method : run?.[group];
    const key = (Array.isArray(value) ? value.join(", ") : value) || "none";
    members.set(key, [...(members.get(key) ?? []), curves[i]]);
  });
  return [...members].flatMap(([key, some], i) => {
    const style = look(i);
    const id = "group " + key;
    const one = some.length === 1;
    const bandWords = BANDS[band][0];
    const runs = one ? "1 run" : `mean of ${count(some.length)} runs, band: ${bandWords}`;
    const middle = {
      id, look: style, name: `${key} (${runs})`, bandWords, ...mean(some, band),
    };
    const faint = some.length > 1 && some.length <= 10;
    return [
      middle,
      ...(faint ? some : []).map(member =>
        ({...member, look: {...style, dashes: []}, group: id, faint: true, aside: true})),
    ];
  });
}
