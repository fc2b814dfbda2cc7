/**
 * Elements, and values as a reader wants them. Whatever comes from a run becomes a text node: no
 * string is ever read as markup.
 */

/**
 * An element.
 *
 * @param name of the element
 * @param properties attributes; a function is a listener of the event of that name, true an empty
 *     attribute, and null, undefined and false are none
 * @param children nodes and texts, in lists too; null and false are none
 */
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  set(element, properties ?? {});
  element.append(...flat(children));
  return element;
}

/** The same in SVG. */
export function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Replaces what is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

function set(element, properties) {
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
}

function flat(children) {
  return children
    .flat(Infinity)
    .filter(child => child !== null && child !== undefined && child !== false);
}

/** A button. */
export function button(text, click, properties) {
  return h("button", {type: "button", click, ...properties}, text);
}

/** A control with its name before it. */
export function labelled(text, control) {
  return h("label", {class: "field"}, h("span", {}, text), control);
}

/** A choice among values. */
export function select(options, chosen, change, properties) {
  return h(
    "select",
    {...properties, change: event => change(event.target.value)},
    options.map(([value, text]) =>
      h("option", {value, selected: String(value) === String(chosen)}, text)));
}

/**
 * A table that can be scrolled where a screen is narrow.
 *
 * @param name what a screen reader calls it
 * @param headings of the columns
 * @param rows as many cells each, texts or nodes; the first names the row
 */
export function table(name, headings, rows) {
  return h(
    "div",
    {class: "scroll", tabindex: "0", role: "region", "aria-label": name},
    h(
      "table",
      {"aria-label": name},
      h("thead", {}, h("tr", {}, headings.map(heading => h("th", {scope: "col"}, heading)))),
      h(
        "tbody",
        {},
        rows.map(([first, ...others]) =>
          h("tr", {}, h("th", {scope: "row"}, first), others.map(cell => h("td", {}, cell)))))));
}

/** Four decimals, or scientific notation where they would show too little or too much. */
export function number(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) {
    return String(value);
  }
  return size === 0 || (size >= 1e-3 && size < 1e6) ? value.toFixed(4) : value.toExponential(3);
}

/** A whole number, with commas. */
export function count(value) {
  return value.toLocaleString("en");
}

/** As in "1 run", "2 runs". */
export function many(amount, thing) {
  return count(amount) + " " + thing + (amount === 1 ? "" : "s");
}

/** A moment, to the second. */
export function moment(text) {
  return text ? text.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC") : "–";
}

/** A share of a whole. */
export function percent(fraction) {
  return fraction === null || fraction === undefined ? "–" : Math.floor(100 * fraction) + "%";
}

/** A number of bytes. */
export function bytes(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.max(0, Math.min(4, Math.floor(Math.log2(Math.max(1, value)) / 10)));
  const size = value / 2 ** (10 * power);
  return (power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)) + " " + units[power];
}

/** How something stands, as a word in a colour. */
export function state(word) {
  return h("span", {class: "state " + (word ?? "unknown")}, word ?? "unknown");
}

/** Which end of a metric is the better one, in words. */
export function direction(better) {
  return better === "lower" || better === "higher"
    ? better + " is better"
    : "neither end is better";
}

/** Tells a screen reader something, without moving it. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** Calls a function once things have been quiet for so many milliseconds. */
export function calmly(call, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), milliseconds);
  };
}
