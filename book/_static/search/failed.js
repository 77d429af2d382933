// The search is a module, which a page that is opened as a file does not load: then it says so.
document.addEventListener("error", ({ target }) => {
  if (!target.matches("script[type=module]")) return;
  document.querySelector(".search-status").textContent =
    "The search did not load. Pages that are opened as files have none: `make` serves them.";
}, true);
