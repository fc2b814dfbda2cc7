/**
 * The table of all runs: filtered, sorted, with the columns that were chosen. Of its rows only
 * those in view exist, so that ten thousand are no more work than forty.
 */
import {
  button, bytes, calmly, count, fill, h, labelled, many, moment, number, percent, select, state,
} from "/app/dom.js";
import {parse} from "/app/filter.js";
import {choose, chosenRuns, isChosen, metricNames, store} from "/app/store.js";
import {chips, LOCKED, tagEditor} from "/app/tags.js";

const ROW = 40;
const MARGIN = 8;
const COLUMNS = "seqgan.columns";
const TYPING_PAUSE = 120;
const FILTER_HELP =
  "Words that must be there; -word that must not; state:running, tag:mine, seed:2, task:poems; "
  + "nll-oracle<4.7 for the last value of a metric.";

/** key, heading, width in pixels, value to sort by, and what is shown if that is another thing. */
const FIXED = [
  {key: "name", text: "Name", width: 220, value: run => run.title},
  {key: "state", text: "State", width: 110, value: run => run.state, show: run => state(run.state)},
  {
    key: "progress", text: "Progress", width: 150, value: run => run.fraction, show: progress,
  },
  {key: "task", text: "Task", width: 90, value: run => run.task},
  {key: "trainer", text: "Trainer", width: 100, value: run => run.trainer},
  {key: "generator", text: "Generator", width: 110, value: run => run.generator},
  {key: "discriminator", text: "Discriminator", width: 120, value: run => run.discriminator},
  {key: "reward", text: "Reward", width: 120, value: run => run.reward},
  {key: "seed", text: "Seed", width: 80, value: run => run.seed, figure: true},
];
/** The same, to the right of the metrics. */
const FURTHER = [
  {key: "phase", text: "Phase", width: 180, value: run => run.phase},
  {key: "step", text: "Step", width: 100, value: run => run.step, show: steps, figure: true},
  {key: "warnings", text: "Warnings", width: 100, value: run => run.warnings, figure: true},
  {
    key: "tags", text: "Tags", width: 160, value: run => run.tags?.join(", ") || null,
    show: run => chips(run.tags),
  },
  {key: "cell", text: "Cell of a matrix", width: 180, value: run => run.cell},
  {key: "message", text: "Message", width: 320, value: run => run.message},
  {key: "path", text: "Folder", width: 240, value: run => run.path},
  {
    key: "size", text: "Size", width: 100, value: run => run.size, show: run => bytes(run.size),
    figure: true,
  },
  {
    key: "started", text: "Started", width: 170, value: run => run.started,
    show: run => minute(run.started),
  },
  {
    key: "updated", text: "Updated", width: 170, value: run => run.updated,
    show: run => minute(run.updated),
  },
];
const USUAL = ["state", "progress", "task", "trainer", "reward", "seed", "tags", "updated"];
const USUAL_NARROW = ["state", "progress"];
const USUAL_METRICS = 3;

