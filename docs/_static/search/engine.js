// Finds sections: MiniSearch scores the words, and this says what a word may be.

/** @typedef {{ score: number, headed: boolean }} Score Of a section, and if its title has it all. */

(() => {
  const { pieces, terms, shape } = globalThis.hookbookWords;

  const FIELDS = { title: 6, above: 1.2, page: 1.6, names: 1.5, messages: 2, gist: 1.5, text: 1 };
  /** How much more a section is worth if its heading has all that was asked for. */
  const HEADED = 1;
  /** The same for the top of a page, if one thing is asked for: it says what that is. */
  const TOP = 1.3;
  const SYNONYM = 0.8;
  /** A name typed in several words, "after request", is worth more than its words. */
  const NAME = 1.6;
  /** In one piece, "after_request", or with nothing else, hardly its words are meant. */
  const OWN_NAME = 3;
  const PARTS = 0.1;
  /** What a score of an error's own entry is above that of any other section with it. */
  const ENTRY = 500;
  const LONGEST_NAME = 4;
  /** Sections of less weight are not first for having all words: exercises, proofs. */
  const FULL = 0.5;
  /** In a longer question some words are chance, and no section has to have all. */
  const FEW = 3;
  const KIND_OF_ERROR = /^[\w.]*(?:error|exception|warning|notfound): /;
  const QUESTION = new Set(
    (
      "about all any am anyone both can cannot cant could did do does dont ever flask get gets got how i im" +
      " isnt just like make makes me my need no one only our should some still than thing use used using" +
      " want wants we what when where which who why work works would"
    ).split(" "),
  );

  class Search {
    /** @param {SearchIndex} index */
    constructor(index) {
      this.index = index;
      /** @type {Set<string>} */
      this.known = new Set();
      this.stopwords = new Set([...index.stopwords, ...QUESTION]);
      this.synonyms = index.synonyms.flatMap(([says, means]) =>
        says.map((phrase) => ({
          says: this.telling(pieces(phrase)),
          means: means.map((name) => this.tellingNames(pieces(name))),
        })),
      );
      this.synonyms.sort((one, other) => other.says.length - one.says.length);
      this.mini = new MiniSearch({
        fields: Object.keys(FIELDS),
        tokenize: (text) => this.note(terms(text)),
        processTerm: (term) => term,
        searchOptions: { boost: FIELDS, tokenize: (text) => [text] },
      });
      this.mini.addAll(index.sections.map((_, id) => this.document(id)));
      /** @type {Map<string, Map<number, Score>>} */
      this.scored = new Map();
      this.titles = index.sections.map((section) => ` ${terms(section[2]).join(" ")} `);
      this.messages = this.allMessages();
    }

    /** @param {number} id */
    document(id) {
      const [page, , title, above, excerpt, words, names, messages, , opening] =
        this.index.sections[id];
      return {
        id,
        title,
        above,
        page: this.index.pages[page][1],
        names,
        messages: messages.join("\n"),
        gist: `${excerpt} ${opening}`,
        text: words,
      };
    }

    /** @param {string[]} found */
    note(found) {
      for (const term of found) this.known.add(term);
      return found;
    }

    /** Return each message with its section; those of lists of errors are first. */
    allMessages() {
      const listed = this.index.errors.map(([message, id]) => ({ message, id, listed: true }));
      // A list of messages only leads to their entries.
      const printed = this.index.sections.flatMap((section, id) =>
        (section[8] < 1 ? [] : section[7]).map((message) => ({ message, id, listed: false })),
      );
      return [...listed, ...printed].map((one) => {
        const whole = shape(one.message);
        const core = whole.replace(KIND_OF_ERROR, "");
        // What is mostly a name tells nothing without the kind of error.
        return { ...one, whole, core: core.replace(/[^a-z]/g, "").length < 8 ? whole : core };
      });
    }

    /**
     * Return the sections whose errors are in a text, or that a part of a message is in.
     * @param {string} text
     * @returns {Map<number, { score: number, message: string }>}
     */
    errors(text) {
      const asked = shape(text);
      const core = asked.replace(KIND_OF_ERROR, "");
      const words = core.split(" ").length;
      /** @type {Map<number, { score: number, message: string }>} */
      const found = new Map();
      for (const one of this.messages) {
        const inside =
          asked.includes(one.core) || (core.length >= 10 && words >= 2 && one.whole.includes(core));
        if (!inside) continue;
        const score =
          one.core.length +
          (one.listed ? 1000 : 0) +
          (asked === one.whole ? 50 : 0) +
          (this.kind(one.id) === "error" ? ENTRY : 0) +
          100 * this.weight(one.id);
        if (score > (found.get(one.id)?.score ?? 0)) {
          found.set(one.id, { score, message: one.message });
        }
      }
      return found;
    }

    /**
     * Return the sections that explain the errors in a text, the best first.
     * @param {string} text
     */
    explain(text) {
      return [...this.errors(text)]
        .sort(([, one], [, other]) => other.score - one.score)
        .map(([id, { score, message }]) => this.result(id, score, message));
    }

    /**
     * Split a question into units, each a list of ways to say it.
     * @param {string} question
     */
    units(question) {
      const words = pieces(question);
      /** @type {{ ways: { all: string[], weight: number }[], last: boolean }[]} */
      const result = [];
      for (let at = 0; at < words.length; ) {
        const { length, ways } = this.unit(words, at);
        if (ways.length > 0) result.push({ ways, last: at + length === words.length });
        at += length;
      }
      return result;
    }

    /**
     * Return the words that tell something, all if none does.
     * @param {string[][]} words
     */
    telling(words) {
      const all = words.flat();
      const result = all.filter((word) => !this.stopwords.has(word));
      return result.length > 0 ? result : all;
    }

    /**
     * Return the same of names, each as the one term that it is in the index.
     * @param {string[][]} names
     */
    tellingNames(names) {
      const all = names.map((parts) => parts.join(""));
      const result = all.filter((name) => !this.stopwords.has(name));
      return result.length > 0 ? result : all;
    }

    /**
     * Return the ways to say the words that begin at a place, and how many they are.
     * @param {string[][]} words
     * @param {number} at
     */
    unit(words, at) {
      const synonym = this.synonym(words, at);
      const name = this.name(words, at);
      if (synonym.length > 0 && synonym.length >= name.length) {
        const all = this.telling(words.slice(at, at + synonym.length));
        const ways = synonym.means.map((means) => ({
          all: means,
          // Each word adds to a score; what is said longer is not said better.
          weight: SYNONYM * Math.min(1, Math.sqrt(all.length / means.length)),
        }));
        return { length: synonym.length, ways: [{ all, weight: 1 }, ...ways] };
      }
      if (name.length > 0) {
        const all = this.telling(words.slice(at, at + name.length));
        const whole = name.length === 1 || name.length === words.length;
        const own = whole && this.known.has(name.term);
        const ways = [
          { all: [name.term], weight: own ? OWN_NAME : NAME },
          { all, weight: own ? PARTS : 1 },
        ];
        return { length: name.length, ways };
      }
      const [word] = words[at];
      const dull = this.stopwords.has(word) && words.length > 1;
      return { length: 1, ways: dull ? [] : [{ all: [word], weight: 1 }] };
    }

    /**
     * Find the longest synonym at a place, with words between that tell nothing.
     * @param {string[][]} words
     * @param {number} at
     */
    synonym(words, at) {
      for (const { says, means } of this.synonyms) {
        let place = 0;
        for (let next = at; next < words.length && place < says.length; next += 1) {
          const parts = words[next];
          if (parts.every((part, index) => part === says[place + index])) {
            place += parts.length;
            if (place === says.length) return { length: next + 1 - at, means };
          } else if (next === at || parts.length > 1 || !this.stopwords.has(parts[0])) {
            break;
          }
        }
      }
      return { length: 0, means: [] };
    }

    /**
     * Find the longest name at a place: one, or words that are one together.
     * @param {string[][]} words
     * @param {number} at
     */
    name(words, at) {
      for (let length = Math.min(LONGEST_NAME, words.length - at); length > 1; length -= 1) {
        const run = words.slice(at, at + length);
        for (const parts of [run.flat(), this.telling(run)]) {
          const term = parts.join("");
          if (parts.length > 1 && this.known.has(term)) return { length, term };
        }
      }
      const own = words[at].length > 1;
      return { length: own ? 1 : 0, term: words[at].join("") };
    }

    /**
     * Score the sections that say a unit in any way.
     * @param {ReturnType<Search["units"]>[number]} unit
     */
    score(unit) {
      // Who types on changes the last word only.
      const key = JSON.stringify(unit);
      const known = this.scored.get(key);
      if (known) return known;
      /** @type {Map<number, Score>} */
      const scores = new Map();
      this.scored.set(key, scores);
      for (const { all, weight } of unit.ways) {
        for (const hit of this.mini.search({
          combineWith: "AND",
          queries: all.map((word, place) =>
            this.query(word, unit.last && place === all.length - 1),
          ),
        })) {
          const { score, headed } = scores.get(hit.id) ?? { score: 0, headed: false };
          const inTitle = Object.values(hit.match).every((fields) => fields.includes("title"));
          scores.set(hit.id, {
            score: Math.max(score, hit.score * weight),
            headed: headed || inTitle,
          });
        }
      }
      return scores;
    }

    /**
     * Say what a word may match: a word that pages have, itself; another, its like.
     * @param {string} word
     * @param {boolean} last Whether the reader may still be typing it.
     */
    query(word, last) {
      const unknown = !this.known.has(word);
      let fuzzy = 0;
      if (unknown && word.length >= 5) fuzzy = word.length >= 8 ? 2 : 1;
      return {
        queries: [word],
        prefix: (unknown || last) && word.length >= 2,
        fuzzy: fuzzy || false,
        weights: { prefix: 0.4, fuzzy: 0.4 },
      };
    }

    /**
     * Return the sections that a question finds, the best first.
     * @param {string} question
     * @param {number} [most] All, if it is not said.
     * @returns {SearchResult[]}
     */
    find(question, most) {
      const errors = this.errors(question);
      /** @type {Map<number, { sum: number, weight: number, headed: number }>} */
      const found = new Map();
      const units = this.units(question).map((unit) => this.score(unit));
      const asked = ` ${terms(question).join(" ")} `;
      let whole = 0;
      for (const scores of units) {
        // A rare word tells more; one that is nowhere tells nothing.
        const weight = Math.log(1 + this.index.sections.length / Math.max(scores.size, 1));
        if (scores.size > 0) whole += weight;
        for (const [id, { score, headed }] of scores) {
          const one = found.get(id) ?? { sum: 0, weight: 0, headed: 0 };
          found.set(id, {
            sum: one.sum + score,
            weight: one.weight + weight,
            headed: one.headed + (headed ? weight : 0),
          });
        }
      }
      const ranked = [...found].map(([id, { sum, weight, headed }]) => {
        const share = weight / whole;
        const worth = this.worth(id, asked, units.length === 1);
        const full = this.weight(id) >= FULL || this.titles[id] === asked;
        const first = units.length <= FEW && share > 0.999 && full;
        return { id, first, score: sum * share * (1 + (HEADED * headed) / whole) * worth };
      });
      for (const [id] of errors) if (!found.has(id)) ranked.push({ id, first: false, score: 0 });
      // The name of a test is its anchor: nothing is nearer to it.
      const test = question.trim().startsWith("test_") ? question.trim() : "";
      const named = (/** @type {number} */ id) =>
        Number(test !== "" && this.index.sections[id][1] === test);
      const top = (/** @type {{ id: number }} */ { id }) => errors.get(id)?.score ?? named(id);
      ranked.sort(
        (one, other) =>
          top(other) - top(one) ||
          Number(other.first) - Number(one.first) ||
          other.score - one.score ||
          one.id - other.id,
      );
      return ranked
        .slice(0, most)
        .map(({ id, score }) => this.result(id, score, errors.get(id)?.message));
    }

    /** @param {number} id */
    kind(id) {
      return this.index.pages[this.index.sections[id][0]][2];
    }

    /** @param {number} id */
    weight(id) {
      const section = this.index.sections[id];
      return this.index.pages[section[0]][3] * section[8];
    }

    /**
     * Return what a section's score is multiplied with.
     * @param {number} id
     * @param {string} asked The terms of the question, with a space around each.
     * @param {boolean} alone Whether the question is one name or word.
     */
    worth(id, asked, alone) {
      const page = this.index.pages[this.index.sections[id][0]];
      if (this.titles[id] === asked) return 2 * page[3];
      const top = alone && !this.index.sections[id][1];
      const weight = top ? TOP * this.weight(id) : this.weight(id);
      return this.titles[id].includes(asked) ? 1.3 * weight : weight;
    }

    /**
     * @param {number} id
     * @param {number} score
     * @param {string} [message]
     * @returns {SearchResult}
     */
    result(id, score, message) {
      const [page, anchor, title, above, excerpt] = this.index.sections[id];
      const [uri, pageTitle, kind] = this.index.pages[page];
      return {
        address: anchor ? `${uri}#${anchor}` : uri,
        title,
        place: [pageTitle, above].filter((text) => text && text !== title),
        kind: message ? "error" : kind,
        excerpt: message ?? excerpt,
        score,
      };
    }
  }

  globalThis.hookbookSearch = { Search };
})();
