/** Tunes: the server's drawing, and sound by Web Audio, an oscillator for each note. */
import {button, h} from "/app/dom.js";
import {soundNote} from "/lib/note.js";

const LEAD = 0.05;
/** Elements of a piano roll; others are left out. */
const DRAWN = new Set(["svg", "g", "path", "rect", "line", "text", "title", "desc", "circle"]);
const SVG = "http://www.w3.org/2000/svg";

let context = null;
let silence = () => {};

/** Stops what plays. */
export function quiet() {
  silence();
}

/**
 * A tune with a button that plays it.
 *
 * @param markup with an svg in it, or null
 * @param notes start and length in seconds, and MIDI pitch, of each
 */
export function tune(markup, notes, name) {
  const parsed = markup ? new DOMParser().parseFromString(markup, "text/html") : null;
  const drawing = parsed?.querySelector("svg") ?? null;
  const along = Number(parsed?.querySelector("[data-scale]")?.dataset.scale ?? 0);
  const figure = h("figure", {class: "tune"});
  const roll = drawing ? clean(drawing) : null;
  const frame = h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": name});
  if (roll) {
    const width = roll.viewBox.baseVal?.width ?? 0;
    const inner = h("div", {}, roll);
    inner.style.minWidth = Math.max(0, width > 360 ? width : 0) + "px";
    frame.append(inner);
    figure.append(frame);
  }
  if (notes?.length > 0) {
    const play = button("Play", () => {
      if (figure.classList.contains("playing")) {
        silence();
      } else {
        start(figure, roll, play, notes, along);
      }
    }, {"aria-label": "Play " + name});
    figure.append(play);
  }
  return figure;
}

/** A copy of a drawing without anything that acts or loads. */
function clean(element) {
  if (!DRAWN.has(element.localName)) {
    return null;
  }
  const copy = document.createElementNS(SVG, element.localName);
  for (const {name, value} of element.attributes) {
    if (!name.startsWith("on") && !name.includes("href") && name !== "style") {
      copy.setAttribute(name, value);
    }
  }
  for (const child of element.childNodes) {
    const part = child.nodeType === Node.TEXT_NODE ? child.data : clean(child);
    if (part !== null && child.nodeType !== Node.COMMENT_NODE) {
      copy.append(part);
    }
  }
  return copy;
}

function start(figure, roll, play, notes, along) {
  silence();
  context ??= new AudioContext();
  context.resume();
  const begin = context.currentTime + LEAD;
  const sounding = notes.map(([from, seconds, pitch]) =>
    soundNote(context, pitch, begin + from, seconds));
  const end = begin + Math.max(...notes.map(([from, seconds]) => from + seconds));
  const head = roll?.querySelector(".playhead") ?? null;
  const name = play.getAttribute("aria-label");
  let going = true;
  silence = () => {
    going = false;
    silence = () => {};
    sounding.forEach(oscillator => oscillator.stop());
    head?.removeAttribute("transform");
    figure.classList.remove("playing");
    play.textContent = "Play";
    play.setAttribute("aria-label", name);
  };
  const follow = () => {
    if (!going) {
      return;
    }
    if (context.currentTime > end || !figure.isConnected) {
      silence();
      return;
    }
    const x = Math.max(0, context.currentTime - begin) * along;
    head?.setAttribute("transform", `translate(${x})`);
    requestAnimationFrame(follow);
  };
  play.textContent = "Stop";
  play.setAttribute("aria-label", name.replace("Play", "Stop"));
  figure.classList.add("playing");
  follow();
}
