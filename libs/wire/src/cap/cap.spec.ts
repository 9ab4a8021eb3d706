import fc from 'fast-check';
import type { CapAlert } from './cap-alert';
import { CAP_CORRIDORS_MAX, capArea } from './cap-area';
import { CAP_REFERENCES_MAX, capFaults } from './cap-faults';
import { readCap } from './cap-reader';
import { capTime, parseCapTime } from './cap-time';
import { CAP_OF_SEVERITY, capAlertOf, capIdentifier } from './cap-warning';
import { capXml, plain } from './cap-xml';
import { AT, CAP_CASES, first, GAS_WARNING } from './testing/cap-cases';

function written(alert: CapAlert, offsetMinutes?: number): string {
  const xml = capXml(alert, offsetMinutes);
  if (!xml.ok) throw new Error(xml.error.join('; '));
  return xml.value;
}

describe('times', () => {
  it.each([
    ['China', AT, 480, '2021-07-20T16:00:00+08:00'],
    ['UTC is never Z', AT, 0, '2021-07-20T08:00:00-00:00'],
    ['west', AT, -330, '2021-07-20T02:30:00-05:30'],
    ['fractions are cut off', AT + 999, 480, '2021-07-20T16:00:00+08:00'],
    ['over midnight', AT + 8 * 3_600_000, 480, '2021-07-21T00:00:00+08:00'],
  ])('%s', (_name, at, offset, expected) => expect(capTime(at, offset)).toBe(expected));

  it.each([
    '2021-07-20T16:00:00Z',
    '2021-07-20T16:00:00.5+08:00',
    '2021-07-20',
    '2021-13-20T16:00:00+08:00',
    '',
  ])('refuses %s', text => expect(parseCapTime(text)).toBeNull());

  it('reads what it writes, in any offset', () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(9998, 0, 1) / 1_000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: -14 * 60, max: 14 * 60 }), (second, offset) => {
        expect(parseCapTime(capTime(second * 1_000, offset))).toBe(second * 1_000);
      }),
    );
  });
});

describe('a message', () => {
  it('is written as agreed (golden)', () => {
    expect(written(first).split('\n').slice(0, 24)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
      `  <identifier>${first.identifier}</identifier>`,
      '  <sender>anmai.example.cn</sender>',
      '  <sent>2021-07-20T16:00:00+08:00</sent>',
      '  <status>Actual</status>',
      '  <msgType>Alert</msgType>',
      '  <scope>Public</scope>',
      '  <incidents>inc-0001</incidents>',
      '  <info>',
      '    <language>zh-CN</language>',
      '    <category>Infra</category>',
      '    <category>Safety</category>',
      '    <event>燃气泄漏</event>',
      '    <responseType>Avoid</responseType>',
      '    <responseType>Evacuate</responseType>',
      '    <urgency>Immediate</urgency>',
      '    <severity>Extreme</severity>',
      '    <certainty>Observed</certainty>',
      '    <onset>2021-07-20T15:59:00+08:00</onset>',
      '    <expires>2021-07-20T22:00:00+08:00</expires>',
      '    <senderName>城市生命线监测中心</senderName>',
      '    <headline>人民路 12 号电力井燃气泄漏</headline>',
      '    <description>可燃气体 53.1 %LEL,限值 &lt; 50 &amp; 上升</description>',
    ]);
  });

  it('says where, latitude first, and by administrative code', () => {
    const xml = written(first);
    expect(xml).toContain('<circle>34.8,114.3 0.2</circle>');
    expect(xml).toContain('<geocode><valueName>GB/T 2260</valueName><value>410203</value></geocode>');
  });

  it('names what it follows up', () => {
    const [, [, update], [, cancel]] = CAP_CASES as [unknown, [string, CapAlert], [string, CapAlert]];
    const one = `anmai.example.cn,${first.identifier},2021-07-20T16:00:00+08:00`;
    const two = `anmai.example.cn,${capIdentifier('anmai.example.cn', 'inc-0001', 2)},2021-07-20T16:01:00+08:00`;
    expect(written(update)).toContain(`<msgType>Update</msgType>`);
    expect(written(update)).toContain(`<references>${one}</references>`);
    expect(written(cancel)).toContain(`<references>${one} ${two}</references>`);
    expect(cancel.infos.map(info => [info.urgency, info.responseTypes])).toEqual([
      ['Past', ['AllClear']],
      ['Past', ['AllClear']],
    ]);
  });

  it.each(CAP_CASES)('reads back: %s', (_name, alert) => {
    const back = readCap(written(alert));
    expect(back).toEqual({ ok: true, value: rounded(alert) });
    expect(readCap(written(alert, 0))).toEqual(back);
  });

  it('carries any text there and back', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter(each => each.trim() !== '');
    fc.assert(
      fc.property(text, text, (headline, description) => {
        const words = { zh: headline, en: description };
        const alert = capAlertOf({ ...GAS_WARNING, event: words, headline: words, description: words });
        const xml = capXml(alert);
        if (!xml.ok) expect(xml.error).toEqual(['a text holds a character that XML cannot']);
        else expect(readCap(xml.value)).toEqual({ ok: true, value: alert });
      }),
    );
  });

  it('escapes what readers of XML would change', () => {
    const xml = written({ ...first, note: 'a\r\nb ]]> & <c>' });
    expect(xml).toContain('<note>a&#13;\nb ]]&gt; &amp; &lt;c&gt;</note>');
  });

  it('has the same identifier whenever it is made, and another one for each message and sender', () => {
    const ids = [capAlertOf(GAS_WARNING), capAlertOf({ ...GAS_WARNING, sentAt: AT + 1 })].map(
      a => a.identifier,
    );
    expect(new Set(ids).size).toBe(1);
    expect(capIdentifier('a.cn', 'inc-1', 1)).not.toBe(capIdentifier('b.cn', 'inc-1', 1));
    expect(capIdentifier('a.cn', 'inc-1', 1)).not.toBe(capIdentifier('a.cn', 'inc-1', 2));
  });

  it('gives worse colours no milder words', () => {
    const severities = ['Minor', 'Moderate', 'Severe', 'Extreme'];
    const urgencies = ['Future', 'Expected', 'Immediate', 'Immediate'];
    const colours = (['blue', 'yellow', 'orange', 'red'] as const).map(colour => CAP_OF_SEVERITY[colour]);
    expect(colours.map(level => level.severity)).toEqual(severities);
    expect(colours.map(level => level.urgency)).toEqual(urgencies);
    expect(capAlertOf({ ...GAS_WARNING, basis: 'forecast' }).infos[0]?.certainty).toBe('Likely');
    expect(capAlertOf({ ...GAS_WARNING, basis: 'blind' }).infos[0]?.certainty).toBe('Unknown');
  });
});

