/** The phases of runs on one line of steps. A phase: its name, its order, and from and to in steps. */
import {number} from "/app/dom.js";

/**
 * The line of several runs: each phase is as long as the longest of theirs, so that it begins at
 * one place in all of them.
 */
export function timeline(series) {
  const longest = new Map();
  for (const {phase, order, from, to} of series.flatMap(({phases}) => phases)) {
    const steps = Math.max(to - from, longest.get(phase)?.steps ?? 0);
    longest.set(phase, {phase, order, steps});
  }
  let end = 0;
  return [...longest.values()]
    .sort((a, b) => a.order - b.order || (a.phase < b.phase ? -1 : 1))
    .map(({phase, order, steps}) => {
      const from = end;
      end += steps;
      return {phase, order, from, to: end};
    });
}

/** Whether a phase of any run begins elsewhere on a line than in the run itself. */
export function moves(series, line) {
  const begins = new Map(line.map(({phase, from}) => [phase, from]));
  return series.some(({phases}) => phases.some(({phase, from}) => begins.get(phase) !== from));
}

/** Where a step that a run has counted over its own phases is on a line. */
export function onLine(step, phases, line) {
  const own = within(step, phases);
  const shared = own && line.find(({phase}) => phase === own.phase);
  return shared ? shared.from + step - own.from : step;
}

/** A place on a line, in words: its phase, and the step of that phase. */
export function placeInWords(step, line) {
  const span = within(step, line);
  return span ? `${span.phase} ${number(step - span.from)}` : `step ${number(step)}`;
}

/** The last step of a phase is in it, and the beginning of training in the first. */
function within(step, phases) {
  return phases.find(({to}) => step <= to) ?? phases.at(-1);
}
