/** One run: how it stands, its curves as they grow, its configuration and what it left. */
import {Chart} from "/app/chart.js";
import {curve, origin} from "/app/curves.js";
import {
  button, bytes, calmly, direction, fill, h, many, moment, number, percent, state, table,
} from "/app/dom.js";
import {placeInWords, timeline} from "/app/phases.js";
import {get, send} from "/app/server.js";
import {store} from "/app/store.js";
import {chips, LOCKED, tagEditor} from "/app/tags.js";

const UPDATE_PAUSE = 200;
const RESUMABLE = ["interrupted", "killed", "failed"];
/** Of so many metrics there are curves at once. */
const MOST_CURVES = 6;

export function open(host, {id, title}) {
  const parts = {
    head: h("div"), actions: h("div"), warnings: h("div"), curves: h("div"), figures: h("div"),
    config: h("div"), files: h("div"),
  };
  fill(host, Object.values(parts));
  const charts = new Map();
  let asked = new AbortController();
  let details = null;
  const kept = new Map();
  /** Makes a part anew where what it shows has changed, so that the focus stays where it is. */
  const renew = (name, make, ...shown) => {
    const now = JSON.stringify(shown);
    if (kept.get(name) !== now) {
      kept.set(name, now);
      fill(parts[name], make(details));
    }
  };

  const showCurves = async signal => {
    const named = Object.entries(details.metricInfo ?? {})
      .filter(([name]) => name in (details.metrics ?? {}));
    const judged = named.filter(([, {better}]) => better === "lower" || better === "higher");
    const wanted = (judged.length > 0 ? judged : named).slice(0, MOST_CURVES).map(([name]) => name);
    if (wanted.length > 0 && charts.size === 0) {
      const panels = h("div", {class: "panels"});
      fill(
        parts.curves,
        h("h2", {}, "Curves"),
        panels,
        h("p", {}, h("a", {href: "#/curves?runs=" + id}, "All metrics, large")));
      for (const name of wanted) {
        const section = h("section", {}, h("h3", {}, name));
        panels.append(section);
        charts.set(name, new Chart(section, {height: 200, small: true}));
      }
    }
    for (const [name, chart] of charts) {
      const answer = await get("curves", {runs: id, metric: name}, signal);
      const line = timeline(answer.series);
      chart.show({
        curves: answer.series.map((series, i) => curve(series, i, 1, line)),
        label: "Learning curve of " + name,
        x: "step",
        y: name,
        better: answer.better,
        log: false,
        phases: line,
        place: x => placeInWords(x, line),
        words: [sentence(direction(answer.better)), ...origin(answer)],
      });
    }
  };

  const read = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      details = await get("runs/" + id, {}, asked.signal);
      title(details.name);
      const {state: stands, report, tags, matrix, metrics, config, rounds, checkpoints} = details;
      fill(parts.head, head(details));
      renew("actions", actions, stands, report, tags, matrix);
      renew("warnings", warnings, details.warningList);
      renew("figures", figures, metrics);
      renew("config", configuration, config);
      renew("files", files, rounds, checkpoints);
      await showCurves(asked.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") {
        fill(parts.head, h("p", {class: "bad", role: "alert"}, problem.message));
      }
    }
  };

  const again = calmly(read, UPDATE_PAUSE);
  read();
  return {
    update: ids => {
      if (ids === null || ids.has(id)) {
        again();
      }
    },
    close: () => {
      asked.abort();
      charts.forEach(chart => chart.close());
    },
  };
}

function sentence(words) {
  return words[0].toUpperCase() + words.slice(1) + ".";
}

function head(run) {
  const facts = [
    ["Folder", run.path],
    ["Below", store.info.roots.length > 1 ? run.root : null],
    ["Task", run.task],
    ["Trainer", run.trainer],
    ["Generator", run.generator],
    ["Discriminator", run.discriminator],
    ["Reward", run.reward],
    ["Seed", run.seed],
    ["Matrix cell", run.cell],
    ["Started", moment(run.started)],
    ["Updated", moment(run.updated)],
    ["Size", bytes(run.size)],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "–");
  const readable = run.state !== "broken";
  return [
    h("p", {}, state(run.state), " ", readable && run.phase ? place(run) : null),
    run.message ? h("p", {class: readable ? null : "bad"}, run.message) : null,
    h(
      "dl",
      {class: "facts"},
      facts.map(([name, value]) =>
        h("div", {}, h("dt", {}, name), h("dd", {}, String(value))))),
  ];
}

