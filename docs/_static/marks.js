// Turns the marks after sentences on and off, and remembers it for theme-early.js.
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
      // Without storage the choice is kept for this page only.
    }
  });
  show();
})();
