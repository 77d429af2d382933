// Comforts that a page also does without: code that can be copied; wide formulas, tables and code that
// the keyboard can scroll in every browser; fewer stops on its way through the numbers; definitions that
// Escape closes and a first touch opens; keys that lead to the search; marks on the lessons that were opened.

const WIDE = { ".math-wrapper": "formula", ".table-wrapper": "table", ".highlight > pre": "code or output" };

function reachable(box) {
  const [, what] = Object.entries(WIDE).find(([selector]) => box.matches(selector));
  const wide = { tabindex: 0, role: "group", "aria-label": `A wide ${what}, which scrolls sideways` };
  Object.entries(wide).forEach(([name, value]) => {
    if (box.scrollWidth > box.clientWidth) box.setAttribute(name, value);
    else box.removeAttribute(name);
  });
}

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)));
document.querySelectorAll(Object.keys(WIDE)).forEach((box) => observer.observe(box));

// The tab key stops once in a paragraph or a table's row; the arrow keys lead to its other numbers.
function neighbours(number) {
  const block = number.closest("tr") ?? number.closest("p, li") ?? number.parentElement;
  return [...block.querySelectorAll(".measured")];
}

document.querySelectorAll("article .measured").forEach((number) => {
  if (neighbours(number)[0] !== number) number.tabIndex = -1;
});

addEventListener("keydown", ({ key, target }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step || !target.matches?.(".measured")) return;
  const numbers = neighbours(target);
  const next = numbers[numbers.indexOf(target) + step];
  if (!next) return;
  target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

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

function openCard() { // the claim or the code that the address names
  document.getElementById(location.hash.slice(1))?.querySelector(":scope > details")?.setAttribute("open", "");
}

addEventListener("hashchange", openCard);
addEventListener("beforeprint", () => document.querySelectorAll(".claim-card details").forEach((card) => card.setAttribute("open", "")));
openCard();

// Lessons that were opened in this browser, which alone keeps them.
const KEPT = "recurrent-opened";
const progress = document.querySelector(".progress");
const opened = new Set((localStorage.getItem(KEPT) ?? "").split(" ").filter(Boolean));
const lesson = document.querySelector(".sidebar-tree .toctree-l1.current-page .minutes");

function showOpened() {
  document.querySelectorAll(".sidebar-tree .minutes").forEach((time) => time.classList.toggle("opened", opened.has(time.dataset.chapter)));
  progress.querySelector("span")?.remove();
  if (opened.size === 0) return;
  const told = document.createElement("span");
  const forget = document.createElement("button");
  forget.type = "button";
  forget.textContent = "Forget";
  forget.setAttribute("aria-label", "Forget which chapters were opened");
  forget.addEventListener("click", () => {
    localStorage.removeItem(KEPT);
    opened.clear();
    showOpened();
  });
  told.append(` · ${opened.size} opened `, forget);
  progress.append(told);
}

if (lesson && !opened.has(lesson.dataset.chapter)) {
  opened.add(lesson.dataset.chapter);
  localStorage.setItem(KEPT, [...opened].join(" "));
}
showOpened();
