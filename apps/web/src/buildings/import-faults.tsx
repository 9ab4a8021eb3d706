import { Table } from 'antd';
import { columnOf } from '@anmai/lifecycle';
import type { BuildingImportFaultShape, BuildingImportShape } from '@anmai/wire';
import { useWords } from '../text/language';

/** What is wrong, by row, in the order of the file. */
export function ImportFaults({ job }: { readonly job: BuildingImportShape }) {
  const words = useWords();
  const { t, lang } = words;
  const all = job.faulty + job.warned;
  if (job.faults.length === 0) return null;
  /** The heading as the template has it; what a schema found is named by its key. */
  const heading = (column: string): string => columnOf(column)?.[lang][0] ?? column;
  return (
    <section className="import-faults">
      <h3>{t('imp.faults')}</h3>
      {all > job.faults.length && <p className="quiet">{t('imp.faultsCut', { n: job.faults.length })}</p>}
      <Table<BuildingImportFaultShape>
        size="small"
        rowKey={fault => `${fault.row} ${fault.column} ${fault.code} ${fault.value}`}
        dataSource={[...job.faults]}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          {
            title: t('imp.row'),
            width: 80,
            align: 'right',
            render: (_, { row }) => <span className="num">{row}</span>,
          },
          { title: t('imp.column'), width: 200, render: (_, { column }) => heading(column) },
          {
            title: t('imp.fault'),
            render: (_, { level, code, value }) => (
              <>
                {level === 'warning' && <span className="quiet">{t('imp.level.warning')} </span>}
                {words.named('impFault', code)} {value !== '' && <code>{value}</code>}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
