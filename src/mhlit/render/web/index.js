// The page: what is asked for (query, facets, order) is kept in the address, and shown at once.

const at = (id) => document.getElementById(id);
const list = at("list");
// Lines of "name=value"; the name need not be said again for a further value.
function values(lines) {
  let name = "";
  return lines.split("\n").map((line) => {
    if (!line.includes("=")) return `${name}=${line}`;
    [name] = pair(line);
    return line;
  });
}
const boxes = [...document.querySelectorAll("fieldset input")];
const works = [...list.children].map((element, place) => {
  const shown = (selector) => element.querySelector(selector)?.textContent ?? "";
  const tags = [...element.querySelectorAll(".tags a")].map((tag) => asked(tag).join("="));
  const links = [...element.querySelectorAll("h2 a, .links a")].map((one) => one.getAttribute("href"));
  const heading = element.querySelector("h2");
  const [venue, year] = [shown(".where cite"), shown(".year")];
  const facets = new Set([...values(element.dataset.facets), ...tags, `venue=${venue}`, `year=${year}`]);
  heading.id = `title-${element.id}`;
  element.tabIndex = -1;
  element.setAttribute("aria-labelledby", heading.id);
  const title = heading.textContent;
  return {
    element, place, facets, title: fold(title), year: Number(year), venue,
    index: indexOf({
      names: title.includes(":") ? title.split(":")[0] : "",
      title: `${title} ${element.dataset.also ?? ""} ${title.replaceAll("-", "")}`,
      authors: shown(".by"), summary: shown(".summary"), topics: shown(".tags"), venue: shown(".where"),
      identifiers: `${element.id} ${links.join(" ")}`,
    }),
  };
});
const vocabulary = new Set(works.flatMap((work) => [...work.index.weights.keys()]));
const ORDERS = {
  newest: (one, other) => other.year - one.year || one.place - other.place,
  oldest: (one, other) => one.year - other.year || one.place - other.place,
  author: (one, other) => one.place - other.place,
  title: (one, other) => one.title.localeCompare(other.title),
  venue: (one, other) => one.venue.localeCompare(other.venue) || other.year - one.year || one.place - other.place,
};
const CHOICES = { sort: "best", format: "bibtex" }; // with what each is when nothing is chosen
let shownWorks = works;
let remembering;

function chosen() {
  const facets = new Map();
  for (const box of boxes) {
    if (box.checked) facets.set(box.name, [...(facets.get(box.name) ?? []), `${box.name}=${box.value}`]);
  }
  return facets;
}

function order(found) {
  const wanted = at("sort").value;
  if (wanted !== "best") return ORDERS[wanted];
  const { scores } = found;
  return (one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0) || ORDERS.newest(one, other);
}

function matches(work, facets, except) {
  return [...facets].every(([name, values]) => name === except || values.some((value) => work.facets.has(value)));
}

function show() {
  const facets = chosen();
  const query = at("query").value;
  const found = find(query, works, vocabulary);
  const matched = works.filter((work) => found.scores.has(work));
  shownWorks = matched.filter((work) => matches(work, facets)).sort(order(found));
  const visible = new Set(shownWorks);
  for (const work of works) work.element.hidden = !visible.has(work);
  if (shownWorks.some((work, place) => work.element !== list.children[place])) {
    list.prepend(...shownWorks.map((work) => work.element));
  }
  count(matched, facets);
  const asked = query.trim() !== "" || facets.size > 0;
  at("count").textContent = asked ? `${shownWorks.length} of ${works.length} works` : `${works.length} works`;
  const typos = found.sought.filter((one) => one.likeness === forgiving);
  const typed = typos.map((one) => `“${one.word}”`).join(", ");
  at("note").textContent = typed && shownWorks.length ? `No work holds ${typed}; shown is what comes near.` : "";
  for (const id of ["copy-all", "save-all", "print"]) at(id).disabled = shownWorks.length === 0;
  at("none").hidden = shownWorks.length > 0;
  mark(found);
  clearTimeout(remembering); // browsers count how often an address changes
  remembering = setTimeout(remember, 200, query, facets);
}

// How many works each value would show, the other facets being as they are.
function count(matched, facets) {
  for (const box of boxes) {
    const value = `${box.name}=${box.value}`;
    const many = matched.filter((work) => work.facets.has(value) && matches(work, facets, box.name)).length;
    box.parentElement.lastElementChild.textContent = many;
    box.parentElement.classList.toggle("none", many === 0);
  }
}

