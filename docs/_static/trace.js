// Turns the views of a trace into one stepper: flow, code, table and tracker highlight
// together. A step is found by its class, hb-step-N; its code by hb-lines-A-B.
"use strict";

(() => {
  const PLAY_INTERVAL = 1600;
  /** The box that shows one step at a time, with the code (trace.css). */
  const narrow = matchMedia("(max-width: 56.24em)");

  /** The values and the response after the current step, its changes highlighted. */
  class StatePane {
    /** @param {HTMLElement} section */
    constructor(section) {
      /** @type {Record<string, Record<string, string | null>>} */
      this.changes = JSON.parse(section.dataset.changes ?? "{}");
      this.none = document.createElement("p");
      this.none.textContent = "No response at this step.";
      this.values = document.createElement("dl");
      this.response = document.createElement("dl");
      /** @param {string} content */
      const titled = (content) => {
        const title = document.createElement("p");
        title.className = "hb-pane-title";
        title.textContent = content;
        return title;
      };
      this.title = titled("The values now");
      this.place = document.createElement("div");
      this.place.className = "hb-response-now";
      const response = titled("The response now");
      this.place.append(this.title, this.values, response, this.none, this.response);
      (section.querySelector(".hb-snippet .hb-code") ?? section).after(this.place);
    }

    /**
     * @param {number} current
     * @param {boolean} fresh whether a request begins: the last one's values are gone
     */
    show(current, fresh) {
      this.place.hidden = current === 0;
      /** @type {Map<string, string>} */
      const parts = new Map();
      for (let number = 1; number < current; number += 1) this.change(parts, number);
      const before = new Map(fresh ? [] : parts);
      this.change(parts, current);
      const lit = this.changes[current] ?? {};
      this.none.hidden = parts.has("status");
      this.none.className = !parts.has("status") && before.has("status") ? "hb-changed" : "";
      const order = ["status", "headers", "cookies", "body", "g.", "session["];
      /** @param {string} name */
      const rank = (name) => order.findIndex((one) => name.startsWith(one));
      const names = [...new Set([...before.keys(), ...parts.keys()])]
        .filter((name) => parts.has(name) || name in lit)
        .sort((a, b) => rank(a) - rank(b));
      const rows = names.map((name) =>
        this.row(name, parts.get(name), before.get(name), name in lit),
      );
      const first = names.findIndex((name) => rank(name) > order.indexOf("body"));
      const end = first < 0 ? names.length : first;
      // If the whole response is gone, one line says so.
      this.response.replaceChildren(...rows.slice(0, this.none.hidden ? end : 0));
      this.values.replaceChildren(...rows.slice(end));
      this.title.hidden = end === names.length;
    }

    /**
     * @param {Map<string, string>} parts
     * @param {number} number
     */
    change(parts, number) {
      for (const [name, value] of Object.entries(this.changes[number] ?? {})) {
        if (value === null) parts.delete(name);
        else parts.set(name, value);
      }
    }

    /**
     * @param {string} name
     * @param {string | undefined} value undefined if it is gone
     * @param {string | undefined} before
     * @param {boolean} lit
     */
    row(name, value, before, lit) {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = /^headers\[(.*)\]$/.exec(name)?.[1] ?? name;
      if (value === undefined) {
        const gone = document.createElement("del");
        gone.textContent = before ?? "";
        text.append("gone: ", gone);
      } else text.textContent = value;
      if (lit) row.className = "hb-changed";
      row.append(term, text);
      return row;
    }
  }

  class Stepper {
    /** @param {string} key */
    constructor(key) {
      this.key = key;
      const sections = document.querySelectorAll(`.hb-trace[data-trace="${key}"]`);
      this.sections = [.../** @type {NodeListOf<HTMLElement>} */ (sections)];
      this.count = Math.max(...this.sections.map((s) => Number(s.dataset.steps)));
      this.current = 0;
      /** Flask's own bookkeeping, by number: steps that every section folds. */
      this.own = this.sections
        .map((s) => s.dataset.folded?.split(" ").map(Number) ?? [])
        .reduce((all, some) => all.filter((number) => some.includes(number)));
      this.folded = false;
      /** @type {number | undefined} */
      this.timer = undefined;
      this.live = document.createElement("div");
      this.live.className = "hb-visually-hidden";
      this.live.setAttribute("role", "status");
      this.sections[0].prepend(this.live);
      this.controls = this.sections.map((section) => this.addControls(section));
      this.panes = this.sections
        .filter((section) => section.dataset.changes)
        .map((section) => new StatePane(section));
      this.fold(true);
    }

    /** The numbers of the steps that aren't folded. */
    get shown() {
      const all = Array.from({ length: this.count }, (_, place) => place + 1);
      return this.folded ? all.filter((number) => !this.own.includes(number)) : all;
    }

    /** @param {boolean} folded */
    fold(folded) {
      // A run that has only such steps would show none.
      this.folded = folded && this.own.length < this.count;
      for (const number of this.own) {
        for (const section of this.sections) {
          for (const element of section.querySelectorAll(`.hb-step-${number}`)) {
            element.classList.toggle("hb-folded", this.folded);
          }
        }
      }
      const { shown } = this;
      if (this.current && !shown.includes(this.current)) {
        this.go(shown.filter((number) => number < this.current).at(-1) ?? shown[0]);
      }
      this.show();
    }

    /** @param {HTMLElement} section */
    addControls(section) {
      const bar = document.createElement("div");
      bar.className = "hb-controls";
      bar.setAttribute("role", "group");
      bar.setAttribute("aria-label", "Step through the trace");
      /**
       * @param {string} name
       * @param {string} label
       * @param {() => void} action
       */
      const button = (name, label, action) => {
        const element = document.createElement("button");
        element.type = "button";
        element.textContent = name;
        element.setAttribute("aria-label", label);
        element.addEventListener("click", action);
        bar.append(element);
        return element;
      };
      const back = button("←", "Previous step", () => this.move(-1));
      const play = button("Play", "Play", () => this.toggle());
      const next = button("→", "Next step", () => this.move(1));
      const position = document.createElement("span");
      position.className = "hb-position";
      const link = document.createElement("a");
      link.textContent = "Link to this step";
      const own = button("", "", () => this.fold(!this.folded));
      own.className = "hb-own-steps";
      own.removeAttribute("aria-label");
      own.hidden = !this.own.length;
      bar.append(position, link, own);
      bar.addEventListener("keydown", (event) => {
        /** @type {Record<string, number>} */
        const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -this.count, End: this.count };
        if (event.key in moves && !event.altKey && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          this.move(moves[event.key]);
        }
      });
      section.addEventListener("click", (event) => {
        const target = /** @type {Element} */ (event.target);
        const place = target.closest(".hb-flow > li, .hb-execution tbody tr");
        const step = place && /hb-step-(\d+)/.exec(place.className);
        if (step && !target.closest("a") && !String(getSelection())) {
          this.stop();
          this.go(Number(step[1]));
        }
      });
      section.classList.add("hb-stepping");
      section.prepend(bar);
      return { back, play, next, position, link, own };
    }

    /** @param {number} distance */
    move(distance) {
      this.stop();
      const { shown } = this;
      const place = shown.indexOf(this.current) + distance;
      this.go(shown[Math.min(Math.max(place, 0), shown.length - 1)]);
    }

    toggle() {
      if (this.timer) {
        this.stop();
        return;
      }
      if (this.current === this.shown.at(-1)) this.current = 0;
      this.timer = setInterval(() => this.advance(), PLAY_INTERVAL);
      this.advance();
    }

    advance() {
      this.go(this.shown.find((number) => number > this.current) ?? this.count);
      if (this.current === this.shown.at(-1)) this.stop();
    }

    stop() {
      clearInterval(this.timer);
      this.timer = undefined;
      this.show();
    }

    /** @param {number} number */
    go(number) {
      const begins = !this.current;
      this.current = number;
      if (!this.shown.includes(number)) this.fold(false);
      for (const section of this.sections) this.mark(section);
      this.show();
      this.live.textContent = this.describe();
      // The list of all steps is gone, and so is the code if it was above.
      if (begins && narrow.matches) this.find(".hb-code")?.closest(".hb-trace")?.scrollIntoView();
      const [first, last] = this.lines();
      // For an editor with the code.
      this.sections[0].dispatchEvent(
        new CustomEvent("hookbook:step", { bubbles: true, detail: { first, last } }),
      );
    }

    /** @param {HTMLElement} section */
    mark(section) {
      for (const element of section.querySelectorAll(".hb-current")) {
        element.classList.remove("hb-current");
        element.removeAttribute("aria-current");
      }
      for (const element of section.querySelectorAll(`.hb-step-${this.current}`)) {
        element.classList.add("hb-current");
        if (element.matches("li, tr")) element.setAttribute("aria-current", "step");
        reveal(element);
      }
      const [first, last] = this.lines();
      for (let line = last; line >= first; line -= 1) {
        const element = section.querySelector(`[id="${this.key}line-${line}"]`);
        element?.classList.add("hb-current");
        if (element) bringIntoView(element);
      }
    }

    /** @param {string} selector */
    find(selector) {
      for (const section of this.sections) {
        const element = section.querySelector(selector);
        if (element) return element;
      }
      return null;
    }

    lines() {
      const element = this.find(`.hb-step-${this.current}[class*="hb-lines-"]`);
      const found = element && /hb-lines-(\d+)-(\d+)/.exec(element.className);
      return found ? [Number(found[1]), Number(found[2])] : [1, 0];
    }

    title() {
      const item = this.find(`li.hb-step-${this.current}`);
      const cell = this.find(`tr.hb-step-${this.current} td`);
      return text(item ?? cell);
    }

    describe() {
      const cells = this.find(`tr.hb-step-${this.current}`)?.querySelectorAll("td");
      const details = cells ? [...cells].slice(2).map(text).filter(Boolean) : [];
      const place = `Step ${this.current} of ${this.count}`;
      return [`${place}: ${this.title()}`, ...details].join(". ");
    }

    show() {
      const fresh = Boolean(this.find(`.hb-step-${this.current}.hb-kind-request`));
      for (const pane of this.panes) pane.show(this.current, fresh);
      const { shown } = this;
      for (const { back, play, next, position, link, own } of this.controls) {
        back.setAttribute("aria-disabled", String(this.current <= shown[0]));
        next.setAttribute("aria-disabled", String(this.current === shown.at(-1)));
        const what = this.folded ? "Show" : "Hide";
        own.textContent = `${what} Flask’s own steps (${this.own.length})`;
        own.setAttribute("aria-expanded", String(!this.folded));
        play.textContent = this.timer ? "Pause" : "Play";
        play.setAttribute("aria-label", play.textContent);
        link.hidden = this.current === 0;
        link.href = `#${this.key}step-${this.current}`;
        const place = document.createElement("strong");
        place.textContent = this.current
          ? `${this.current} of ${this.count} `
          : `${this.count} steps`;
        position.replaceChildren(place, this.current ? this.title() : "");
      }
    }
  }

  /** @param {Element | null} element */
  const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

  /**
   * Scroll a wide table, never the page.
   * @param {Element} element
   */
  const reveal = (element) => {
    const scroller = element.closest(".table-wrapper");
    if (!scroller || !element.matches("td, th")) return;
    const cell = element.getBoundingClientRect();
    const box = scroller.getBoundingClientRect();
    const margin = box.width / 3;
    if (cell.left < box.left + margin) scroller.scrollLeft -= box.left + margin - cell.left;
    if (cell.right > box.right) scroller.scrollLeft += cell.right - box.right;
  };

  /**
   * Scroll code that has more lines than it shows, never the page.
   * @param {Element} element
   */
  const bringIntoView = (element) => {
    const scroller = element.closest("pre");
    if (!scroller || scroller.scrollHeight <= scroller.clientHeight) return;
    const line = element.getBoundingClientRect();
    const box = scroller.getBoundingClientRect();
    if (line.top < box.top) scroller.scrollTop -= box.top - line.top;
    if (line.bottom > box.bottom) scroller.scrollTop += line.bottom - box.bottom;
  };

  const traces = [...document.querySelectorAll(".hb-trace")];
  const keys = traces.map((one) => one.getAttribute("data-trace") ?? "");
  let steppers = [...new Set(keys)].map((key) => new Stepper(key));

  // For a section added later; a section that it replaces stops playing.
  globalThis.hookbookTrace = {
    step(section) {
      const { trace = "" } = section.dataset;
      for (const old of steppers.filter((one) => one.key === trace)) old.stop();
      steppers = steppers.filter((one) => one.key !== trace);
      steppers.push(new Stepper(trace));
    },
  };

  const open = () => {
    const found = /^#(.*)step-(\d+)$/.exec(location.hash);
    if (!found) return;
    const stepper = steppers.find((one) => one.key === found[1]);
    const number = Number(found[2]);
    if (stepper && number >= 1 && number <= stepper.count) {
      stepper.stop();
      stepper.go(number);
    }
  };
  addEventListener("hashchange", open);
  open();
})();
