/** What the views that compare runs have in common: which runs, and how to change that. */
import {button, fill, h, many} from "/app/dom.js";
import {choose, store, title} from "/app/store.js";

/** Where nobody has chosen, so many of the latest runs are shown. */
const LATEST = 8;

/**
 * The runs that an address names, or else the latest; runs that cannot be read are not compared.
 *
 * @return ids, and what to say of them
 */
export function wantedRuns(query) {
  const named = (query.get("runs") ?? "").split(",").filter(id => id);
  if (named.length === 0) {
    const latest = [...store.runs.values()]
      .filter(run => run.state !== "broken")
      .sort((a, b) => ((a.updated ?? "") < (b.updated ?? "") ? 1 : -1))
      .slice(0, LATEST)
      .map(run => run.id);
    return {ids: latest, named: false, note: latestNote(latest.length)};
  }
  const ids = named.filter(id => store.runs.has(id) && store.runs.get(id).state !== "broken");
  const broken = named.filter(id => store.runs.get(id)?.state === "broken");
  const notes = [];
  if (broken.length > 0) {
    notes.push(`Cannot be read, and so not shown: ${broken.map(title).join(", ")}.`);
  }
  const gone = named.filter(id => !store.runs.has(id)).length;
  if (gone > 0) {
    notes.push(`${many(gone, "run")} of this address ${gone === 1 ? "is" : "are"} not here.`);
  }
  return {ids, named: true, note: notes.join(" ")};
}

function latestNote(amount) {
  return amount === 0
    ? "There are no runs."
    : `No run is chosen; these are the latest ${amount}.`;
}

/**
 * The list of the runs that are compared, each with a button that takes it away.
 *
 * @param change is called with the ids that are left
 */
export function runList({ids, note}, change) {
  const chips = h("ul", {class: "chips"});
  fill(
    chips,
    ids.map(id =>
      h(
        "li",
        {},
        h("a", {href: "#/run/" + id}, title(id)),
        button("×", () => {
          choose([id], false);
          change(ids.filter(other => other !== id));
        }, {"aria-label": "Take away " + title(id)}))),
    h("li", {class: "plain"}, h("a", {href: "#/runs"}, "Choose others in the table")));
  return h(
    "section",
    {"aria-label": "Runs compared"},
    h(
      "details",
      {open: ids.length <= 12},
      h("summary", {}, many(ids.length, "run"), note ? h("small", {}, " " + note) : null),
      chips));
}
