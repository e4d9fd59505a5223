// Offers "Edit and run" where this build has a Python for the browser and the browser
// can start it. Everything else is loaded when a reader presses it: ./workbench/.
"use strict";

(() => {
  const script = document.currentScript;
  const runner = document.querySelector('meta[name="hookbook-runner"]');

  // The name is no address: no worker comes of it, only the question what it would be.
  const takesModules = () => {
    let asked = false;
    try {
      new Worker("//[", {
        get type() {
          asked = true;
          return "module";
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

  const load = (name) =>
    import(new URL(`workbench/${name}?v=${script.dataset.version}`, script.src).href);

  const trouble = (after, error) => {
    const said = document.createElement("span");
    said.className = "hb-edit-trouble";
    said.setAttribute("role", "alert");
    after.after(said);
    said.textContent = `The editor could not be loaded: ${error.message}`;
  };

  const inTask = (figure) => {
    const task = figure.closest(".hb-task");
    return task && !figure.closest("details") ? task.dataset.task : null;
  };

  const offer = (bar, task) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-edit";
    button.textContent = task ? "Edit and check" : "Edit and run";
    button.title = `Runs in this browser. The first run loads about ${runner.dataset.megabytes} MB from this site.`;
    bar.append(button);
  };

  const nameOf = (figure) =>
    figure
      .querySelector(":scope > figcaption .hb-path")
      ?.textContent.trim()
      .replace(/^[^/]*\/|\.py$/g, "");

  const traceName = (trace) =>
    /^Trace of (.*): /.exec(trace.getAttribute("aria-label"))?.[1];

  const keys = new Set();
  for (const figure of document.querySelectorAll("figure.hb-snippet")) {
    if (!nameOf(figure) || figure.closest(".hb-playground")) continue;
    const trace = figure.closest(".hb-trace");
    if (trace) keys.add(trace.dataset.trace);
    offer(figure.querySelector("figcaption"), inTask(figure));
  }
  // A trace of which the page shows no code: its first part has the button.
  for (const trace of document.querySelectorAll(".hb-trace")) {
    if (!traceName(trace) || keys.has(trace.dataset.trace)) continue;
    keys.add(trace.dataset.trace);
    const bar = document.createElement("p");
    bar.className = "hb-edit-bar";
    trace.append(bar);
    offer(bar);
  }

  // Asked of the document: quiz.js shows copies of figures, buttons included.
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".hb-edit");
    if (!button || button.dataset.busy) return;
    button.dataset.busy = "1";
    button.parentElement.querySelector(".hb-edit-trouble")?.remove();
    const figure = button.closest("figure.hb-snippet");
    const trace = button.closest(".hb-trace");
    try {
      const { edit } = await load("workbench.js");
      await edit({
        name: figure ? nameOf(figure) : traceName(trace),
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

  for (const place of document.querySelectorAll(".hb-playground")) {
    load("playground.js")
      .then(({ open }) => open(place))
      .catch((error) => trouble(place, error));
  }
})();
