import { LiveStream, retryDelayMs, SILENCE_MS_MAX, type StreamState } from './live-stream';

interface Line {
  readonly path: string;
  readonly headers: Record<string, string>;
  send(text: string): void;
  end(): void;
}

function bench(refuse: () => boolean = () => false) {
  const lines: Line[] = [];
  const states: StreamState[] = [];
  const events: string[] = [];
  const stream = new LiveStream({
    now: () => Date.now(),
    open: async (path, headers, signal) => {
      if (refuse()) throw new TypeError('refused');
      let out: ReadableStreamDefaultController<Uint8Array> | null = null;
      const body = new ReadableStream<Uint8Array>({ start: controller => void (out = controller) });
      signal.addEventListener('abort', () => {
        try {
          out?.error(new Error('aborted'));
        } catch {
          // Closed already.
        }
      });
      const bytes = new TextEncoder();
      lines.push({ path, headers, send: text => out?.enqueue(bytes.encode(text)), end: () => out?.close() });
      return new Response(body);
    },
    onMessage: message => events.push(`${message.event} ${message.data}`),
    onState: state => states.push(state),
    onBack: () => events.push('back'),
  });
  const phases = (): string =>
    states
      .map(state => state.phase)
      .filter((phase, i, all) => phase !== all[i - 1])
      .join(' ');
  return { stream, lines, events, states, phases };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

it('delivers events and stays live on beats alone', async () => {
  const { stream, lines, events, phases } = bench();
  stream.start('/live');
  await pass(0);
  lines[0]?.send('id: 5\nevent: alarm\ndata: {}\n\n');
  for (let i = 0; i < 10; i += 1) {
    await pass(5_000);
    lines[0]?.send(': beat\n\n');
  }
  await pass(0);
  expect(events).toEqual(['back', 'alarm {}']);
  expect(phases()).toBe('live');
  stream.stop();
});

it('is lost after the limit of silence, and not before', async () => {
  const { stream, phases } = bench();
  stream.start('/live');
  await pass(0);
  await pass(SILENCE_MS_MAX - 1);
  expect(phases()).toBe('live');
  await pass(1);
  expect(phases()).toBe('live lost');
  stream.stop();
});

it('is lost at once when the line ends, comes back with the last id and says so', async () => {
  const { stream, lines, events, phases } = bench();
  stream.start('/live');
  await pass(0);
  lines[0]?.send('id: 9\ndata: x\n\n');
  await pass(0);
  lines[0]?.end();
  await pass(0);
  expect(phases()).toBe('live lost');
  await pass(retryDelayMs(1));
  expect(lines[1]?.headers['Last-Event-ID']).toBe('9');
  expect(phases()).toBe('live lost live');
  expect(events).toEqual(['back', 'message x', 'back']);
  stream.stop();
});

it('keeps the time of the last byte while lost, and waits longer each time', async () => {
  let dead = false;
  const { stream, lines, states } = bench(() => dead);
  stream.start('/live');
  await pass(0);
  const heardAt = states.at(-1)?.lastByteAt;
  dead = true;
  lines[0]?.end();
  await pass(30_000);
  expect(states.at(-1)).toMatchObject({ phase: 'lost', lastByteAt: heardAt, failures: 6 });
  expect([1, 2, 3, 4, 5, 9].map(retryDelayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  stream.stop();
});

it('changes its path without being lost', async () => {
  const { stream, lines, phases } = bench();
  stream.start('/live');
  await pass(0);
  stream.start('/live?sensors=a');
  await pass(0);
  expect(lines.map(line => line.path)).toEqual(['/live', '/live?sensors=a']);
  expect(phases()).toBe('live');
  stream.stop();
  await pass(60_000);
  expect(phases()).toBe('live');
});

it('asks for the lists anew when another path is opened from no known place, not when it resumes', async () => {
  const { stream, lines, events } = bench();
  stream.start('/live');
  await pass(0);
  stream.start('/live?sensors=a');
  await pass(0);
  expect(events).toEqual(['back', 'back']);
  lines[1]?.send('id: 4\ndata: x\n\n');
  await pass(0);
  stream.start('/live?sensors=b');
  await pass(0);
  expect(lines[2]?.headers['Last-Event-ID']).toBe('4');
  expect(events).toEqual(['back', 'back', 'message x']);
  stream.stop();
});
