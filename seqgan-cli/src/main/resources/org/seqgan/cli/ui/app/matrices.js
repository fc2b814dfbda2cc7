/** Matrices: how far each is, its cells by method and seed, and its report. */
import {calmly, count, fill, h, many, state, table} from "/app/dom.js";
import {get} from "/app/server.js";

const UPDATE_PAUSE = 500;
/** With more seeds than this there is a list alone. */
const MOST_SEEDS = 40;
const SIGNS = {finished: "✓", done: "✓", running: "▸", failed: "✗", killed: "✗", broken: "✗"};

export function open(host, {id, title}) {
  const result = h("div");
  const status = h("p", {class: "quiet", role: "status"});
  fill(host, status, result);
  const read = async () => {
    try {
      if (id) {
        const matrix = await get("matrices/" + id);
        title("Matrix " + matrix.name);
        fill(result, one(matrix));
      } else {
        const {matrices} = await get("matrices");
        status.textContent = matrices.length === 0 ? "There are no matrices here." : "";
        fill(result, matrices.length > 0 ? all(matrices) : null);
      }
    } catch (problem) {
      status.textContent = problem.message;
    }
  };
  const again = calmly(read, UPDATE_PAUSE);
  read();
  return {update: again, close: () => {}};
}

function report({id, name, report: there}) {
  return there
    ? h(
        "a",
        {
          href: "/reports/matrix/" + id, target: "_blank", rel: "noopener",
          "aria-label": "Report of " + name,
        },
        "Report")
    : "none yet";
}

function all(matrices) {
  return h(
    "div",
    {class: "left"},
    table(
      "Matrices",
      ["Matrix", "Progress", "Done", "Running", "Failed", "Report", "Folder"],
      matrices.map(matrix => [
        h("a", {href: "#/matrices/" + matrix.id}, matrix.name),
        parts(matrix),
        `${count(matrix.done)} of ${count(matrix.cells)}`,
        count(matrix.running),
        count(matrix.failed),
        report(matrix),
        matrix.message ? h("span", {class: "bad"}, matrix.message) : matrix.path,
      ])));
}

function parts({cells, done, running, failed}) {
  const part = (name, amount) => {
    const piece = h("span", {class: name});
    piece.style.width = (100 * amount) / Math.max(1, cells) + "%";
    return piece;
  };
  const words = `${done} of ${cells} cells done, ${running} running, ${failed} failed`;
  return h(
    "div",
    {class: "parts", role: "img", "aria-label": words},
    part("finished", done),
    part("running", running),
    part("failed", failed));
}

function one(matrix) {
  const {cells, done, running, failed, cellList, path} = matrix;
  const runs = cellList.map(cell => cell.run).filter(run => run);
  const together = runs.join(",");
  return [
    matrix.message ? h("p", {class: "bad"}, matrix.message) : null,
    h("p", {}, `${count(done)} of ${many(cells, "cell")} done, ${running} running, ${failed} failed.`),
    parts(matrix),
    h(
      "div",
      {class: "controls line"},
      report(matrix),
      runs.length > 0
        ? [
            h("a", {href: `#/curves?runs=${together}&group=method`}, "Curves by method"),
            h("a", {href: `#/plane?runs=${together}`}, "Quality and diversity"),
          ]
        : null,
      h("span", {class: "quiet"}, path)),
    byMethod(cellList),
    h("h2", {}, "Cells"),
    h(
      "div",
      {class: "left"},
      table(
        "Cells",
        ["Cell", "State", "Method", "Seed", "Message"],
        cellList.map(cell => [
          cell.run ? h("a", {href: "#/run/" + cell.run}, cell.name) : cell.name,
          state(cell.state),
          cell.method ?? "–",
          cell.seed === null || cell.seed === undefined ? "–" : String(cell.seed),
          cell.message ?? "",
        ]))),
  ];
}

function byMethod(cells) {
  const methods = [...new Set(cells.map(cell => cell.method ?? "–"))];
  const seeds = [...new Set(cells.map(cell => cell.seed))].sort((a, b) => a - b);
  if (cells.length < 2 || seeds.length > MOST_SEEDS) {
    return null;
  }
  const sign = cell => {
    const properties = {
      class: "cell " + cell.state, title: cell.name + ": " + cell.state,
      "aria-label": cell.name + ": " + cell.state,
    };
    const text = SIGNS[cell.state] ?? "·";
    return cell.run
      ? h("a", {href: "#/run/" + cell.run, ...properties}, text)
      : h("span", {role: "img", ...properties}, text);
  };
  return [
    h("h2", {}, "By method and seed"),
    h("p", {class: "quiet"}, "✓ done, ▸ running, ✗ failed, · not begun or stopped"),
    h(
      "div",
      {class: "cells"},
      table(
        "Cells by method and seed",
        ["Method", ...seeds.map(seed => "seed " + seed)],
        methods.map(method => [
          method,
          ...seeds.map(seed =>
            cells
              .filter(cell => (cell.method ?? "–") === method && cell.seed === seed)
              .map(sign)),
        ]))),
  ];
}
