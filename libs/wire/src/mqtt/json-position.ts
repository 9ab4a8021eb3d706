/**
 * Where a text stops being JSON (RFC 8259): offset of the first character that cannot stand there, the length
 * of the text when it ends too early, -1 when it is JSON. JSON.parse says so for some errors only; this runs
 * after it failed.
 */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let at = skipSpace(text, 0);
  let expectValue = true;
  for (;;) {
    if (expectValue) {
      const char = text[at];
      if (char === '{' || char === '[') {
        open.push(char);
        at = skipSpace(text, at + 1);
        if (text[at] === CLOSES[char]) expectValue = false;
        else if (char === '{') at = readKey(text, at);
      } else {
        at = readScalar(text, at);
        expectValue = false;
      }
    } else {
      const inside = open.at(-1);
      if (inside === undefined) return at === text.length ? -1 : at;
      if (text[at] === CLOSES[inside]) {
        open.pop();
        at += 1;
      } else if (text[at] === ',') {
        at = skipSpace(text, at + 1);
        if (inside === '{') at = readKey(text, at);
        expectValue = true;
      } else return at;
    }
    if (at < 0) return -at - 1;
    at = skipSpace(text, at);
  }
}

const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const SPACE = /[ \t\n\r]*/y;

/** Faults travel as -(offset + 1), so that offset 0 is one too. */
const fault = (at: number): number => -at - 1;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** `"key" :`, up to the value. */
function readKey(text: string, at: number): number {
  if (text[at] !== '"') return fault(at);
  const end = readString(text, at);
  if (end < 0) return end;
  const colon = skipSpace(text, end);
  return text[colon] === ':' ? skipSpace(text, colon + 1) : fault(colon);
}

function readScalar(text: string, at: number): number {
  if (text[at] === '"') return readString(text, at);
  for (const word of ['true', 'false', 'null']) {
    if (text[at] === word[0]) return readWord(text, at, word);
  }
  return readNumber(text, at);
}

function readWord(text: string, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) if (text[at + i] !== word[i]) return fault(at + i);
  return at + word.length;
}

function readString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const char = text[at];
    if (char === undefined || char < ' ') return fault(at);
    if (char === '"') return at + 1;
    if (char !== '\\') {
      at += 1;
      continue;
    }
    at += 1;
    const escape = text[at];
    if (escape === undefined || !'"\\/bfnrtu'.includes(escape)) return fault(at);
    at += 1;
    if (escape !== 'u') continue;
    for (let i = 0; i < 4; i++, at++) if (!/^[0-9a-fA-F]$/.test(text[at] ?? '')) return fault(at);
  }
}

function readNumber(text: string, start: number): number {
  let at = text[start] === '-' ? start + 1 : start;
  if (text[at] === '0') at += 1;
  else at = readDigits(text, at);
  if (at >= 0 && text[at] === '.') at = readDigits(text, at + 1);
  if (at >= 0 && (text[at] === 'e' || text[at] === 'E')) {
    at += 1;
    at = readDigits(text, text[at] === '+' || text[at] === '-' ? at + 1 : at);
  }
  return at;
}

/** One or more. */
function readDigits(text: string, start: number): number {
  let at = start;
  while ((text[at] ?? '') >= '0' && (text[at] ?? '') <= '9') at += 1;
  return at === start ? fault(at) : at;
}
