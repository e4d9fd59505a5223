// Finds sections: MiniSearch scores the words, and this says what a word may be.

(() => {
  const { pieces, terms, shape } = globalThis.hookbookWords;

  const FIELDS = { title: 6, above: 1.2, page: 1.6, names: 1.5, messages: 2, text: 1 };
  /** What a section's score is multiplied with: proofs are below what they prove. */
  const KINDS = {
    error: 1.3,
    recipe: 1.2,
    reference: 1.1,
    guide: 1,
    version: 0.9,
    exercise: 0.45,
    proof: 0.3,
  };
  const SYNONYM = 0.8;
  /** A name typed in several words, "after request", is worth more than its words. */
  const NAME = 1.6;
  const LONGEST_NAME = 4;
  const ALL_WORDS = 2;
  const QUESTION = new Set(
    (
      "about any am anyone both can cannot cant could did do does doesnt dont ever get gets got how i im" +
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
        says.map((phrase) => ({ says: pieces(phrase).flat(), means: means.map(pieces) })),
      );
      this.synonyms.sort((one, other) => other.says.length - one.says.length);
      this.mini = new MiniSearch({
        fields: Object.keys(FIELDS),
        tokenize: (text) => this.note(terms(text)),
        processTerm: (term) => term,
        searchOptions: { boost: FIELDS, tokenize: (text) => [text] },
      });
      this.mini.addAll(index.sections.map((_, id) => this.document(id)));
      /** @type {Map<string, Map<number, number>>} */
      this.scored = new Map();
      this.titles = index.sections.map((section) => ` ${terms(section[2]).join(" ")} `);
      this.messages = this.allMessages();
    }

    /** @param {number} id */
    document(id) {
      const [page, , title, above, , words, names, messages] = this.index.sections[id];
      return {
        id,
        title,
        above,
        page: this.index.pages[page][1],
        names,
        messages: messages.join("\n"),
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
      const printed = this.index.sections.flatMap((section, id) =>
        section[7].map((message) => ({ message, id, listed: false })),
      );
      return [...listed, ...printed].map((one) => {
        const whole = shape(one.message);
        return { ...one, whole, core: whole.replace(/^[\w.]+: /, "") };
      });
    }

    /**
     * Return the sections whose errors are in a text, or that a part of a message is in.
     * @param {string} text
     * @returns {Map<number, { score: number, message: string }>}
     */
    errors(text) {
      const asked = shape(text);
      const core = asked.replace(/^[\w.]*(?:error|exception|warning): /, "");
      const words = core.split(" ").length;
      /** @type {Map<number, { score: number, message: string }>} */
      const found = new Map();
      for (const one of this.messages) {
        const telling = one.core.replace(/[^a-z]/g, "").length >= 8 ? one.core : one.whole;
        const inside =
          asked.includes(telling) || (core.length >= 10 && words >= 2 && one.whole.includes(core));
        if (!inside) continue;
        const kind = this.index.pages[this.index.sections[one.id][0]][2];
        const score =
          telling.length +
          (one.listed ? 1000 : 0) +
          (asked === one.whole ? 50 : 0) +
          100 * KINDS[kind];
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
     * Return the ways to say the words that begin at a place, and how many they are.
     * @param {string[][]} words
     * @param {number} at
     */
    unit(words, at) {
      const rest = words.slice(at).flat();
      const synonym = this.synonyms.find(({ says }) =>
        says.every((said, place) => rest[place] === said),
      );
      const name = this.name(words, at);
      if (synonym && synonym.says.length >= name.length) {
        const length = count(words, at, synonym.says.length);
        const ways = synonym.means.map((means) => ({ all: oneTerm(means), weight: SYNONYM }));
        return { length, ways: [{ all: words.slice(at, at + length).flat(), weight: 1 }, ...ways] };
      }
      if (name.length > 1 || words[at].length > 1) {
        const length = Math.max(name.length, 1);
        const all = words.slice(at, at + length).flat();
        return {
          length,
          ways: [
            { all: [all.join("")], weight: NAME },
            { all, weight: 1 },
          ],
        };
      }
      const [word] = words[at];
      const dull = this.stopwords.has(word) && words.length > 1;
      return { length: 1, ways: dull ? [] : [{ all: [word], weight: 1 }] };
    }

    /**
     * Return the longest run of words that is a name when written together.
     * @param {string[][]} words
     * @param {number} at
     */
    name(words, at) {
      for (let length = Math.min(LONGEST_NAME, words.length - at); length > 1; length -= 1) {
        const run = words.slice(at, at + length);
        if (this.known.has(run.flat().join(""))) return run;
      }
      return [];
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
      /** @type {Map<number, number>} */
      const scores = new Map();
      this.scored.set(key, scores);
      for (const { all, weight } of unit.ways) {
        for (const hit of this.mini.search({
          combineWith: "AND",
          queries: all.map((word, place) =>
            this.query(word, unit.last && place === all.length - 1),
          ),
        })) {
          scores.set(hit.id, Math.max(scores.get(hit.id) ?? 0, hit.score * weight));
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
      if (unknown && word.length >= 4) fuzzy = word.length >= 8 ? 2 : 1;
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
     * @param {number} most
     * @returns {SearchResult[]}
     */
    find(question, most) {
      const errors = this.errors(question);
      /** @type {Map<number, { sum: number, weight: number }>} */
      const found = new Map();
      const units = this.units(question).map((unit) => this.score(unit));
      const asked = ` ${terms(question).join(" ")} `;
      let whole = 0;
      for (const scores of units) {
        // A rare word tells more; one that is nowhere tells nothing.
        const weight = Math.log(1 + this.index.sections.length / Math.max(scores.size, 1));
        if (scores.size > 0) whole += weight;
        for (const [id, score] of scores) {
          const one = found.get(id) ?? { sum: 0, weight: 0 };
          found.set(id, { sum: one.sum + score, weight: one.weight + weight });
        }
      }
      const ranked = [...found].map(([id, { sum, weight }]) => ({
        id,
        score: sum * this.worth(id, weight / whole, asked),
      }));
      for (const [id] of errors) if (!found.has(id)) ranked.push({ id, score: 0 });
      const top = (/** @type {{ id: number }} */ one) => errors.get(one.id)?.score ?? 0;
      ranked.sort(
        (one, other) => top(other) - top(one) || other.score - one.score || one.id - other.id,
      );
      return ranked
        .slice(0, most)
        .map(({ id, score }) => this.result(id, score, errors.get(id)?.message));
    }

    /**
     * Return what a section's score is multiplied with.
     * @param {number} id
     * @param {number} share How much of the question it has, from 0 to 1.
     * @param {string} asked The terms of the question, with a space around each.
     */
    worth(id, share, asked) {
      const [page] = this.index.sections[id];
      let result = KINDS[this.index.pages[page][2]] * share;
      if (share > 0.999) result *= ALL_WORDS;
      if (this.titles[id] === asked) result *= 2;
      else if (this.titles[id].includes(asked)) result *= 1.3;
      return result;
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

  /**
   * Return how many of the words from a place on make up so many parts.
   * @param {string[][]} words
   * @param {number} at
   * @param {number} parts
   */
  function count(words, at, parts) {
    let [length, left] = [0, parts];
    while (left > 0) {
      left -= words[at + length].length;
      length += 1;
    }
    return length;
  }

  /**
   * Return a name as the one term that it is in the index, other words as they are.
   * @param {string[][]} words
   */
  function oneTerm(words) {
    return words.map((parts) => parts.join(""));
  }

  globalThis.hookbookSearch = { Search };
})();
