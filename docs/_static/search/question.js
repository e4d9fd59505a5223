// Takes a question apart: words, names in several words, and what readers call otherwise.

(() => {
  const { nearest, pieces, typed } = globalThis.hookbookWords;

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
      "about all any am anyone anything best both can cannot cant come correct could did do" +
      " does doing dont equivalent ever everything example examples flask get gets got" +
      " happens help how i im inside isnt just like make makes me my need no one only our" +
      " please possible proper put should some something still than thing tutorial use used" +
      " using versus via vs want wants way we what when where which who why within work" +
      " works would"
    ).split(" "),
  );

  class Question {
    /**
     * @param {SearchIndex} index
     * @param {Set<string>} known The terms that sections have.
     */
    constructor(index, known) {
      this.known = known;
      // Words lose their endings before they are compared: these as well.
      this.stopwords = new Set(pieces([...index.stopwords, ...QUESTION].join(" ")).flat());
      this.synonyms = index.synonyms.flatMap(([says, means]) =>
        says.map((phrase) => ({
          says: this.telling(pieces(phrase)),
          means: means.map((name) => this.tellingNames(pieces(name))),
        })),
      );
      this.said = new Set([...this.stopwords, ...this.synonyms.flatMap(({ says }) => says)]);
      /** @type {Map<string, string>} */
      this.meant = new Map();
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
      const meant = words.map((parts) => parts.map((part) => this.spelled(part)));
      for (let at = 0; at < words.length; ) {
        const { length, ways, guessed } = this.unit(words, at, meant);
        const run = said.slice(at, at + length).map(({ word }) => word);
        if (ways.length > 0) {
          result.push({ ways, last: at + length === words.length, said: run.join(" "), guessed });
        }
        at += length;
      }
      return result;
    }

    /**
     * Return the word that a word was meant to be, if there is one that is like it.
     * @param {string} word
     */
    spelled(word) {
      if (this.known.has(word) || this.said.has(word)) return word;
      let meant = this.meant.get(word);
      if (meant === undefined) {
        meant = nearest(word, [...this.known, ...this.said]);
        this.meant.set(word, meant);
      }
      return meant;
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
     * Return words without those that tell nothing; names are whole.
     * @param {string[][]} words
     */
    tellingWords(words) {
      return words.filter((parts) => parts.length > 1 || !this.stopwords.has(parts[0]));
    }

    /**
     * Return what tells something of names, each as the one term that it is in the index.
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
     * @param {string[][]} meant The same words without mistakes in typing: only names and
     *   synonyms are looked for in these, any other word finds what it is like.
     * @returns {{ length: number, ways: SearchWay[], guessed: boolean }}
     */
    unit(words, at, meant) {
      const said = this.run(words, at);
      if (said?.sure) return { ...said, guessed: false };
      const guess = this.run(meant, at);
      if (guess?.sure) return { ...guess, guessed: true };
      if (said) return { ...said, guessed: false };
      const [word] = words[at];
      const dull = (word === NOT || this.stopwords.has(word)) && words.length > 1;
      return { length: 1, ways: dull ? [] : [{ all: [word], weight: 1 }], guessed: false };
    }

    /**
     * Return the synonym or the name that begins at a place; sure if the pages have it.
     * @param {string[][]} words
     * @param {number} at
     */
    run(words, at) {
      const synonym = this.synonym(words, at);
      const name = this.name(words, at);
      if (synonym.length > 0 && synonym.length >= name.length) {
        const all = this.telling(words.slice(at, at + synonym.length));
        const ways = synonym.means.map((means) => ({
          all: means,
          // Each word adds to a score; what is said longer is not said better.
          weight: SYNONYM * Math.min(1, Math.sqrt(all.length / means.length)),
        }));
        return { length: synonym.length, ways: [{ all, weight: 1 }, ...ways], sure: true };
      }
      if (name.length > 0) {
        const all = this.telling(words.slice(at, at + name.length));
        const whole = name.length === 1 || name.length === words.length;
        const sure = this.known.has(name.term);
        const own = whole && sure;
        const ways = [
          { all: [name.term], weight: own ? OWN_NAME : NAME },
          { all, weight: own ? PARTS : 1 },
        ];
        return { length: name.length, ways, sure };
      }
      return null;
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
