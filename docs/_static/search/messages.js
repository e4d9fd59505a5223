// Finds the sections of an error message: whole, in a traceback, or a part of it.

(() => {
  const { shape } = globalThis.hookbookWords;
  /** What a score of an error's own entry is above that of any other section with it. */
  const ENTRY = 500;
  /** The same of a section above its page. */
  const BELOW = 150;
  const KIND_OF_ERROR = /^[\w.]*(?:error|exception|warning|notfound): /;

  class Messages {
    /**
     * @param {SearchIndex} index
     * @param {(id: number) => number} weight
     */
    constructor(index, weight) {
      this.index = index;
      this.weight = weight;
      this.messages = this.all();
    }

    /** Return each message with its section; those of lists of errors are first. */
    all() {
      const listed = this.index.errors.map(([message, id]) => ({ message, id, listed: true }));
      // A list of messages only leads to their entries.
      const printed = this.index.sections.flatMap((section, id) =>
        (section[9] < 1 ? [] : section[8]).map((message) => ({ message, id, listed: false })),
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
    find(text) {
      const asked = shape(text);
      const core = asked.replace(KIND_OF_ERROR, "");
      const words = core.split(" ").length;
      /** @type {Map<number, { score: number, message: string }>} */
      const found = new Map();
      for (const one of this.messages) {
        const inside =
          asked.includes(one.core) || (core.length >= 10 && words >= 2 && one.whole.includes(core));
        if (!inside) continue;
        const entry = this.index.pages[this.index.sections[one.id][0]][2] === "error";
        const score =
          one.core.length +
          (one.listed ? 1000 : 0) +
          (asked === one.whole ? 50 : 0) +
          (entry ? ENTRY : 0) +
          (this.index.sections[one.id][1] ? BELOW : 0) +
          100 * this.weight(one.id);
        if (score > (found.get(one.id)?.score ?? 0)) {
          found.set(one.id, { score, message: one.message });
        }
      }
      return found;
    }
  }

  globalThis.hookbookMessages = { Messages };
})();
