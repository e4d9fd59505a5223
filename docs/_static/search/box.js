// Shows what the search finds: below the field of each page, and on a page of its own.

(() => {
  const MOST = 8;
  const MOST_ON_PAGE = 60;
  const MOST_OF_MESSAGE = 3;
  /** @type {Record<SearchKind, string>} */
  const NAMES = {
    error: "Error",
    recipe: "Recipe",
    reference: "Reference",
    guide: "Guide",
    version: "Version",
    exercise: "Exercise",
    proof: "Proof",
  };

  const search = new globalThis.hookbookSearch.Search(globalThis.hookbookIndex);

  /**
   * @param {string} tag
   * @param {string} name
   * @param {string} text
   */
  function part(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  /**
   * Return the part of a section that was found, with the words that were asked for.
   * @param {SearchPiece[]} pieces
   */
  function excerpt(pieces) {
    const element = part("span", "hb-found-excerpt", "");
    for (const { text, marked } of pieces) {
      element.append(marked ? part("mark", "hb-found-word", text) : text);
    }
    return element;
  }

  /**
   * Fill a link with what a section is: its title, kind, page and what was found in it.
   * @param {SearchResult} result
   * @param {string} root
   */
  function link(result, root) {
    const element = document.createElement("a");
    element.href = new URL(result.address, root).href;
    element.append(
      part("span", "hb-found-title", result.title),
      part("span", "hb-found-kind", NAMES[result.kind]),
      part("span", "hb-found-place", result.place.join(" › ")),
    );
    const pieces = result.excerpt;
    if (pieces.length > 0) element.append(excerpt(pieces));
    return element;
  }

  /**
   * Say how many sections were found, and which words are in none.
   * @param {string} question
   * @param {number} count
   */
  function told(question, count) {
    const { nowhere, alike } = search.missing(question);
    const quoted = (/** @type {string[]} */ words) =>
      `No page has ${words.map((word) => `“${word}”`).join(" or ")}`;
    if (count === 0) {
      const why = nowhere.length > 0 ? quoted(nowhere) : "Nothing found";
      return `${why}. Try fewer or other words.`;
    }
    const counted = count === 1 ? "1 section" : `${count} sections`;
    const missing = [];
    if (nowhere.length > 0) missing.push(`${quoted(nowhere)}; these match the rest`);
    if (alike.length > 0) missing.push(`${quoted(alike)}; these have words like it`);
    return [...missing, counted].join(". ");
  }

  class Box {
    /** @param {HTMLFormElement} form */
    constructor(form) {
      this.form = form;
      this.field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
      this.panel = /** @type {HTMLElement} */ (form.nextElementSibling);
      this.list = /** @type {HTMLElement} */ (this.panel.querySelector("[role=listbox]"));
      this.shown = /** @type {HTMLElement} */ (this.panel.querySelector(".hb-found-status"));
      // Outside of the panel: what appears together with its text is not read out.
      this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
      /** @type {HTMLAnchorElement[]} */
      this.options = [];
      this.chosen = -1;
      this.field.addEventListener("input", () => this.show());
      this.field.addEventListener("focus", () => this.show());
      for (const one of [form, this.panel]) {
        one.addEventListener("focusout", (event) => this.leave(event.relatedTarget));
      }
      this.field.addEventListener("keydown", (event) => this.press(event));
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.field.focus();
        this.press(event);
      });
      // The focus stays in the field while somebody points at a result.
      this.panel.addEventListener("mousedown", (event) => event.preventDefault());
      if (document.activeElement === this.field) this.show();
    }

    /** @param {EventTarget | null} target */
    leave(target) {
      const inside = target instanceof Node && this.panel.contains(target);
      if (!inside && target !== this.field) this.close();
    }

    show() {
      const question = this.field.value.trim();
      if (!question) {
        this.close();
        return;
      }
      const found = search.find(question);
      const options = found.slice(0, MOST).map((result) => link(result, this.form.action));
      if (found.length > MOST) options.push(this.all(question, found.length));
      this.options = options;
      for (const [place, option] of options.entries()) {
        option.id = `hb-found-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
      }
      this.choose(-1);
      this.list.replaceChildren(...options);
      this.say(told(question, found.length));
      this.open();
    }

    /** @param {string} text */
    say(text) {
      this.shown.textContent = text;
      this.status.textContent = text;
    }

    /**
     * @param {string} question
     * @param {number} count
     */
    all(question, count) {
      const element = document.createElement("a");
      const address = new URL(this.form.action);
      address.searchParams.set("q", question);
      element.href = address.href;
      element.append(part("span", "hb-found-more", `All ${count} sections`));
      return element;
    }

    open() {
      if (!this.panel.matches(":popover-open")) this.panel.showPopover();
      this.field.setAttribute("aria-expanded", String(this.options.length > 0));
      const { left, bottom } = this.field.getBoundingClientRect();
      this.panel.style.left = `${left}px`;
      this.panel.style.top = `${bottom}px`;
    }

    close() {
      if (this.panel.matches(":popover-open")) this.panel.hidePopover();
      this.field.setAttribute("aria-expanded", "false");
      this.say("");
      this.choose(-1);
    }

    /** @param {number} place The option's place; -1 is the field itself. */
    choose(place) {
      this.options[this.chosen]?.setAttribute("aria-selected", "false");
      this.chosen = place;
      const option = this.options[place];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        this.field.setAttribute("aria-activedescendant", option.id);
      } else {
        this.field.removeAttribute("aria-activedescendant");
      }
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      const opened = this.panel.matches(":popover-open");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!opened) {
          this.show();
          return;
        }
        // The field is one of the places, between the last option and the first.
        const places = this.options.length + 1;
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.choose(((this.chosen + 1 + step + places) % places) - 1);
      } else if (event.key === "Enter" && opened && this.options[this.chosen]) {
        event.preventDefault();
        this.options[this.chosen].click();
        this.close();
      } else if (event.key === "Escape" && opened) {
        event.preventDefault();
        this.close();
      }
    }
  }

  class Results {
    /** @param {HTMLFormElement} form */
    constructor(form) {
      this.form = form;
      this.field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
      this.status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
      this.kinds = /** @type {HTMLFieldSetElement} */ (form.querySelector(".hb-kinds"));
      this.list = /** @type {HTMLElement} */ (document.querySelector("ul.search"));
      /** @type {SearchKind | ""} */
      this.kind = "";
      this.field.addEventListener("input", () => {
        this.kind = "";
        this.show();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      const asked = new URLSearchParams(location.search).get("q");
      if (asked && !this.field.value) this.field.value = asked;
      this.show();
    }

    show() {
      const question = this.field.value.trim();
      const address = new URL(location.href);
      if (question) address.searchParams.set("q", question);
      else address.searchParams.delete("q");
      history.replaceState(null, "", address);
      const found = question ? search.find(question) : [];
      this.offer(found);
      const shown = found.filter((result) => !this.kind || result.kind === this.kind);
      this.list.replaceChildren(
        ...shown.slice(0, MOST_ON_PAGE).map((result) => {
          const item = document.createElement("li");
          item.append(link(result, this.form.action));
          return item;
        }),
      );
      this.status.textContent = question ? told(question, shown.length) : "";
      if (shown.length > MOST_ON_PAGE) {
        this.status.textContent += `; these are the first ${MOST_ON_PAGE}`;
      }
    }

    /**
     * Offer each kind that was found, with its number.
     * @param {SearchResult[]} found
     */
    offer(found) {
      const kinds = /** @type {SearchKind[]} */ (Object.keys(NAMES));
      const counts = kinds
        .map((kind) => ({ kind, count: found.filter((one) => one.kind === kind).length }))
        .filter(({ count }) => count > 0);
      this.kinds.hidden = counts.length < 2;
      const legend = /** @type {Element} */ (this.kinds.querySelector("legend"));
      this.kinds.replaceChildren(
        legend,
        this.radio("", `All ${found.length}`),
        ...counts.map(({ kind, count }) => this.radio(kind, `${NAMES[kind]} ${count}`)),
      );
    }

    /**
     * @param {SearchKind | ""} kind
     * @param {string} text
     */
    radio(kind, text) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = "kind";
      input.value = kind;
      input.checked = kind === this.kind;
      input.addEventListener("change", () => {
        this.kind = kind;
        this.show();
        /** @type {HTMLElement | null} */ (this.kinds.querySelector(":checked"))?.focus();
      });
      label.append(input, ` ${text}`);
      return label;
    }
  }

  class Paste {
    /** @param {Element} place */
    constructor(place) {
      this.field = /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea"));
      this.status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
      this.list = /** @type {HTMLElement} */ (place.querySelector("ul"));
      this.field.addEventListener("input", () => this.show());
      this.show();
    }

    show() {
      const text = this.field.value.trim();
      const explained = text ? search.explain(text) : [];
      // A traceback ends with what was raised.
      const last = text.split("\n").at(-1) ?? "";
      const shown = explained.length > 0 ? explained : search.find(last);
      const { action } = /** @type {HTMLFormElement} */ (document.querySelector(".hb-search"));
      this.list.replaceChildren(
        ...shown.slice(0, MOST_OF_MESSAGE).map((result) => {
          const item = document.createElement("li");
          item.append(link(result, action));
          return item;
        }),
      );
      this.status.textContent = "";
      if (text && explained.length === 0) {
        this.status.textContent = "No section has this message. These are the nearest:";
      } else if (text) {
        this.status.textContent = "Explained in:";
      }
    }
  }

  for (const form of document.querySelectorAll("form.hb-search")) {
    new Box(/** @type {HTMLFormElement} */ (form));
  }
  const all = document.querySelector("form.hb-search-all");
  if (all) new Results(/** @type {HTMLFormElement} */ (all));
  for (const place of document.querySelectorAll(".hb-paste")) new Paste(place);
})();
