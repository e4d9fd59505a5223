/* A link in "On this page" leads to a place below the open drawer. */
document.getElementById("hb-toc")?.addEventListener("click", (event) => {
  const drawer = event.currentTarget;
  if (event.target.closest("a") && drawer.matches(":popover-open")) {
    drawer.hidePopover();
  }
});
