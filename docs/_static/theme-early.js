/* Runs before the page is painted, so that a chosen colour scheme does not
   flash. furo.js reads and writes the same key. */
document.documentElement.classList.remove("no-js");
try {
  document.body.dataset.theme = localStorage.getItem("theme") || "auto";
} catch {
  document.body.dataset.theme = "auto";
}
