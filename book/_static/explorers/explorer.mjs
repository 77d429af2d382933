/**
 * What every interactive figure of this book shares; `gradient.mjs` shows how to use it.
 *
 * A figure is a custom element in the light DOM. The page gives it data as JSON and, inside it, a
 * static twin for readers without JavaScript. A subclass of `Explorer` says which settings there
 * are (`settings`), what stands on the page (`build`), how settings become pictures and numbers
 * (`draw`) and what one would say about them (`sentence`). The base class does the rest: native
 * controls, tabs, the URL, buttons in the prose, resizing, announcements, print.
 */

/** `svg("path", {d: "…"}, ...children)` makes an element; strings become text, never mark-up. */
const maker = (space) => (name, attributes = {}, ...children) => {
  const element = document.createElementNS(`http://www.w3.org/${space}`, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
export const svg = maker("2000/svg");
export const html = maker("1999/xhtml");

/** 10 to an integer power, as text: `power(-8)` is "10⁻⁸", `power(0)` is "1". */
export const power = (n) =>
  n === 0 ? "1" : "10" + [...String(n)].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]).join("");

/** A number as the book prints it: 0.95 is "0.95", 12345 is "12 000", 2.4e-8 is "2.4 × 10⁻⁸". */
export function format(x, digits = 2) {
  if (!Number.isFinite(x)) return "–";
  if (x === 0) return "0";
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  const plain = { minimumSignificantDigits: digits, maximumSignificantDigits: digits };
  const text = exponent < -3 || exponent > 5
    ? `${mantissa}\u00a0×\u00a0${power(Number(exponent))}`
    : x.toLocaleString("en", plain).replaceAll(",", "\u202f");
  return text.replace("-", "−");
}

/** `raw` as a legal value of a setting ({options}, {maxLength} or {min, max, step}), or else `old`. */
export function legal(raw, { options, maxLength, min, max, step }, old) {
  if (options) return options.includes(raw) ? raw : old;
  if (maxLength) return String(raw).slice(0, maxLength);
  if (String(raw ?? "").trim() === "" || !Number.isFinite(Number(raw))) return old;
  const stepped = min + Math.round((raw - min) / step) * step;
  return Number(Math.min(max, Math.max(min, stepped)).toFixed(6));
}

/** The names of the cells and the markers of their curves. */
export const CELLS = {
  simplernn: { name: "SimpleRNN", marker: "circle" },
  lstm: { name: "LSTM", marker: "square" },
  gru: { name: "GRU", marker: "triangle" },
};

