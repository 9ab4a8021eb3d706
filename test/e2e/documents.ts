/** Every `$ref` of a document that leads nowhere. */
export function unresolved(document: object): string[] {
  const out: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string' && !resolves(document, value)) out.push(value);
      else visit(value);
    }
  };
  visit(document);
  return out;
}

function resolves(document: object, ref: string): boolean {
  if (!ref.startsWith('#/')) return false;
  let node: unknown = document;
  for (const part of ref.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    node = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;
  }
  return node !== undefined;
}

const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['', '_sum', '_count', '_created'],
  info: ['_info'],
  unknown: [''],
};

/** Types by family. Throws where a line is not OpenMetrics. */
export function openMetrics(text: string): Map<string, string> {
  expect(text.endsWith('# EOF\n')).toBe(true);
  const families = new Map<string, string>();
  const seen = new Set<string>();
  for (const line of text.trimEnd().split('\n').slice(0, -1)) {
    const meta = /^# (TYPE|HELP|UNIT) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    if (meta?.[1] === 'TYPE') families.set(meta[2]!, meta[3]!);
    if (meta !== null) continue;
    const sample = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)$/.exec(line);
    expect(sample, line).not.toBeNull();
    const [, name = '', labels = '', value = ''] = sample!;
    expect(Number.isFinite(Number(value)) || /^[+-]?(Inf|NaN)$/.test(value), line).toBe(true);
    const belongs = [...families].some(([family, type]) =>
      (SUFFIXES[type] ?? []).some(end => name === family + end),
    );
    expect(belongs, `${name} belongs to no family`).toBe(true);
    expect(seen.has(name + labels), `twice: ${line}`).toBe(false);
    seen.add(name + labels);
  }
  return families;
}
