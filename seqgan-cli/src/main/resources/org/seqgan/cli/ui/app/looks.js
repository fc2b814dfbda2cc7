/** How one of many looks, as in the reports: by colour, by dashes and by the shape of its mark. */
import {svg} from "/app/dom.js";

/** Style 3 belongs to the panels of a run, and is too near to style 1. */
const COLOURS = [1, 2, 4, 5, 6, 7, 8, 9, 10];
const COUNT = 45;

/** The dashes that report.css gives to colours, and to the rounds after the first. */
const DASHES = {
  2: [6, 4], 5: [2, 4], 6: [9, 3, 2, 3], 8: [13, 4], 9: [2, 4],
};
const ROUNDS = [null, [4, 3], [12, 3, 3, 3, 3, 3], [1, 6], [18, 5, 1, 5]];

/** The look of the n-th, from 0; after 45 they begin again. */
export function look(index) {
  const number = COLOURS[index % COLOURS.length];
  const round = Math.floor((index % COUNT) / COLOURS.length);
  return {
    number,
    round,
    dashes: round === 0 ? DASHES[number] ?? [] : ROUNDS[round],
    cssClass: "s" + number + (round === 0 ? "" : " r" + round),
  };
}

/** The colours as they are now, light or dark. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue("--" + name).trim();
  return {
    ink: value("ink"), quiet: value("quiet"), rule: value("rule"), page: value("page"),
    phases: {"generator-pretraining": value("p1"), "discriminator-pretraining": value("p2")},
    phase: value("p3"),
    colours: Object.fromEntries([...COLOURS, 3].map(n => [n, value("s" + n)])),
  };
}

/** A piece of a curve for a legend. */
export function piece({cssClass}) {
  return svg(
    "svg",
    {viewBox: "0 0 28 10", "aria-hidden": "true"},
    svg("path", {class: "curve " + cssClass, d: "M0 5H28"}));
}

/** Puts the outline of a style's mark into a path that is open. */
export function mark(context, {round}, x, y, radius) {
  const r = radius * 1.1;
  const corners = [
    null,
    [-r, -r, r, -r, r, r, -r, r],
    [0, -r * 1.35, r * 1.3, r, -r * 1.3, r],
    [0, -r * 1.4, r * 1.4, 0, 0, r * 1.4, -r * 1.4, 0],
    [-r * 1.3, -r, r * 1.3, -r, 0, r * 1.35],
  ][round];
  context.beginPath();
  if (!corners) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (let i = 0; i < corners.length; i += 2) {
    context.lineTo(x + corners[i], y + corners[i + 1]);
  }
  context.closePath();
}
