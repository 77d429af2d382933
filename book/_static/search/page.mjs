// The search page: results while one types, their count for a screen reader, arrow keys between them.

import { Finder, indexed } from "./find.mjs";

const form = document.querySelector(".search"), field = form.elements.q;
const status = document.querySelector(".search-status"), list = document.querySelector(".search-results");
const examples = document.querySelector(".search-examples"), more = document.querySelector(".search-more");
const title = document.title;
const PAGE = 12; // results at once
const LENGTH = 220, BEFORE = 60; // characters of an excerpt, and of them before its first word
let finder, waiting, rest = [];

const load = async () => new Finder(await (await fetch(new URL("sections.json", import.meta.url))).json());

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** Where words of a text stand whose stems were found: their first letter, their end, the stem. */
function places(text, terms) {
  return [...text.matchAll(/[\p{L}\d_]+/gu)].flatMap(({ 0: word, index }) => {
    const term = indexed(word).find((stem) => terms.has(stem));
    return term ? [{ from: index, to: index + word.length, term }] : [];
  });
}

/** The part of a text with the most of the words, marked. */
function excerpt(text, terms) {
  const all = places(text, terms);
  const worth = ({ from }) => new Set(all.filter((one) => one.from >= from && one.to < from + LENGTH - BEFORE).map(({ term }) => term)).size;
  const best = all.reduce((a, b) => (a && worth(a) >= worth(b) ? a : b), undefined);
  let start = Math.max(0, (best?.from ?? 0) - BEFORE);
  if (start) start = text.indexOf(" ", start) + 1;
  let end = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
  const made = element("p", "search-excerpt", start ? "… " : "");
  let at = start;
  for (const { from, to } of all.filter((one) => one.from >= start && one.to <= end)) {
    made.append(text.slice(at, from), element("mark", "", text.slice(from, to)));
    at = to;
  }
  made.append(text.slice(at, end), end < text.length ? " …" : "");
  return made;
}

function result({ title, page, text, address, terms }) {
  const link = element("a", "", title);
  link.href = new URL(`../../${address}`, import.meta.url);
  const item = element("li", "", link);
  if (!title.startsWith(page)) item.append(element("p", "search-where", page));
  if (text) item.append(excerpt(text, new Set(terms)));
  return item;
}

function showMore() {
  list.append(...rest.splice(0, PAGE).map(result));
  more.hidden = !rest.length;
}

function told(query, count, whole) {
  if (!count) return `Nothing found for “${query}”. Other words may do, or fewer.`;
  const sections = (n) => (n === 1 ? "1 section" : `${n} sections`);
  if (!whole) return `No section has all of these words. ${sections(count)} with some of them, the best first.`;
  return `${sections(whole)}${count > whole ? `, and ${count - whole} with some of the words` : ""}, the best first.`;
}

async function search() {
  clearTimeout(waiting);
  const query = field.value.trim();
  history.replaceState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  document.title = query ? `${query} · ${title}` : title;
  if (query && !finder) {
    status.textContent = "Reading the book …";
    try {
      finder = await load();
    } catch {
      status.textContent = "The list of sections did not come. Is there network?";
      return;
    }
    return search(); // for what was typed meanwhile
  }
  const { found, whole } = query ? finder.find(query) : { found: [], whole: 0 };
  rest = found;
  examples.hidden = Boolean(query);
  list.replaceChildren();
  status.textContent = query ? told(query, found.length, whole) : "";
  showMore();
}

function move(event) {
  const links = [field, ...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
  const next = links[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await search();
  list.querySelector("a")?.focus();
});
addEventListener("keydown", move);
more.addEventListener("click", () => {
  const shown = list.children.length;
  showMore();
  list.children[shown].querySelector("a").focus();
});

const keys = document.querySelector(".search-keys input"); // a key without a modifier has to have a switch
keys.checked = localStorage.getItem("slash") !== "off";
keys.addEventListener("change", () => localStorage.setItem("slash", keys.checked ? "on" : "off"));

field.value = new URLSearchParams(location.search).get("q") ?? "";
status.textContent = "";
if (field.value) search();
if (!field.value || matchMedia("(hover: hover)").matches) field.focus(); // a phone's keyboard would cover the results
