// Makes each list of choices a group of radio buttons, and explains the choice made.
// The reader's answers stay in local storage, under the question's key, which changes
// with the question.
"use strict";

(() => {
  const PREFIX = "hookbook:quiz:";

  const store = {
    read(key) {
      try {
        return localStorage.getItem(PREFIX + key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value === null) localStorage.removeItem(PREFIX + key);
        else localStorage.setItem(PREFIX + key, value);
      } catch {
        // Without a store the quiz works, and forgets.
      }
    },
    // Answers to questions of this page that have changed since.
    prune(page, keys) {
      const known = `${page}:known`;
      for (const key of (this.read(known) ?? "").split(" ")) {
        if (key && !keys.includes(key)) this.write(key, null);
      }
      this.write(known, keys.join(" "));
    },
  };

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // What is read out at once: a line, never a program.
  const status = (className) => {
    const element = make("div", { className });
    element.setAttribute("role", "status");
    return element;
  };

  const copy = (node) => {
    const result = node.cloneNode(true);
    for (const element of result.querySelectorAll?.("[id]") ?? []) {
      element.removeAttribute("id");
    }
    return result;
  };

  class Question {
    constructor(element, changed) {
      this.key = element.dataset.key;
      this.changed = changed;
      this.reasons = [...element.querySelectorAll(".hb-reasons > li")];
      const choices = element.querySelector(".hb-choices");
      const fieldset = make("fieldset", { className: "hb-radios" });
      fieldset.append(
        make("legend", {}, element.querySelector(".hb-question-text")),
        ...element.querySelectorAll(":scope > .hb-program"),
      );
      this.labels = [...choices.children].map((choice, index) => {
        const input = make("input", {
          type: "radio",
          name: `quiz-${this.key}`,
          value: String(index),
        });
        input.addEventListener("change", () => this.choose(index));
        // A program would make a name that takes a minute to read out.
        const code = choice.querySelectorAll(":scope > .hb-choice-code");
        code.forEach((block) => block.remove());
        // Nothing inside of a label is a stop of its own; what is wide wraps.
        for (const pre of choice.querySelectorAll("pre")) pre.removeAttribute("tabindex");
        const label = make("label", {}, input, make("span", {}, ...choice.childNodes));
        fieldset.append(label, ...code);
        return label;
      });
      choices.replaceWith(fieldset);
      element.querySelector(".hb-answer").hidden = true;
      this.verdict = status("hb-explained");
      this.evidence = make("div");
      this.feedback = make("div", { className: "hb-feedback" }, this.verdict, this.evidence);
      const stored = store.read(this.key);
      // Before it is on the page: what is there already is not read out.
      if (stored !== null && this.labels[Number(stored)]) this.show(Number(stored));
      element.append(this.feedback);
    }

    choose(index) {
      store.write(this.key, String(index));
      this.show(index);
      this.changed();
    }

    isRight(index) {
      return this.reasons[index].classList.contains("hb-right");
    }

    show(index) {
      this.clear();
      const verdict = this.isRight(index) ? "hb-right" : "hb-wrong";
      this.labels[index].classList.add(verdict);
      this.labels[index].firstChild.checked = true;
      this.feedback.classList.add(verdict);
      for (const node of this.reasons[index].childNodes) {
        const shown = node.classList?.contains("hb-evidence");
        (shown ? this.evidence : this.verdict).append(copy(node));
      }
    }

    clear() {
      for (const label of this.labels) {
        label.classList.remove("hb-right", "hb-wrong");
        label.firstChild.checked = false;
      }
      this.feedback.classList.remove("hb-right", "hb-wrong");
      this.verdict.replaceChildren();
      this.evidence.replaceChildren();
    }

    get answer() {
      return this.labels.findIndex((label) => label.firstChild.checked);
    }

    reset() {
      store.write(this.key, null);
      this.clear();
    }
  }

  const page = location.pathname;
  const keys = [];
  for (const quiz of document.querySelectorAll(".hb-quiz")) {
    const progress = status("hb-progress");
    const reset = make("button", {
      type: "button",
      className: "hb-reset",
      textContent: "Forget my answers",
    });
    const questions = [];
    const update = () => {
      const answers = questions.map((question) => question.answer);
      const solved = questions.filter((q, n) => answers[n] >= 0 && q.isRight(answers[n]));
      progress.textContent = `${solved.length} of ${questions.length} solved`;
      reset.hidden = answers.every((answer) => answer < 0);
    };
    for (const element of quiz.querySelectorAll(".hb-question")) {
      questions.push(new Question(element, update));
    }
    keys.push(...questions.map((question) => question.key));
    reset.addEventListener("click", () => {
      for (const question of questions) question.reset();
      update();
      questions[0].labels[0].firstChild.focus();
    });
    update();
    quiz.append(make("div", { className: "hb-score" }, progress, reset));
  }
  if (keys.length) store.prune(page, keys);

  // A proof's page leads to the sentence; here it is in the answer, which is put away.
  const find = () => {
    const target = document.getElementById(location.hash.slice(1));
    target?.closest(".hb-answer")?.parentElement.scrollIntoView();
  };
  addEventListener("hashchange", find);
  find();
})();
