import { inflateSync } from 'node:zlib';
import { samplePng } from '../testing/sample-doc';
import { encodePng } from './png';
import { readImage } from './read-image';

/** The pixels of a PNG that `flattenPng` wrote: RGB, no filter. */
function pixels(png: Uint8Array): number[] {
  const file = Buffer.from(png);
  const at = file.indexOf('IDAT');
  const lines = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  return [...lines.subarray(1, 4)];
}

const made = (width: number, height: number, depth: number, colour: number, lines: number[]): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, 0], 8);
  return encodePng(header, Buffer.from(lines));
};

it.each([
  ['opaque', samplePng(10, 20, 30), [10, 20, 30]],
  ['half transparent, on white', samplePng(0, 0, 0, 127), [128, 128, 128]],
  ['wholly transparent is white', samplePng(9, 9, 9, 0), [255, 255, 255]],
  ['grey', made(1, 1, 8, 0, [0, 77]), [77, 77, 77]],
  ['grey with alpha', made(1, 1, 8, 4, [0, 0, 0]), [255, 255, 255]],
  ['16 bits', made(1, 1, 16, 2, [0, 200, 1, 100, 1, 50, 1]), [200, 100, 50]],
])('%s', (_name, png, rgb) => expect(pixels(readImage(png)!)).toEqual(rgb));

it.each([
  ['sub', 1, [10, 20, 30, 5, 5, 5], [15, 25, 35]],
  ['average', 3, [10, 20, 30, 5, 5, 5], [10, 15, 20]],
  ['paeth', 4, [10, 20, 30, 5, 5, 5], [15, 25, 35]],
])('undoes the filter %s', (_name, filter, line, second) => {
  const file = Buffer.from(readImage(made(2, 1, 8, 2, [filter, ...line]))!);
  const at = file.indexOf('IDAT');
  const lines = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  expect([...lines.subarray(4, 7)]).toEqual(second);
});

it.each([
  ['nothing', new Uint8Array()],
  ['a text', Buffer.from('<svg/>')],
  ['a PNG cut in the middle', samplePng(1, 2, 3).subarray(0, 60)],
  ['a PNG that claims to be larger than it is', made(4000, 4000, 8, 2, [0, 1, 2, 3])],
  ['a PNG that claims more pixels than are decoded', made(40_000, 40_000, 8, 2, [0])],
])('%s is no picture', (_name, bytes) => expect(readImage(bytes)).toBeNull());