// Marks what was found without touching the text, where the browser can.
function mark(found) {
  if (!window.Highlight || !CSS.highlights) return;
  const phrased = found.phrases.flatMap((phrase) => phrase.split(" ")).map((word) => ({ word, likeness: strict }));
  const sought = [...found.sought, ...phrased].filter((one) => one.word.length > 1);
  const ranges = [];
  for (const work of sought.length ? shownWorks : []) {
    for (const part of work.element.querySelectorAll("h2, .by, .summary, .tags")) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) ranges.push(...within(walker.currentNode, sought));
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

function within(node, sought) {
  const ranges = [];
  for (const word of node.data.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)) {
    if (!sought.some((one) => one.likeness(one.word, fold(word[0])))) continue;
    const range = new Range();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    ranges.push(range);
  }
  return ranges;
}

function remember(query, facets) {
  const wanted = new URLSearchParams();
  if (query.trim()) wanted.set("q", query.trim());
  for (const values of facets.values()) for (const value of values) wanted.append(...pair(value));
  for (const [name, usual] of Object.entries(CHOICES)) if (at(name).value !== usual) wanted.set(name, at(name).value);
  const address = `${location.pathname}${wanted.size ? `?${wanted}` : ""}${location.hash}`;
  try {
    history.replaceState(null, "", address);
  } catch { /* some browsers refuse it for a page from a file: then the address stays */ }
}

// The facet and the value that a tag asks for.
function asked(tag) {
  return [...new URLSearchParams(tag.getAttribute("href"))][0];
}

function recall(wanted) {
  at("query").value = wanted.get("q") ?? "";
  for (const name of Object.keys(CHOICES)) {
    if ([...at(name).options].some((option) => option.value === wanted.get(name))) at(name).value = wanted.get(name);
  }
  for (const box of boxes) check(box, wanted.getAll(box.name).includes(box.value));
}

function check(box, checked) {
  box.checked = checked;
  if (checked) box.closest("details").open = true;
}

function clear() {
  recall(new URLSearchParams());
  show();
  at("query").focus();
}

// An address with a work's key leads to it, whatever was filtered before.
function goToAnchor() {
  const work = works.find((one) => one.element.matches(":target"));
  if (!work) return;
  if (work.element.hidden) { recall(new URLSearchParams()); show(); }
  work.element.focus({ preventScroll: true });
  work.element.scrollIntoView();
}

function saveAll() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written()], { type: writing.type }));
  link.download = `mhlit.${writing.ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function written() {
  return writing.write(shownWorks.map((work) => work.element));
}

function setFormat() {
  writing = FORMATS[at("format").value];
  at("save-all").textContent = `Save as .${writing.ending}`;
  for (const { element } of works) name(element.querySelector(".links button"), writing.name, element.id);
}

const THEMES = ["auto", "light", "dark"];
function setTheme(name) {
  const theme = THEMES.includes(name) ? name : "auto";
  document.documentElement.dataset.theme = theme;
  at("theme").textContent = `Theme: ${theme}`;
  try { localStorage.setItem("mhlit-theme", theme); } catch { /* not kept, then */ }
}
function keptTheme() {
  try { return localStorage.getItem("mhlit-theme"); } catch { return null; }
}

at("query").addEventListener("input", show);
at("query").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && at("query").value) { at("query").value = ""; show(); event.preventDefault(); }
  if (event.key === "ArrowDown") { shownWorks[0]?.element.focus(); event.preventDefault(); }
});
at("controls").addEventListener("submit", (event) => event.preventDefault());
at("controls").addEventListener("change", show);
at("sort").addEventListener("change", show);
at("format").addEventListener("change", () => { setFormat(); show(); });
at("copy-all").addEventListener("click", (event) => (
  say(event.target, { text: written() }, `${writing.name} of ${shownWorks.length}`)
));
at("save-all").addEventListener("click", saveAll);
at("print").addEventListener("click", () => window.print());
at("theme").addEventListener("click", () => (
  setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length])
));
for (const button of document.querySelectorAll(".clear")) button.addEventListener("click", clear);
list.addEventListener("click", (event) => {
  const tag = event.target.closest(".tags a");
  if (!tag || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [name, value] = asked(tag);
  for (const box of boxes) if (box.name === name) check(box, box.value === value);
  show();
  at("works").focus({ preventScroll: true }); // the card has moved, and with it the place of whoever uses a keyboard
  scrollTo(0, 0);
});
addEventListener("hashchange", goToAnchor);

for (const element of [at("controls"), at("theme"), document.querySelector(".bar")]) element.hidden = false;
document.querySelector(".filters").open = matchMedia("(min-width: 52.01rem)").matches;
setTheme(keptTheme());
at("format").append(...Object.entries(FORMATS).map(([value, { name }]) => new Option(name, value)));
recall(new URLSearchParams(location.search));
setFormat();
show();
goToAnchor();
