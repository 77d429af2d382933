// Finds sections of the book: by the stems of words, with synonyms; first what is called, or asked for, as the query is.

import MiniSearch from "./minisearch.mjs";
import { stemmer } from "./stemmer.mjs";

const NUMBER = /^(?!(19|20)\d\d$)\d/; // that is no year
const SYMBOL = /^\p{L}(_.*)?$/u; // of a formula: k, h_t
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\d]+/gu; // of a name: Early and Stopping, LSTM and Cell
const SHAPE = /\b(one|many|sequence)[ -]to[ -](one|many|sequence)\b/gi; // of a task, one word
const EMPTY = new Set(("about always an and any are as at be become becomes been being between but by can compare could did differ difference differs distinguish do does done"
  + " during each explain explained false for from gets getting happen happens has have help how if in instead into is it its itself just keep keeps many me"
  + " mean meaning means much my need needed needs number of on only or please purpose role roles should so than that the their them then there these they this to true"
  + " understand understanding use used using versus very vs want was were what when where whether which while who why will with work working works"
  + " would you your").split(" "));
const NOT = new Set("cannot doesn don isn never no not won without".split(" "));
const FIELDS = { title: 6, asked: 3, page: 2, text: 1, names: 0.5 }; // and what a word there counts
const SYNONYM = 0.5; // what a word counts that stands for another,
const MEANT = 0.7; // in a heading,
const FAINTLY = 0.6; // and one that nearly all of the book is about, or no section
const NAMED = 8; // how much more a section counts that is called as the query says,
const PHRASE = 2; // has the words side by side,
const TYPED = 1.5; // has them as they were typed
const ASIDE = 0.6; // how much an exercise, a protocol, a list of sources counts
const MISSING = 2; // how fast a section counts less that lacks words of the query: to this power of the share that it has
const LEAST = 0.3; // of such a share; rare words weigh more in it,
const COMMON = 10; // but none more than a word of so many sections

export const words = (text) => text.replace(SHAPE, "$1to$2").match(/[\p{L}\d_]+/gu) ?? [];
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

const stemmed = new Map();

/** The stem of a word in British spelling, or "" of one that says nothing. */
function stem(word) {
  word = word.toLowerCase();
  if (NUMBER.test(word) || SYMBOL.test(word) || EMPTY.has(word)) return "";
  if (NOT.has(word)) return "not";
  if (!stemmed.has(word)) stemmed.set(word, stemmer(word.replace(/iz(?=[aei])/, "is")));
  return stemmed.get(word);
}

const FAINT = new Set(("add apply best better build calculate choose code compute correct create decide determine example find good handle implement"
  + " interpret keras layer model network neural pick possible problem proper python set simple tensorflow train tutorial way write").split(" ").map(stem));

/** The parts of a name that joins words; of other words themselves. */
function parts(word) {
  const found = /^\p{Lu}+s?$/u.test(word) ? [] : word.split("_").flatMap((part) => part.match(PART) ?? []);
  return found.length > 1 ? found : [word];
}

export const indexed = (word) => [...new Set([word, ...parts(word)])].map(stem).filter(Boolean);
const stemsOf = (word) => parts(word).map(stem).filter(Boolean);
const stems = (text) => words(text).flatMap(stemsOf);
const typed = (text) => words(text).filter(stem).join(" ").toLowerCase();
/** What a title calls its section: each term of the glossary; all else with what stands before a colon, and without. */
const names = (title) => (title.startsWith("Glossary: ") ? title.slice(10).split(", ") : [title, title.replace(/^.*?: /, "")]);
const holds = (text, phrase) => ` ${text} `.includes(` ${phrase} `);

