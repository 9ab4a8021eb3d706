/** As many whole lines as fit, then `tail` when some did not; never more than `bytesMax` bytes of UTF-8. */
export function fitBytes(text: string, bytesMax: number, tail: string): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  const room = bytesMax - Buffer.byteLength(`\n${tail}`);
  let kept = '';
  for (const line of text.split('\n')) {
    const next = kept === '' ? line : `${kept}\n${line}`;
    if (Buffer.byteLength(next) > room) break;
    kept = next;
  }
  // Not even the first line: as many characters of it as fit.
  if (kept === '')
    for (const char of text)
      if (Buffer.byteLength(kept + char) <= room) kept += char;
      else break;
  return `${kept}\n${tail}`;
}
