// Comforts that a page also does without: code that can be copied; wide formulas, tables and code that
// the keyboard can scroll in every browser; definitions that Escape closes and a first touch opens; keys that lead to the search.

const WIDE = ".math-wrapper, .table-wrapper, .highlight > pre";

function reachable(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)));
document.querySelectorAll(WIDE).forEach((box) => observer.observe(box));

function copyButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("pre").innerText.trimEnd());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.append(button);
}

if (navigator.clipboard) {
  document.querySelectorAll(".highlight-python .highlight, .highlight-ipython3 .highlight, .highlight-shell .highlight").forEach(copyButton);
}

document.querySelectorAll(".term").forEach((term) => {
  term.addEventListener("pointerleave", () => term.classList.remove("closed"));
  term.addEventListener("focusout", () => term.classList.remove("open", "closed"));
  term.querySelector("a").addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !term.classList.contains("open")) {
      event.preventDefault();
      term.classList.add("open");
    }
  });
});

addEventListener("keydown", ({ key }) => {
  if (key === "Escape") document.querySelectorAll(".term:is(:hover, :focus-within)").forEach((term) => term.classList.add("closed"));
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && localStorage.getItem("slash") !== "off"; // the search page has its switch
  const asked = slash || (event.key === "k" && (event.ctrlKey || event.metaKey));
  const field = document.querySelector(".search input") ?? document.querySelector(".sidebar-search");
  if (!asked || !field) return;
  event.preventDefault();
  if (field.getBoundingClientRect().right <= 0) document.getElementById("__navigation").checked = true; // the drawer is closed
  field.focus({ preventScroll: true });
  field.select();
});

function openCard() { // the claim that the address names
  document.getElementById(location.hash.slice(1))?.querySelector(":scope > details")?.setAttribute("open", "");
}

addEventListener("hashchange", openCard);
addEventListener("beforeprint", () => document.querySelectorAll(".claim-card details").forEach((card) => card.setAttribute("open", "")));
openCard();
