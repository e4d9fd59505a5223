// Turns each list of choices into radio buttons, and explains the choice made.
// The reader's answers are in local storage, under a key that changes with the
// question.
"use strict";

(() => {
  const PREFIX = "hookbook:quiz:";

  const store = {
    /**
     * @param {string} key
     * @returns {string | null}
     */
    read(key) {
      try {
        return localStorage.getItem(PREFIX + key);
      } catch {
        return null;
      }
    },
    /**
     * @param {string} key
     * @param {string | null} value
     */
    write(key, value) {
      try {
        if (value === null) localStorage.removeItem(PREFIX + key);
        else localStorage.setItem(PREFIX + key, value);
      } catch {
        // Without storage the quiz works, but forgets.
      }
    },
    /**
     * Forget answers to questions that have changed or gone from a page.
     * @param {string} place
     * @param {string[]} present
     */
    prune(place, present) {
      const known = `${place}:known`;
      for (const key of (this.read(known) ?? "").split(" ")) {
        if (key && !present.includes(key)) this.write(key, null);
      }
      this.write(known, present.join(" "));
    },
  };

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, unknown>} properties
   * @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /**
   * What a screen reader announces: a line, never a program.
   * @param {string} className
   */
  const status = (className) => {
    const element = make("div", { className });
    element.setAttribute("role", "status");
    return element;
  };

  /** @param {ChildNode} node */
  const copy = (node) => {
    const result = node.cloneNode(true);
    if (result instanceof Element) {
      for (const element of result.querySelectorAll("[id]")) element.removeAttribute("id");
    }
    return result;
  };

  /**
   * An element that the page must have.
   * @param {Element} within
   * @param {string} selector
   */
  const one = (within, selector) => /** @type {HTMLElement} */ (within.querySelector(selector));

  class Question {
    /**
     * @param {HTMLElement} element
     * @param {() => void} changed
     */
    constructor(element, changed) {
      this.key = element.dataset.key ?? "";
      this.changed = changed;
      this.reasons = [...element.querySelectorAll(".hb-reasons > li")];
      const choices = one(element, ".hb-choices");
      const fieldset = make("fieldset", { className: "hb-radios" });
      fieldset.append(
        make("legend", {}, one(element, ".hb-question-text")),
        ...element.querySelectorAll(":scope > .hb-program"),
      );
      this.choices = [...choices.children].map((choice, index) => {
        const input = make("input", {
          type: "radio",
          name: `quiz-${this.key}`,
          value: String(index),
        });
        input.addEventListener("change", () => this.choose(index));
        // A program would make a name that takes a minute to read out.
        const code = choice.querySelectorAll(":scope > .hb-choice-code");
        for (const block of code) block.remove();
        // Nothing inside a label is a tab stop; wide content wraps.
        for (const pre of choice.querySelectorAll("pre")) pre.removeAttribute("tabindex");
        const label = make("label", {}, input, make("span", {}, ...choice.childNodes));
        fieldset.append(label, ...code);
        return { label, input };
      });
      choices.replaceWith(fieldset);
      one(element, ".hb-answer").hidden = true;
      this.verdict = status("hb-explained");
      this.evidence = make("div");
      this.feedback = make("div", { className: "hb-feedback" }, this.verdict, this.evidence);
      const stored = store.read(this.key);
      // Before it is on the page: existing content is not announced.
      if (stored !== null && this.choices[Number(stored)]) this.show(Number(stored));
      element.append(this.feedback);
    }

    /** @param {number} index */
    choose(index) {
      store.write(this.key, String(index));
      this.show(index);
      this.changed();
    }

    /** @param {number} index */
    isRight(index) {
      return this.reasons[index].classList.contains("hb-right");
    }

    /** @param {number} index */
    show(index) {
      this.clear();
      const verdict = this.isRight(index) ? "hb-right" : "hb-wrong";
      this.choices[index].label.classList.add(verdict);
      this.choices[index].input.checked = true;
      this.feedback.classList.add(verdict);
      for (const node of this.reasons[index].childNodes) {
        const shown = node instanceof Element && node.classList.contains("hb-evidence");
        (shown ? this.evidence : this.verdict).append(copy(node));
      }
    }

    clear() {
      for (const { label, input } of this.choices) {
        label.classList.remove("hb-right", "hb-wrong");
        input.checked = false;
      }
      this.feedback.classList.remove("hb-right", "hb-wrong");
      this.verdict.replaceChildren();
      this.evidence.replaceChildren();
    }

    get answer() {
      return this.choices.findIndex(({ input }) => input.checked);
    }

    reset() {
      store.write(this.key, null);
      this.clear();
    }
  }

  const page = location.pathname;
  /** @type {string[]} */
  const keys = [];
  for (const quiz of document.querySelectorAll(".hb-quiz")) {
    const progress = status("hb-progress");
    const reset = make("button", {
      type: "button",
      className: "hb-reset",
      textContent: "Forget my answers",
    });
    /** @type {Question[]} */
    const questions = [];
    const update = () => {
      const answers = questions.map((question) => question.answer);
      const solved = questions.filter((q, n) => answers[n] >= 0 && q.isRight(answers[n]));
      progress.textContent = `${solved.length} of ${questions.length} solved`;
      reset.hidden = answers.every((answer) => answer < 0);
    };
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (
      quiz.querySelectorAll(".hb-question")
    )) {
      questions.push(new Question(element, update));
    }
    keys.push(...questions.map((question) => question.key));
    reset.addEventListener("click", () => {
      for (const question of questions) question.reset();
      update();
      questions[0].choices[0].input.focus();
    });
    update();
    quiz.append(make("div", { className: "hb-score" }, progress, reset));
  }
  if (keys.length) store.prune(page, keys);

  // A proof's page links to the sentence; here it is in the answer, which is hidden.
  const find = () => {
    const target = document.getElementById(location.hash.slice(1));
    target?.closest(".hb-answer")?.parentElement?.scrollIntoView();
  };
  addEventListener("hashchange", find);
  find();
})();