const MARKERS = {
  dot: (x, y) => `M${x - 2.5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0`,
  circle: (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0`,
  square: (x, y) => `M${x - 3.5} ${y - 3.5}h7v7h-7z`,
  triangle: (x, y) => `M${x} ${y - 5}l5 9h-10z`,
};

/** Markers at points, [[x, y], …] in pixels, as one path. */
export const marks = (points, marker) =>
  svg("path", { class: "marker", d: points.map((p) => MARKERS[marker](...p)).join("") });

/** A line through points, and markers (or none) at every so many of them. */
export const trace = (points, { marker, every = 1, ...attributes } = {}) => svg("g", attributes,
  svg("path", { class: "line", d: `M${points.join("L")}` }),
  marks(points.filter((_, i) => marker && i % every === 0), marker));

/**
 * A plot in CSS pixels, drawn anew at every width so that its text keeps its size. `x` and `y` are
 * [low, high], ticks are [value, text]. Returns the frame and the makers of what stands in it.
 */
export function plot({ width, height, left, right, x, y, xTicks, yTicks, xLabel, yLabel }) {
  const top = 26, bottom = height - 40, end = width - right, middle = (left + end) / 2;
  const sx = (v) => Number((left + ((v - x[0]) / (x[1] - x[0])) * (end - left)).toFixed(1));
  const sy = (v) => Number((bottom - ((v - y[0]) / (y[1] - y[0])) * (bottom - top)).toFixed(1));
  const text = (words, a, b, anchor = "middle") =>
    svg("text", { x: a, y: b, "text-anchor": anchor }, words);

  const frame = svg("g", {},
    ...yTicks.map(([v]) => svg("path", { class: "grid", d: `M${left} ${sy(v)}H${end}` })),
    ...yTicks.map(([v, words]) => text(words, left - 7, sy(v) + 4, "end")),
    ...xTicks.map(([v, words]) => text(words, sx(v), bottom + 17)),
    svg("path", { class: "axis", d: `M${left} ${top}V${bottom}H${end}` }),
    text(yLabel, 1, 13, "start"), text(xLabel, middle, height - 5));

  /** A curve through values at x = 0, 1, 2, …, a marker at every tenth; cut off at the frame. */
  function curve(values, { marker, every = 10, ...attributes }) {
    const points = values.map((v, i) => [sx(i), sy(v)]).filter(([, v]) => Number.isFinite(v));
    return cut(6, attributes, ...trace(points, { marker, every }).children);
  }

  /** What is cut off at the frame, or so many pixels outside it. */
  function cut(margin, attributes, ...children) {
    const [a, b] = [left - margin, top - margin];
    const [w, h] = [end - left + 2 * margin, bottom - top + 2 * margin];
    const box = { x: a, y: b, width: w, height: h, viewBox: `${a} ${b} ${w} ${h}` };
    return svg("svg", { ...box, ...attributes }, ...children);
  }

  /** Names at the ends of the curves, [{text, value, class}], moved apart; ↑ ↓ for one outside. */
  function labels(list) {
    const placed = list.map((l) => ({ ...l, y: Math.min(bottom, Math.max(top, sy(l.value))) }));
    placed.sort((a, b) => a.y - b.y);
    placed.forEach((l, i) => { l.at = Math.max(l.y, i ? placed[i - 1].at + 15 : top); });
    placed.reverse();
    placed.forEach((l, i) => { l.at = Math.min(l.at, i ? placed[i - 1].at - 15 : bottom); });
    const arrow = ({ value }) => (value > y[1] ? " ↑" : value < y[0] ? " ↓" : "");
    return svg("g", { class: "labels" }, ...placed.map((l) => svg("g", { class: l.class },
      svg("path", { class: "leader", d: `M${end + 5} ${l.y}L${end + 10} ${l.at}` }),
      text(l.text + arrow(l), end + 13, l.at + 4, "start"))));
  }

  /** The reading line at x = v, with a dot where it meets each of the values. */
  function cursor(v, values) {
    const inside = values.filter((u) => u >= y[0] && u <= y[1]);
    return svg("g", { class: "cursor" }, svg("path", { d: `M${sx(v)} ${top}V${bottom + 5}` }),
      ...inside.map((u) => svg("circle", { cx: sx(v), cy: sy(u), r: 3.5 })));
  }

  const invert = (pixel) => x[0] + ((pixel - left) / (end - left)) * (x[1] - x[0]);
  const invertY = (pixel) => y[0] + ((bottom - pixel) / (bottom - top)) * (y[1] - y[0]);
  return { frame, curve, cut, labels, cursor, invert, invertY, sx, sy, left, end, top, bottom };
}

/** The key of a table: a piece of the curve as the plot draws it. */
export const swatch = (look, marker) =>
  svg("svg", { viewBox: "0 0 34 14", width: 34, height: 14, "aria-hidden": true, class: look },
    svg("path", { class: "line", d: "M0 7H34" }),
    marks(marker ? [[17, 7]] : [], marker));

/** Mark-up of what `write` fills in. (Not <output>: that is announced at every step of a slider.) */
export const value = (name) => `<span class="value" data-value="${name}"></span>`;

/** Mark-up of a slider: its name, its value, the range, a line of help. */
export const slider = (id, name, { min, max, step }, label, hint = "") => `
  <div class="slider ${name}">
    <label for="${id}-${name}">${label}</label>${value(name)}
    <input type="range" id="${id}-${name}" name="${name}" min="${min}" max="${max}" step="${step}">
    <p class="hint">${hint}</p>
  </div>`;

/** Mark-up of a choice: [[value, text], …] as radio buttons with a legend. */
export const choice = (name, legend, options) => `
  <fieldset><legend>${legend}</legend>${options.map(([option, text]) =>
    `<label><input type="radio" name="${name}" value="${option}">${text}</label>`).join("")}</fieldset>`;

/** Mark-up of a box to tick; its setting has the options "off" and "on". */
export const toggle = (name, label) =>
  `<label class="toggle"><input type="checkbox" name="${name}">${label}</label>`;

/** Mark-up of a question that comes before the answer: what is of class `after` waits for it. */
export const ask = (question, options, button) => `
  <form class="ask">${choice("guess", question, options)}
    <button class="button first">${button}</button></form>`;

/** Mark-up of a picture with a handle on it (`grip` makes it work, `place` moves it). */
export const held = (name, label) => `
  <div class="held"><svg role="img" class="${name}"></svg>
    <div class="handle" role="slider" tabindex="0" data-handle="${name}" aria-label="${label}"></div></div>`;

/** Mark-up of tabs: {name: [title, content]}. */
export const tabs = (id, panels) => `<div role="tablist" aria-label="Figure">${
  Object.entries(panels).map(([name, [title]]) => `<button type="button" role="tab" id="${id}-${name}-tab"
    aria-controls="${id}-${name}" data-tab="${name}">${title}</button>`).join("")}</div>${
  Object.entries(panels).map(([name, [title, content]]) => `<div role="tabpanel" id="${id}-${name}"
    aria-labelledby="${id}-${name}-tab"><p class="print">${title}</p>${content}</div>`).join("")}`;

const DELAY = 400; // ms: a screen reader hears where a slider stopped, not its way there

// Without a browser (a test of the equations in Node) there is no HTMLElement; the module loads.
export class Explorer extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (!this.state) this.#start();
    this.#listen();
  }

  disconnectedCallback() {
    this.listeners.abort();
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  #start() {
    this.data = JSON.parse(this.querySelector("script").textContent);
    this.settings = structuredClone(this.constructor.settings);
    const live = html("div", { class: "live" });
    live.innerHTML = this.build();
    this.append(live);
    const start = ([name, setting]) => [name, setting.value];
    this.state = Object.fromEntries(Object.entries(this.settings).map(start));
    this.ready();
    this.classList.add("explorer");
    const twin = this.querySelector(".twin");
    const number = twin?.querySelector(".caption-number"); // one number for both
    if (number) this.querySelector(".note").prepend(number.cloneNode(true), " ");
    if (twin) twin.hidden = true; // only now: a figure that failed has kept its twin
  }

  #listen() {
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal });
    on(this, "input", ({ target: { name, type, checked, value } }) =>
      this.set({ [name]: type === "checkbox" ? ["off", "on"][Number(checked)] : value }));
    on(this, "submit", (event) => {
      event.preventDefault();
      if (event.target.matches(".ask")) this.#answer(event.target);
    });
    on(this, "keydown", (event) => this.#tabKeys(event));
    on(this, "click", ({ target }) => {
      const tab = target.closest("[role=tab]");
      if (tab) this.set({ tab: tab.dataset.tab });
      if (target.closest(".reset")) this.reset();
    });
    on(document, "click", ({ target }) => { // <button class="explorer-set" data-for data-set>
      const button = target.closest(".explorer-set");
      if (button?.dataset.for !== this.id) return;
      this.set(JSON.parse(button.dataset.set));
      this.#reveal();
    });
    on(window, "hashchange", () => this.#readHash());
    on(window, "beforeprint", () => this.querySelector("details")?.setAttribute("open", ""));
    this.observer = new ResizeObserver(() => this.#measure() && this.#show());
    this.observer.observe(this.querySelector(".live"));
    this.#measure();
    this.#show();
    this.#say();
    this.#readHash();
  }

  /** Change settings: `set({bias: 5})`. Illegal values and unknown names change nothing. */
  set(patch) {
    const names = Object.keys(patch).filter((name) => name in this.settings);
    if (!names.length) return;
    // A setting may imply others: the tab that it is on, say.
    const implied = Object.assign({}, ...names.map((name) => this.settings[name].implies));
    for (const [name, raw] of Object.entries({ ...implied, ...patch })) {
      if (name in this.settings) this.state[name] = legal(raw, this.settings[name], this.state[name]);
    }
    this.classList.add("used"); // a height that the page keeps free for the module has served
    this.#show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.#say();
      this.#writeHash();
    }, DELAY);
  }

  /** The question was answered, or passed over: what waited for it is shown. */
  #answer(form) {
    this.guess = form.querySelector(":checked")?.value;
    this.set({ shown: 1 });
    this.querySelector(this.constructor.next).focus(); // the button that had the focus is gone
  }

  /** The answer to a guess, said once: `truth` is the right one, `words` say it. */
  verdict(truth, words) {
    const { guess } = this;
    this.guess = "";
    return !guess ? "" : `${guess === truth ? "You were right" : "No"}: ${words}. `;
  }

  /**
   * Let a handle be dragged, and moved by the arrow keys. `x` (and `y`) name the settings that it
   * moves, `up` (1, -1) which way; `to(pixels, pixels)` says what they are at a place.
   */
  grip(name, { x, y, to, up = 1 }) {
    const handle = this.querySelector(`[data-handle=${name}]`), picture = handle.previousElementSibling;
    const move = (event) => {
      if (!event.buttons) return;
      const { left, top } = picture.getBoundingClientRect();
      this.set(to(event.clientX - left, event.clientY - top));
    };
    const start = (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      event.preventDefault(); // no selection of text while it moves
      handle.focus({ preventScroll: true });
      move(event);
    };
    for (const place of [picture, handle]) {
      place.addEventListener("pointerdown", start);
      place.addEventListener("pointermove", move);
    }
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowRight: [x, 1], ArrowLeft: [x, -1], ArrowUp: [y ?? x, up], ArrowDown: [y ?? x, -up],
        PageUp: [y ?? x, 10 * up], PageDown: [y ?? x, -10 * up], Home: [x, -Infinity], End: [x, Infinity] }[event.key];
      if (!by) return;
      event.preventDefault();
      const [setting, count] = by, { min, max, step } = this.settings[setting];
      const now = Math.min(max, Math.max(min, this.state[setting] + count * step));
      this.set({ [setting]: now });
    });
  }

  /** Move a handle to a place of its picture; `now` is its value, `words` say it. */
  place(name, [x, y], now, words) {
    const handle = this.querySelector(`[data-handle=${name}]`);
    Object.assign(handle.style, { left: `${x}px`, top: `${y}px` });
    handle.setAttribute("aria-valuenow", now);
    handle.setAttribute("aria-valuetext", words);
  }

  /** Everything as at the start, but for the settings that are `kept` (the tab that is open). */
  reset() {
    const start = ([name, { kept, value }]) => [name, kept ? this.state[name] : value];
    this.set(Object.fromEntries(Object.entries(this.settings).map(start)));
  }

  /** Take the width for the pictures; true if it is another one (and not that of a hidden part). */
  #measure() {
    const { width } = this.querySelector(".live").getBoundingClientRect();
    const other = width > 0 && width !== this.width;
    if (other) this.width = width;
    return other;
  }

  /** Bring controls, pictures and numbers in line with the state. */
  #show() {
    for (const input of this.querySelectorAll("input, textarea")) {
      if (!(input.name in this.state)) continue;
      if (input.type === "radio") input.checked = input.value === this.state[input.name];
      else if (input.type === "checkbox") input.checked = this.state[input.name] === "on";
      else if (input.value !== String(this.state[input.name])) input.value = this.state[input.name];
    }
    for (const tab of this.querySelectorAll("[role=tab]")) {
      const open = tab.dataset.tab === this.state.tab;
      tab.setAttribute("aria-selected", open);
      tab.tabIndex = open ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !open;
    }
    if ("shown" in this.state) this.classList.toggle("asking", !this.state.shown);
    if (this.width) this.draw(this.state, this.width);
  }

  #say() {
    for (const [i, line] of this.querySelectorAll("[role=status]").entries()) { // one on each tab, or one
      const words = this.sentence({ ...this.state, tab: this.querySelectorAll("[role=tab]")[i]?.dataset.tab });
      if (line.textContent !== words) line.textContent = words;
    }
  }

  /** Write texts into the values of these names. */
  write(texts) {
    for (const place of this.querySelectorAll("[data-value]")) {
      if (place.dataset.value in texts) place.textContent = texts[place.dataset.value];
    }
  }

  /** Put a drawing into the picture of that class, with its text alternative. */
  paint(name, { width, height }, words, ...children) {
    const picture = this.querySelector(`svg.${name}`);
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("aria-label", words);
    picture.replaceChildren(...children);
  }

  /** Fill a part of a table with rows of text or elements; each row starts with its heading. */
  fill(selector, rows, now) {
    const part = this.querySelector(selector), scope = part.matches("thead") ? "col" : "row";
    const cell = (content, c) =>
      c && scope === "row" ? html("td", {}, content) : html("th", { scope }, content);
    part.replaceChildren(
      ...rows.map((cells, r) => html("tr", { class: r === now ? "now" : "" }, ...cells.map(cell))));
  }

  #tabKeys(event) {
    const all = [...this.querySelectorAll("[role=tab]")], i = all.indexOf(event.target);
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: all.length - 1 }[event.key];
    if (i < 0 || to === undefined) return;
    event.preventDefault();
    const tab = all.at(to % all.length);
    this.set({ tab: tab.dataset.tab });
    tab.focus();
  }

  // The URL ends in `#id?tab=…&name=value`, with what differs from the start. It is replaced, never
  // pushed, and read only if it names this figure, so that anchors and "back" work as ever.
  #writeHash() {
    const said = ([name, now]) => name === "tab" || now !== this.settings[name].value;
    const query = new URLSearchParams(Object.entries(this.state).filter(said));
    history.replaceState(history.state, "", `#${this.id}?${query}`);
  }

  #readHash() {
    const [id, query] = location.hash.slice(1).split("?");
    if (id !== this.id || !query) return;
    this.set(Object.fromEntries(new URLSearchParams(query)));
    this.scrollIntoView();
  }

  /** Scroll to the picture if a button in the prose changed it out of the reader's sight. */
  #reveal() {
    const picture = [...this.querySelectorAll("svg[role=img]")].find((e) => e.checkVisibility());
    const { top, bottom, height } = picture.getBoundingClientRect();
    const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (seen < height / 2) picture.scrollIntoView({ block: "center" });
  }
}

