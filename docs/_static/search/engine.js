// Finds sections: MiniSearch scores the words, and this says what a word may be.

/**
 * @typedef {object} Score Of a section, for a part of the question.
 * @property {number} score
 * @property {boolean} headed Whether its title has it all.
 * @property {boolean} near Whether its title has any of it.
 * @property {Set<string>} terms What was found in it.
 */

(() => {
  const { pieces, terms } = globalThis.hookbookWords;
  const { excerpt, end } = globalThis.hookbookExcerpt;
  const { Messages } = globalThis.hookbookMessages;
  const { Question } = globalThis.hookbookQuestion;
  const { Asked, questions } = globalThis.hookbookAsked;

  const FIELDS = {
    title: 6,
    asked: 3,
    above: 1.2,
    page: 1.6,
    names: 1.5,
    messages: 2,
    gist: 1.5,
    text: 1,
  };
  /** How much more a section is worth if its heading has all that was asked for. */
  const HEADED = 1;
  /** The same, if readers are known to ask this of it. */
  const LIKE = 3;
  /** From this likeness on, it is the same question in other words. */
  const SAME = 0.74;
  /** The same for the top of a page, if one thing is asked for: it says what that is. */
  const TOP = 1.3;
  /** In a longer question: the same, if its title lacks the rarest word. */
  const OVERVIEW = 0.8;
  /** And of a section whose title has that word. */
  const RARE = 1.15;
  /** How much a word tells that is nowhere, if others are like it. */
  const ALIKE = 0.5;
  const NOTHING = { sum: 0, headed: 0, rare: false, near: false };
  const WORD = /[\p{L}\p{N}]+(?:['’_.-][\p{L}\p{N}]+)*/gu;
  /** Sections of less weight are not first for having all words: exercises, proofs. */
  const FULL = 0.5;
  /** What the anchors of words in the glossary begin with. */
  const TERM = "term-";
  /** In a longer question some words are chance, and no section has to have all. */
  const FEW = 3;

  /**
   * Return the words of a text with a space around each, those of names as well.
   * @param {string} text
   */
  function parts(text) {
    return ` ${pieces(text).flat().join(" ")} `;
  }

  /**
   * Return the anchor that is made of a title.
   * @param {string} title
   */
  function slug(title) {
    return title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  }

  /**
   * Return the sections of an index that has them by column.
   * @param {unknown[][]} columns
   */
  function rows(columns) {
    return /** @type {SearchSection[]} */ (
      columns[0].map((_, id) => columns.map((column) => column[id]))
    );
  }

  class Search {
    /** @param {SearchIndex} index */
    constructor(index) {
      this.index = index;
      const columns = index.columns.splice(0);
      if (columns.length > 0) index.sections = rows(columns);
      for (const section of index.sections) if (section[1] === "=") section[1] = slug(section[2]);
      for (const [page, names] of index.proofs.splice(0)) {
        for (const words of names.split("\n")) {
          const name = `test_${words.replaceAll(" ", "_")}`;
          const title = words[0].toUpperCase() + words.slice(1);
          index.sections.push([page, name, title, "", "", "", "", name, [], 1, []]);
        }
      }
      /** @type {Set<string>} */
      this.known = new Set();
      this.common = new Set(index.stopwords);
      this.question = new Question(index, this.known);
      this.mini = new MiniSearch({
        fields: Object.keys(FIELDS),
        tokenize: (text) => this.note(terms(text)),
        processTerm: (term) => term,
        searchOptions: { boost: FIELDS, tokenize: (text) => [text] },
      });
      this.mini.addAll(index.sections.map((_, id) => this.document(id)));
      this.asked = new Asked(index, this.question);
      /** @type {Map<string, Map<number, Score>>} */
      this.scored = new Map();
      this.titles = index.sections.map((section) => parts(section[2]));
      this.messages = new Messages(index, (id) => this.weight(id));
    }

    /** @param {number} id */
    document(id) {
      const [page, , title, above, description, text, words, names, messages] =
        this.index.sections[id];
      const told = new Set(title.toLowerCase().match(WORD));
      const said = new Set(`${description} ${text} ${words}`.toLowerCase().match(WORD));
      const paragraphs = text.split("\n");
      // What a section begins with tells more of what it is about than the rest.
      const gist = description ? [description, paragraphs[0]] : [paragraphs.slice(0, 3).join(" ")];
      return {
        id,
        title,
        above,
        page: this.index.pages[page][1],
        names,
        messages: messages.join("\n"),
        asked: questions(this.index, id).join(" "),
        gist: gist.map((begun) => begun.slice(0, end(begun, 0))).join(" "),
        text: [...said].filter((word) => !told.has(word) && !this.common.has(word)).join(" "),
      };
    }

    /** @param {string[]} found */
    note(found) {
      for (const term of found) this.known.add(term);
      return found;
    }

    /**
     * Return the sections that explain the errors in a text, the best first.
     * @param {string} text
     */
    explain(text) {
      return [...this.messages.find(text)]
        .sort(([, one], [, other]) => other.score - one.score)
        .map(([id, { score, message }]) => this.result(id, score, [], message));
    }

    /**
     * Score the sections that say a unit in any way.
     * @param {SearchUnit} unit
     */
    score(unit) {
      // Who types on changes the last word only.
      const key = JSON.stringify(unit);
      const before = this.scored.get(key);
      if (before) return before;
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
          const known = scores.get(hit.id);
          const titled = Object.keys(hit.match).filter((term) => hit.match[term].includes("title"));
          const inTitle = all.every((word) =>
            titled.some((term) => term.startsWith(word) || !this.known.has(word)),
          );
          scores.set(hit.id, {
            score: Math.max(known?.score ?? 0, hit.score * weight),
            headed: known?.headed || inTitle,
            near: known?.near || titled.length > 0,
            terms: new Set([...(known?.terms ?? []), ...hit.terms]),
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
      // What is typed with two letters in the wrong order is too far away for a fuzzy search.
      const meant = unknown ? this.question.spelled(word) : word;
      return {
        combineWith: /** @type {const} */ ("OR"),
        queries: meant === word ? [word] : [word, meant],
        prefix: (unknown || last) && word.length >= 2,
        fuzzy: fuzzy || false,
        weights: { prefix: 0.4, fuzzy: 0.4 },
      };
    }

    /**
     * Return the words of a question that no section has, and those that only some
     * other word is like.
     * @param {string} question
     * @returns {SearchMissing}
     */
    missing(question) {
      /** @type {SearchMissing} */
      const result = { nowhere: [], alike: [] };
      for (const unit of this.question.units(question)) {
        if (this.score(unit).size === 0) result.nowhere.push(unit.said);
        else if (this.alike(unit)) result.alike.push(unit.said);
      }
      return result;
    }

    /**
     * Tell whether a word of a question is nowhere, and only others are like it.
     * @param {SearchUnit} unit
     */
    alike({ ways, last, said, guessed }) {
      if (guessed) return true;
      const [{ all }, ...others] = ways;
      if (others.length > 0 || all.some((word) => this.known.has(word))) return false;
      const found = [...this.score({ ways, last, said, guessed }).values()];
      return !all.some((word) =>
        found.some((one) => [...one.terms].some((term) => term.startsWith(word))),
      );
    }

    /**
     * Return the sections that a question finds, the best first.
     * @param {string} question
     * @param {number} [most] All, if it is not said.
     * @returns {SearchResult[]}
     */
    find(question, most) {
      const errors = this.messages.find(question);
      /** @type {Map<number, { sum: number, headed: number, rare: boolean, near: boolean, wanted: SearchWanted[] }>} */
      const found = new Map();
      const units = this.question.units(question).map((unit) => {
        const scores = this.score(unit);
        // A rare word tells more; one that is nowhere tells nothing.
        const rarity = Math.log(1 + this.index.sections.length / Math.max(scores.size, 1));
        const weight = this.alike(unit) ? ALIKE * rarity : rarity;
        return { scores, weight: scores.size > 0 ? weight : 0 };
      });
      const asked = parts(question);
      const bare = ` ${this.question.tellingWords(pieces(question)).flat().join(" ")} `;
      const named = (/** @type {number} */ id) =>
        this.titles[id] === asked || (this.titles[id] === bare && this.tells(id));
      const told = this.asked.told(question);
      const whole = units.reduce((all, { weight }) => all + weight, 0);
      const rarest = Math.max(...units.map(({ weight }) => weight));
      for (const { scores, weight } of units) {
        const telling = weight === rarest;
        for (const [id, { score, headed, near, terms: matched }] of scores) {
          const one = found.get(id) ?? { ...NOTHING, wanted: [] };
          found.set(id, {
            sum: one.sum + score,
            headed: one.headed + (headed ? weight : 0),
            rare: one.rare || (headed && telling),
            near: one.near || (near && telling),
            wanted: [...one.wanted, { terms: matched, weight }],
          });
        }
      }
      const ranked = [...found].map(([id, { sum, headed, rare, near, wanted }]) => {
        const share = wanted.reduce((all, { weight }) => all + weight, 0) / whole;
        const like = this.asked.likeness(id, told);
        const full = this.weight(id) >= FULL;
        const lacks = units.length > 1 && !this.index.sections[id][1] && !near;
        const meant = named(id) && this.tells(id);
        const first =
          meant || like > SAME || (units.length <= FEW && share > 0.999 && full && !lacks);
        const worth = named(id)
          ? 2 * this.index.pages[this.index.sections[id][0]][3]
          : this.worth(id, asked, { alone: units.length === 1, rare });
        return {
          id,
          first,
          meant,
          wanted,
          score: sum * share * (1 + (HEADED * headed) / whole) * worth * (1 + LIKE * like ** 3),
        };
      });
      for (const [id] of errors) {
        if (!found.has(id)) ranked.push({ id, first: false, meant: false, wanted: [], score: 0 });
      }
      // The name of a test is its anchor: nothing is nearer to it.
      const test = question.trim().startsWith("test_") ? question.trim() : "";
      const proved = (/** @type {number} */ id) =>
        Number(test !== "" && this.index.sections[id][1] === test);
      const top = (/** @type {{ id: number }} */ { id }) => errors.get(id)?.score ?? proved(id);
      ranked.sort(
        (one, other) =>
          top(other) - top(one) ||
          Number(other.meant) - Number(one.meant) ||
          Number(other.first) - Number(one.first) ||
          other.score - one.score ||
          one.id - other.id,
      );
      return ranked
        .slice(0, most)
        .map(({ id, score, wanted }) => this.result(id, score, wanted, errors.get(id)?.message));
    }

    /** @param {number} id */
    kind(id) {
      return this.index.pages[this.index.sections[id][0]][2];
    }

    /** @param {number} id */
    weight(id) {
      const section = this.index.sections[id];
      return this.index.pages[section[0]][3] * section[9];
    }

    /**
     * Tell whether a section says what its title is: a page, or a word of the glossary.
     * @param {number} id
     */
    tells(id) {
      const anchor = this.index.sections[id][1];
      return !anchor || anchor.startsWith(TERM);
    }

    /**
     * Return what a section's score is multiplied with.
     * @param {number} id
     * @param {string} asked The terms of the question, with a space around each.
     * @param {{ alone: boolean, rare: boolean }} how Whether the question is one name or
     *   word, and whether the title has its rarest.
     */
    worth(id, asked, { alone, rare }) {
      const overview = !this.index.sections[id][1];
      let weight = this.weight(id);
      if (alone && overview) weight *= TOP;
      if (!alone && overview && !rare) weight *= OVERVIEW;
      if (!alone && !overview && rare) weight *= RARE;
      return this.titles[id].includes(asked) ? 1.3 * weight : weight;
    }

    /**
     * @param {number} id
     * @param {number} score
     * @param {SearchWanted[]} wanted
     * @param {string} [message]
     * @returns {SearchResult}
     */
    result(id, score, wanted, message) {
      const [page, anchor, title, above, description, text] = this.index.sections[id];
      const [uri, pageTitle, kind] = this.index.pages[page];
      return {
        address: anchor ? `${uri}#${anchor}` : uri,
        title,
        place: [pageTitle, above].filter((one) => one && one !== title),
        kind: message ? "error" : kind,
        // Chosen when it is shown: of most results it never is.
        get excerpt() {
          const told = message && !title.includes(message);
          return told ? [{ text: message, marked: false }] : excerpt([description, text], wanted);
        },
        score,
      };
    }
  }

  globalThis.hookbookSearch = { Search };
})();
