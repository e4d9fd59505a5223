// Turns the marks behind sentences on and off, and remembers it. theme-early.js reads it.
"use strict";

(() => {
  const KEY = "hookbook:marks";
  const { dataset } = document.body;
  const button = document.querySelector(".hb-marks");
  const show = () => button?.setAttribute("aria-pressed", String(dataset.marks === "on"));
  button?.addEventListener("click", () => {
    dataset.marks = dataset.marks === "on" ? "off" : "on";
    show();
    try {
      localStorage.setItem(KEY, dataset.marks);
    } catch {
      // Without a store the choice holds for this page.
    }
  });
  show();
})();
