/** Quality against diversity: a path over the temperatures for each run. */
import {Chart, largeHeight} from "/app/chart.js";
import {Compared} from "/app/comparing.js";
import {direction, fill, h, number, table} from "/app/dom.js";
import {look} from "/app/looks.js";
import {get} from "/app/server.js";
import {title} from "/app/store.js";

const UPDATE_PAUSE = 500;
/** With more paths than this the temperatures stand at the first alone. */
const MOST_NAMED = 4;

export function open(host, {query, remember}) {
  const list = h("div");
  const status = h("p", {class: "quiet", role: "status"});
  const stage = h("div");
  const points = h("div");
  fill(host, list, status, stage, points);
  const chart = new Chart(stage, {height: largeHeight()});

  const read = async signal => {
    const axes = await get("plane", {runs: compared.ids.join(",")}, signal);
    const all = axes.points;
    stage.hidden = all.length === 0;
    status.textContent =
      all.length === 0 && compared.ids.length > 0
        ? "None of these runs has measured both quality and diversity."
        : "";
    fill(points);
    if (all.length > 0) {
      chart.show(model(axes, all));
      fill(points, h("h2", {}, "Points"), pointTable(axes, all));
    }
  };

  const compared = new Compared(query, {
    list,
    status,
    read,
    keep: () => remember({runs: compared.words}),
    pause: UPDATE_PAUSE,
  });
  compared.start();
  return {
    update: ids => compared.changed(ids),
    close: () => {
      compared.close();
      chart.close();
    },
  };
}

function temperature(value) {
  // As it was asked for: the generator divides by a number of single precision.
  return value === null ? "" : String(Number(value.toPrecision(6)));
}

function model({quality, diversity, better, how}, points) {
  const runs = new Map();
  points.forEach(point => runs.set(point.run, [...(runs.get(point.run) ?? []), point]));
  const curves = [...runs].map(([run, some], i) => {
    const path = [...some].sort((a, b) => (a.temperature ?? 0) - (b.temperature ?? 0));
    return {
      id: run,
      name: title(run),
      look: look(i),
      xs: path.map(({x}) => x),
      ys: path.map(({y}) => y),
      words: path.map(({temperature: t}) => t === null ? "" : "T " + temperature(t)),
      marks: true,
      // More would lie over each other; a point says its temperature where it is pointed at.
      named: i === 0 || runs.size <= MOST_NAMED,
    };
  });
  const swept = points.some(point => point.temperature !== null);
  const told = (name, side) =>
    `${name}: ${direction(better?.[side])}${how?.[side] ? "; " + how[side] : ""}.`;
  return {
    curves,
    label: "Quality against diversity",
    x: diversity,
    y: quality,
    better: better?.quality,
    log: false,
    room: true,
    words: [
      told(quality, "quality"),
      told(diversity, "diversity"),
      swept
        ? "Each path is a run's finished generator, sampled at the temperatures (T) of its marks."
        : "Each mark is a run's last evaluation; none was sampled at other temperatures.",
    ],
  };
}

function pointTable({quality, diversity}, points) {
  const rows = points.map(({run, temperature: t, x, y}) =>
    [title(run), temperature(t) || "–", number(x), number(y)]);
  return table("Points", ["Run", "Temperature", diversity, quality], rows);
}
