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

  const offer = (bar, name, what) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hb-edit";
    button.textContent = what.task ? "Edit and check" : "Edit and run";
    button.title = "Runs in this browser. The first run loads about 8 MB from this site.";
    button.addEventListener("click", async () => {
      if (button.dataset.busy) return;
      button.dataset.busy = "1";
      button.parentElement.querySelector(".hb-edit-trouble")?.remove();
      try {
        const { edit } = await load("workbench.js");
        await edit({ ...what, name, button });
      } catch (error) {
        trouble(button, error);
      }
      delete button.dataset.busy;
    });
    bar.append(button);
  };

  const nameOf = (figure) =>
    figure
      .querySelector(":scope > figcaption .hb-path")
      ?.textContent.trim()
      .replace(/^[^/]*\/|\.py$/g, "");

  const keys = new Set();
  for (const figure of document.querySelectorAll("figure.hb-snippet")) {
    const name = nameOf(figure);
    if (!name || figure.closest(".hb-playground")) continue;
    const trace = figure.closest(".hb-trace");
    if (trace) keys.add(trace.dataset.trace);
    const inTask = figure.closest(".hb-task");
    const start = inTask && !figure.closest("details");
    offer(figure.querySelector("figcaption"), name, {
      place: trace ?? figure,
      trace,
      task: start ? inTask.dataset.task : null,
    });
  }
  // A trace of which the page shows no code: its first part has the button.
  for (const trace of document.querySelectorAll(".hb-trace")) {
    const name = /^Trace of (.*): /.exec(trace.getAttribute("aria-label"))?.[1];
    if (!name || keys.has(trace.dataset.trace)) continue;
    keys.add(trace.dataset.trace);
    const bar = document.createElement("p");
    bar.className = "hb-edit-bar";
    trace.append(bar);
    offer(bar, name, { place: trace, trace });
  }

  for (const place of document.querySelectorAll(".hb-playground")) {
    load("playground.js")
      .then(({ open }) => open(place))
      .catch((error) => trouble(place, error));
  }
})();
