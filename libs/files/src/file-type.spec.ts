import { isFileType, isOfType, type FileType } from './file-type';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

it.each<[FileType, string, boolean]>([
  ['image/jpeg', '\xff\xd8\xff\xe1', true],
  ['image/jpeg', '\xff\xd8', false],
  ['image/jpeg', '<svg xmlns=', false],
  ['image/png', '\x89PNG\r\n\x1a\n....', true],
  ['image/webp', 'RIFF....WEBPVP8 ', true],
  ['image/webp', 'RIFF....WAVEfmt ', false],
  ['image/heic', '....ftypheic....', true],
  ['image/heic', '....ftypmp42....', false],
  ['application/pdf', '%PDF-1.7', true],
  ['application/pdf', 'MZ\x90', false],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK\x03\x04', true],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '', false],
])('%s of %j: %s', (type, head, expected) => expect(isOfType(bytes(head), type)).toBe(expected));

it.each(['text/html', 'image/svg+xml', 'application/x-msdownload', '', 'IMAGE/JPEG'])('takes no %j', type =>
  expect(isFileType(type)).toBe(false),
);