export class Finder {
  constructor({ synonyms, asked, pages }) {
    this.synonyms = synonyms.map((group) => group.map(stems));
    this.sections = pages.flatMap(({ page, title, weight, sections }) => sections.map(({ anchor, aside, ...section }) => {
      const part = anchor && `#${anchor}`, own = section.title || title, others = asked[page + part] ?? [];
      return {
        ...section, page: title, title: own, asked: others.join(" . "), called: [...names(own), ...others].map(stems),
        address: `${page}.html${part}`, weight: aside ? weight * ASIDE : weight,
      };
    })).map((section, id) => ({ ...section, id }));
    this.index = new MiniSearch({ fields: Object.keys(FIELDS), tokenize: words, processTerm: indexed });
    this.index.addAll(this.sections);
    this.headings = new Set(this.sections.flatMap(({ title, asked }) => words(`${title} ${asked}`).flatMap(indexed)));
    this.many = new Map();
    for (const section of this.sections) {
      const own = Object.keys(FIELDS).flatMap((field) => words(section[field]).flatMap(indexed));
      for (const one of new Set(own)) this.many.set(one, (this.many.get(one) ?? 0) + 1);
    }
  }

  /** How much a word or a phrase says that so many sections have: the less of them, the more; little if no heading has it. */
  rarity(many, phrase) {
    const faint = phrase.every((one) => FAINT.has(one) || !this.headings.has(one));
    return faint ? FAINTLY : Math.log(1 + this.sections.length / Math.max(many, COMMON));
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

  /** The sections that have one of several phrases, the first of which was typed: each by the one that counts most. */
  having(phrases) {
    const found = new Map();
    phrases.forEach((phrase, place) => {
      const strange = !place && phrase.length === 1 && !this.many.has(phrase[0]); // begun or mistyped
      const options = { combineWith: "AND", tokenize: (text) => text.split(" "), processTerm: (term) => term, boost: FIELDS,
        prefix: strange && phrase[0].length > 2, fuzzy: strange && phrase[0].length > 5 && 0.2 };
      for (const { id, score, terms } of this.index.search(phrase.join(" "), options)) {
        const before = found.get(id) ?? { score: 0, terms: [] };
        found.set(id, { score: Math.max(before.score, place ? SYNONYM * score / phrase.length : score), terms: [...before.terms, ...terms] });
      }
    });
    return { phrases, found, worth: found.size && this.rarity(found.size, phrases[0]) };
  }

  /** Sections, best first, each with the stems that were found in it; and how many of them have all words. */
  find(query) {
    const groups = this.groups(query).map((phrases) => this.having(phrases)), most = sum(groups.map(({ worth }) => worth));
    const phrase = stems(query).join(" "), as = typed(query);
    const found = [...new Set(groups.flatMap(({ found }) => [...found.keys()]))].map((id) => {
      const section = this.sections[id], had = groups.filter(({ found }) => found.has(id));
      const share = sum(had.map(({ worth }) => worth)) / most;
      const score = section.weight * sum(had.map(({ found, worth }) => found.get(id).score * worth)) * share ** MISSING
        * this.closeness(section, phrase, as) * (1 + NAMED * this.likeness(section, groups, most) ** 2);
      return { ...section, terms: had.flatMap(({ found }) => found.get(id).terms), share, whole: had.length === groups.length, score };
    }).filter(({ share }) => share >= LEAST).sort((a, b) => b.score - a.score);
    return { found, whole: found.filter(({ whole }) => whole).length };
  }

  /** How alike the query and what a section is called are: the share of both that both have. */
  likeness({ id, called }, groups, most) {
    return Math.max(...called.map((name) => {
      const met = new Set();
      const both = groups.map(({ phrases, found, worth }) => {
        const meant = phrases.findIndex((phrase) => phrase.every((one) => name.includes(one)));
        const near = phrases.length === 1 ? name.filter((one) => found.get(id)?.terms.includes(one)) : [];
        (phrases[meant] ?? near).forEach((one) => met.add(one));
        return meant > 0 ? worth * MEANT : meant === 0 || near.length ? worth : 0;
      });
      const more = name.filter((one) => !met.has(one)).map((one) => this.rarity(this.many.get(one) ?? 0, [one]));
      return sum(both) / (most + sum(more));
    }));
  }

  /** By how much a section counts more that has the words of the query side by side. */
  closeness(section, phrase, as) {
    const { title, page, text } = section;
    section.read ??= [stems, typed].map((way) => [title, page, text].map((part) => [way(part)].flat().join(" ")).join(" . "));
    const [stem, type] = section.read;
    return (phrase.includes(" ") && holds(stem, phrase) ? PHRASE : 1) * (holds(type, as) ? TYPED : 1);
  }
}
