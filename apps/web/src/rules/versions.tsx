import { Table, type TableColumnsType } from 'antd';
import type { RuleShape, RuleVersionShape } from '@anmai/wire';
import { ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { LimitMarks, SourceShort } from './rule-parts';
import { ParamWords } from './param-words';
import { useVersions } from './rule-data';

/** All versions of a rule: what held when, and who said so. */
export function Versions({ rule }: { readonly rule: RuleShape }) {
  const words = useWords();
  const { t } = words;
  const query = useVersions(rule.id);
  const columns: TableColumnsType<RuleVersionShape> = [
    {
      title: t('col.version'),
      width: 96,
      render: (_, { version }) => (
        <span className="num">
          {version} {version === rule.version && <b>{t('rule.inForce')}</b>}
        </span>
      ),
    },
    {
      title: t('col.time'),
      width: 160,
      render: (_, { at }) => <span className="num">{fullTime(at)}</span>,
    },
    {
      title: t('col.who'),
      width: 120,
      render: (_, { actor }) => words.named('actor', actor),
    },
    {
      title: t('col.limits'),
      width: 260,
      render: (_, { condition }) => <LimitMarks condition={condition} />,
    },
    { title: t('rule.params'), render: (_, { condition }) => <ParamWords condition={condition} /> },
    {
      title: t('col.source'),
      width: 260,
      render: (_, version) => (
        <>
          <SourceShort source={version.source} />
          {!version.enabled && <div className="quiet">{t('rule.off')}</div>}
        </>
      ),
    },
  ];
  return (
    <section data-testid="rule-versions">
      <h3>{t('rule.versions')}</h3>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <Table
        size="small"
        rowKey="version"
        columns={columns}
        dataSource={[...(query.data?.items ?? [])]}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: ' ' }}
      />
    </section>
  );
}
