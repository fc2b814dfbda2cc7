/** What the views that compare runs have in common: which runs, and how to change that. */
import {button, calmly, fill, h, many} from "/app/dom.js";
import {choose, store, title} from "/app/store.js";

/**
 * The runs that a view compares: their list above it, and what the server is asked of them, which is
 * asked anew when others are chosen or one of them has changed.
 */
export class Compared {
  #wanted;
  #view;
  #again;
  #asked = new AbortController();

  /**
   * @param query of the address
   * @param view `list`, where the runs are listed; `status`, where faults are told; `read`, called
   *     with a signal that ends it when it is called anew; `keep`, called when other runs are
   *     chosen; `pause`, the least time between two readings in milliseconds
   */
  constructor(query, view) {
    this.#wanted = wantedRuns(query);
    this.#view = view;
    this.#again = calmly(() => this.read(), view.pause);
  }

  get ids() {
    return this.#wanted.ids;
  }

  /** For the address: nothing where nobody has chosen. */
  get words() {
    return this.#wanted.named ? this.ids.join(",") : "";
  }

  start() {
    this.#list();
    this.read();
  }

  #list() {
    fill(
      this.#view.list,
      runList(this.#wanted, ids => {
        this.#wanted = {ids, named: true, note: ""};
        this.#view.keep();
        this.start();
      }));
  }

  async read() {
    this.#asked.abort();
    this.#asked = new AbortController();
    try {
      await this.#view.read(this.#asked.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") {
        this.#view.status.textContent = problem.message;
      }
    }
  }

  /** @param ids of the runs that have changed; null for any */
  changed(ids) {
    if (ids === null || this.ids.some(id => ids.has(id))) {
      this.#again();
    }
  }

  close() {
    this.#asked.abort();
  }
}

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
function runList({ids, note}, change) {
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
