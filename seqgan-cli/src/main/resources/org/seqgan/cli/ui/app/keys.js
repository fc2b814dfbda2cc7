/** Keys of the whole page, and the dialog that lists them. */
import {button, fill, h, table} from "/app/dom.js";

const OFF = "seqgan.keys-off";
/** How long g waits for its second key, in milliseconds. */
const PATIENCE = 1500;

const HERE = [
  ["/", "to the filter or the search of this view"],
  ["?", "this list"],
  ["Esc", "closes this list; leaves a filter"],
];
const TABLE = [
  ["↑ ↓", "the run above, the run below"],
  ["Home, End, Page Up, Page Down", "further"],
  ["Space", "chooses the run, or no longer"],
  ["Enter", "opens the run"],
];
const CHART = [
  ["← →", "the step before, the step after"],
  ["Home, End", "the first step, the last step"],
  ["↑ ↓", "another curve"],
  ["+ −", "nearer, further, around the step"],
  ["0", "all steps"],
];

/** Listens to keys; the ways are where g and a letter go. */
export function install(ways) {
  const dialog = document.getElementById("keys-dialog");
  const show = () => {
    fill(dialog, contents(ways, () => dialog.close()));
    dialog.showModal();
  };
  document.getElementById("keys").addEventListener("click", show);
  let began = 0;
  addEventListener("keydown", event => {
    if (event.key === "Escape" && event.target.matches?.("input[type=search]")) {
      event.target.blur();
      return;
    }
    const busy = dialog.open || event.ctrlKey || event.metaKey || event.altKey;
    if (busy || off() || writes(event.target)) {
      return;
    }
    const way = Date.now() - began < PATIENCE && ways.find(({key}) => key === event.key);
    began = event.key === "g" ? Date.now() : 0;
    if (way) {
      way.go();
    } else if (event.key === "/") {
      document.querySelector("main input[type=search]")?.focus();
    } else if (event.key === "?") {
      show();
    } else {
      return;
    }
    event.preventDefault();
  });
}

function off() {
  return localStorage.getItem(OFF) !== null;
}

function writes(target) {
  return target.matches?.("input:not([type=checkbox]), textarea, select") ?? false;
}

function contents(ways, close) {
  const box = h("input", {
    type: "checkbox",
    checked: !off(),
    change: event => {
      if (event.target.checked) {
        localStorage.removeItem(OFF);
      } else {
        localStorage.setItem(OFF, "yes");
      }
    },
  });
  const list = (name, rows) => [
    h("h3", {}, name),
    table(name, ["Key", "Does"], rows.map(([key, does]) => [h("kbd", {}, key), does])),
  ];
  return [
    h(
      "div",
      {class: "controls line"},
      h("h2", {id: "keys-title", class: "grow"}, "Keys"),
      button("Close", close, {autofocus: true})),
    list("Everywhere", [...ways.map(way => ["g " + way.key, way.text]), ...HERE]),
    list("In the table of runs", TABLE),
    list("In a chart", CHART),
    h("p", {}, h("label", {}, box, " Letters, / and ? are keys of this page")),
  ];
}
