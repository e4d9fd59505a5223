/* On a phone the modes are one scrolling row: scroll only it, not the page. */
for (const mode of document.querySelectorAll(".hb-modes ul [aria-current]")) {
  const row = /** @type {Element} */ (mode.closest("ul"));
  const [own, around] = [mode.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += own.left - around.left - (around.width - own.width) / 2;
}

/* A link in "On this page" scrolls to a place below the open drawer. */
document.getElementById("hb-toc")?.addEventListener("click", (event) => {
  const drawer = /** @type {HTMLElement} */ (event.currentTarget);
  const target = /** @type {Element} */ (event.target);
  if (target.closest("a") && drawer.matches(":popover-open")) {
    drawer.hidePopover();
  }
});
