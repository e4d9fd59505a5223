// Words as the search compares them: names in one piece and in parts, without endings.

(() => {
  const PIECE = /\d+(?:\.\d+)+|[\p{L}\p{N}_]+/gu;
  const VOWEL = /[aeiouy]/;

  /**
   * Take the commonest endings off an English word: plurals, -ed, -ing, a last e.
   * @param {string} word In lower case.
   */
  function stem(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    let result = word;
    if (/(?:ss|us|is)$/.test(result)) return result;
    if (result.endsWith("ies")) result = `${result.slice(0, -3)}i`;
    else if (/(?:x|ch|sh|ss|zz)es$/.test(result)) result = result.slice(0, -2);
    else if (result.endsWith("s")) result = result.slice(0, -1);
    const ending = /(?:ed|ing)$/.exec(result);
    if (ending && ending.index >= 3 && VOWEL.test(result.slice(0, ending.index))) {
      result = result.slice(0, ending.index);
      if (/([^aeiouylsz])\1$/.test(result)) result = result.slice(0, -1);
    }
    if (result.length > 3) result = result.replace(/e$/, "");
    return result.replace(/([^aeiou])y$/, "$1i");
  }

  /**
   * Return text without accents and apostrophes.
   * @param {string} text
   */
  function plain(text) {
    const bare = /[^\x20-\x7e\n]/.test(text)
      ? text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss")
      : text;
    return bare.replace(/['’`]/g, "");
  }

  /** @type {Map<string, string[]>} */
  const known = new Map();

  /**
   * Return the parts of a word: url_for has url and for.
   * @param {string} piece
   */
  function parts(piece) {
    let result = known.get(piece);
    if (!result) {
      const split = piece.replace(/(\p{Ll})(\p{Lu})/gu, "$1_$2").toLowerCase();
      result = split.split("_").filter(Boolean).map(stem);
      known.set(piece, result);
    }
    return result;
  }

  /**
   * Return the words of a text as they are typed, and in parts.
   * @param {string} text
   */
  function typed(text) {
    return (plain(text).match(PIECE) ?? [])
      .map((word) => ({ word, parts: parts(word) }))
      .filter((one) => one.parts.length > 0);
  }

  /**
   * Return the words of a text, each name with its parts.
   * @param {string} text
   */
  function pieces(text) {
    return typed(text).map((one) => one.parts);
  }

  /**
   * Return the terms of a text for the index: parts, and names in one piece.
   * @param {string} text
   */
  function terms(text) {
    const result = [];
    for (const piece of plain(text).match(PIECE) ?? []) {
      const found = parts(piece);
      result.push(...found);
      if (found.length < 2) continue;
      // Who types a name in small letters does not tell its parts: attributeerror.
      const whole = stem(piece.toLowerCase().replace(/_/g, ""));
      result.push(...new Set([found.join(""), whole]));
    }
    return result;
  }

  /**
   * Return a message without what differs from program to program: names and numbers.
   * Of what is missing, the name is the message.
   * @param {string} message
   */
  function shape(message) {
    const missing = /attribute|import name|no module|keyerror/i.test(message);
    const straight = message.replace(/[‘’“”"`]/g, "'");
    const bare = missing ? straight : straight.replace(/'[^']*'/g, "*");
    return bare
      .replace(/[\w.<>]+\(\)/g, "*()")
      .replace(/<[^>]*>/g, "*")
      .replace(/\d+/g, "#")
      .replace(/[\s…]+/g, " ")
      .trim()
      .toLowerCase();
  }

  /**
   * Count the letters that are wrong, missing, too many or in the wrong order.
   * @param {string} one
   * @param {string} other
   */
  function mistakes(one, other) {
    const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
    for (let row = 1; row <= one.length; row += 1) {
      rows.push([row]);
      for (let column = 1; column <= other.length; column += 1) {
        const same = one[row - 1] === other[column - 1];
        const turned =
          row > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
        rows[row][column] = Math.min(
          rows[row - 1][column] + 1,
          rows[row][column - 1] + 1,
          rows[row - 1][column - 1] + (same ? 0 : 1),
          turned ? rows[row - 2][column - 2] + 1 : Infinity,
        );
      }
    }
    return rows[one.length][other.length];
  }

  /**
   * Return the word that is most like another one, or this itself if none is.
   * @param {string} word
   * @param {Iterable<string>} all
   */
  function nearest(word, all) {
    let fewest = word.length < 8 ? 1 : 2;
    let result = word;
    if (word.length < 5) return word;
    for (const one of all) {
      if (one[0] !== word[0] || Math.abs(one.length - word.length) > fewest) continue;
      const count = mistakes(word, one);
      if (count > fewest || (count === fewest && result !== word)) continue;
      fewest = count;
      result = one;
    }
    return result;
  }

  globalThis.hookbookWords = { nearest, pieces, terms, typed, shape };
})();
