import type { Reading } from '@anmai/readings';
import type { Sensor } from '@anmai/catalog';
import { Monitor } from './monitor';
import type { AlarmChange } from './alarm';
import { planOf, type Planned } from '../../../test/chaos/plan';
import { seeded } from '../../../test/chaos/seeded';
import { RULES } from '../../../test/chaos/fleet';

const T0 = 1_700_000_000_000;
const sensors = ['a', 'b'].map(c => ({ id: c, name: c, assetId: 'w', deviceId: 'd', channel: c, quantity: 'gas.combustible', unit: '%LEL', expectedEverySeconds: 3600, range: { min: 0, max: 100 } }) as unknown as Sensor);
function fresh(): Monitor {
  const m = new Monitor();
  m.registry([
    { kind: 'org', op: 'put', id: 'city', value: { id: 'city', name: 'c', parentId: null } },
    { kind: 'asset', op: 'put', id: 'w', value: { id: 'w', kind: 'gas.well', name: 'w', orgId: 'city', parentId: null, links: [], properties: {}, geometry: null } },
    ...sensors.map(value => ({ kind: 'sensor', op: 'put', id: value.id, value })),
    ...RULES.map(rule => ({ kind: 'rule', op: 'put', id: rule.id, value: { ...rule, version: 1, enabled: true } })),
  ] as never, T0);
  return m;
}
const readingsOf = (p: Planned): Reading[] => Object.entries(p.values).map(([sensorId, v]) => ({ sensorId, at: p.at, value: v ?? NaN, quality: (v === null ? 9 : v > 100 ? 4 : 1) as Reading['quality'] }));
const text = (c: AlarmChange): string => `${c.id} ${c.kind} ${new Date(c.at).toISOString()} ${c.severity} ${c.ruleId} ${c.sensorId} ${c.reason}`;
it('redelivery', () => {
  let bad = 0;
  for (let seed = 1; seed < 300; seed++) {
    const plan = planOf(seed, T0);
    const msgs = Array.from({ length: 300 }, () => plan.next().value as Planned);
    const run = (window: number): { out: string[]; trace: string[] } => {
      const random = seeded(seed * 7);
      const m = fresh();
      const out: string[] = []; const trace: string[] = [];
      let at = T0;
      const put = (p: Planned, n: number): void => { for (const c of m.readings(readingsOf(p), (at += 5))) { out.push(text(c)); trace.push(`${n}: ${text(c)}`); } };
      for (let i = 0; i < msgs.length; i++) {
        put(msgs[i]!, i);
        if (window > 0 && random() < 0.05) { trace.push(`again ${Math.max(0, i - window)}..${i}`); for (let k = Math.max(0, i - window); k <= i; k++) put(msgs[k]!, k); }
      }
      for (let k = 0; k < 30; k++) out.push(...m.tick((at += 1000)).map(text));
      return { out: out.sort(), trace };
    };
    const calm = run(0).out;
    const { out, trace } = run(23);
    const more = out.filter(x => !calm.includes(x));
    const less = calm.filter(x => !out.includes(x));
    if (more.length + less.length > 0 && bad++ < 2) {
      console.log(seed, 'MORE', more, 'LESS', less);
      const [, , when] = more[0]!.split(' ');
      const i = msgs.findIndex(x => new Date(x.at).toISOString() === when);
      console.log(msgs.slice(Math.max(0, i - 12), i + 14).map((x, k) => `${Math.max(0, i - 12) + k} ${new Date(x.at).toISOString().slice(11, 19)} ${JSON.stringify(x.values)}`).join('\n'));
      console.log(trace.filter(t => t.startsWith('again') || t.includes(more[0]!.split(' ')[5]! )).slice(-60).join('\n'));
    }
  }
  console.log('bad', bad);
});
