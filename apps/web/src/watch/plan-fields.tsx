import { Button, Input, InputNumber, Select } from 'antd';
import { MEASURE_KINDS } from '@anmai/lifecycle';
import type { WatchPlanShape } from '@anmai/wire';
import { useWords } from '../text/language';

type Item = WatchPlanShape['items'][number];
type Person = WatchPlanShape['duty'][number];
type Measure = WatchPlanShape['measures'][number];
type Levels = NonNullable<Item['amount']>;

interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly onRows: (rows: T[]) => void;
}
/** The first number that is free: ids of rows are only told apart. */
export const freeId = (prefix: string, rows: readonly { readonly id: string }[]): string => {
  const taken = new Set(rows.map(row => row.id));
  let n = rows.length + 1;
  while (taken.has(`${prefix}-${n}`)) n += 1;
  return `${prefix}-${n}`;
};

const changed = <T,>(rows: readonly T[], i: number, change: Partial<T>): T[] =>
  rows.map((row, at) => (at === i ? { ...row, ...change } : row));
const without = <T,>(rows: readonly T[], i: number): T[] => rows.filter((_, at) => at !== i);

function LevelFields({ levels, label, onLevels }: { readonly levels: Levels | null; readonly label: string; readonly onLevels: (levels: Levels | null) => void }) {
  const { t } = useWords();
  const now = levels ?? { yellow: 0, orange: 0, red: 0 };
  const set = (change: Partial<Levels>): void => {
    const next = { ...now, ...change };
    onLevels(next.yellow === 0 && next.orange === 0 && next.red === 0 ? null : next);
  };
  return (
    <span className="level-fields">
      {(['yellow', 'orange', 'red'] as const).map(level => (
        <InputNumber<number> key={level} size="small" controls={false} min={0} className={`level-${level}`} aria-label={`${label} ${t(`severity.${level}`)}`} placeholder={t(`severity.${level}`)} value={levels === null ? null : now[level]} onChange={value => set({ [level]: value ?? 0 })} />
      ))}
    </span>
  );
} // prettier-ignore

/** What is watched: which sensors, and at what the alarm comes. */
export function ItemFields({ rows, onRows, sensorIds }: RowsProps<Item> & { readonly sensorIds: readonly string[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      {rows.map((item, i) => (
        <div key={item.id} className="watch-row" data-item={item.id}>
          <b>{words.named('quantity', item.quantity)}</b>
          <Input size="small" aria-label={t('haz.where')} placeholder={t('haz.where')} value={item.where} onChange={event => onRows(changed(rows, i, { where: event.target.value }))} />
          <Select size="small" mode="multiple" aria-label={t('wat.sensors')} placeholder={t('wat.noSensor')} value={item.sensorIds} onChange={ids => onRows(changed(rows, i, { sensorIds: ids }))} options={sensorIds.map(value => ({ value, label: value }))} />
          <LevelFields label={t('wat.amount')} levels={item.amount} onLevels={amount => onRows(changed(rows, i, { amount, standing: 'confirmed' }))} />
          <span className="quiet">{item.unit}</span>
          <LevelFields label={t('wat.rate')} levels={item.rate} onLevels={rate => onRows(changed(rows, i, { rate, standing: 'confirmed' }))} />
          <span className="quiet">{t(`wat.per.${item.ratePer}`)}</span>
          <Button size="small" type="text" onClick={() => onRows(without(rows, i))}>
            {t('wat.remove')}
          </Button>
        </div>
      ))}
    </>
  );
} // prettier-ignore

export function DutyFields({ rows, onRows }: RowsProps<Person>) {
  const { t } = useWords();
  const field = (person: Person, i: number, key: 'name' | 'role' | 'phone') => (
    <Input size="small" aria-label={t(`duty.${key}`)} placeholder={t(`duty.${key}`)} data-testid={`duty-${key}`} value={person[key]} onChange={event => onRows(changed(rows, i, { [key]: event.target.value }))} />
  );
  return (
    <>
      {rows.map((person, i) => (
        <div key={person.id} className="watch-row">
          {field(person, i, 'name')}
          {field(person, i, 'role')}
          {field(person, i, 'phone')}
          <InputNumber<number> size="small" min={0} precision={0} aria-label={t('duty.peopleOf')} value={person.people} onChange={people => onRows(changed(rows, i, { people: people ?? 0 }))} />
          <span className="quiet">{t('duty.peopleOf')}</span>
          <Button size="small" type="text" onClick={() => onRows(without(rows, i))}>
            {t('wat.remove')}
          </Button>
        </div>
      ))}
      <Button size="small" data-testid="duty-add" onClick={() => onRows([...rows, { id: freeId('p', rows), name: '', role: '', phone: '', people: 0 }])}>
        {t('duty.add')}
      </Button>
    </>
  );
} // prettier-ignore

const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
const atOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();

export function MeasureFields({ rows, onRows, today }: RowsProps<Measure> & { readonly today: string }) {
  const { t } = useWords();
  return (
    <>
      {rows.map((measure, i) => (
        <div key={measure.id} className="watch-row">
          <Select size="small" aria-label={t('wat.measureKind')} value={measure.kind} onChange={kind => onRows(changed(rows, i, { kind }))} options={MEASURE_KINDS.map(value => ({ value, label: t(`watMeasure.${value}`) }))} />
          <Input size="small" aria-label={t('wat.measureTitle')} placeholder={t('wat.measureTitle')} data-testid="measure-title" value={measure.title} onChange={event => onRows(changed(rows, i, { title: event.target.value }))} />
          {(['plannedFrom', 'plannedTo'] as const).map(key => (
            <input key={key} type="date" className="wall" aria-label={t(`wat.${key}`)} value={dayOf(measure[key])} onChange={event => event.target.value !== '' && onRows(changed(rows, i, { [key]: atOf(event.target.value) }))} />
          ))}
          <InputNumber<number> size="small" min={0} max={100} precision={0} aria-label={t('wat.progress')} data-testid="measure-progress" value={measure.progressPercent} onChange={progressPercent => onRows(changed(rows, i, { progressPercent: progressPercent ?? 0 }))} />
          <span className="quiet">%</span>
          <Button size="small" type="text" onClick={() => onRows(without(rows, i))}>
            {t('wat.remove')}
          </Button>
        </div>
      ))}
      <Button size="small" data-testid="measure-add" onClick={() => onRows([...rows, { id: freeId('m', rows), kind: 'reinforcement', title: '', plannedFrom: today, plannedTo: today, progressPercent: 0, note: '', approvalFileIds: [] }])}>
        {t('wat.measureAdd')}
      </Button>
    </>
  );
} // prettier-ignore
