import fc from 'fast-check';
import { fill, templateSecrets } from './template';

const values = { to: '+86 138', text: '井 "12" & 50%', id: 'msg-1', secret: (ref: string) => `<${ref}>` };

it.each([
  [
    'url',
    'https://x/?to={{to}}&t={{text}}',
    'https://x/?to=%2B86%20138&t=%E4%BA%95%20%2212%22%20%26%2050%25',
  ],
  ['form', 'to={{to}}&key={{secret:k}}', 'to=%2B86%20138&key=%3Ck%3E'],
  ['json', '{"t":"{{text}}","id":"{{id}}"}', '{"t":"井 \\"12\\" & 50%","id":"msg-1"}'],
  ['header', 'Bearer {{secret:k}} {{text}}', 'Bearer <k>  "12" & 50%'],
] as const)('%s', (place, template, expected) => expect(fill(template, place, values)).toBe(expected));

it('keeps JSON whole whatever is in the text, and does not read a text as a template', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('{{secret:k}}')), text => {
      const json = fill('{"t":"{{text}}"}', 'json', { ...values, text });
      expect(JSON.parse(json)).toEqual({ t: text });
    }),
  );
});

it('lets no header begin a second one', () => {
  expect(fill('{{text}}', 'header', { ...values, text: 'a\r\nX: y' })).toBe('aX: y');
});

it('names the secrets it needs, and refuses what it does not know', () => {
  expect(templateSecrets('{{secret:a.b}} {{to}} {{secret:c}}', 'sms')).toEqual(['a.b', 'c']);
  expect(() => templateSecrets('{{phone}}', 'sms')).toThrow('placeholder of another name');
  expect(() => templateSecrets('{{to}', 'sms')).toThrow('braces are not closed');
  expect(() => templateSecrets('{{secret:}}', 'sms')).toThrow('placeholder of another name');
});