export function open(host, {query, remember}) {
  let filter = query.get("filter") ?? "";
  let wantedState = query.get("state") ?? "";
  let sort = query.get("sort") ?? "-updated";
  let shown = [];
  let active = null;
  const rows = new Map();

  const search = h("input", {
    type: "search", name: "filter", value: filter, "aria-describedby": "filter-help",
  });
  const states = h("div");
  const remarks = h("div");
  const status = h("strong", {role: "status"});
  const actions = h("div", {class: "controls line", role: "group", "aria-label": "With the chosen runs"});
  const columnChoice = h("details", {class: "choice"}, h("summary", {}, "Columns"));
  const table = h("table", {"aria-label": "Runs"});
  const grid = h(
    "div",
    {class: "grid", tabindex: "0", role: "region", "aria-label": "Table of runs"},
    table);
  const body = h("tbody");
  const above = h("tr", {role: "presentation"}, h("td", {class: "gap"}));
  const below = h("tr", {role: "presentation"}, h("td", {class: "gap"}));
  fill(
    host,
    h(
      "div",
      {class: "controls"},
      h("label", {class: "field grow"}, h("span", {}, "Filter"), search),
      states),
    h("p", {class: "unseen", id: "filter-help"}, FILTER_HELP),
    h(
      "div",
      {class: "choices"},
      h(
        "details",
        {class: "choice"},
        h("summary", {}, "How to filter"),
        h("p", {class: "quiet"}, FILTER_HELP)),
      columnChoice),
    remarks,
    actions,
    grid);

  const keep = () =>
    remember({filter, state: wantedState, sort: sort === "-updated" ? "" : sort});

  const columns = () => {
    const names = chosenColumns();
    const known = allColumns();
    return [known[0], ...known.slice(1).filter(({key}) => names.includes(key))];
  };

  const showHead = () => {
    const all = columns();
    const [key, down] = sort.startsWith("-") ? [sort.slice(1), true] : [sort, false];
    fill(
      table,
      h("colgroup", {}, all.map(({width}) => {
        const column = h("col");
        column.style.width = width + "px";
        return column;
      })),
      h(
        "thead",
        {},
        h(
          "tr",
          {"aria-rowindex": "1"},
          all.map(column => {
            const sorted = column.key === key;
            const arrow = sorted ? (down ? " ↓" : " ↑") : "";
            return h(
              "th",
              {
                scope: "col",
                class: column.figure ? "figure" : null,
                "aria-sort": sorted ? (down ? "descending" : "ascending") : null,
              },
              button([column.text, h("span", {"aria-hidden": "true"}, arrow)], () => {
                sort = sorted && !down ? "-" + column.key : column.key;
                keep();
                list();
                showHead();
                table.querySelector(`[data-key="${CSS.escape(column.key)}"]`)?.focus();
              }, {"data-key": column.key, title: column.text}));
          }))),
      body);
    table.style.width = all.reduce((sum, {width}) => sum + width, 0) + "px";
    rows.clear();
    fill(body, above, below);
    showRows();
  };

  const list = () => {
    const meant = parse(filter);
    const everything = [...store.runs.values()].filter(meant);
    showStates(everything);
    shown = wantedState ? everything.filter(run => run.state === wantedState) : everything;
    const [key, down] = sort.startsWith("-") ? [sort.slice(1), true] : [sort, false];
    const column = allColumns().find(one => one.key === key) ?? FIXED[0];
    const values = new Map(shown.map(run => [run, sortable(column.value(run), column)]));
    shown.sort((a, b) => compare(values.get(a), values.get(b), down) || byTitle(a, b));
    status.textContent =
      store.runs.size === 0
        ? "There are no runs in " + store.info.roots.join(", ") + " yet."
        : shown.length === store.runs.size
          ? many(shown.length, "run")
          : `${count(shown.length)} of ${many(store.runs.size, "run")}`;
    table.setAttribute("aria-rowcount", shown.length + 1);
    fill(remarks, store.remarks.map(remark => h("p", {class: "bad"}, remark)));
  };

  let statesAre = null;
  const showStates = some => {
    const counts = new Map();
    some.forEach(run => counts.set(run.state, (counts.get(run.state) ?? 0) + 1));
    if (wantedState && !counts.has(wantedState)) {
      counts.set(wantedState, 0);
    }
    const words = [...counts].sort().map(([word, n]) => [word, `${word} (${count(n)})`]);
    const now = JSON.stringify([words, wantedState]);
    if (now === statesAre) {
      return;
    }
    statesAre = now;
    const focused = states.contains(document.activeElement);
    fill(
      states,
      labelled(
        "State",
        select([["", "any"], ...words], wantedState, value => {
          wantedState = value;
          keep();
          list();
          showRows();
        })));
    if (focused) {
      states.querySelector("select").focus();
    }
  };

  /** Makes the rows that are in view, and takes the others away. */
  const showRows = () => {
    const height = grid.clientHeight || 600;
    const first = Math.max(0, Math.floor(grid.scrollTop / ROW) - MARGIN);
    const last = Math.min(shown.length, first + Math.ceil(height / ROW) + 2 * MARGIN);
    const all = columns();
    above.firstChild.style.height = first * ROW + "px";
    below.firstChild.style.height = (shown.length - last) * ROW + "px";
    above.firstChild.colSpan = below.firstChild.colSpan = all.length;
    above.hidden = first === 0;
    below.hidden = last === shown.length;
    const focused = body.contains(document.activeElement)
      ? document.activeElement.closest("tr").dataset.run
      : null;
    const wanted = shown.slice(first, last);
    const present = new Set(wanted.map(run => run.id));
    for (const [id, row] of rows) {
      if (!present.has(id)) {
        row.element.remove();
        rows.delete(id);
      }
    }
    let before = above;
    wanted.forEach((run, i) => {
      let row = rows.get(run.id);
      if (row?.run !== run) {
        const made = {run, element: makeRow(run, all)};
        if (row) {
          const part = focusedPart(row.element);
          row.element.replaceWith(made.element);
          part && made.element.querySelector(part)?.focus({preventScroll: true});
        }
        rows.set(run.id, made);
        row = made;
      }
      row.element.setAttribute("aria-rowindex", first + i + 2);
      if (before.nextSibling !== row.element) {
        before.after(row.element);
      }
      before = row.element;
    });
    // Only now: a focus lays the page out, and half a table would be scrolled elsewhere.
    if (focused && !present.has(focused)) {
      grid.focus({preventScroll: true});
    }
    showTabStop();
  };

  /** One row alone is reached by the tab key; the arrows go on from there. */
  const showTabStop = () => {
    const stop = rows.has(active) ? active : shown.find(run => rows.has(run.id))?.id;
    for (const [id, {element}] of rows) {
      element.querySelector("a").tabIndex = id === stop ? 0 : -1;
      element.querySelector("input").tabIndex = id === stop ? 0 : -1;
    }
  };

  const makeRow = (run, all) => {
    const box = h("input", {
      type: "checkbox",
      checked: isChosen(run.id),
      "aria-label": "Choose " + run.title,
      change: event => {
        choose([run.id], event.target.checked);
        row.classList.toggle("chosen", event.target.checked);
      },
    });
    const row = h(
      "tr",
      {"data-run": run.id, class: isChosen(run.id) ? "chosen" : null},
      h(
        "th",
        {scope: "row", title: run.message ?? run.path},
        box,
        h("a", {href: "#/run/" + run.id}, run.title)),
      all.slice(1).map(({value, show, figure}) => {
        const content = show ? show(run) : text(value(run));
        return h(
          "td",
          {
            class: figure ? "figure" : null,
            title: typeof content === "string" && content.length > 12 ? content : null,
          },
          content);
      }));
    return row;
  };

  let actionsAre = null;
  const showActions = () => {
    const ids = chosenRuns().filter(id => store.runs.has(id));
    if (ids.join() === actionsAre) {
      return;
    }
    actionsAre = ids.join();
    const to = (name, words) =>
      h("a", {href: `#/${name}?runs=${ids.join(",")}`}, words);
    fill(
      actions,
      status,
      h("span", {}, ids.length === 0 ? "none chosen" : `${count(ids.length)} chosen:`),
      ids.length > 0
        ? [
            to("curves", "curves"),
            to("differences", "differences"),
            to("samples", "samples"),
            to("plane", "quality and diversity"),
          ]
        : null,
      button("Choose all in the table", () => chooseAll(true)),
      ids.length > 0 ? button("Choose none", () => chooseAll(false)) : null,
      ids.length > 0 && store.info.control
        ? tagEditor(() => chosenRuns().filter(id => store.runs.has(id)))
        : null,
      ids.length > 0 && !store.info.control ? h("small", {}, LOCKED) : null);
  };

  const chooseAll = yes => {
    choose(yes ? shown.filter(run => run.state !== "broken").map(run => run.id) : chosenRuns(), yes);
    showHead();
  };

  const showColumnChoice = () => {
    const names = chosenColumns();
    const box = ({key, text: words}) =>
      h(
        "label",
        {},
        h("input", {
          type: "checkbox",
          checked: names.includes(key),
          change: event => {
            const now = chosenColumns().filter(name => name !== key);
            keepColumns(event.target.checked ? [...now, key] : now);
            showHead();
          },
        }),
        words);
    const metrics = metricColumns();
    fill(
      columnChoice,
      h("summary", {}, "Columns"),
      h("fieldset", {class: "boxes"}, h("legend", {}, "Of the run"), [...FIXED.slice(1), ...FURTHER].map(box)),
      metrics.length > 0
        ? h(
            "fieldset",
            {class: "boxes"},
            h("legend", {}, "Metrics, their last value"),
            metrics.map(box))
        : null);
  };

  const move = by => {
    const now = shown.findIndex(run => run.id === active);
    const next = Math.max(0, Math.min(shown.length - 1, now < 0 ? 0 : now + by));
    if (shown.length === 0) {
      return;
    }
    active = shown[next].id;
    const head = 44;
    const top = next * ROW;
    if (top < grid.scrollTop) {
      grid.scrollTop = top;
    } else if (top + ROW > grid.scrollTop + grid.clientHeight - head - 16) {
      grid.scrollTop = top + ROW - grid.clientHeight + head + 16;
    }
    showRows();
    rows.get(active)?.element.querySelector("a").focus({preventScroll: true});
  };

  grid.addEventListener("keydown", event => {
    const page = Math.max(1, Math.floor(grid.clientHeight / ROW) - 2);
    const steps = {
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
    };
    const head = event.target.closest("thead");
    if (event.ctrlKey || event.metaKey || event.altKey || head) {
      return;
    }
    if (event.key in steps) {
      event.preventDefault();
      move(steps[event.key]);
    } else if (event.key === " " && event.target.matches("a")) {
      event.preventDefault();
      rows.get(active)?.element.querySelector("input").click();
    }
  });
  body.addEventListener("focusin", event => {
    active = event.target.closest("tr").dataset.run;
    showTabStop();
  });
  let frame = 0;
  grid.addEventListener("scroll", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(showRows);
  });
  search.addEventListener(
    "input",
    calmly(() => {
      filter = search.value;
      keep();
      list();
      grid.scrollTop = 0;
      showRows();
    }, TYPING_PAUSE));

  const showAll = () => {
    list();
    showColumnChoice();
    showHead();
    showActions();
  };
  const sizes = new ResizeObserver(showRows);
  sizes.observe(grid);
  addEventListener("seqgan-chosen", showActions);
  showAll();
  let known = metricNames().join();
  return {
    update: ids => {
      const names = metricNames().join();
      list();
      if (ids === null && names !== known) {
        known = names;
        showAll();
      } else {
        showRows();
        showActions();
      }
    },
    close: () => {
      sizes.disconnect();
      cancelAnimationFrame(frame);
      removeEventListener("seqgan-chosen", showActions);
    },
  };
}

