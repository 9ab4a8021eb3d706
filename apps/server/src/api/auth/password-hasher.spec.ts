import { PasswordHasher } from './password-hasher';

it('makes argon2id hashes with a salt each, and knows the right password', async () => {
  const hasher = new PasswordHasher();
  const [one, two] = await Promise.all([hasher.hash('pässword 电池'), hasher.hash('pässword 电池')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  // The same word as another keyboard sends it: a and its dots apart.
  expect(await hasher.matches(one, 'pa\u0308ssword 电池')).toBe(true);
  expect(await hasher.matches(one, 'password 电池')).toBe(false);
  expect(await hasher.matches('no hash', 'pässword')).toBe(false);
  expect(await hasher.matchesNobody('nobody has this password')).toBe(false);
});

it('refuses work beyond its bound', async () => {
  const hasher = new PasswordHasher();
  const results = await Promise.allSettled(Array.from({ length: 33 }, () => hasher.hash('x')));
  expect(results.filter(r => r.status === 'rejected')).toMatchObject([{ reason: { code: 'AUT-011' } }]);
});
