import {
  cellPath,
  isShown,
  lookupIn,
  rowPath,
  rowsOf,
  rowTrends,
  type FormGroup,
  type RowTrend,
} from '@anmai/lifecycle';
import { useState } from 'react';
import { useWords } from '../text/language';
import { answerText } from './answer-text';
import { useWriting } from './checkup-context';
import { usePicture } from './context';
import { ItemField } from './item-field';

/** Repeated things. Those of last time wait to be looked at again, under the same id, so that growth can be seen. */
export function GroupField({ group }: { readonly group: FormGroup }) {
  const { t, lang } = useWords();
  const { answers, last, write, isLocked } = useWriting();
  const { deviceId } = usePicture();
  const rows = rowsOf(answers, group.id);
  const [open, setOpen] = useState<string | null>(null);
  const trends = new Map(rowTrends(group, answers, last).map(trend => [trend.rowId, trend]));
  const before = last === null ? [] : rowsOf(last, group.id).filter(id => !rows.includes(id));
  const add = (rowId: string): void => {
    write(rowPath(group.id, rowId), { kind: 'row', present: true });
    setOpen(rowId);
  };
  const again = (rowId: string): void => {
    for (const item of group.items.filter(each => each.kind === 'position' || each.kind === 'choice')) {
      const path = cellPath(group.id, rowId, item.id);
      const was = last?.[path];
      if (was !== undefined) write(path, was);
    }
    add(rowId);
  };
  return (
    <section className="field-item" data-testid={`group-${group.id}`}>
      <h3>
        {group.name[lang]} <span className="quiet">{rows.length}</span>
        {group.required && <span className="must">*</span>}
      </h3>
      {rows.map((rowId, i) => (
        <Row
          key={rowId}
          group={group}
          rowId={rowId}
          number={i + 1}
          trend={trends.get(rowId) ?? null}
          isOpen={open === rowId}
          onToggle={() => setOpen(open === rowId ? null : rowId)}
        />
      ))}
      {before.map(rowId => (
        <div key={rowId} className="field-before">
          <span>
            {t('inspect.lastRow', {
              name: group.rowName[lang],
              what: lastText(group, rowId, last ?? {}, { t, lang }),
            })}
          </span>
          <button
            className="field-button small"
            disabled={isLocked}
            data-testid={`again-${group.id}-${rowId}`}
            onClick={() => again(rowId)}
          >
            {t('inspect.lookAgain')}
          </button>
        </div>
      ))}
      {!isLocked && rows.length < group.rowsMax && (
        <button
          className="field-button"
          data-testid={`add-${group.id}`}
          onClick={() => add(newRowId(group.id, deviceId, answers))}
        >
          + {t('inspect.addRow', { name: group.rowName[lang] })}
        </button>
      )}
    </section>
  );
}

/** Never the id of a row that was there: of another device, of last time, or taken away again. */
function newRowId(groupId: string, deviceId: string, answers: Readonly<Record<string, unknown>>): string {
  const mine = `${groupId.slice(0, 1)}${deviceId.slice(-6)}-`;
  const used = Object.keys(answers).filter(path => path.startsWith(`${groupId}/${mine}`));
  const numbers = used.map(path => Number(path.split('/')[1]?.slice(mine.length)) || 0);
  return `${mine}${Math.max(Date.now() % 1_000_000, ...numbers) + 1}`;
}

function lastText(
  group: FormGroup,
  rowId: string,
  last: Parameters<typeof lookupIn>[0],
  words: Pick<ReturnType<typeof useWords>, 't' | 'lang'>,
): string {
  const parts = group.items.flatMap(item => {
    const answer = last[cellPath(group.id, rowId, item.id)];
    return answer === undefined || item.kind === 'photos' ? [] : [answerText(item, answer, words)];
  });
  return parts.slice(0, 4).join(' · ');
}

interface RowProps {
  readonly group: FormGroup;
  readonly rowId: string;
  readonly number: number;
  readonly trend: RowTrend | null;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Row({ group, rowId, number, trend, isOpen, onToggle }: RowProps) {
  const words = useWords();
  const { t, lang } = words;
  const { answers, write, isLocked } = useWriting();
  const lookup = lookupIn(answers, group, rowId);
  const name = `${group.rowName.zh} ${number}`;
  return (
    <div className="field-group-row" data-testid={`row-${group.id}-${number}`} data-row={rowId}>
      <button className="field-group-head" aria-expanded={isOpen} onClick={onToggle}>
        <b>
          {group.rowName[lang]} {number}
        </b>
        <span className="quiet">{lastText(group, rowId, answers, words)}</span>
        {trend !== null && (
          <em className={trend.change === 'grown' ? 'chip bad' : 'chip'}>
            {t(`inspect.trend.${trend.change}`, { before: trend.before ?? '–', now: trend.now ?? '–' })}
          </em>
        )}
      </button>
      {isOpen && (
        <>
          {group.items
            .filter(item => isShown(item.showIf, lookup))
            .map(item => (
              <ItemField
                key={item.id}
                item={item}
                path={cellPath(group.id, rowId, item.id)}
                subject={name}
                lookup={lookup}
              />
            ))}
          {!isLocked && (
            <button
              className="field-button small bad"
              onClick={() => write(rowPath(group.id, rowId), { kind: 'row', present: false })}
            >
              {t('inspect.removeRow', { name: group.rowName[lang] })}
            </button>
          )}
        </>
      )}
    </div>
  );
}
