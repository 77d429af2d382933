// Finds sections of the book: by the stems of words, with synonyms, and the whole phrase before its parts.

import MiniSearch from "./minisearch.mjs";
import { stemmer } from "./stemmer.mjs";

const NUMBER = /^(?!(19|20)\d\d$)\d/; // that is no year
const SYMBOL = /^\p{L}(_.*)?$/u; // of a formula: k, h_t
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\d]+/gu; // of a name: Early and Stopping, LSTM and Cell
const EMPTY = new Set(("about an and any are as at be become becomes between but by can compare difference do does during explain for found from"
  + " has have how if in into is it its itself keep keeps many mean my need needs no not number of on or should so than that the their then there"
  + " these they this to use used using versus very vs was were what when where which who why will with you your").split(" "));
const FIELDS = { title: 6, page: 2, text: 1, names: 0.5 }; // and what a word there counts
const SYNONYM = 0.5; // what a word counts that stands for another
const PHRASE = 2; // how much more a section counts that has the words side by side,
const TYPED = 1.5; // has them as they were typed,
const FIRST = 1.3; // begins its title with them,
const ALONE = 1.3; // and says no more in it
const TITLED = 1; // has a title of its words alone,
const ASIDE = 0.6; // how much an exercise, a protocol, a list of sources counts
const MISSING = 2; // how fast a section counts less that lacks words of the query: to this power of the share that it has
const LEAST = 0.3; // of such a share; rare words weigh more in it,
const COMMON = 10; // but none more than a word of so many sections

export const words = (text) => text.match(/[\p{L}\d_]+/gu) ?? [];

/** The stem of a word in British spelling, or "" of one that says nothing. */
function stem(word) {
  word = word.toLowerCase();
  if (NUMBER.test(word) || SYMBOL.test(word) || EMPTY.has(word)) return "";
  return stemmer(word.replace(/iz(?=[aei])/, "is"));
}

/** The parts of a name that joins words; of other words themselves. */
function parts(word) {
  const found = /^\p{Lu}+s?$/u.test(word) ? [] : word.split("_").flatMap((part) => part.match(PART) ?? []);
  return found.length > 1 ? found : [word];
}

export const indexed = (word) => [...new Set([word, ...parts(word)])].map(stem).filter(Boolean);
const stemsOf = (word) => parts(word).map(stem).filter(Boolean);
const stems = (text) => words(text).flatMap(stemsOf);
const typed = (text) => words(text).filter(stem).join(" ").toLowerCase();
const holds = (text, phrase) => ` ${text} `.includes(` ${phrase} `);

export class Finder {
  constructor({ synonyms, pages }) {
    this.synonyms = synonyms.map((group) => group.map(stems));
    this.sections = pages.flatMap(({ page, title, weight, sections }) => sections.map((section) => ({
      ...section, page: title, title: section.title || title, weight: section.aside ? weight * ASIDE : weight,
      address: `${page}.html${section.anchor && "#"}${section.anchor}`,
    }))).map((section, id) => ({ ...section, id }));
    this.index = new MiniSearch({ fields: Object.keys(FIELDS), tokenize: words, processTerm: indexed });
    this.index.addAll(this.sections);
  }

  /** What a section has to have: for each word of the query, or phrase that has synonyms, one of several phrases. */
  groups(query) {
    const left = words(query).filter(stem), groups = [];
    while (left.length) {
      const rest = left.flatMap(stemsOf), word = left.shift();
      const alike = this.synonyms.flatMap((group) => group.filter((phrase) => phrase.every((one, i) => rest[i] === one))
        .map((phrase) => [phrase, ...group.filter((other) => other !== phrase)]))
        .sort(([a], [b]) => b.length - a.length)[0];
      for (let got = stemsOf(word).length; got < alike?.[0].length;) got += stemsOf(left.shift()).length;
      groups.push(alike ?? (parts(word).length > 1 ? [[stem(word)], stemsOf(word)] : [[stem(word)]]));
    }
    return groups;
  }

  /** Sections, best first, each with the stems that were found in it; and how many of them have all words. */
  find(query) {
    const groups = this.groups(query), others = groups.length === 1 ? groups[0] : [];
    const meant = [stems(query), ...others].map((phrase) => phrase.join(" "));
    const queries = groups.map((group) => ({ combineWith: "OR", queries: group.map((phrase, place) => ({
      combineWith: "AND", queries: [phrase.join(" ")],
      ...(place ? { boostTerm: () => SYNONYM / phrase.length }
        : { prefix: (term) => term.length > 2, fuzzy: (term) => term.length > 5 && 0.2 }),
    })) }));
    const all = this.index.search({ combineWith: "OR", queries }, {
      tokenize: (text) => text.split(" "), processTerm: (term) => term,
      boost: FIELDS, boostDocument: (id) => this.sections[id].weight,
    }).map((result) => ({ ...result, has: groups.map((group) => group.some((phrase) => phrase.every((one) => result.queryTerms.includes(one)))) }));
    const rarity = groups.map((_, i) => {
      const many = all.filter(({ has }) => has[i]).length;
      return many && Math.log(1 + this.sections.length / Math.max(many, COMMON));
    });
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0), most = sum(rarity);
    const found = all.map(({ id, score, terms, has }) => {
      const share = sum(rarity.filter((_, i) => has[i])) / most;
      return { ...this.sections[id], terms, share, whole: has.every(Boolean), score: score * share ** MISSING * this.closeness(id, typed(query), meant) };
    }).filter(({ share }) => share >= LEAST).sort((a, b) => b.score - a.score);
    return { found, whole: found.filter(({ whole }) => whole).length };
  }

  /** The share of a title's stems that the query has. */
  titled(title, meant) {
    const stems = title.split(" "), asked = new Set(meant.split(" "));
    return stems.length > 1 ? stems.filter((one) => asked.has(one)).length / stems.length : 0;
  }

  /** By how much a section counts more, for how the words stand in it, or for its title what may stand for them. */
  closeness(id, query, meant) {
    const section = this.sections[id], { title, page, text } = section;
    section.read ??= {
      titles: [title, title.replace(/^.*?: /, "")].map((part) => stems(part).join(" ")),
      stems: [title, page, text].map((part) => stems(part).join(" ")).join(" . "),
      typed: [title, page, text].map(typed).join(" . "),
    };
    const { titles, ...read } = section.read;
    return (meant[0].includes(" ") && holds(read.stems, meant[0]) ? PHRASE : 1)
      * (holds(read.typed, query) ? TYPED : 1)
      * (titles.some((one) => meant.some((phrase) => `${one} `.startsWith(`${phrase} `))) ? FIRST : 1)
      * (titles.some((one) => meant.includes(one)) ? ALONE : 1)
      * (1 + TITLED * this.titled(titles.at(-1), meant[0]));
  }
}