function place(run) {
  const step = run.steps ? `${run.step} of ${run.steps}` : run.step;
  return [
    h("progress", {max: "1", value: run.fraction ?? 0, "aria-label": "Progress"}),
    ` ${percent(run.fraction)}, ${run.phase} ${step}`,
  ];
}

function actions(run) {
  const status = h("span", {role: "status"});
  const act = (name, words) =>
    button(words, async event => {
      event.target.disabled = true;
      try {
        status.textContent = (await send("POST", `runs/${run.id}/${name}`, {})).message;
      } catch (problem) {
        status.textContent = problem.message;
        event.target.disabled = false;
      }
    });
  const {control} = store.info;
  const broken = run.state === "broken";
  // What runs as a cell is stopped and resumed with its matrix.
  const own = control && !run.matrix;
  return [
    h(
      "div",
      {class: "controls line"},
      run.report
        ? h("a", {href: "/reports/run/" + run.id, target: "_blank", rel: "noopener"}, "Report")
        : null,
      broken ? null : h("a", {href: "#/samples?runs=" + run.id}, "Samples"),
      run.matrix ? h("a", {href: "#/matrices/" + run.matrix}, "Its matrix") : null,
      own && run.state === "running" ? act("stop", "Stop") : null,
      own && RESUMABLE.includes(run.state) ? act("resume", "Resume") : null,
      status),
    broken
      ? null
      : h(
          "div",
          {},
          h("p", {}, "Tags: ", run.tags?.length > 0 ? chips(run.tags) : "none"),
          control ? tagEditor(() => [run.id]) : h("p", {class: "quiet"}, LOCKED)),
  ];
}

function warnings({warningList}) {
  return warningList?.length > 0
    ? [
        h("h2", {}, many(warningList.length, "warning")),
        h(
          "div",
          {class: "left"},
          table("Warnings", ["Step", "Kind", "What"], warningList.map(({step, kind, text}) =>
            [String(step), kind, text]))),
      ]
    : null;
}

function figures({metrics, metricInfo}) {
  const names = Object.keys(metrics ?? {});
  return names.length > 0
    ? [
        h("h2", {}, "Last values"),
        h(
          "div",
          {class: "left"},
          table("Last values", ["Metric", "Value", "Better", "How it is computed"], names.map(name => {
            const {better, unit, how} = metricInfo?.[name] ?? {};
            const value = number(metrics[name]) + (unit ? " " + unit : "");
            return [name, value, better ?? "neither", how ?? "–"];
          }))),
      ]
    : null;
}

function configuration({config}) {
  if (!config?.length) {
    return null;
  }
  const result = h("div", {class: "left"});
  const show = words => {
    const rows = config.filter(({key, value, origin: from}) =>
      `${key} ${value} ${from ?? ""}`.includes(words));
    fill(
      result,
      table(
        "Configuration",
        ["Option", "Value", "From"],
        rows.map(({key, value, origin: from}) => [key, value, from ?? ""])));
  };
  show("");
  return [
    h("h2", {}, "Configuration"),
    h(
      "div",
      {class: "controls"},
      h(
        "label",
        {class: "field grow"},
        h("span", {}, "Options with this in name, value or origin"),
        h("input", {type: "search", input: event => show(event.target.value.trim())}))),
    result,
  ];
}

function files({id, rounds, checkpoints}) {
  return [
    rounds?.length > 0
      ? [
          h("h2", {}, "Samples"),
          h(
            "ul",
            {class: "chips"},
            rounds.map(({key, label}) =>
              h("li", {}, h("a", {href: `#/samples?columns=${id}@${key}`}, label), " "))),
        ]
      : null,
    checkpoints?.length > 0
      ? [h("h2", {}, "Checkpoints"), h("ul", {}, checkpoints.map(name => h("li", {}, name)))]
      : null,
  ];
}
