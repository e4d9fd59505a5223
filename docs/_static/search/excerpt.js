// Chooses what a result shows of its section: the part with the words that were asked for.

(() => {
  const { terms } = globalThis.hookbookWords;
  const LENGTH = 150;
  /** Characters before a word that no sentence near it begins with. */
  const BEFORE = 50;
  /** What a part is worth that begins in the middle of a sentence. */
  const CUT_OFF = 0.9;
  const TOKEN = /\d+(?:\.\d+)+|[\p{L}\p{N}_]+(?:['’][\p{L}\p{N}_]+)*/gu;
  const START = /(?<=[.!?:]["”’)]?\s|\n|^)\S/g;

  /** @typedef {{ from: number, to: number, of: number[] }} Hit A word, and whose it is. */

  /**
   * Return where a part of a text ends: at the end of a word.
   * @param {string} text
   * @param {number} from
   */
  function end(text, from) {
    if (text.length - from <= LENGTH) return text.length;
    const space = text.lastIndexOf(" ", from + LENGTH);
    return space > from ? space : from + LENGTH;
  }

  /**
   * Return the words of a text that were asked for.
   * @param {string} text
   * @param {SearchWanted[]} wanted
   */
  function hits(text, wanted) {
    /** @type {Hit[]} */
    const result = [];
    for (const match of text.matchAll(TOKEN)) {
      const found = terms(match[0]);
      const whole = found.at(-1) ?? "";
      const of = [...wanted.keys()].filter((place) => {
        const asked = wanted[place].terms;
        return asked.has(whole) || (found.length > 0 && found.every((term) => asked.has(term)));
      });
      if (of.length > 0) result.push({ from: match.index, to: match.index + match[0].length, of });
    }
    return result;
  }

  /**
   * Return the places where a part of a text may begin, the likeliest first.
   * @param {string} text
   * @param {Hit[]} found
   */
  function places(text, found) {
    const begins = [...text.matchAll(START)].map(({ index }) => ({ from: index, worth: 1 }));
    const before = found
      .filter(({ from }) => from > BEFORE)
      .map(({ from }) => ({ from: text.lastIndexOf(" ", from - BEFORE) + 1, worth: CUT_OFF }));
    return [...begins, ...before];
  }

  /**
   * Return the part of the texts that has the most of what was asked for, in pieces;
   * without any, how the first one begins.
   * @param {string[]} texts
   * @param {SearchWanted[]} wanted
   * @returns {SearchPiece[]}
   */
  function excerpt(texts, wanted) {
    const lines = texts.filter((text) => text !== "");
    let best = { text: lines[0] ?? "", from: 0, worth: 0, found: /** @type {Hit[]} */ ([]) };
    for (const text of lines) {
      const found = hits(text, wanted);
      for (const { from, worth } of places(text, found)) {
        const to = end(text, from);
        const inside = found.filter((hit) => hit.from >= from && hit.to <= to);
        const of = new Set(inside.flatMap((hit) => hit.of));
        const sum = worth * [...of].reduce((all, place) => all + wanted[place].weight, 0);
        if (sum > best.worth) best = { text, from, worth: sum, found: inside };
      }
    }
    return pieces(best.text, best.from, best.found);
  }

  /**
   * @param {string} text
   * @param {number} from
   * @param {Hit[]} found
   */
  function pieces(text, from, found) {
    const to = end(text, from);
    const begun = from > 0 && !/[.!?:\n]["”’)]?\s?$/.test(text.slice(0, from));
    /** @type {SearchPiece[]} */
    const result = [];
    const add = (/** @type {string} */ said, marked = false) => {
      if (said) result.push({ text: said.replace(/\s+/g, " "), marked });
    };
    let at = from;
    if (begun) add("… ");
    for (const hit of found) {
      add(text.slice(at, hit.from));
      add(text.slice(hit.from, hit.to), true);
      at = hit.to;
    }
    const rest = text.slice(at, to);
    add(to < text.length ? `${rest.replace(/[,;:]$/, "")} …` : rest);
    return result;
  }

  globalThis.hookbookExcerpt = { excerpt, end };
})();
