/** 1980-01-01 00:00, the first instant that a ZIP can hold. */
const DOS_DATE = 0x0021;

/**
 * A ZIP whose entries all carry the same time: the time of writing is the one thing in which two files of the same data
 * would differ.
 */
export function withoutTimes(zip: Buffer): Buffer {
  const out = Buffer.from(zip);
  const end = out.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) return out;
  let at = out.readUInt32LE(end + 16);
  for (let left = out.readUInt16LE(end + 10); left > 0; left -= 1) {
    stamp(out, at + 12);
    stamp(out, out.readUInt32LE(at + 42) + 10);
    at += 46 + out.readUInt16LE(at + 28) + out.readUInt16LE(at + 30) + out.readUInt16LE(at + 32);
  }
  return out;
}

function stamp(zip: Buffer, at: number): void {
  zip.writeUInt16LE(0, at);
  zip.writeUInt16LE(DOS_DATE, at + 2);
}
