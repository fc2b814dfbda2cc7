/**
 * A chart: axes, scales and the pointer are uPlot's; the curves are painted here, each on places of
 * its own and a few at a time, so that a thousand of them never hold up the page.
 */
import uPlot from "/lib/uplot.js";
import {announce, button, count, direction, fill, h, number, table} from "/app/dom.js";
import {mark, palette, piece} from "/app/looks.js";
import {summary} from "/app/statistics.js";

/** As many points are painted at once; then the browser has its turn. */
const POINTS_AT_ONCE = 25000;
/** With more curves than this they are thin, and with more than the second pale. */
const MANY = 45;
const VERY_MANY = 200;
/** How far around the middle a step nearer looks. */
const NEARER = 0.5;
const ROOM = 0.05;
/** Of so many curves there are names at once; the others are a press away. */
const MOST_NAMES = 100;
const dark = matchMedia("(prefers-color-scheme: dark)");

/**
 * A curve: id, name, look, xs and ys (null where there is no value); and if wanted low and high of
 * a band, marks at its points, place, what says the place of a point in words, a word for each point, named (the words are beside the marks), faint,
 * aside (not in the legend).
 */
export class Chart {
  #figure;
  #plot;
  #reading;
  #names;
  #caption;
  #values;
  #part = h("span", {class: "quiet", role: "status"});
  #height;
  #model = null;
  #hidden = new Set();
  #allNames = false;
  #zoom = null;
  #uplot = null;
  #over = null;
  #colours = null;
  #frame = 0;
  #current = null;
  #sizes;
  #recolour = () => this.#build();

