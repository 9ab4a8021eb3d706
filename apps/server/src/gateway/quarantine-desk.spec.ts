import {
  OPEN_FAULTS_MAX,
  QUARANTINE_PAYLOAD_BYTES_MAX,
  QuarantineDesk,
  REPEAT_MS,
  type Fault,
} from './quarantine-desk';

const fault = (about: string, payload = new Uint8Array([1])): Fault => ({
  deviceId: 'd1',
  topic: 't',
  reason: 'unknown_channel',
  about,
  detail: about,
  payload,
});

it('writes a new fault at once and counts its repeats', () => {
  const desk = new QuarantineDesk();
  expect(desk.take(fault('a'), 0)).toMatchObject({ count: 1, firstAt: 0 });
  expect(desk.take(fault('a'), 1)).toBeNull();
  expect(desk.take(fault('a'), 2)).toBeNull();
  expect(desk.due(REPEAT_MS - 1)).toEqual([]);
  expect(desk.due(REPEAT_MS)).toMatchObject([{ count: 3, firstAt: 0, at: 2 }]);
  expect(desk.due(2 * REPEAT_MS)).toEqual([]);
  expect(desk.total).toBe(3);
});

it('tells different faults of one device apart, by what they are about', () => {
  const desk = new QuarantineDesk();
  const [a, b] = [desk.take(fault('a'), 0), desk.take(fault('b'), 0)];
  expect(a!.id).not.toBe(b!.id);
});

it('keeps a bounded number of faults and a bounded piece of each payload', () => {
  const desk = new QuarantineDesk();
  const big = new Uint8Array(QUARANTINE_PAYLOAD_BYTES_MAX + 1);
  for (let i = 0; i < OPEN_FAULTS_MAX; i++)
    expect(desk.take(fault(`c${i}`, big), 0)!.payload).toHaveLength(4_096);
  expect(desk.take(fault('one more'), 0)).toMatchObject({ reason: 'too_many_faults', deviceId: null });
  expect(desk.take(fault('and one'), 0)).toBeNull();
  expect(desk.take(fault('c1'), 0)).toBeNull();
});
