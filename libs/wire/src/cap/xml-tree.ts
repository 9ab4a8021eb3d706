import { err, ok, type Result } from '@anmai/kernel';

export const XML_CHARS_MAX = 1_000_000;
export const XML_DEPTH_MAX = 32;

/** An element: local name (prefix dropped), its child elements, and its own text. */
export interface XmlNode {
  readonly name: string;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

interface OpenNode {
  readonly tag: string;
  readonly children: XmlNode[];
  text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Comment, instruction, CDATA, tag, or text; sticky, so nothing between them can be skipped. */
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/**
 * Reads the XML that messages are written in: elements, text, CDATA. No document type and so no entities of its own:
 * these are how a small message becomes a huge one or reads files. Bounded in length and depth.
 */
export function readXml(xml: string): Result<XmlNode, string> {
  if (xml.length > XML_CHARS_MAX) return err(`more than ${XML_CHARS_MAX} characters`);
  const root: OpenNode = { tag: '', children: [], text: '' };
  const open: OpenNode[] = [root];
  TOKEN.lastIndex = xml.startsWith('\ufeff') ? 1 : 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(xml);
    if (match === null) return err(`no XML that is taken here, at character ${at}`);
    const fault = take(match, open);
    if (fault !== null) return err(`${fault}, at character ${at}`);
  }
  const top = root.children[0];
  if (open.length !== 1 || top === undefined || root.children.length !== 1 || root.text.trim() !== '')
    return err('not one whole element');
  return ok(top);
}

/** Adds one token to the innermost open element; a fault, or null. */
function take(match: RegExpExecArray, open: OpenNode[]): string | null {
  const [, cdata, slash, tag, , selfClosing, text] = match;
  const inner = open[open.length - 1];
  if (inner === undefined) return 'an end without a start';
  if (cdata !== undefined) inner.text += cdata;
  if (text !== undefined) {
    const plain = unescapeXml(text);
    if (plain === null) return 'an unknown entity';
    inner.text += plain;
  }
  if (tag === undefined) return null;
  if (slash === '/') return close(tag, open);
  if (open.length > XML_DEPTH_MAX) return `deeper than ${XML_DEPTH_MAX}`;
  open.push({ tag, children: [], text: '' });
  return selfClosing === '/' ? close(tag, open) : null;
}

function close(tag: string, open: OpenNode[]): string | null {
  const node = open.pop();
  const parent = open[open.length - 1];
  if (node === undefined || parent === undefined || node.tag !== tag) return `</${tag}> closes nothing`;
  const name = tag.slice(tag.indexOf(':') + 1);
  parent.children.push({ name, children: node.children, text: node.text });
  return null;
}

function unescapeXml(text: string): string | null {
  let isKnown = true;
  const plain = text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w*);?/g, (whole, name: string) => {
    const char = whole.endsWith(';') ? charOf(name) : null;
    if (char === null) isKnown = false;
    return char ?? '';
  });
  return isKnown ? plain : null;
}

function charOf(name: string): string | null {
  if (!name.startsWith('#')) return NAMED[name] ?? null;
  const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
