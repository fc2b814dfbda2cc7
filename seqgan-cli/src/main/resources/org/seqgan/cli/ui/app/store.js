/** The list of runs as it stands, the runs that were chosen, and who wants to hear of changes. */
import {get, getChanged} from "/app/server.js";
import {announce} from "/app/dom.js";

/** Of so many runs it is asked which metrics have a better end; they are those of all others. */
const MOST_ASKED = 50;

/** With more changes than this the whole list is asked for. */
const MOST_SINGLE = 20;

const CHOSEN = "seqgan.chosen";

export const store = {
  /** By id, in the order of the server. */
  runs: new Map(),
  /** What was found wrong with the folders themselves. */
  remarks: [],
  /** What the server says of itself. */
  info: {version: "", control: false, roots: []},
};

const listeners = new Set();
const chosen = new Set(JSON.parse(sessionStorage.getItem(CHOSEN) ?? "[]"));
let tag = null;
let version = null;
let names = null;
let judged = new Set();
let judgedOf = null;

/** Hears of changes: a set of ids, or null where any may have changed. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The ids of the chosen runs. */
export function chosenRuns() {
  return [...chosen];
}

export function isChosen(id) {
  return chosen.has(id);
}

/** Chooses runs, or no longer. */
export function choose(ids, yes) {
  for (const id of ids) {
    if (yes) {
      chosen.add(id);
    } else {
      chosen.delete(id);
    }
  }
  sessionStorage.setItem(CHOSEN, JSON.stringify([...chosen]));
  dispatchEvent(new Event("seqgan-chosen"));
}

/** What a run is called: by its path where another has its name. */
export function title(id) {
  const run = store.runs.get(id);
  return run ? run.title : id;
}

/** The names of all metrics: those with a better end first, then as the runs name them. */
export function metricNames() {
  if (names === null) {
    names = new Set();
    for (const run of store.runs.values()) {
      for (const name in run.metrics ?? {}) {
        names.add(name);
      }
    }
  }
  const all = [...names];
  return [...all.filter(name => judged.has(name)), ...all.filter(name => !judged.has(name))];
}

/** Learns which metrics have a better end, where there are new ones. */
async function judge() {
  names = null;
  const now = metricNames().sort().join();
  if (now !== judgedOf) {
    judgedOf = now;
    const runs = [...store.runs.values()]
      .filter(run => Object.keys(run.metrics ?? {}).length > 0)
      .sort((a, b) => (a.updated < b.updated ? 1 : -1))
      .slice(0, MOST_ASKED)
      .map(run => run.id);
    const {metrics} = runs.length > 0 ? await get("metrics", {runs: runs.join(",")}) : {metrics: []};
    judged = new Set(metrics.filter(({better}) => better).map(({name}) => name));
  }
}

/** Reads all runs. */
export async function readAll() {
  const changed = await getChanged("runs", tag);
  if (changed) {
    tag = changed.tag;
    version = changed.body.version;
    store.remarks = changed.body.remarks ?? [];
    store.runs = new Map(changed.body.runs.map(run => [run.id, run]));
    nameRuns();
    await judge();
    tell(null);
  }
}

function nameRuns() {
  const counts = new Map();
  for (const run of store.runs.values()) {
    counts.set(run.name, (counts.get(run.name) ?? 0) + 1);
  }
  for (const run of store.runs.values()) {
    run.title = counts.get(run.name) > 1 ? run.path || run.name : run.name;
  }
}

function tell(ids) {
  listeners.forEach(listener => listener(ids));
}

/**
 * Follows what the server says while the page can be seen. A browser has few connections to one
 * server, and a page that waits unseen would hold one of them.
 */
export function follow(lost, found) {
  let events = null;
  let broken = false;
  const readAgain = () => readAll().then(found, problem => lost(problem.message));
  const listenNow = () => {
    events = new EventSource("/api/events");
    events.addEventListener("runs", event => {
      const {version: now, changed} = JSON.parse(event.data);
      take(now, changed).catch(problem => lost(problem.message));
    });
    events.addEventListener("error", () => {
      broken = true;
      lost("No word from seqgan ui; what is shown may be old. Trying again.");
    });
    events.addEventListener("open", () => {
      if (broken) {
        broken = false;
        readAgain();
      }
    });
  };
  const seen = () => {
    if (document.visibilityState === "hidden") {
      events?.close();
      events = null;
    } else if (events === null) {
      listenNow();
      readAgain();
    }
  };
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", () => {
    events?.close();
    events = null;
  });
  addEventListener("pageshow", seen);
  listenNow();
}

async function take(now, changed) {
  const next = version === null || now === version + 1;
  if (!next || changed.length > MOST_SINGLE) {
    await readAll();
    return;
  }
  version = now;
  tag = null;
  let answers;
  try {
    answers = await Promise.all(changed.map(single));
  } catch (problem) {
    if (problem.status === 0) {
      throw problem;
    }
    // A run that goes away meanwhile; the list has what is left.
    await readAll();
    return;
  }
  answers.forEach((run, i) => {
    const before = store.runs.get(changed[i]);
    if (run === null) {
      store.runs.delete(changed[i]);
      return;
    }
    store.runs.set(run.id, run);
    if (before && before.state !== run.state) {
      announce(run.name + " is " + run.state);
    }
  });
  nameRuns();
  await judge();
  tell(new Set(changed));
}

async function single(id) {
  try {
    return await get("runs/" + id);
  } catch (problem) {
    if (problem.status === 404) {
      return null;
    }
    throw problem;
  }
}
