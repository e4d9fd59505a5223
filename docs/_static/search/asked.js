// What readers are known to ask, in other words than the section that answers it.

(() => {
  /**
   * Return the questions of a section: its own, and those of its heading, which each page
   * of the reference has.
   * @param {SearchIndex} index
   * @param {number} id
   */
  function questions(index, id) {
    const section = index.sections[id];
    const [, name, kind] = index.pages[section[0]];
    const shared = kind === "reference" && section[1] ? (index.headings[section[2]] ?? []) : [];
    return [...section[10], ...shared.map((one) => `${name} ${one}`)];
  }

  class Asked {
    /**
     * @param {SearchIndex} index
     * @param {{ units(question: string): SearchUnit[] }} question What takes one apart.
     */
    constructor(index, question) {
      this.question = question;
      /** @type {Map<number, Set<string>[]>} */
      this.known = new Map();
      for (const [id, section] of index.sections.entries()) {
        if (section[10].length === 0) continue;
        const known = section[10].map((one) => this.told(one));
        this.known.set(id, known);
      }
    }

    /**
     * Return the words of a question that tell something.
     * @param {string} question
     */
    told(question) {
      return new Set(this.question.units(question).flatMap(({ ways: [{ all }] }) => all));
    }

    /**
     * Return how much of a question is one of a section's own, up to 1.
     * @param {number} id
     * @param {Set<string>} words
     */
    likeness(id, words) {
      const shares = (this.known.get(id) ?? []).map((known) => {
        const both = [...words].filter((word) => known.has(word)).length;
        const share = both / (words.size + known.size - both);
        if (both === known.size && both > 1) return Math.sqrt(share);
        // One word of several is chance.
        return both > 1 || share === 1 ? share : 0;
      });
      return Math.max(0, ...shares);
    }
  }

  globalThis.hookbookAsked = { Asked, questions };
})();
