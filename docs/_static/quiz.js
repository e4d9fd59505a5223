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

  class Question {
    constructor(element, changed) {
      this.key = element.dataset.key;
      this.changed = changed;
      this.reasons = [...element.querySelectorAll(".hb-reasons > li")];
      const choices = element.querySelector(".hb-choices");
      const fieldset = make("fieldset", { className: "hb-radios" });
      fieldset.append(
        make("legend", {}, element.querySelector(".hb-question-text")),
      );
      this.labels = [...choices.children].map((choice, index) => {
        const input = make("input", {
          type: "radio",
          name: `quiz-${this.key}`,
          value: String(index),
        });
        input.addEventListener("change", () => this.choose(index));
        const label = make("label", {}, input, make("span", {}, ...choice.childNodes));
        fieldset.append(label);
        return label;
      });
      choices.replaceWith(fieldset);
      element.querySelector(".hb-answer").hidden = true;
      this.feedback = make("div", { className: "hb-feedback" });
      this.feedback.setAttribute("role", "status");
      element.append(this.feedback);
      const stored = store.read(this.key);
      if (stored !== null && this.labels[Number(stored)]) this.show(Number(stored));
    }

    choose(index) {
      store.write(this.key, String(index));
      this.show(index);
      this.changed();
    }

    show(index) {
      this.clear();
      const verdict = this.reasons[index].classList.contains("hb-right")
        ? "hb-right"
        : "hb-wrong";
      this.labels[index].classList.add(verdict);
      this.labels[index].firstChild.checked = true;
      this.feedback.classList.add(verdict);
      const copies = [...this.reasons[index].childNodes].map((n) => n.cloneNode(true));
      this.feedback.replaceChildren(...copies);
    }

    clear() {
      for (const label of this.labels) {
        label.classList.remove("hb-right", "hb-wrong");
        label.firstChild.checked = false;
      }
      this.feedback.classList.remove("hb-right", "hb-wrong");
      this.feedback.replaceChildren();
    }

    get answered() {
      return this.labels.some((label) => label.firstChild.checked);
    }

    reset() {
      store.write(this.key, null);
      this.clear();
    }
  }

  const page = location.pathname;
  const keys = [];
  for (const quiz of document.querySelectorAll(".hb-quiz")) {
    const reset = make("button", {
      type: "button",
      className: "hb-reset",
      textContent: "Forget my answers",
    });
    const update = () => {
      reset.hidden = !questions.some((question) => question.answered);
    };
    const questions = [];
    for (const element of quiz.querySelectorAll(".hb-question")) {
      questions.push(new Question(element, update));
    }
    keys.push(...questions.map((question) => question.key));
    reset.addEventListener("click", () => {
      for (const question of questions) question.reset();
      update();
      questions[0].labels[0].firstChild.focus();
    });
    quiz.append(reset);
    update();
  }
  if (keys.length) store.prune(page, keys);
})();
