/** What is configured differently in two or more runs, and what came of it. */
import {Compared} from "/app/comparing.js";
import {fill, h, many, number} from "/app/dom.js";
import {get} from "/app/server.js";
import {store, title} from "/app/store.js";

const UPDATE_PAUSE = 500;

export function open(host, {query, remember}) {
  let filter = query.get("filter") ?? "";
  let answer = {runs: [], rows: [], unreadable: []};
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

  const keep = () => remember({runs: compared.words, filter});

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
            comparison("Options that differ", shown, runs),
          ]
        : null,
      compared.ids.length > 0 ? figures(compared.ids) : null);
  };

  const read = async signal => {
    answer =
      compared.ids.length < 2
        ? {runs: compared.ids, rows: [], unreadable: []}
        : await get("differences", {runs: compared.ids.join(",")}, signal);
    show();
  };

  const compared = new Compared(query, {list, status, read, keep, pause: UPDATE_PAUSE});
  compared.start();
  return {update: ids => compared.changed(ids), close: () => compared.close()};
}

function comparison(name, rows, ids) {
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
    comparison("Last value of each metric", rows, runs.map(run => run.id)));
  plain.querySelectorAll(".other").forEach(cell => cell.classList.remove("other"));
  return [h("h2", {}, "Last value of each metric"), plain];
}
