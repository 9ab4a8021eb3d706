import { FRESH_MS_MAX, hashOf, isFromGallery, markLines } from './photo';

const WORDS = { clockUnknown: '时间未校正', noPlace: '无定位', gallery: '相册' };
const FACTS = {
  at: Date.UTC(2026, 10, 28, 1, 30, 5),
  isClockKnown: true,
  place: { lat: 34.7512344, lon: 113.62, accuracyM: 7.2 },
  inspector: '王工',
  building: '一号楼',
  member: '裂缝 c1',
  isGallery: false,
  original: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
};

it('marks with the time of the city, the place with its accuracy, building, member and inspector', () => {
  expect(markLines(FACTS, WORDS)).toEqual([
    '2026-11-28 09:30:05 UTC+8',
    '34.751234, 113.620000 ±8 m',
    '一号楼 · 裂缝 c1',
    '王工 · SHA-256 ba7816bf8f01cfea',
  ]);
});

it('says what is not known instead of leaving it out', () => {
  const lines = markLines({ ...FACTS, isClockKnown: false, isGallery: true, place: undefined }, WORDS);
  expect(lines.slice(0, 2)).toEqual(['2026-11-28 09:30:05 UTC+8 时间未校正 相册', '无定位']);
});

it.each([
  ['camera', 0, false],
  ['camera', -FRESH_MS_MAX, false],
  ['camera', -FRESH_MS_MAX - 1, true],
  ['camera', FRESH_MS_MAX + 1, true],
  ['gallery', 0, true],
] as const)('%s, %d ms old: gallery %s', (source, age, expected) =>
  expect(isFromGallery(source, 1e12 + age, 1e12)).toBe(expected),
);

it('hashes with and without the browser’s own means', async () => {
  const blob = new Blob(['abc']);
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(await hashOf(blob)).toBe(expected);
  const { subtle } = crypto;
  Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
  const own = await hashOf(blob).finally(() => Object.defineProperty(crypto, 'subtle', { value: subtle }));
  expect(own).toBe(expected);
});