const sheet = (css) => {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
};
let shared;

/** Make `<name>` a figure of this class, with the styles of both, once a page. */
export function define(name, figure) {
  if (!globalThis.customElements || customElements.get(name)) return;
  shared ??= document.adoptedStyleSheets.push(sheet(STYLES));
  document.adoptedStyleSheets.push(sheet(figure.styles));
  customElements.define(name, figure);
}

// The site's palette, or its values where a page does not set it. A curve's colour is --c.
const STYLES = `
.explorer {
  color-scheme: light dark;
  --simplernn: var(--rnn-simplernn, light-dark(#b8480b, #f9a342));
  --lstm: var(--rnn-lstm, light-dark(#0b4f9e, #8fb4ff));
  --gru: var(--rnn-gru, light-dark(#157370, #5bd9b0));
  --bound: var(--rnn-bound, light-dark(#000, #fff));
  --high: var(--rnn-highlight, light-dark(#b511ce, #f1a7e6));
  --muted: var(--rnn-muted, light-dark(#595959, #a8adb3));
  --fg: var(--rnn-fg, light-dark(#1b1b1b, #d8dbdf));
  --bg: var(--rnn-bg, light-dark(#fff, #131416));
  --border: var(--rnn-border, light-dark(#d5d8dc, #3a3f45));
  display: block; box-sizing: border-box; container-type: inline-size;
  margin: 1.5rem 0; padding: .25rem 1rem 1rem; scroll-margin-top: 4rem;
  border: 1px solid var(--border); border-radius: .5rem; background: var(--bg); color: var(--fg);
  font-size: .9375rem; line-height: 1.45;

  p, form, fieldset, table { margin: 0; }
  [hidden], .print { display: none; }
  a { color: var(--lstm); }
  sub { line-height: 0; }
  button, summary, input, fieldset label { cursor: pointer; }
  :focus-visible { outline: 3px solid var(--lstm); outline-offset: 2px; border-radius: 2px; }
  .hint, .note, thead th { color: var(--muted); }
  .hint, .note { font-size: .875rem; }

  [role=tablist] { display: flex; border-bottom: 1px solid var(--border); }
  [role=tab] {
    min-height: 44px; padding: .5rem .75rem; border: 0; border-bottom: 3px solid transparent;
    background: none; color: var(--muted); font: inherit; text-align: start;
  }
  [aria-selected=true] { border-color: var(--lstm); color: var(--fg); font-weight: 600; }
  [role=status] {
    min-height: 3em; margin: 1rem 0 .5rem; padding-inline-start: .75rem;
    border-inline-start: 3px solid var(--border);
  }

  .simplernn { --c: var(--simplernn); }
  .lstm { --c: var(--lstm); }
  .gru { --c: var(--gru); }
  .bound { --c: var(--bound); }
  .high { --c: var(--high); }
  svg[role=img] { display: block; width: 100%; height: auto; margin-top: .75rem; touch-action: pan-y; }
  text { fill: var(--c, var(--muted)); font-size: 12.5px; }
  .labels text { font-weight: 600; }
  .grid { stroke: var(--border); }
  .axis { fill: none; stroke: var(--muted); }
  .line, .leader, .marker { fill: none; stroke: var(--c, var(--muted)); stroke-linejoin: round; }
  .line { stroke-width: 2; }
  .marker { fill: var(--c, var(--muted)); stroke-width: 1.5; }
  .cursor { fill: var(--bg); stroke: var(--fg); stroke-width: 1.5; }
  .dashed .line { stroke-dasharray: 8 5; }
  .dotted .line { stroke-width: 3; stroke-linecap: round; stroke-dasharray: .1 6; }
  .changed .line { stroke-dasharray: 5 3; }
  .changed2 .line { stroke-dasharray: 2 3; }
  .changed .marker, .changed2 .marker { fill: var(--bg); }

  .desk { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem 2rem; align-items: start; margin-top: .75rem; }
  @container (width > 36rem) { .desk { grid-template-columns: 1fr 1fr; } }
  .controls { display: grid; gap: .75rem; }
  .slider { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; }
  .slider > input, .hint { grid-column: 1 / -1; }
  .slider > label, .slider > .value, legend, caption, .now > * { font-weight: 600; }
  [type=range] { width: 100%; height: 28px; margin: 0; accent-color: var(--c, var(--muted)); }
  @media (pointer: coarse) { [type=range] { height: 44px; } }
  fieldset { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0; border: 0; }
  legend { padding: 0; }
  fieldset label { display: flex; align-items: center; gap: .4rem; min-height: 32px; }
  .toggle { display: flex; align-items: center; gap: .5rem; min-height: 36px; cursor: pointer; }
  .buttons { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-top: .5rem; }
  .ask { display: none; margin-top: .75rem; }
  .ask .button { margin-top: .5rem; }
  .held { position: relative; }
  .handle {
    position: absolute; width: 44px; height: 44px; margin: -22px; border-radius: 50%; cursor: grab; touch-action: none;
    background: radial-gradient(var(--high) 7px, var(--bg) 8px 9.5px, var(--high) 10px 11.5px, transparent 12px);
  }
  .handle:active { cursor: grabbing; }
  :is([type=radio], [type=checkbox]) { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--lstm); }
  .button {
    justify-self: start; min-height: 36px; padding: .25rem .75rem; border: 1px solid var(--muted);
    border-radius: .375rem; background: var(--bg); color: var(--fg); font: inherit;
  }
  .first { border-color: var(--lstm); background: var(--lstm); color: var(--bg); font-weight: 600; }

  table { width: 100%; border-collapse: collapse; font-size: inherit; font-variant-numeric: tabular-nums; }
  th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--border); text-align: end; white-space: nowrap; }
  th { font-weight: 400; }
  caption { font-size: inherit; }
  caption, th:first-child { padding-inline-start: 0; text-align: start; }
  :is(th, td):last-child { padding-inline-end: 0; }
  .key { display: flex; align-items: center; gap: 0 .5rem; white-space: normal; }
  .key svg { flex: none; }
  @container (width < 20rem) { th, td { padding-inline: .25rem; } .key { flex-wrap: wrap; } }
  summary { display: list-item; width: fit-content; padding: .25rem 0; }
  .scroll { overflow-x: auto; }
}
@media screen { .explorer.asking { .ask { display: block; } .after { display: none; } } }
.explorer.used { min-height: 0; }
@media (width < 30em) { .explorer { padding-inline: .6rem; } }
@media not print {
  body[data-theme=light] .explorer { color-scheme: light; }
  body[data-theme=dark] .explorer { color-scheme: dark; }
}
@media print {
  .explorer {
    color-scheme: light;
    [role=tablist], form, summary, .buttons { display: none !important; }
    [role=tabpanel], .print { display: block !important; break-inside: avoid; }
    .print { margin-top: 1rem; font-weight: 600; }
    .desk { grid-template-columns: 1fr !important; }
    svg[role=img] { max-width: 18cm; }
    details::details-content { content-visibility: visible; block-size: auto; }
  }
}
.explorer-set {
  padding: .1em; border: 0; background: none; color: inherit; font: inherit; cursor: pointer;
  text-decoration: underline dotted; text-underline-offset: .2em;
}`;
