/** What is configured differently in two or more runs, and what came of it. */
import {runList, wantedRuns} from "/app/comparing.js";
import {calmly, fill, h, many, number} from "/app/dom.js";
import {get} from "/app/server.js";
import {store, title} from "/app/store.js";

const UPDATE_PAUSE = 500;

export function open(host, {query, remember}) {
  let wanted = wantedRuns(query);
  let filter = query.get("filter") ?? "";
  let answer = {runs: [], rows: [], unreadable: []};
  let asked = new AbortController();
  const list = h("div");
  const status = h("p", {role: "status"});
  const result = h("div");
  const search = h("input", {
    type: "search",
    value: filter,
    input: event => {
      filter = event.target.value;
      keep();
      show();
    },
  });
  const field = h(
    "div",
    {class: "controls"},
    h("label", {class: "field grow"}, h("span", {}, "Options with this in the name"), search));
  fill(host, list, field, status, result);

  const keep = () => remember({runs: wanted.named ? wanted.ids.join(",") : "", filter});

  const show = () => {
    const {runs, rows, unreadable} = answer;
    const shown = rows.filter(({key}) => key.includes(filter));
    status.textContent =
      runs.length < 2
        ? "Two runs or more can be compared."
        : rows.length === 0
          ? "They are configured alike."
          : `${many(rows.length, "option")} differ${rows.length === 1 ? "s" : ""}`
            + (shown.length < rows.length ? `, ${shown.length} shown.` : ".");
    fill(
      result,
      unreadable.map(({run, message}) => h("p", {class: "bad"}, `${title(run)}: ${message}`)),
      shown.length > 0
        ? [
            h("p", {class: "quiet"}, "Marked: what differs from the first run. –: not there."),
            compared("Options that differ", shown, runs),
          ]
        : null,
      wanted.ids.length > 0 ? figures(wanted.ids) : null);
  };

  const read = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      answer =
        wanted.ids.length < 2
          ? {runs: wanted.ids, rows: [], unreadable: []}
          : await get("differences", {runs: wanted.ids.join(",")}, asked.signal);
      show();
    } catch (problem) {
      if (problem.name !== "AbortError") {
        status.textContent = problem.message;
      }
    }
  };

  const showList = () =>
    fill(
      list,
      runList(wanted, ids => {
        wanted = {ids, named: true, note: ""};
        showList();
        keep();
        read();
      }));

  const again = calmly(read, UPDATE_PAUSE);
  showList();
  read();
  return {
    update: ids => {
      if (ids === null || wanted.ids.some(id => ids.has(id))) {
        again();
      }
    },
    close: () => asked.abort(),
  };
}

function compared(name, rows, ids) {
  return h(
    "div",
    {class: "scroll differences", tabindex: "0", role: "region", "aria-label": name},
    h(
      "table",
      {"aria-label": name},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", {scope: "col"}, ""),
          ids.map(id => h("th", {scope: "col"}, h("a", {href: "#/run/" + id}, title(id)))))),
      h(
        "tbody",
        {},
        rows.map(({key, values}) =>
          h(
            "tr",
            {},
            h("th", {scope: "row"}, key),
            values.map(value =>
              h(
                "td",
                {class: value === values[0] ? null : "other"},
                value === null ? "–" : value)))))));
}

function figures(ids) {
  const runs = ids.map(id => store.runs.get(id)).filter(run => run);
  const names = [...new Set(runs.flatMap(run => Object.keys(run.metrics ?? {})))];
  if (names.length === 0) {
    return null;
  }
  const rows = names.map(key => ({key, values: runs.map(run => number(run.metrics?.[key]))}));
  const plain = h(
    "div",
    {},
    compared("Last value of each metric", rows, runs.map(run => run.id)));
  plain.querySelectorAll(".other").forEach(cell => cell.classList.remove("other"));
  return [h("h2", {}, "Last value of each metric"), plain];
}
