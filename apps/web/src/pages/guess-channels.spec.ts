import { guessChannels, stillUnknown } from './guess-channels';

it.each([
  ['SenML', '[{"bn":"d1:","bu":"Cel","n":"t","v":1},{"n":"ch4","u":"%LEL","v":2}]', 'd1:t Cel, d1:ch4 %LEL'],
  ['a name without value', '[{"bn":"d1:"},{"n":"ch4","u":"%LEL","v":2}]', 'd1:ch4 %LEL'],
  ['values', '{"ts":1,"values":{"ch4":1,"temp":2}}', 'ch4 , temp '],
  ['an array of values', '[{"ts":1,"values":{"a":1}},{"ts":2,"values":{"a":1,"b":1}}]', 'a , b '],
  ['plain', '{"ts":1,"a":1}', 'a '],
  ['not JSON', 'ch4=1', ''],
  ['a number', '5', ''],
  ['null', 'null', ''],
])('%s', (_name, payload, expected) => {
  expect(
    guessChannels(payload)
      .map(guess => `${guess.channel} ${guess.unit}`)
      .join(', '),
  ).toBe(expected);
});

it('leaves out what the device measures already: adopting must not write over it', () => {
  const guesses = guessChannels('{"ts":1,"values":{"ch4":1,"h2s":2}}');
  expect(stillUnknown(guesses, ['ch4']).map(guess => guess.channel)).toEqual(['h2s']);
});
