const HEADINGS =
  '名称,本地编号,区县,街道,道路,门牌号,经度,纬度,结构类型,地上层数,建成年份,预制板,用途,权属,户数,居住人数,保护身份,产权人,产权人电话';
const STRUCTURES = ['砌体', '混凝土', '砖混（预制板）', '钢结构', '木'];
const USES = ['住宅', '住宅', '住宅', '公共建筑', '商业'];

/** A made-up register of a city, the same for the same number of buildings: streets of 50 buildings, 20 m apart. */
export function seededCsv(buildings: number): string {
  const lines = [HEADINGS];
  for (let n = 0; n < buildings; n += 1) {
    const street = Math.floor(n / 50);
    const lon = 113.5 + (street % 50) * 0.004 + (n % 50) * 0.00007;
    const lat = 34.6 + Math.floor(street / 50) * 0.004;
    const road = street % 7 === 0 ? `文化路第${street}街` : `人民路第${street}街`;
    lines.push(
      [
        `${road}${(n % 50) + 1}号院${(n % 6) + 1}号楼`,
        `NO-${String(n).padStart(6, '0')}`,
        `${Math.floor(street / 200)}区`,
        `街道${street % 80}`,
        road,
        `${(n % 50) + 1}号`,
        lon.toFixed(6),
        lat.toFixed(6),
        STRUCTURES[n % 5],
        (n % 30) + 1,
        1950 + ((n * 7) % 74),
        n % 3 === 0 ? '是' : '否',
        USES[n % 5],
        '多业主',
        (n % 60) + 1,
        (n % 180) + 1,
        n % 97 === 0 ? '历史建筑' : '无',
        '王小明',
        '13800001234',
      ].join(','),
    );
  }
  return lines.join('\n');
}