describe('faults', () => {
  const info = first.infos[0]!;
  const inArea = (area: Partial<CapAlert['infos'][0]['areas'][0]>): CapAlert => ({
    ...first,
    infos: [{ ...info, areas: [{ areaDesc: 'x', polygons: [], circles: [], geocodes: [], ...area }] }],
  });
  const reference = { sender: 'a', identifier: 'b', sentAt: AT };
  it.each<[string, CapAlert, string]>([
    [
      'space in identifier',
      { ...first, identifier: 'a b' },
      'identifier is empty or holds a space, a comma, < or &',
    ],
    ['comma in sender', { ...first, sender: 'a,b' }, 'sender is empty or holds a space, a comma, < or &'],
    ['no identifier', { ...first, identifier: '' }, 'identifier is empty or holds a space, a comma, < or &'],
    [
      '& in identifier',
      { ...first, identifier: 'a&b' },
      'identifier is empty or holds a space, a comma, < or &',
    ],
    ['sent is NaN', { ...first, sentAt: NaN }, 'sent is no instant between 1970 and 9998'],
    ['update of nothing', { ...first, messageType: 'Update' }, 'Update needs references'],
    ['cancel of nothing', { ...first, messageType: 'Cancel' }, 'Cancel needs references'],
    ['private to nobody', { ...first, scope: 'Private' }, 'addresses are missing for a Private scope'],
    [
      'restricted by nothing',
      { ...first, scope: 'Restricted' },
      'restriction is missing for a Restricted scope',
    ],
    ['no info', { ...first, infos: [] }, 'there is no info'],
    ['no category', { ...first, infos: [{ ...info, categories: [] }] }, 'info 1: there is no category'],
    ['no event', { ...first, infos: [{ ...info, event: ' ' }] }, 'info 1: event is empty'],
    [
      'language',
      { ...first, infos: [{ ...info, language: '中文' }] },
      'info 1: language is none of RFC 3066',
    ],
    ['web', { ...first, infos: [{ ...info, web: '/alarms/1' }] }, 'info 1: web is no absolute address'],
    ['bell', { ...first, note: 'a\u0007' }, 'a text holds a character that XML cannot'],
    ['half a surrogate', { ...first, note: 'a\ud800' }, 'a text holds a character that XML cannot'],
    ['long text', { ...first, note: 'x'.repeat(10_001) }, 'a text has more than 10000 characters'],
    [
      'open ring',
      inArea({
        polygons: [
          [
            [1, 1],
            [1, 2],
            [2, 2],
            [2, 1],
          ],
        ],
      }),
      'info 1: area: a polygon is not closed or has fewer than 4 points',
    ],
    [
      'ring of 3',
      inArea({
        polygons: [
          [
            [1, 1],
            [1, 2],
            [1, 1],
          ],
        ],
      }),
      'info 1: area: a polygon is not closed or has fewer than 4 points',
    ],
    [
      'longitude first',
      inArea({ circles: [{ center: [114.3, 34.8], radiusKm: 1 }] }),
      'info 1: area: a circle has no place or no radius',
    ],
    ['area without words', inArea({ areaDesc: '' }), 'info 1: area: areaDesc is empty'],
    [
      'one reference too many',
      { ...first, references: Array.from({ length: CAP_REFERENCES_MAX + 1 }, () => reference) },
      'more than 100 references',
    ],
  ])('%s', (_name, alert, fault) => {
    expect(capFaults(alert)).toEqual([fault]);
    expect(capXml(alert)).toEqual({ ok: false, error: [fault] });
  });

  it('takes as many references as allowed', () => {
    const references = Array.from({ length: CAP_REFERENCES_MAX }, () => reference);
    expect(capFaults({ ...first, references })).toEqual([]);
  });
});