  /**
   * @param options height in pixels; small without a legend, buttons and values
   */
  constructor(host, {height = 340, small = false} = {}) {
    this.#height = height;
    this.#plot = h("div", {
      class: "plot",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "chart",
      "aria-label": "Nothing is drawn yet",
      keydown: event => this.#key(event),
    });
    this.#reading = h("p", {class: "reading quiet"});
    this.#names = h("ul", {class: "names", "aria-label": "Curves; press one to hide or show it"});
    this.#caption = h("figcaption");
    this.#values = h("details", {toggle: () => this.#tabulate()}, h("summary", {}, "Values"));
    const around = h(
      "div",
      {class: "controls"},
      button("Nearer", () => this.#closer(NEARER)),
      button("Further", () => this.#closer(1 / NEARER)),
      button("All", () => this.#whole()),
      this.#part);
    this.#figure = h(
      "figure",
      {},
      this.#plot,
      this.#reading,
      small ? null : [this.#names, around],
      this.#caption,
      small ? null : this.#values);
    host.append(this.#figure);
    this.#sizes = new ResizeObserver(() => this.#resize());
    this.#sizes.observe(this.#plot);
    dark.addEventListener("change", this.#recolour);
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#sizes.disconnect();
    dark.removeEventListener("change", this.#recolour);
    this.#uplot?.destroy();
    this.#figure.remove();
  }

  /**
   * Shows curves, in place of those before.
   *
   * @param model curves; label; x and y, the names of the axes; better; log of y; phases to shade;
   *     place, what says a place in words, if not x with its number; words, the sentences below
   */
  show(model) {
    const again = this.#uplot && this.#model.log === model.log && this.#model.y === model.y
      && this.#model.x === model.x;
    this.#model = model;
    model.curves.forEach(curve => {
      curve.sorted = curve.xs.every((x, i) => i === 0 || x >= curve.xs[i - 1]);
    });
    const listed = model.curves.filter(curve => !curve.aside);
    this.#plot.setAttribute(
      "aria-label",
      `${model.label}, ${count(listed.length)} ${listed.length === 1 ? "curve" : "curves"}. `
        + "Arrow keys read values.");
    this.#legend(listed);
    fill(this.#caption, model.words.join(" "));
    if (again) {
      this.#rescale();
    } else {
      this.#build();
    }
    this.#tabulate();
  }

  #visible() {
    return this.#model.curves.filter(curve => !this.#hidden.has(curve.group ?? curve.id));
  }

  #drawn(y) {
    return y !== null && (!this.#model.log || y > 0);
  }

  #legend(listed) {
    const shown = this.#allNames ? listed : listed.slice(0, MOST_NAMES);
    const all = button(`All ${count(listed.length)} names`, () => {
      this.#allNames = true;
      this.#legend(listed);
    });
    fill(
      this.#names,
      shown.map(curve => {
        const toggle = button("", () => {
          if (!this.#hidden.delete(curve.id)) {
            this.#hidden.add(curve.id);
          }
          toggle.setAttribute("aria-pressed", !this.#hidden.has(curve.id));
          this.#rescale();
        }, {"aria-pressed": String(!this.#hidden.has(curve.id))});
        toggle.append(piece(curve.look), curve.name);
        const point = event => {
          this.#current = event.type === "pointerenter" ? {curve, index: null} : null;
          this.#highlight();
        };
        toggle.addEventListener("pointerenter", point);
        toggle.addEventListener("pointerleave", point);
        return h("li", {}, toggle);
      }),
      shown.length < listed.length ? h("li", {}, all) : null);
  }

  #tabulate() {
    if (!this.#values.open || !this.#model) {
      return;
    }
    const {curves, x, y, better, place: where = number} = this.#model;
    const rows = curves.filter(curve => !curve.aside).map(curve => {
      const {last, best} = summary(curve, better);
      const cells = [last, best].flatMap(one =>
        (one ? [curve.place?.(one.index) ?? where(one.x), number(one.y)] : ["–", "–"]));
      return [curve.name, ...cells];
    });
    const best = `best (${direction(better)})`;
    fill(
      this.#values,
      h("summary", {}, "Values"),
      table("Values of " + y, ["", "last " + x, "last " + y, x + " of the best", best], rows));
  }

  /** What can be seen of the places and values: [x0, x1, y0, y1], or null where nothing is. */
  #bounds() {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    const [from, to] = this.#zoom ?? [-Infinity, Infinity];
    const take = (x, y) => {
      if (this.#drawn(y)) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x);
        y0 = Math.min(y0, y);
        y1 = Math.max(y1, y);
      }
    };
    for (const {xs, ys, low, high} of this.#visible()) {
      for (let i = 0; i < xs.length; i++) {
        if (xs[i] >= from && xs[i] <= to) {
          take(xs[i], ys[i]);
          if (low) {
            take(xs[i], low[i]);
            take(xs[i], high[i]);
          }
        }
      }
    }
    if (x0 > x1) {
      return null;
    }
    if (this.#zoom) {
      [x0, x1] = this.#zoom;
    } else if (x0 === x1) {
      [x0, x1] = [x0 - 0.5, x1 + 0.5];
    } else if (this.#model.room) {
      const room = (x1 - x0) * ROOM;
      [x0, x1] = [x0 - room, x1 + room];
    }
    if (this.#model.log) {
      const room = y0 === y1 ? 1.1 : (y1 / y0) ** ROOM;
      return [x0, x1, y0 / room, y1 * room];
    }
    const room = y0 === y1 ? Math.abs(y0) * ROOM || 1 : (y1 - y0) * ROOM;
    return [x0, x1, y0 - room, y1 + room];
  }

  #build() {
    if (!this.#model) {
      return;
    }
    this.#uplot?.destroy();
    this.#uplot = null;
    this.#colours = palette();
    fill(this.#plot);
    const width = this.#plot.clientWidth;
    if (width === 0) {
      return;
    }
    const bounds = this.#bounds();
    if (!bounds) {
      fill(this.#plot, h("p", {class: "quiet"}, "Nothing to draw."));
      return;
    }
    const {quiet, rule} = this.#colours;
    const {x, y, log} = this.#model;
    const same = (chart, low, high) => [low, high];
    const axis = {
      stroke: quiet,
      font: "12px system-ui, sans-serif",
      labelFont: "12px system-ui, sans-serif",
      labelSize: 20,
      grid: {stroke: rule, width: 1},
      ticks: {stroke: rule, width: 1, size: 5},
      values: (chart, splits) => splits.map(tick),
    };
    const logarithmic = {
      splits: (chart, index, low, high) => powers(low, high, chart.bbox.height / devicePixelRatio),
      filter: (chart, splits) => splits,
    };
    this.#uplot = new uPlot(
      {
        width,
        height: this.#height,
        legend: {show: false},
        scales: {x: {time: false, range: same}, y: {distr: log ? 3 : 1, range: same}},
        series: [{}, {scale: "y", paths: () => null, points: {show: false}}],
        axes: [
          {...axis, label: x, size: 30},
          {...axis, label: y, size: (chart, values) => wide(values), ...(log && logarithmic)},
        ],
        cursor: {
          drag: {x: true, y: false, setScale: false},
          points: {show: false},
          bind: {dblclick: () => () => this.#whole()},
        },
        hooks: {
          drawClear: [() => this.#shade()],
          draw: [() => this.#paint()],
          setCursor: [chart => this.#point(chart)],
          setSelect: [chart => this.#select(chart)],
        },
      },
      data(bounds),
      this.#plot);
    this.#over = h("canvas", {class: "over", "aria-hidden": "true"});
    this.#uplot.over.append(this.#over);
  }

  #rescale() {
    this.#part.textContent = this.#zoom
      ? `Only ${this.#model.x} ${number(this.#zoom[0])} to ${number(this.#zoom[1])}.`
      : "";
    const bounds = this.#bounds();
    if (!this.#uplot || !bounds) {
      this.#build();
      return;
    }
    this.#uplot.setData(data(bounds));
    this.#highlight();
  }

  #resize() {
    const width = this.#plot.clientWidth;
    if (!this.#uplot) {
      this.#build();
    } else if (width > 0 && width !== this.#uplot.width) {
      this.#uplot.setSize({width, height: this.#height});
      this.#highlight();
    }
  }

  #whole() {
    this.#zoom = null;
    this.#rescale();
  }

  #closer(factor) {
    if (!this.#uplot) {
      return;
    }
    const {min, max} = this.#uplot.scales.x;
    const place = this.#current?.index ?? null;
    const middle = place === null ? (min + max) / 2 : this.#current.curve.xs[place];
    const half = ((max - min) / 2) * factor;
    const before = this.#zoom;
    this.#zoom = null;
    const all = this.#bounds();
    const wanted = [Math.max(all[0], middle - half), Math.min(all[1], middle + half)];
    this.#zoom = factor > 1 && wanted[0] === all[0] && wanted[1] === all[1] ? null : wanted;
    if (!this.#bounds()) {
      this.#zoom = before;
    }
    this.#rescale();
  }

  #select(chart) {
    const {left, width} = chart.select;
    if (width > 4) {
      const zoom = this.#zoom;
      this.#zoom = [chart.posToVal(left, "x"), chart.posToVal(left + width, "x")];
      if (!this.#bounds()) {
        this.#zoom = zoom;
      }
    }
    chart.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    this.#rescale();
  }

  /** From a place and a value to pixels of the canvas; or of the page, from the plot's corner. */
  #scale(box) {
    const {x, y} = this.#uplot.scales;
    const along = box.width / (x.max - x.min);
    const height = this.#model.log ? Math.log10 : value => value;
    const up = box.height / (height(y.max) - height(y.min));
    const foot = height(y.min);
    return {
      x: value => box.left + (value - x.min) * along,
      y: value => box.top + box.height - (height(value) - foot) * up,
    };
  }

  #shade() {
    const {ctx: context, bbox: box} = this.#uplot;
    const phases = this.#model.phases ?? [];
    const scale = this.#scale(box);
    const right = box.left + box.width;
    context.save();
    for (const {phase, from, to} of phases) {
      const begin = Math.max(box.left, scale.x(from));
      const end = Math.min(right, scale.x(to));
      if (end > begin) {
        context.fillStyle = this.#colours.phases[phase] ?? this.#colours.phase;
        context.fillRect(begin, box.top, end - begin, box.height);
        const size = 11 * devicePixelRatio;
        context.font = `${size}px system-ui, sans-serif`;
        context.textAlign = "left";
        context.textBaseline = "alphabetic";
        if (context.measureText(phase).width < end - begin - size) {
          context.fillStyle = this.#colours.quiet;
          context.fillText(phase, begin + size / 2, box.top + 1.3 * size);
        }
      }
    }
    context.restore();
  }

  #paint() {
    cancelAnimationFrame(this.#frame);
    const curves = this.#visible();
    const work = [
      ...curves.filter(curve => curve.low).map(curve => () => this.#band(curve)),
      ...curves.filter(curve => curve.faint).map(curve => () => this.#line(curve, curves.length)),
      ...curves.filter(curve => !curve.faint).map(curve => () => this.#line(curve, curves.length)),
      ...curves.filter(curve => curve.marks).map(curve => () => this.#marks(curve)),
    ];
    let next = 0;
    const some = () => {
      let points = 0;
      const {ctx: context, bbox: box} = this.#uplot;
      context.save();
      context.beginPath();
      context.rect(box.left, box.top, box.width, box.height);
      context.clip();
      while (next < work.length && points < POINTS_AT_ONCE) {
        points += work[next++]();
      }
      context.restore();
      if (next < work.length) {
        this.#frame = requestAnimationFrame(some);
      } else {
        this.#plot.dataset.painted = curves.length;
      }
    };
    delete this.#plot.dataset.painted;
    some();
  }

  #band({xs, low, high, look}) {
    const {ctx: context, bbox} = this.#uplot;
    const scale = this.#scale(bbox);
    const floor = this.#uplot.scales.y.min;
    const inside = xs.map((_, i) => i).filter(i => low[i] !== null && this.#drawn(high[i]));
    context.beginPath();
    inside.forEach(i => context.lineTo(scale.x(xs[i]), scale.y(high[i])));
    inside.reverse().forEach(i => {
      context.lineTo(scale.x(xs[i]), scale.y(this.#drawn(low[i]) ? low[i] : floor));
    });
    context.closePath();
    context.globalAlpha = 0.16;
    context.fillStyle = this.#colours.colours[look.number];
    context.fill();
    context.globalAlpha = 1;
    return xs.length;
  }

  #line(curve, amount) {
    const {ctx: context, bbox} = this.#uplot;
    const thin = curve.faint || amount > MANY;
    context.globalAlpha = curve.faint ? 0.35 : amount > VERY_MANY ? 0.4 : 1;
    const width = (thin ? 1 : 2) * devicePixelRatio;
    this.#stroke(context, curve, this.#scale(bbox), width, devicePixelRatio);
    context.globalAlpha = 1;
    return curve.xs.length;
  }

  #stroke(context, {xs, ys, look}, scale, width, ratio) {
    const colour = this.#colours.colours[look.number];
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(look.dashes.map(length => length * ratio));
    context.beginPath();
    let drawing = false;
    const lonely = [];
    for (let i = 0; i < xs.length; i++) {
      if (!this.#drawn(ys[i])) {
        drawing = false;
        continue;
      }
      const x = scale.x(xs[i]);
      const y = scale.y(ys[i]);
      if (drawing) {
        context.lineTo(x, y);
      } else {
        context.moveTo(x, y);
        if (i + 1 === xs.length || !this.#drawn(ys[i + 1])) {
          lonely.push([x, y]);
        }
      }
      drawing = true;
    }
    context.stroke();
    context.setLineDash([]);
    for (const [x, y] of lonely) {
      context.beginPath();
      context.arc(x, y, 1.5 * width, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #marks({xs, ys, look, words, named}) {
    const {ctx: context, bbox} = this.#uplot;
    const scale = this.#scale(bbox);
    const ratio = devicePixelRatio;
    context.font = `${11 * ratio}px system-ui, sans-serif`;
    context.lineJoin = "round";
    context.textBaseline = "alphabetic";
    xs.forEach((place, i) => {
      if (!this.#drawn(ys[i])) {
        return;
      }
      const [x, y] = [scale.x(place), scale.y(ys[i])];
      mark(context, look, x, y, 4.5 * ratio);
      context.fillStyle = this.#colours.colours[look.number];
      context.fill();
      if (named && words?.[i]) {
        context.strokeStyle = this.#colours.page;
        context.lineWidth = 3 * ratio;
        context.fillStyle = this.#colours.ink;
        const edge = x > bbox.left + bbox.width - 60 * ratio;
        context.textAlign = edge ? "right" : "left";
        const left = x + (edge ? -8 : 8) * ratio;
        context.strokeText(words[i], left, y - 6 * ratio);
        context.fillText(words[i], left, y - 6 * ratio);
      }
    });
    return xs.length;
  }

  /** The point beside the pointer. */
  #point(chart) {
    const {left, top, event} = chart.cursor;
    if (!event) {
      return;
    }
    if (left < 0) {
      this.#current = null;
      this.#highlight();
      return;
    }
    const {clientWidth: width, clientHeight: height} = chart.over;
    const scale = this.#scale({left: 0, top: 0, width, height});
    const place = chart.posToVal(left, "x");
    let nearest = null;
    let least = Infinity;
    for (const curve of this.#visible()) {
      for (const index of candidates(curve, place)) {
        if (this.#drawn(curve.ys[index])) {
          const dx = scale.x(curve.xs[index]) - left;
          const dy = scale.y(curve.ys[index]) - top;
          const distance = dx * dx + dy * dy;
          if (distance < least) {
            least = distance;
            nearest = {curve, index};
          }
        }
      }
    }
    this.#current = nearest;
    this.#highlight();
  }

  #highlight() {
    const canvas = this.#over;
    if (!this.#uplot || !canvas) {
      return;
    }
    const {clientWidth: width, clientHeight: height} = this.#uplot.over;
    const ratio = devicePixelRatio;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const known = this.#current && this.#visible().find(({id}) => id === this.#current.curve.id);
    const index = this.#current?.index ?? null;
    if (!known || index >= known.xs.length) {
      this.#current = null;
      this.#reading.textContent = "";
      return;
    }
    const context = canvas.getContext("2d");
    const scale = this.#scale({left: 0, top: 0, width: canvas.width, height: canvas.height});
    this.#stroke(context, known, scale, 3.5 * ratio, ratio);
    if (index !== null) {
      const [x, y] = [scale.x(known.xs[index]), scale.y(known.ys[index])];
      mark(context, known.look, x, y, 5 * ratio);
      context.fillStyle = this.#colours.colours[known.look.number];
      context.strokeStyle = this.#colours.page;
      context.lineWidth = 2 * ratio;
      context.stroke();
      context.fill();
      this.#reading.textContent = this.#words(known, index);
    }
  }

  #words(curve, index) {
    const {x, y, place: where = value => `${x} ${number(value)}`} = this.#model;
    const word = curve.words?.[index] ? ` (${curve.words[index]})` : "";
    const band = curve.low && curve.low[index] !== null
      ? `, ${curve.bandWords} ${number(curve.low[index])} to ${number(curve.high[index])}`
      : "";
    const point = `${curve.place?.(index) ?? where(curve.xs[index])}, ${y} ${number(curve.ys[index])}`;
    return `${curve.name}${word}: ${point}${band}`;
  }

  #key(event) {
    const keys = {
      ArrowLeft: () => this.#step(-1),
      ArrowRight: () => this.#step(1),
      Home: () => this.#step(-Infinity),
      End: () => this.#step(Infinity),
      ArrowUp: () => this.#change(-1),
      ArrowDown: () => this.#change(1),
      "+": () => this.#closer(NEARER),
      "=": () => this.#closer(NEARER),
      "-": () => this.#closer(1 / NEARER),
      0: () => this.#whole(),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || !this.#uplot) {
      return;
    }
    event.preventDefault();
    act();
  }

  #start() {
    const curves = this.#visible().filter(curve => !curve.faint);
    const known = curves.find(({id}) => id === this.#current?.curve.id);
    return {curves, curve: known ?? curves[0], index: known ? this.#current.index : null};
  }

  #step(by) {
    const {curve, index} = this.#start();
    const inside = curve ? curve.xs.map((_, i) => i).filter(i => this.#drawn(curve.ys[i])) : [];
    if (inside.length === 0) {
      return;
    }
    const now = index === null ? (by < 0 ? inside.length : -1) : inside.indexOf(index);
    const next = Math.max(0, Math.min(inside.length - 1, now + by));
    this.#go(curve, inside[next]);
  }

  #change(by) {
    const {curves, curve, index} = this.#start();
    if (!curve) {
      return;
    }
    const now = index === null ? -by : curves.indexOf(curve);
    const next = curves[(now + by + curves.length) % curves.length];
    const place = index === null ? next.xs[0] : curve.xs[index];
    const distance = i => Math.abs(next.xs[i] - place);
    const inside = next.xs.map((_, i) => i).filter(i => this.#drawn(next.ys[i]));
    if (inside.length > 0) {
      this.#go(next, inside.reduce((best, i) => (distance(i) < distance(best) ? i : best)));
    }
  }

  #go(curve, index) {
    const place = curve.xs[index];
    if (this.#zoom && (place < this.#zoom[0] || place > this.#zoom[1])) {
      const half = (this.#zoom[1] - this.#zoom[0]) / 2;
      this.#zoom = [place - half, place + half];
      this.#rescale();
    }
    this.#current = {curve, index};
    this.#highlight();
    announce(this.#words(curve, index));
  }
}

/** The height of a chart that a view is about: most of the window, and no tower on a phone. */
export function largeHeight() {
  return Math.max(260, Math.min(520, innerHeight - 300, 0.8 * innerWidth));
}

function data([x0, x1, y0, y1]) {
  return [[x0, x1], [y0, y1]];
}

/** A number beside an axis. */
function tick(value) {
  if (value === null || value === undefined) {
    return "";
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6)
    ? value.toExponential().replace("e+", "e")
    : String(Number(value.toPrecision(6)));
}

/** Ticks of a logarithmic axis: powers of ten, or even steps where there are too few of those. */
function powers(low, high, height) {
  const decades = Math.log10(high / low);
  const multiples = decades > 3 ? [1] : [1, 2, 5];
  if (decades >= 1) {
    const every = Math.ceil(decades / (height / 30));
    const result = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += every) {
      result.push(...multiples.map(times => times * 10 ** power));
    }
    return result.filter(value => value >= low && value <= high);
  }
  const rough = (high - low) / Math.max(2, height / 50);
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find(times => times * unit >= rough);
  const first = Math.ceil(low / step);
  return Array.from({length: Math.floor(high / step) - first + 1}, (_, i) => (first + i) * step);
}

/** Room for the numbers beside the axis of values. */
function wide(values) {
  const longest = Math.max(0, ...(values ?? []).map(value => String(value ?? "").length));
  return 18 + 7 * longest;
}

/** The points of a curve that may be nearest to a place. */
function candidates({xs, sorted}, place) {
  if (!sorted) {
    return xs.keys();
  }
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < place) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return [low - 2, low - 1, low, low + 1].filter(i => i >= 0 && i < xs.length);
}
