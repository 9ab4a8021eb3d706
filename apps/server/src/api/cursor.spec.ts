import { cursorOf, paged, pageReply, placeOf } from './cursor';

it.each(['dev-1', '1732230000123_alarm-0', '井\n1', ''])('brings the place %j back', place => {
  expect(placeOf('assets', cursorOf('assets', place))).toBe(place);
});

it.each([
  ['of another list', cursorOf('alarms', 'x')],
  ['of a list whose name begins alike', cursorOf('assets2', 'x')],
  ['that is no base64', '%%%'],
  ['with something added', `${cursorOf('assets', 'x')}.`],
  ['that is a bare id', 'dev-1'],
])('refuses a cursor %s', (_name, cursor) => {
  expect(() => placeOf('assets', cursor)).toThrow(expect.objectContaining({ code: 'VAL-004' }));
});

it('leaves a query without a cursor as it is, and the last page without a next one', () => {
  const query = { limit: 5, cursor: undefined };
  expect(paged('assets', query)).toBe(query);
  expect(pageReply('assets', { items: [1], nextCursor: null }, n => n + 1)).toEqual({
    items: [2],
    nextCursor: null,
  });
});
