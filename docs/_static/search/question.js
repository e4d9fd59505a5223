// Takes a question apart: words, names in several words, and what readers call otherwise.

(() => {
  const { pieces, typed } = globalThis.hookbookWords;

  const SYNONYM = 0.8;
  /** A name typed in several words, "after request", is worth more than its words. */
  const NAME = 1.6;
  /** In one piece, "after_request", or with nothing else, hardly its words are meant. */
  const OWN_NAME = 3;
  const PARTS = 0.1;
  const LONGEST_NAME = 4;
  /** Tells something in a synonym, "not called", but hardly a section from another. */
  const NOT = "not";
  const QUESTION = new Set(
    (
      "about all any am anyone best both can cannot cant could did do does dont equivalent ever example examples flask" +
      " get gets got help how i im isnt just like make makes me my need no one only our please should some" +
      " still than thing tutorial use used using versus vs want wants way we what when where which who why" +
      " work works would"
    ).split(" "),
  );

  class Question {
    /**
     * @param {SearchIndex} index
     * @param {Set<string>} known The terms that sections have.
     */
    constructor(index, known) {
      this.known = known;
      this.stopwords = new Set([...index.stopwords, ...QUESTION]);
      this.synonyms = index.synonyms.flatMap(([says, means]) =>
        says.map((phrase) => ({
          says: this.telling(pieces(phrase)),
          means: means.map((name) => this.tellingNames(pieces(name))),
        })),
      );
      this.synonyms.sort((one, other) => other.says.length - one.says.length);
    }

    /**
     * Split a question into units, each a list of ways to say it.
     * @param {string} question
     */
    units(question) {
      const said = typed(question);
      const words = said.map(({ parts }) => parts);
      /** @type {SearchUnit[]} */
      const result = [];
      for (let at = 0; at < words.length; ) {
        const { length, ways } = this.unit(words, at);
        const run = said.slice(at, at + length).map(({ word }) => word);
        if (ways.length > 0) {
          result.push({ ways, last: at + length === words.length, said: run.join(" ") });
        }
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
      const dull = (word === NOT || this.stopwords.has(word)) && words.length > 1;
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
  }

  globalThis.hookbookQuestion = { Question };
})();
