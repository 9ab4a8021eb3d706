import fc from 'fast-check';
import { exifOf } from './exif';
import { jpegWithExif } from './testing/jpeg';

it('reads what the camera wrote', () => {
  const facts = exifOf(
    jpegWithExif({ takenAt: '2026:11:20 09:30:00', make: 'HUAWEI', lat: 34.75, lon: 113.62 }),
  );
  expect(facts).toMatchObject({ takenAt: '2026:11:20 09:30:00', camera: 'HUAWEI' });
  expect(facts?.place?.lat).toBeCloseTo(34.75, 5);
  expect(facts?.place?.lon).toBeCloseTo(113.62, 5);
});

it('never fails, whatever the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), junk => {
      expect(() => exifOf(Buffer.concat([jpegWithExif({}).subarray(0, 40), junk]))).not.toThrow();
    }),
  );
  expect(exifOf(Buffer.from('%PDF-1.7'))).toBeNull();
});
