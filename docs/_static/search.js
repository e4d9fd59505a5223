// Opens the search: `/` leads to the field. What finds is loaded when a field has the
// focus; until then Enter leads to the page of all results.
"use strict";

(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const PARTS = ["words", "excerpt", "messages", "question", "asked", "engine"];
  const FILES = ["vendor/minisearch/minisearch.js", ...PARTS.map((name) => `search/${name}.js`)];
  const LAST = "search/box.js";
  const FIELDS = ".hb-search input, .hb-search-all input, .hb-paste textarea";

  let begun = false;

  /** @param {string} address */
  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(address)));
      document.head.append(script);
    });
  }

  async function begin() {
    const file = (/** @type {string} */ name) =>
      new URL(`${name}?v=${own.dataset.version}`, own.src).href;
    const index = new URL("../searchindex.js", own.src).href;
    await Promise.all([...FILES.map(file), index, file(LAST)].map(load));
  }

  function start() {
    if (begun) return;
    begun = true;
    begin().catch(() => {
      begun = false;
      for (const status of document.querySelectorAll(
        ".hb-found-status, .hb-search [role=status]",
      )) {
        status.textContent = "The search could not be loaded.";
      }
    });
  }

  /** @param {EventTarget | undefined} target */
  function takesText(target) {
    return (
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches("input, textarea, select"))
    );
  }

  function open() {
    const field = /** @type {HTMLInputElement | null} */ (
      document.querySelector(".hb-search-all input, .hb-search input")
    );
    if (field && !field.checkVisibility()) {
      /** @type {HTMLElement | null} */ (field.closest("[popover]"))?.showPopover();
    }
    field?.focus();
    field?.select();
  }

  document.addEventListener("focusin", (event) => {
    const { target } = event;
    if (target instanceof Element && target.matches(FIELDS)) start();
  });
  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && !modified && !takesText(event.composedPath()[0])) {
      event.preventDefault();
      open();
    }
  });
  if (document.querySelector(".hb-search-all")) {
    if (new URLSearchParams(location.search).has("q")) start();
    else if (location.hash === "#search") open();
  }
})();
