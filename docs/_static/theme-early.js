/* Runs before the page is painted, so that what was chosen does not flash: the colour
   scheme, whose key furo.js reads and writes, too, and the marks of marks.js. */
document.documentElement.classList.remove("no-js");
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
  document.body.dataset.marks = localStorage.getItem("hookbook:marks") || "off";
} catch {
  document.body.dataset.theme = "auto";
}
