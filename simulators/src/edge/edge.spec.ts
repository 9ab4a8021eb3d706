import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIMULATOR_ERRORS } from './errors';
import { eachBounded, Slots } from './slots';

describe('the error catalogue', () => {
  const entries = Object.entries(SIMULATOR_ERRORS);
  const root = join(import.meta.dirname, '..');
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.endsWith('errors.ts'))
    .map(file => readFileSync(join(root, file), 'utf8'))
    .join('\n');

  it('has each code once', () => {
    expect(new Set(entries.map(([, spec]) => spec.code)).size).toBe(entries.length);
  });

  it.each(entries)('%s has a remedy and is raised somewhere', (key, spec) => {
    expect(spec.code).toMatch(/^SIM-\d{3}$/);
    expect(spec.remedy.length).toBeGreaterThan(8);
    expect(source).toContain(`SIMULATOR_ERRORS.${key}`);
  });
});

describe('slots', () => {
  it('lets at most so many in, first come, first served', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    await Promise.all([slots.take(), slots.take()]);
    const third = slots.take().then(() => order.push(3));
    const fourth = slots.take().then(() => order.push(4));
    expect(slots.inUse).toBe(2);
    slots.give();
    await third;
    expect(order).toEqual([3]);
    slots.give();
    await fourth;
    expect(order).toEqual([3, 4]);
    const drained = slots.drained();
    slots.give();
    slots.give();
    await drained;
    expect(slots.inUse).toBe(0);
  });

  it('runs a bounded number at once, and all of them', async () => {
    let [running, most, done] = [0, 0, 0];
    await eachBounded([...Array(20).keys()], 3, async () => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      done += 1;
    });
    expect([most, done]).toEqual([3, 20]);
  });

  it('stops at the first failure and gives it on', async () => {
    const seen: number[] = [];
    const work = eachBounded([1, 2, 3, 4], 1, async item => {
      seen.push(item);
      if (item === 2) throw new Error('second');
    });
    await expect(work).rejects.toThrow('second');
    expect(seen).toEqual([1, 2]);
  });
});
