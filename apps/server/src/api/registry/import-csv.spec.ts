import { csvRows } from './import-csv';

const read = (text: string, list: Parameters<typeof csvRows>[1] = null) => csvRows(Buffer.from(text), list);

it('reads each kind of row, with the line it stands on', () => {
  const csv = 'record,id,name,lon,lat,links,properties\n\nasset,a,"井, 甲",114.3,34.8,b;c,"{""grade"":""C""}"\norg,o,公司,,,,\n';
  expect(read(csv)).toEqual([
    {
      list: 'assets',
      at: 'row 3',
      value: {
        id: 'a',
        name: '井, 甲',
        links: ['b', 'c'],
        properties: { grade: 'C' },
        geometry: { type: 'Point', coordinates: [114.3, 34.8] },
      },
    },
    { list: 'orgs', at: 'row 4', value: { id: 'o', name: '公司' } },
  ]);
}); // prettier-ignore

it('needs no `record` when the address says what the lines are', () => {
  expect(read('id,rangeMin,rangeMax\ns,0,100\n', 'sensors')).toEqual([
    { list: 'sensors', at: 'row 2', value: { id: 's', range: { min: 0, max: 100 } } },
  ]);
});

it('leaves a cell that is no number to the schema, which names it', () => {
  expect(read('id,lon,lat\na,east,34\n', 'assets')[0]?.value).toMatchObject({
    geometry: { coordinates: ['east', 34] },
  });
});

it.each([
  ['a kind of row that does not exist', 'record,id\nghost,a\n'],
  ['no `record`', 'id\na\n'],
  ['a line with too many cells', 'record,id\nasset,a,b\n'],
  ['an open quote', 'record,id\nasset,"a\n'],
])('refuses %s', (_name, csv) => {
  expect(() => read(csv)).toThrow(expect.objectContaining({ code: 'API-004' }));
});

it('refuses bytes of neither encoding', () => {
  expect(() => csvRows(Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'orgs')).toThrow(
    expect.objectContaining({ code: 'API-004' }),
  );
});
