/* On a phone the modes are one row that scrolls. */
document
  .querySelector(".hb-modes [aria-current]")
  ?.scrollIntoView({ block: "nearest", inline: "center" });

/* A link in "On this page" leads to a place below the open drawer. */
document.getElementById("hb-toc")?.addEventListener("click", (event) => {
  const drawer = /** @type {HTMLElement} */ (event.currentTarget);
  const target = /** @type {Element} */ (event.target);
  if (target.closest("a") && drawer.matches(":popover-open")) {
    drawer.hidePopover();
  }
});
