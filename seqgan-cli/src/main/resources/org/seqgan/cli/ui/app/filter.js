/**
 * Which runs a line of words means. A run is meant where each word is: somewhere in its texts; or,
 * as key:value, in that one; or, as metric<1.5 or metric>1.5, as its last value. A minus before a
 * word means the runs without it.
 */
const TEXTS = [
  "name", "path", "state", "phase", "message", "task", "generator", "discriminator", "reward",
  "trainer", "cell",
];
const COMPARISON = /^([^<>:]+)([<>])(-?[\d.]+(?:e[+-]?\d+)?)$/i;

/** A function that says of a run whether it is meant. */
export function parse(line) {
  const tests = (line.match(/\S+/g) ?? []).map(word => {
    const negative = word.length > 1 && word.startsWith("-");
    const test = single(negative ? word.slice(1) : word);
    return negative ? run => !test(run) : test;
  });
  return run => tests.every(test => test(run));
}

function single(word) {
  const comparison = COMPARISON.exec(word);
  if (comparison) {
    const [, key, sign, text] = comparison;
    const bound = Number(text);
    return run => {
      const value = run.metrics?.[key] ?? run[key];
      return typeof value === "number" && (sign === "<" ? value < bound : value > bound);
    };
  }
  const lower = word.toLowerCase();
  const colon = lower.indexOf(":");
  if (colon > 0) {
    const key = lower.slice(0, colon);
    const value = lower.slice(colon + 1);
    if (key === "tag" || key === "tags") {
      return run => (run.tags ?? []).some(tag => tag.toLowerCase().includes(value));
    }
    if (key === "seed") {
      return run => String(run.seed ?? "") === value;
    }
    if (TEXTS.includes(key)) {
      return run => String(run[key] ?? "").toLowerCase().includes(value);
    }
  }
  return run => haystack(run).includes(lower);
}

const haystacks = new WeakMap();

function haystack(run) {
  let text = haystacks.get(run);
  if (text === undefined) {
    text = [...TEXTS.map(key => run[key] ?? ""), ...(run.tags ?? [])].join("\n").toLowerCase();
    haystacks.set(run, text);
  }
  return text;
}
