// Offers "Edit and run" if this build has Python for the browser and the browser can
// run it. Everything else is loaded when a reader presses it: ./workbench/.
"use strict";

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const runner = /** @type {HTMLMetaElement | null} */ (
    document.querySelector('meta[name="hookbook-runner"]')
  );

  // The name is no address: it creates no worker, only checks what it would be.
  const takesModules = () => {
    let asked = false;
    try {
      new Worker("//[", {
        get type() {
          asked = true;
          return /** @type {const} */ ("module");
        },
      });
    } catch {
      return asked;
    }
    return asked;
  };

  const able =
    runner &&
    /^https?:$/.test(location.protocol) &&
    "WebAssembly" in window &&
    "Worker" in window &&
    takesModules();
  if (!able) return;

  /** @param {string} name */
  const address = (name) =>
    new URL(`workbench/${name}?v=${script.dataset.version}`, script.src).href;

  /**
   * @param {string} name
   * @returns {Promise<any>}
   */
  const load = (name) => import(address(name));

  /**
   * @param {HTMLElement} after
   * @param {unknown} error
   */
  const trouble = (after, error) => {
    const said = document.createElement("span");
    said.className = "hb-edit-trouble";
    said.setAttribute("role", "alert");
    after.after(said);
    // A browser's own message for a broken script says nothing useful to a reader.
    const words =
      error instanceof SyntaxError || error instanceof TypeError
        ? "a file is missing, or something else arrived in its place, perhaps the login page of a network. Are you online? Press the button to try again"
        : /** @type {Error} */ (error).message;
    said.textContent = `The editor could not be loaded: ${words}`;
  };

  /**
   * @param {Element} figure
   * @returns {string | null}
   */
  const inTask = (figure) => {
    const task = figure.closest(".hb-task");
    return task && !figure.closest("details") ? task.getAttribute("data-task") : null;
  };

  /**
   * @param {Element} bar
   * @param {string | null} task
   */
  const offer = (bar, task) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-edit";
    button.textContent = task ? "Edit and check" : "Edit and run";
    button.title = `Runs in this browser. The first run loads about ${runner.dataset.megabytes} MB from this site.`;
    bar.append(button);
  };

  /**
   * @param {Element} figure
   * @returns {string | undefined}
   */
  const nameOf = (figure) =>
    figure
      .querySelector(":scope > figcaption .hb-path")
      ?.textContent.trim()
      .match(/^snippets\/(.*)\.py$/)?.[1];

  /** @param {Element} trace */
  const traceName = (trace) => /^Trace of (.*): /.exec(trace.getAttribute("aria-label") ?? "")?.[1];

  const keys = new Set();
  for (const figure of document.querySelectorAll("figure.hb-snippet")) {
    if (!nameOf(figure) || figure.closest(".hb-playground")) continue;
    const trace = figure.closest(".hb-trace");
    if (trace) keys.add(trace.getAttribute("data-trace"));
    offer(/** @type {Element} */ (figure.querySelector("figcaption")), inTask(figure));
  }
  // A trace whose code is not on the page: its first part has the button.
  for (const trace of document.querySelectorAll(".hb-trace")) {
    const key = trace.getAttribute("data-trace");
    if (!traceName(trace) || keys.has(key)) continue;
    keys.add(key);
    const bar = document.createElement("p");
    bar.className = "hb-edit-bar";
    trace.append(bar);
    offer(bar, null);
  }

  // On the document: quiz.js shows copies of figures, including buttons.
  document.addEventListener("click", async ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = /** @type {HTMLElement | null} */ (target.closest(".hb-edit"));
    if (!button || button.dataset.busy) return;
    button.dataset.busy = "1";
    button.parentElement?.querySelector(".hb-edit-trouble")?.remove();
    const figure = button.closest("figure.hb-snippet");
    const trace = button.closest(".hb-trace");
    try {
      const { edit } = await load("workbench.js");
      await edit({
        name: figure ? nameOf(figure) : trace && traceName(trace),
        place: trace ?? figure,
        trace,
        task: figure && inTask(figure),
        button,
      });
    } catch (error) {
      trouble(button, error);
    }
    delete button.dataset.busy;
  });

  const playgrounds = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".hb-playground")
  );
  // Preload what its modules load one after the other, for slow networks. In the
  // page's head it would also be requested from file: URLs, and blocked.
  if (playgrounds.length) {
    for (const name of [
      "client.js",
      "dom.js",
      "editor.js",
      "files.js",
      "link.js",
      "protocol.js",
      "requests.js",
      "result.js",
      "views.js",
      "words.js",
      "workbench.js",
    ]) {
      const hint = document.createElement("link");
      hint.rel = "modulepreload";
      hint.href = address(name);
      document.head.append(hint);
    }
  }
  for (const place of playgrounds) {
    load("playground.js")
      .then(({ open }) => open(place))
      .catch((error) => trouble(place, error));
  }
})();
