import { Button, Select } from 'antd';
import { PeopleSelect } from './people-select';
import { SpanInput } from '../shell/span-input';
import { useWords } from '../text/language';
import type { Audience, Rota, Tier } from './notify-data';

const ROLES = ['operator', 'engineer', 'inspector', 'admin', 'viewer'] as const;
const FIRST: Audience = { kind: 'role', role: 'operator', of: 'line' };
const TIER_SECONDS_FIRST = 600;

interface TiersProps {
  readonly tiers: readonly Tier[];
  readonly rotas: readonly Rota[];
  readonly onChange: (tiers: Tier[]) => void;
}

/** Who is told first, and who after that when nobody has acknowledged. */
export function TierFields({ tiers, rotas, onChange }: TiersProps) {
  const { t } = useWords();
  const set = (at: number, tier: Tier): void => onChange(tiers.map((each, i) => (i === at ? tier : each)));
  return (
    <ol className="tiers">
      {tiers.map((tier, i) => (
        <li key={i}>
          <div className="tier-head">
            {i === 0 ? (
              <b>{t('tier.first')}</b>
            ) : (
              <>
                <b>{t('tier.then')}</b>
                <SpanInput
                  ms={tier.afterSeconds * 1_000}
                  label={t('tier.wait')}
                  onChange={ms => set(i, { ...tier, afterSeconds: Math.round((ms ?? 0) / 1_000) })}
                />
                <span>{t('tier.unanswered')}</span>
                <Button
                  size="small"
                  type="text"
                  title={t('tier.remove')}
                  aria-label={t('tier.remove')}
                  onClick={() => onChange(tiers.filter((_, k) => k !== i))}
                >
                  ×
                </Button>
              </>
            )}
          </div>
          <Audiences
            audiences={tier.audiences}
            rotas={rotas}
            onChange={audiences => set(i, { ...tier, audiences })}
          />
        </li>
      ))}
      <li className="tier-add">
        <Button
          size="small"
          type="link"
          data-testid="tier-add"
          onClick={() => onChange([...tiers, { afterSeconds: TIER_SECONDS_FIRST, audiences: [FIRST] }])}
        >
          + {t('tier.add')}
        </Button>
      </li>
    </ol>
  );
}

interface AudiencesProps {
  readonly audiences: readonly Audience[];
  readonly rotas: readonly Rota[];
  readonly onChange: (audiences: Audience[]) => void;
}

function Audiences({ audiences, rotas, onChange }: AudiencesProps) {
  const { t } = useWords();
  const persons = audiences.flatMap(each => (each.kind === 'recipient' ? [each.recipientId] : []));
  const others = audiences.filter(each => each.kind !== 'recipient');
  const join = (next: readonly Audience[], ids: readonly string[]): void =>
    onChange([...next, ...ids.map((recipientId): Audience => ({ kind: 'recipient', recipientId }))]);
  const valueOf = (each: Audience): string =>
    each.kind === 'rota' ? `rota ${each.rotaId}` : each.kind === 'role' ? `${each.of} ${each.role}` : '';
  const options = [
    ...rotas.map(({ id, name }) => ({ value: `rota ${id}`, label: t('audienceOf.rota', { name }) })),
    ...(['owner', 'line'] as const).flatMap(of =>
      ROLES.map(role => ({
        value: `${of} ${role}`,
        label: t(`audienceOf.${of}`, { role: t(`role.${role}`) }),
      })),
    ),
  ];
  const read = (value: string): Audience => {
    const [kind = '', id = ''] = value.split(' ');
    return kind === 'rota'
      ? { kind, rotaId: id }
      : { kind: 'role', role: id, of: kind === 'owner' ? 'owner' : 'line' };
  };
  return (
    <div className="audiences">
      <label>
        <span className="form-label">{t('tier.groups')}</span>
        <Select<string[]>
          mode="multiple"
          className="grow"
          aria-label={t('tier.groups')}
          showSearch={{ optionFilterProp: 'label' }}
          value={others.map(valueOf)}
          onChange={values => join(values.map(read), persons)}
          options={options}
        />
      </label>
      <label>
        <span className="form-label">{t('tier.persons')}</span>
        <PeopleSelect label={t('tier.persons')} value={persons} onChange={ids => join(others, ids)} />
      </label>
    </div>
  );
}