describe('reading', () => {
  const good = written(first);
  it.each([
    [
      'a document type',
      good.replace('<alert', '<!DOCTYPE a [<!ENTITY x "y">]><alert'),
      /no XML that is taken here/,
    ],
    ['an unknown entity', good.replace('Gas leak', '&gas;'), /unknown entity/],
    ['a bare ampersand', good.replace('Gas leak', 'a & b'), /unknown entity/],
    ['half a document', good.slice(0, 300), /no XML|not one whole/],
    ['two roots', good + '<alert></alert>', /not one whole/],
    ['crossed tags', good.replace('</event>', '</even>'), /closes nothing/],
    ['another root', '<alerts></alerts>', /root is no alert/],
    ['no sender', good.replace(/<sender>.*<\/sender>/, ''), /alert has no sender/],
    [
      'a severity of its own',
      good.replaceAll('Extreme', 'Red'),
      /severity has a value that CAP does not know/,
    ],
    ['a time in Z', good.replaceAll('+08:00', 'Z'), /no time in the form of CAP/],
    [
      'a reference of two parts',
      good.replace('<incidents>', '<references>a,b</references><incidents>'),
      /references/,
    ],
    ['a circle without radius', good.replaceAll(' 0.2</circle>', '</circle>'), /circle/],
    ['words for a place', good.replaceAll('34.8,114.3', 'north,east'), /pair of latitude/],
    ['a tower of tags', '<a>'.repeat(40), /deeper than 32/],
    ['too much', `<alert>${'x'.repeat(1_000_001)}</alert>`, /more than 1000000/],
  ])('refuses %s', (_name, xml, fault) => {
    const result = readCap(xml);
    expect(result.ok ? '' : result.error.join()).toMatch(fault);
  });

  it('takes prefixes, comments, CDATA and elements that it does not know', () => {
    const other = good
      .replaceAll(/<(\/?)(\w)/g, '<$1cap:$2')
      .replace('xmlns=', 'xmlns:cap=')
      .replace(
        '<cap:event>燃气泄漏',
        '<!-- x --><cap:audience>all</cap:audience><cap:event><![CDATA[燃气泄漏]]>',
      )
      .replace('Observed', 'Very Likely');
    const back = readCap(other);
    expect(back.ok && back.value.infos.map(info => [info.event, info.certainty])).toEqual([
      ['燃气泄漏', 'Likely'],
      ['Gas leak', 'Observed'],
    ]);
  });
});

describe('areas', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1e-9, '0'],
    [114.30000001, '114.3'],
    [-34.5, '-34.5'],
    [120, '120'],
  ])('writes %s as %s', (value, text) => expect(plain(value)).toBe(text));

  it('goes round a stretch of pipe on all sides', () => {
    const area = capArea(
      'p',
      {
        type: 'LineString',
        coordinates: [
          [114, 0],
          [114.01, 0],
        ],
      },
      1.1132,
    );
    expect(area.polygons).toHaveLength(1);
    const ring = area.polygons[0]!.map(([lat, lon]) => `${plain(lat)} ${plain(lon)}`);
    expect(ring).toEqual(['-0.01 113.99', '-0.01 114.02', '0.01 114.02', '0.01 113.99', '-0.01 113.99']);
  });

  it('takes a box for a line of very many stretches', () => {
    const zigzag = (count: number): [number, number][] =>
      Array.from({ length: count + 1 }, (_, i) => [114 + i / 1_000, 34 + (i % 2) / 1_000]);
    const polygons = (count: number): number =>
      capArea('p', { type: 'LineString', coordinates: zigzag(count) }, 0.1).polygons.length;
    expect([polygons(CAP_CORRIDORS_MAX), polygons(CAP_CORRIDORS_MAX + 1)]).toEqual([CAP_CORRIDORS_MAX, 1]);
  });

  it('is closed and valid for any line', () => {
    const position = fc.tuple(
      fc.double({ min: -170, max: 170, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 70 }), coordinates => {
        const area = capArea('p', { type: 'LineString', coordinates }, 0.1);
        const alert = { ...first, infos: [{ ...first.infos[0]!, areas: [area] }] };
        expect(capFaults(alert)).toEqual([]);
      }),
    );
  });

  it('is words alone for what has no place', () => {
    expect(capArea('x', null, 1)).toEqual({ areaDesc: 'x', polygons: [], circles: [], geocodes: [] });
  });
});

/** Coordinates as they stand in the message: seven digits. */
function rounded(alert: CapAlert): CapAlert {
  const areas = (info: CapAlert['infos'][0]) =>
    info.areas.map(area => ({
      ...area,
      polygons: area.polygons.map(ring =>
        ring.map(([lat, lon]) => [Number(plain(lat)), Number(plain(lon))] as const),
      ),
    }));
  return { ...alert, infos: alert.infos.map(info => ({ ...info, areas: areas(info) })) };
}
