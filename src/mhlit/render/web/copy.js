"use strict";
// Copy buttons: made here, because without a script they would do nothing.

const announce = (() => {
  const place = document.createElement("p");
  place.className = "unseen";
  place.setAttribute("role", "status");
  place.id = "said";
  document.body.append(place);
  return (message) => { place.textContent = message; };
})();

// Without the clipboard's own interface, which a page that came over plain http has not.
function copySelected(text) {
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  if (!done) throw new Error("not copied");
}

// HTML beside the text keeps the italics of a reference in a word processor.
async function copy(text, html) {
  if (!navigator.clipboard) return copySelected(text);
  if (!html || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const parts = { "text/plain": text, "text/html": html };
  const blobs = Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

function copyButton(what, key, content) {
  const button = document.createElement("button");
  button.type = "button";
  name(button, what, key);
  button.addEventListener("click", () => say(button, content()));
  return button;
}

function name(button, what, key) {
  button.textContent = `Copy ${what}`;
  button.setAttribute("aria-label", `Copy ${what} of ${key}`);
}

async function say(button, content, what = button.textContent.replace("Copy ", "")) {
  if (button.dataset.label) return; // it still says what was done
  button.dataset.label = button.textContent;
  let done = `Copied ${what}`;
  try {
    await copy(content.text, content.html);
  } catch {
    done = "Not copied: the browser refused";
  }
  button.textContent = done;
  announce(content.doubt ? `${done}; the record is ${content.doubt}` : done);
  setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.label;
  }, 2000);
}

// Works as BibTeX, which stands on the page.
function bibtexOf(elements) {
  return elements.map((work) => `${work.querySelector("pre").textContent}\n`).join("\n");
}

// What the first button of a work gives; the page of all works offers others.
let writing = { name: "BibTeX", write: bibtexOf };

for (const work of document.querySelectorAll(".work")) {
  const bibtex = work.querySelector("pre");
  const reference = work.querySelector(".reference");
  const doubt = work.querySelector(".mark")?.textContent ?? "";
  const buttons = [copyButton(writing.name, work.id, () => ({ text: writing.write([work]), doubt }))];
  if (reference) {
    const content = () => ({ text: reference.textContent, html: `<p>${reference.innerHTML}</p>`, doubt });
    buttons.push(copyButton("reference", work.id, content));
  }
  const links = work.querySelector(".links");
  const anchor = links.querySelector(".anchor");
  if (anchor) anchor.before(...buttons);
  else links.append(...buttons);
  bibtex.tabIndex = 0; // it scrolls, so a keyboard must reach it
}
