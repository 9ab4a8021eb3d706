import { Table } from 'antd';
import type { GradingShape } from '@anmai/wire';
import { useWords } from '../text/language';

/** Each step of the procedure with its numbers, its clause, and how sure we are of it. */
export function Steps({ grading }: { readonly grading: GradingShape }) {
  const words = useWords();
  const { t } = words;
  return (
    <Table
      size="small"
      rowKey={step => `${step.name}${step.floor}`}
      pagination={false}
      className="grading-steps"
      dataSource={grading.steps}
      columns={[
        {
          title: t('apr.step'),
          width: 120,
          render: (_, { name, floor }) =>
            floor === null ? words.named('aprStep', name) : t('apr.floor', { n: floor }),
        },
        {
          title: t('apr.formula'),
          render: (_, { formula, fromBelow }) => (
            <span className="num">
              {formula}
              {fromBelow > 0 && <div className="quiet">{t('apr.fromBelow', { n: fromBelow })}</div>}
            </span>
          ),
        },
        {
          title: 'R',
          width: 90,
          align: 'right',
          render: (_, { percent }) => <span className="num">{percent === null ? '' : `${percent} %`}</span>,
        },
        {
          title: t('apr.result'),
          width: 170,
          render: (_, { result }) => <b>{words.named('aprResult', result)}</b>,
        },
        {
          title: t('apr.clause'),
          width: 200,
          render: (_, { clause, standing }) => (
            <>
              {clause}
              <div className="quiet">{t(`standing.${standing}`)}</div>
            </>
          ),
        },
      ]}
    />
  );
}
