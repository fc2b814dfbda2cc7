/** Samples side by side: of one run over its rounds, or of several runs. */
import {wantedRuns} from "/app/comparing.js";
import {button, calmly, count, fill, h, labelled, select} from "/app/dom.js";
import {get} from "/app/server.js";
import {store, title} from "/app/store.js";
import {quiet, tune} from "/app/tunes.js";

const AT_ONCE = 20;
const TYPING_PAUSE = 250;
const MOST_RUNS = 6;

export function open(host, {query, remember}) {
  const wanted = wantedRuns(query);
  let words = query.get("search") ?? "";
  const details = new Map();
  const columns = [];
  const search = h("input", {type: "search", name: "search", value: words});
  const adder = h("div");
  const note = h("p", {class: "quiet", role: "status"}, query.get("columns") ? "" : wanted.note);
  const stage = h("div", {class: "columns"});
  fill(
    host,
    h(
      "div",
      {class: "controls"},
      h("label", {class: "field grow"}, h("span", {}, "Sequences with this in them"), search),
      adder),
    note,
    stage);

  const keep = () =>
    remember({columns: columns.map(({run, round}) => `${run}@${round}`).join(","), search: words});

  const roundsOf = async run => {
    if (!details.has(run)) {
      details.set(run, (await get("runs/" + run)).rounds ?? []);
    }
    return details.get(run);
  };

  const add = (run, round) => {
    const column = makeColumn(run, round, details.get(run), () => words, {
      changed: keep,
      away: () => {
        columns.splice(columns.indexOf(column), 1);
        column.element.remove();
        keep();
      },
    });
    columns.push(column);
    stage.append(column.element);
  };

  const showAdder = () => {
    const runs = [...store.runs.values()].filter(run => run.state !== "broken");
    const first = columns[0]?.run ?? runs[0]?.id;
    const choice = select(
      runs.slice(0, 500).map(run => [run.id, run.title]), first, () => {}, {name: "run"});
    fill(
      adder,
      h(
        "div",
        {class: "controls"},
        labelled("Another column, of", choice),
        button("Add", async () => {
          const rounds = await roundsOf(choice.value);
          if (rounds.length === 0) {
            note.textContent = title(choice.value) + " has no samples yet.";
            return;
          }
          add(choice.value, rounds[rounds.length - 1].key);
          keep();
        })));
  };

  const begin = async () => {
    try {
      for (const [run, round] of await firstColumns(query, wanted, roundsOf)) {
        add(run, round);
      }
      showAdder();
      if (columns.length === 0) {
        note.textContent = "There are no samples yet.";
      }
    } catch (problem) {
      note.textContent = problem.message;
    }
  };

  search.addEventListener(
    "input",
    calmly(() => {
      words = search.value.trim();
      keep();
      columns.forEach(column => column.read());
    }, TYPING_PAUSE));
  begin();
  return {
    update: async ids => {
      for (const run of new Set(columns.map(column => column.run))) {
        if (ids === null || ids.has(run)) {
          details.delete(run);
          const rounds = await roundsOf(run).catch(() => []);
          columns.filter(column => column.run === run).forEach(column => column.offer(rounds));
        }
      }
    },
    close: quiet,
  };
}

/** Those of the address; or the first, middle and last round of a run; or the last of several. */
async function firstColumns(query, wanted, roundsOf) {
  const named = (query.get("columns") ?? "").split(",").filter(word => word);
  if (named.length > 0) {
    const pairs = named.map(word => word.split("@"));
    for (const [run] of pairs) {
      await roundsOf(run);
    }
    return pairs;
  }
  const pairs = [];
  for (const run of wanted.ids.slice(0, MOST_RUNS)) {
    const rounds = (await roundsOf(run)).map(({key}) => key);
    if (rounds.length === 0) {
      continue;
    }
    const last = rounds.length - 1;
    const places = wanted.ids.length === 1 ? new Set([0, last >> 1, last]) : [last];
    for (const place of places) {
      pairs.push([run, rounds[place]]);
    }
  }
  return pairs;
}

function makeColumn(run, round, rounds, words, {changed, away}) {
  const column = {run, round};
  const list = h("ol");
  const status = h("p", {class: "quiet", role: "status"});
  const choice = h("div");
  const more = button("More", () => read(list.children.length));
  more.hidden = true;
  let latest = 0;

  const label = () => rounds.find(({key}) => key === column.round)?.label ?? column.round;

  const showChoice = () => {
    const focused = choice.contains(document.activeElement);
    fill(
      choice,
      labelled(
        "Round",
        select(rounds.map(({key, label: text}) => [key, text]), column.round, value => {
          column.round = value;
          changed();
          read();
        })));
    if (focused) {
      choice.querySelector("select").focus();
    }
  };

  const read = async (from = 0) => {
    const mine = ++latest;
    try {
      const answer = await get("samples", {
        run, round: column.round, from, count: AT_ONCE, search: words(),
      });
      if (mine !== latest) {
        return;
      }
      const items = answer.sequences.map(sequence => item(sequence, words(), run));
      if (from === 0) {
        fill(list, items);
      } else {
        list.append(...items);
      }
      const shown = list.children.length;
      const have = words() ? " have it" : "";
      status.textContent =
        `${count(shown)} shown of ${count(answer.matching)}`
        + (words() ? `${have}, of ${count(answer.total)}` : "");
      more.hidden = shown >= answer.matching;
    } catch (problem) {
      fill(list);
      more.hidden = true;
      status.textContent = problem.message;
    }
  };

  column.read = () => read();
  column.offer = some => {
    if (some.length !== rounds.length) {
      rounds = some;
      showChoice();
    }
  };
  column.element = h(
    "section",
    {class: "column", "aria-label": `Samples of ${title(run)}`},
    h(
      "div",
      {class: "top"},
      h("h2", {}, h("a", {href: "#/run/" + run}, title(run))),
      button("×", away, {"aria-label": `Take away ${title(run)}, ${label()}`})),
    choice,
    status,
    list,
    more);
  showChoice();
  read();
  return column;
}

function item({index, text, kind, svg, notes}, words, run) {
  const place = h("span", {class: "place"}, "#" + (index + 1) + " ");
  if (kind === "tune") {
    return h("li", {}, place, tune(svg, notes, `tune ${index + 1} of ${title(run)}`));
  }
  if (text.trim() === "") {
    return h("li", {}, place, h("span", {class: "quiet"}, "empty"));
  }
  // A poem of one line has no break that would tell.
  const poem = kind === "text" && store.runs.get(run)?.task === "poems";
  const sequence = h("div", {class: "sequence " + (poem ? "poem" : kind)}, marked(text, words));
  if (/[\u3400-\u9fff]/.test(text)) {
    sequence.lang = "zh";
  }
  return h("li", {}, place, sequence);
}

/** The text, with what was searched for marked. */
function marked(text, words) {
  if (!words) {
    return text;
  }
  const parts = [];
  const lower = text.toLowerCase();
  const wanted = words.toLowerCase();
  let from = 0;
  for (let i = lower.indexOf(wanted); i >= 0; i = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, i), h("mark", {}, text.slice(i, i + wanted.length)));
    from = i + wanted.length;
  }
  return [...parts, text.slice(from)];
}
