// Search: words folded as mhlit folds them, found whole, as a beginning, inside a word, or with a typo.

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "ng" };
const GREEK = Object.fromEntries([..."αβγδεζηθικλμνξοπρσςτυφχψω"].map((letter, place) => [letter, (
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon " +
  "phi chi psi omega").split(" ")[place]]));
// How much a word weighs where it is found.
const WEIGHTS = { names: 12, title: 10, authors: 8, summary: 4, topics: 3, venue: 2, identifiers: 2 };

function fold(text) {
  return text.replace(/['’‘ʼ`´]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^\x00-\x7f]/gu, (letter) => LETTERS[letter] ?? GREEK[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function indexOf(fields) {
  const weights = new Map();
  for (const [name, text] of Object.entries(fields)) {
    for (const word of fold(text).split(" ")) {
      if (word) weights.set(word, Math.max(weights.get(word) ?? 0, WEIGHTS[name]));
    }
  }
  return { weights, text: Object.values(fields).map(fold).join("\n") };
}

// Edits between two words, neighbours swapped being one (optimal string alignment); Infinity beyond the limit.
function edits(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return Infinity;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, above] = [above, row];
  }
  return above[other.length] <= limit ? above[other.length] : Infinity;
}

function strict(sought, word) {
  if (word === sought) return 1;
  if (word.startsWith(sought)) return 0.7;
  return sought.length > 2 && word.includes(sought) ? 0.4 : 0;
}

function forgiving(sought, word) {
  if (sought.length < 4 || /\d/.test(sought)) return 0;
  const limit = sought.length < 8 ? 1 : 2;
  const start = word.slice(0, sought.length);
  return Math.min(edits(sought, word, limit), edits(sought, start, limit)) <= limit ? 0.3 : 0;
}

// Words and "phrases" of a query; a work must have them all.
function parse(query) {
  const phrases = [...query.matchAll(/"([^"]*)"/g)].map((found) => fold(found[1])).filter(Boolean);
  const words = fold(query.replace(/"[^"]*"/g, " ")).split(" ").filter(Boolean);
  return { phrases, words };
}

// How like each word of the works is to the one that is sought; only those that are like it at all.
function alike(sought, words, likeness) {
  const found = new Map();
  for (const word of words) {
    const like = likeness(sought, word);
    if (like) found.set(word, like);
  }
  return found;
}

function best(found, index) {
  let score = 0;
  for (const [word, like] of found) score = Math.max(score, like * (index.weights.get(word) ?? 0));
  return score;
}

// Returns the score of every work that is found, and how each word of the query was looked for.
function find(query, works, vocabulary) {
  const { phrases, words } = parse(query);
  const sought = words.map((word) => {
    const found = alike(word, vocabulary, strict);
    if (found.size) return { word, likeness: strict, found };
    return { word, likeness: forgiving, found: alike(word, vocabulary, forgiving) };
  });
  const scores = new Map();
  for (const work of works) {
    if (!phrases.every((phrase) => work.index.text.includes(phrase))) continue;
    const each = sought.map((one) => best(one.found, work.index));
    if (each.every(Boolean)) scores.set(work, each.reduce((sum, one) => sum + one, phrases.length));
  }
  return { scores, phrases, sought };
}
