import { ASSET_KINDS, QUANTITIES, UNIT_TABLE } from '@anmai/catalog';
import type { OpenAPIObject } from '@nestjs/swagger';
import { CSV_COLUMNS } from '../api/registry/import-csv';
import { PERMISSIONS, ROLE_PERMISSIONS } from '../api/permissions';
import { ERROR_LIST } from './error-list';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: unknown): string => String(value).replaceAll(/[&<>"]/g, char => ESCAPES[char] ?? char);
const code = (value: unknown): string => `<code>${text(value)}</code>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map(cell => `<th>${text(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(row => `<tr>${row.map(cell => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

/** The documentation as one page without scripts: it works offline and under the strictest policy. */
export function docsPage(document: OpenAPIObject, timezone: string): string {
  const sections: readonly (readonly [id: string, title: string, body: string])[] = [
    ['calls', '接口 · Calls', callsTable(document)],
    ['roles', '角色 · Roles', rolesTable()],
    ['errors', '错误代码 · Error codes', errorsTable()],
    ['csv', 'CSV 导入 · CSV import', csvTable()],
    ['kinds', '对象类型 · Asset kinds', table(['id', '中文', 'English'], ASSET_KINDS.map(names))],
    ['quantities', '监测量 · Quantities', table(['id', '中文', 'English', 'unit'], QUANTITIES.map(quantity))],
    ['units', '单位 · Units', table(['symbol', '中文', 'English', 'also written'], UNIT_TABLE.map(unit))],
  ];
  const contents = sections.map(([id, title]) => `<a href="#${id}">${text(title)}</a>`).join(' · ');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>安脉 API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>安脉 API</h1><p>${text(document.info.description ?? '')} 平台时区 ${text(timezone)}。</p>
<p>机器可读 · machine-readable: <a href="/api/openapi.json">OpenAPI</a> · <a href="/api/asyncapi.json">AsyncAPI (MQTT, live)</a></p>
<p>${contents}</p>
${sections.map(([id, title, body]) => `<h2 id="${id}">${text(title)}</h2>${body}`).join('\n')}
</body></html>`;
}

function callsTable(document: OpenAPIObject): string {
  const rows = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap(method => {
      const operation = item[method];
      if (operation === undefined) return [];
      const permission = (operation as { 'x-permission'?: string })['x-permission'];
      const query = (operation.parameters ?? []).flatMap(p =>
        'in' in p && p.in === 'query' ? [p.name] : [],
      );
      return [
        [
          code(method.toUpperCase()),
          code(path),
          text(operation.summary ?? ''),
          query.map(code).join(' '),
          permission === undefined ? '—' : code(permission),
        ],
      ];
    }),
  );
  return table(['', 'path', 'does', 'query', 'permission'], rows);
}

function rolesTable(): string {
  const roles = Object.entries(ROLE_PERMISSIONS);
  const rows = Object.entries(PERMISSIONS).map(([permission, does]) => [
    code(permission),
    text(does),
    ...roles.map(([, held]) => ([...held].includes(permission as never) ? '✓' : '')),
  ]);
  return table(['permission', 'lets one', ...roles.map(([role]) => role)], rows);
}

const errorsTable = (): string =>
  table(
    ['code', 'status', 'again?', 'what to do'],
    ERROR_LIST.map(({ code: name, status, retryable, remedy }) => [
      `<span id="${name.toLowerCase()}">${code(name)}</span>`,
      String(status),
      retryable ? '✓' : '',
      text(remedy),
    ]),
  );

const csvTable = (): string =>
  table(
    ['list', 'columns (and `record` when one file holds several kinds)'],
    Object.entries(CSV_COLUMNS).map(([list, columns]) => [code(list), columns.map(code).join(' ')]),
  );

const names = (each: { id: string; zh: string; en: string }): string[] => [
  code(each.id),
  text(each.zh),
  text(each.en),
];
const quantity = (each: { id: string; zh: string; en: string; unit: string }): string[] => [
  ...names(each),
  code(each.unit),
];
const unit = (each: { symbol: string; zh: string; en: string; aliases: readonly string[] }): string[] => [
  code(each.symbol),
  text(each.zh),
  text(each.en),
  text(each.aliases.join('  ')),
];

const STYLE = `body{font:14px/1.5 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;max-width:1200px;
margin:24px auto;padding:0 16px;color:#1f262e;background:#f4f5f7}table{border-collapse:collapse;width:100%;background:#fff}
th,td{text-align:left;padding:4px 8px;border:1px solid #dde1e6;vertical-align:top}h2{margin-top:32px}a{color:#1f6fb2}
code{font:13px ui-monospace,monospace}:target{background:#ffd60a}`;
