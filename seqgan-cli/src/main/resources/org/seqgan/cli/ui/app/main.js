/** Which view is shown: the address says it, so that each can be kept as a bookmark. */
import {announce, button, fill, h} from "/app/dom.js";
import {get} from "/app/server.js";
import {chosenRuns, follow, listen, readAll, store} from "/app/store.js";
import * as keys from "/app/keys.js";
import * as curves from "/app/curves.js";
import * as differences from "/app/differences.js";
import * as matrices from "/app/matrices.js";
import * as plane from "/app/plane.js";
import * as run from "/app/run.js";
import * as runs from "/app/runs.js";
import * as samples from "/app/samples.js";
import * as surveys from "/app/surveys.js";

/** Each with the key that goes there after g; those that compare take the chosen runs along. */
const VIEWS = [
  {name: "runs", text: "Runs", key: "r", view: runs},
  {name: "curves", text: "Curves", key: "c", view: curves, compares: true},
  {name: "differences", text: "Differences", key: "d", view: differences, compares: true},
  {name: "samples", text: "Samples", key: "s", view: samples, compares: true},
  {name: "plane", text: "Quality and diversity", key: "q", view: plane, compares: true},
  {name: "matrices", text: "Matrices", key: "m", view: matrices},
  {name: "surveys", text: "Surveys", key: "v", view: surveys},
];
const HIDDEN = [{name: "run", text: "Run", view: run}];

const host = document.getElementById("view");
const connection = document.getElementById("connection");
let shown = null;

function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, id] = (path || "runs").split("/");
  return {name, id: id ? decodeURIComponent(id) : null, query: new URLSearchParams(query ?? "")};
}

function open(moveFocus) {
  if (location.hash === "#view") {
    host.focus();
    return;
  }
  const {name, id, query} = route();
  const entry = [...VIEWS, ...HIDDEN].find(view => view.name === name) ?? VIEWS[0];
  shown?.close();
  const heading = h("h1", {tabindex: "-1"}, entry.text);
  const body = h("div", {class: "body"});
  fill(host, heading, body);
  const title = text => {
    heading.textContent = text;
    document.title = text + " · seqgan";
  };
  title(entry.text);
  /** Keeps what a control says in the address, without a step back for each. */
  const remember = words => {
    const text = new URLSearchParams(Object.entries(words).filter(([, value]) => value)).toString();
    const address = "#/" + name + (id ? "/" + id : "") + (text ? "?" : "");
    history.replaceState(null, "", address + text.replaceAll("%2C", ","));
  };
  shown = entry.view.open(body, {id, query, remember, title, heading});
  showNavigation();
  if (moveFocus) {
    heading.focus();
    scrollTo(0, 0);
  }
}

function address(entry) {
  const ids = entry.compares ? chosenRuns().join(",") : "";
  return "#/" + entry.name + (ids ? "?runs=" + ids : "");
}

function showNavigation() {
  const {name} = route();
  const current = {run: "runs"}[name] ?? name;
  fill(
    document.getElementById("views"),
    VIEWS.map(entry =>
      h(
        "li",
        {},
        h(
          "a",
          {href: address(entry), "aria-current": entry.name === current ? "page" : null},
          entry.text))));
  const [nav, link] = ["nav", "nav [aria-current]"].map(words => document.querySelector(words));
  if (link) {
    nav.scrollLeft = link.offsetLeft - nav.offsetLeft - (nav.clientWidth - link.offsetWidth) / 2;
  }
}

function lost(text) {
  connection.textContent = text;
  connection.hidden = false;
}

function found() {
  if (!connection.hidden) {
    connection.hidden = true;
    announce("seqgan ui answers again");
  }
}

async function begin() {
  try {
    store.info = await get("info");
    await readAll();
  } catch (problem) {
    fill(host, h("h1", {}, "seqgan"), h("p", {class: "bad"}, problem.message), retry());
    return;
  }
  open(false);
  addEventListener("hashchange", () => open(true));
  addEventListener("seqgan-chosen", showNavigation);
  listen(ids => shown?.update(ids));
  follow(lost, found);
  keys.install(
    VIEWS.map(entry => ({
      key: entry.key,
      text: entry.text,
      go: () => {
        location.hash = address(entry);
      },
    })));
}

function retry() {
  return button("Try again", () => location.reload());
}

begin();
