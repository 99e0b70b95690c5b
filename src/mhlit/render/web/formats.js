// References in other formats than BibTeX, made of what the page holds of a work: its COinS, its links, and what
// `data-item` adds. They are what `mhlit cite` writes, to the letter; a test in a browser holds it.

// Splits "name=value".
function pair(line) {
  const cut = line.indexOf("=");
  return [line.slice(0, cut), line.slice(cut + 1)];
}

function filled(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value?.length ?? Object.keys(value ?? {}).length));
}

// Reads "Family, Given" or "Family, Suffix, Given"; words in lower case before the family name are its particle.
function person(text) {
  const parts = text.split(", ");
  const words = parts[0].split(" ");
  let at = 0;
  while (at < words.length - 1 && words[at] === words[at].toLowerCase() && words[at] !== words[at].toUpperCase()) at++;
  return filled({
    family: words.slice(at).join(" "), given: parts.length > 1 ? parts.at(-1) : "",
    "non-dropping-particle": words.slice(0, at).join(" "), suffix: parts.length > 2 ? parts[1] : "",
  });
}

const family = (name) => name.literal ?? [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");

// Returns what the page knows of a work.
function readWork(element) {
  const coins = new URLSearchParams(element.querySelector(".Z3988").title);
  const get = (name) => coins.get(`rft.${name}`) ?? "";
  const lines = (element.dataset.item ?? "").split("\n").map(pair);
  const more = (name) => lines.find(([own]) => own === name)?.[1] ?? "";
  const link = (label) => [...element.querySelectorAll(".links a")].find((one) => one.textContent === label);
  const address = (one) => one?.getAttribute("href") ?? "";
  const editors = lines.filter(([name]) => name === "editor").map(([, text]) => text);
  const plain = /^  editor = {([^{}]*)},$/m.exec(element.querySelector("pre").textContent)?.[1];
  const preprint = get("type") === "preprint";
  const [where, number, pages] = [coins.get("rft_id") ?? "", more("number"), get("pages")];
  return {
    key: element.id, preprint, number, title: get("atitle") || get("title"), remark: coins.get("rft_dat") ?? "",
    type: more("type") || (preprint ? "article" : get("genre") === "article" ? "article-journal" : "paper-conference"),
    authors: [...coins].filter(([name]) => /^rft\.au(corp)?$/.test(name))
      .map(([name, text]) => (name === "rft.au" ? person(text) : { literal: text })),
    editors: (editors.length ? editors : plain?.split(" and ") ?? [])
      .map((text) => (text.includes(", ") ? person(text) : { literal: text })),
    date: get("date").split("-").filter(Boolean), container: get("jtitle") || get("btitle"), series: get("series"),
    volume: get("volume"), issue: get("issue"), pages: pages === number ? "" : pages,
    publisher: preprint ? "" : get("publisher") || more("publisher"), server: preprint ? get("publisher") : "",
    place: get("place") || more("place"), isbn: get("isbn"), issn: get("issn"), pmid: more("PMID"), pmcid: more("PMCID"),
    doi: where.startsWith("info:doi/") ? where.slice(9) : "",
    url: address(element.querySelector("h2 a")), pdf: address(link("PDF")), arxiv: address(link("arXiv")),
  };
}

// Source: CSL 1.0.2, as in formats/writers/csl_json.py.
function cslItem(work) {
  const id = work.arxiv.split("/abs/")[1] ?? "";
  const own = work.preprint && id;
  return filled({
    id: work.key, type: work.type, title: work.title, author: work.authors,
    issued: work.date.length ? { "date-parts": [work.date.map(Number)] } : {},
    "container-title": work.container, "collection-title": work.series, volume: work.volume, issue: work.issue,
    page: work.pages || work.number, number: own ? `arXiv:${id}` : work.number, editor: work.editors,
    publisher: work.publisher || work.server, "publisher-place": work.place, genre: work.preprint ? "preprint" : "",
    DOI: work.doi || (own ? `10.48550/arXiv.${id}` : ""), URL: work.url || (own ? work.arxiv : ""),
    ISBN: work.isbn, ISSN: work.issn, PMID: work.pmid, PMCID: work.pmcid,
    custom: filled({ arxiv: work.preprint ? "" : id, annotation: work.remark }),
  });
}

const RIS_TYPES = {
  "article-journal": "JOUR", article: "UNPB", "paper-conference": "CONF", book: "BOOK", chapter: "CHAP",
  dataset: "DATA", webpage: "ELEC", report: "RPRT", software: "COMP", thesis: "THES", manuscript: "UNPB",
};

// Source: the RIS format specification, as in formats/writers/ris.py.
function risRecord(work) {
  const name = (one) => (one.literal ? `${one.literal},` : [family(one), one.given ?? "", one.suffix ?? ""].join(", "))
    .replace(/(, )+$/, "");
  const id = work.arxiv.split("/abs/")[1];
  const [first, last] = work.pages.split(/-(.*)/);
  const tags = [
    ["TY", RIS_TYPES[work.type] ?? "GEN"], ["ID", work.key], ["M3", work.preprint ? "preprint" : ""], ["TI", work.title],
    ...work.authors.map((one) => ["AU", name(one)]), ...work.editors.map((one) => ["ED", name(one)]),
    ["PY", work.date[0]], ["DA", work.date.join("/")], ["T2", work.container], ["T3", work.series],
    ["VL", work.volume], ["IS", work.issue], ["SP", first || work.number], ["EP", last], ["C7", work.number],
    ["PB", work.publisher || work.server], ["CY", work.place], ["SN", work.isbn], ["SN", work.issn], ["DO", work.doi],
    ["AN", id ? `arXiv:${id}` : ""], ["UR", work.url || work.arxiv], ["L1", work.pdf === work.url ? "" : work.pdf],
    ["N2", work.remark],
  ];
  return `${tags.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}ER  - \r\n\r\n`;
}

// As in formats/writers/markdown.py.
function markdownItem(work) {
  const escaped = (text) => text.replace(/[\\`*_[\]<>|~$^]|&(?=#?[\p{L}\p{N}_]+;)/gu, "\\$&")
    .replace(/^([-+=]|#+|\d+[.)])(?=\s|$)/, (sign) => `${sign.slice(0, -1)}\\${sign.at(-1)}`);
  const sentence = (text) => (!text || /([.?!]|[?!]”|\.\))$/.test(text) ? text : `${text}.`);
  const link = (label, url) => {
    const address = url.replace(/[<> \\]/g, encodeURIComponent);
    return `[${escaped(label)}](${/[()]/.test(url) ? `<${address}>` : address})`;
  };
  const all = work.authors.length ? work.authors : work.editors;
  const names = all.map((one) => [one.given, family(one), one.suffix].filter(Boolean).join(" "));
  const joined = names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`;
  const marked = work.authors.length || !names.length ? joined : `${joined} (ed${names.length > 1 ? "s" : ""}.)`;
  const issue = work.issue && (work.volume ? `(${work.issue})` : `no. ${work.issue}`);
  const pages = work.pages.replaceAll("-", "–") || work.number;
  const numbers = [work.volume + issue, pages].filter(Boolean).join(":");
  const place = [work.place, work.publisher].filter(Boolean).join(": ");
  const details = [work.series, numbers, place, work.date[0]].filter(Boolean).join(", ");
  const container = work.container || work.server;
  const page = work.doi ? link(`doi:${work.doi}`, `https://doi.org/${work.doi}`) : work.url !== work.pdf && link("page", work.url);
  const id = work.arxiv.split("/abs/")[1];
  const links = [
    page, work.pdf && link("PDF", work.pdf), id && link(`${work.preprint ? "arXiv" : "preprint arXiv"}:${id}`, work.arxiv),
  ];
  return [
    `- **${sentence(escaped(work.title))}**`, sentence(escaped(marked)),
    sentence([container && `*${escaped(container)}*`, escaped(details)].filter(Boolean).join(", ")),
    links.filter(Boolean).join(" · "),
  ].filter(Boolean).join(" ");
}

const FORMATS = {
  bibtex: { name: "BibTeX", ending: "bib", type: "text/x-bibtex", write: bibtexOf },
  ris: {
    name: "RIS", ending: "ris", type: "application/x-research-info-systems",
    write: (elements) => elements.map((one) => risRecord(readWork(one))).join(""),
  },
  "csl-json": {
    name: "CSL-JSON", ending: "json", type: "application/vnd.citationstyles.csl+json",
    write: (elements) => `${JSON.stringify(elements.map((one) => cslItem(readWork(one))), null, 2)}\n`,
  },
  markdown: {
    name: "Markdown", ending: "md", type: "text/markdown",
    write: (elements) => elements.map((one) => `${markdownItem(readWork(one))}\n`).join(""),
  },
};
