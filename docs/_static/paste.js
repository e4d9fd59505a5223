// Adds the box for pasting an error message; search/box.js finds its section.
"use strict";

(() => {
  for (const list of document.querySelectorAll(".hb-errors")) {
    const place = document.createElement("div");
    const label = document.createElement("label");
    const field = document.createElement("textarea");
    const found = document.createElement("ul");
    const status = document.createElement("p");
    place.className = "hb-paste";
    label.textContent = "Paste a message or a traceback";
    label.htmlFor = "hb-paste";
    field.id = "hb-paste";
    field.rows = 2;
    field.spellcheck = false;
    found.className = "search";
    status.className = "hb-found-status";
    status.setAttribute("role", "status");
    place.append(label, field, status, found);
    list.before(place);
  }
})();