function chosenColumns() {
  const kept = localStorage.getItem(COLUMNS);
  if (kept !== null) {
    return JSON.parse(kept);
  }
  const narrow = innerWidth < 640;
  return [
    ...(narrow ? USUAL_NARROW : USUAL),
    ...metricNames().slice(0, narrow ? 1 : USUAL_METRICS),
  ];
}

function keepColumns(names) {
  localStorage.setItem(COLUMNS, JSON.stringify(names));
}

function metricColumns() {
  return metricNames().map(name => ({
    key: name,
    text: name,
    width: Math.max(110, 30 + 8 * name.length),
    value: run => run.metrics?.[name],
    show: run => number(run.metrics?.[name]),
    figure: true,
  }));
}

function allColumns() {
  return [...FIXED, ...metricColumns(), ...FURTHER];
}

/** A moment, to the minute. */
function minute(text) {
  return moment(text).replace(/:\d\d UTC/, " UTC");
}

/** A value to sort by; a figure that is no number counts as missing. */
function sortable(value, {figure}) {
  if (value === undefined || value === null || value === "") {
    return null;
  }
  return figure && !Number.isFinite(Number(value)) ? null : figure ? Number(value) : value;
}

/** What is missing goes last, whichever way. */
function compare(a, b, down) {
  if (a === null || b === null) {
    return (a === null) - (b === null);
  }
  const order = typeof a === "number" ? a - b : collator.compare(String(a), String(b));
  return down ? -order : order;
}

const collator = new Intl.Collator("en", {numeric: true});

function byTitle(a, b) {
  return collator.compare(a.title, b.title);
}

function text(value) {
  return value === null || value === undefined || value === "" ? "–" : String(value);
}

function steps(run) {
  return run.step === null || run.step === undefined
    ? "–"
    : run.steps
      ? `${run.step}/${run.steps}`
      : String(run.step);
}

function progress(run) {
  return run.fraction === null || run.fraction === undefined
    ? "–"
    : [
        h("progress", {max: "1", value: run.fraction, "aria-label": "Progress of " + run.title}),
        " " + percent(run.fraction),
      ];
}

function focusedPart(row) {
  return row.contains(document.activeElement)
    ? document.activeElement.localName === "input" ? "input" : "a"
    : null;
}
