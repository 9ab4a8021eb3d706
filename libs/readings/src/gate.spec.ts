import { Gate } from './gate';

/** Tasks that run until told to end, and a record of what started. */
function tasks() {
  const started: string[] = [];
  const end = new Map<string, () => void>();
  const task = (name: string) => (): Promise<string> => {
    started.push(name);
    return new Promise(resolve => end.set(name, () => resolve(name)));
  };
  return { started, end, task };
}

it('runs as many as may at once, the others in order of arrival', async () => {
  const { started, end, task } = tasks();
  const gate = new Gate(2, 2);
  const done = ['a', 'b', 'c', 'd'].map(name => gate.run(task(name)));
  await Promise.resolve();
  expect(started).toEqual(['a', 'b']);
  end.get('b')?.();
  await done[1];
  await Promise.resolve();
  expect(started).toEqual(['a', 'b', 'c']);
  end.get('a')?.();
  await done[0];
  await Promise.resolve();
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  end.get('c')?.();
  end.get('d')?.();
  expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd']);
});

it('refuses one above the most that may wait, and recovers', async () => {
  const { end, task } = tasks();
  const gate = new Gate(1, 1);
  const first = gate.run(task('a'));
  const second = gate.run(task('b'));
  await expect(gate.run(task('c'))).rejects.toMatchObject({ code: 'RDG-009', retryable: true });
  end.get('a')?.();
  await first;
  await Promise.resolve();
  end.get('b')?.();
  await second;
  await expect(gate.run(async () => 'd')).resolves.toBe('d');
});

it('gives the place back when a task fails', async () => {
  const gate = new Gate(1, 0);
  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(gate.run(async () => 1)).resolves.toBe(1);
});

it('tells when the last task has left', async () => {
  const { end, task } = tasks();
  const gate = new Gate(1, 1);
  await gate.drained();
  const seen: string[] = [];
  const first = gate.run(task('a')).then(() => seen.push('a'));
  const second = gate.run(task('b')).then(() => seen.push('b'));
  const drained = gate.drained().then(() => seen.push('drained'));
  end.get('a')?.();
  await first;
  await Promise.resolve();
  expect(seen).toEqual(['a']);
  end.get('b')?.();
  await Promise.all([second, drained]);
  expect(seen).toContain('drained');
});
