import {
  isShown,
  type ChoiceItem,
  type FieldPath,
  type Lookup,
  type MeasureItem,
  type TextItem,
} from '@anmai/lifecycle';
import { useEffect, useState } from 'react';
import { useWords } from '../text/language';
import { useWriting } from './checkup-context';
import { parseMeasure, worstLimit } from './measure';

export function ChoiceInput({ item, path }: { readonly item: ChoiceItem; readonly path: FieldPath }) {
  const { lang } = useWords();
  const { answers, write, isLocked } = useWriting();
  const answer = answers[path];
  const codes = answer?.kind === 'choice' ? answer.codes : [];
  const toggle = (code: string): void => {
    const without = codes.filter(each => each !== code);
    const next = codes.includes(code) ? without : item.multiple ? [...codes, code] : [code];
    write(path, next.length === 0 ? { kind: 'empty' } : { kind: 'choice', codes: next });
  };
  return (
    <div className="field-choices" role="group">
      {item.options.map(option => (
        <button
          key={option.code}
          className={codes.includes(option.code) ? `chosen level-${option.level}` : ''}
          aria-pressed={codes.includes(option.code)}
          disabled={isLocked}
          data-testid={`choice-${path}-${option.code}`}
          onClick={() => toggle(option.code)}
        >
          {option.name[lang]}
        </button>
      ))}
    </div>
  );
}

interface MeasureProps {
  readonly item: MeasureItem;
  readonly path: FieldPath;
  readonly lookup: Lookup;
}

/** What is typed stays as it is typed; a number within its bounds is the answer. */
export function MeasureInput({ item, path, lookup }: MeasureProps) {
  const { t } = useWords();
  const { answers, write, isLocked } = useWriting();
  const answer = answers[path];
  const kept = answer?.kind === 'measure' ? answer.value : null;
  const [text, setText] = useState(kept === null ? '' : String(kept));
  const typed = parseMeasure(text, item);
  // Another device, or a conflict that was settled, may have changed it.
  useEffect(
    () => setText(now => (parseMeasure(now, item).value === kept ? now : kept === null ? now : String(kept))),
    [kept, item],
  );
  const change = (next: string): void => {
    setText(next);
    const { value } = parseMeasure(next, item);
    if (value !== null) write(path, { kind: 'measure', value });
    else if (kept !== null) write(path, { kind: 'empty' });
  };
  const limits = item.limits.filter(limit => isShown(limit.onlyIf, lookup));
  const reached = kept === null ? null : worstLimit(limits, kept);
  return (
    <div className="field-measure">
      <span className="field-row">
        <input
          inputMode="decimal"
          value={text}
          disabled={isLocked}
          aria-invalid={typed.fault !== null}
          data-testid={`measure-${path}`}
          onChange={event => change(event.target.value)}
        />
        <span className="unit">{item.unit}</span>
      </span>
      {typed.fault !== null && (
        <p className="bad">
          {t(`inspect.measure.${typed.fault}`, { min: item.min, max: item.max, n: item.decimals })}
        </p>
      )}
      {limits.map(limit => (
        <p key={`${limit.op}${limit.value}`} className={limit === reached ? 'limit reached' : 'limit'}>
          {t(limit.level === 2 ? 'inspect.limitSerious' : 'inspect.limitLower', {
            limit: `${limit.op === '>' ? '>' : '≥'} ${limit.value} ${item.unit}`,
          })}
          {limit.mark.status === 'provisional' && <small> {t('inspect.provisional')}</small>}
        </p>
      ))}
    </div>
  );
}

export function TextInput({ item, path }: { readonly item: TextItem; readonly path: FieldPath }) {
  const { answers, write, isLocked } = useWriting();
  const answer = answers[path];
  return (
    <textarea
      rows={2}
      maxLength={item.charsMax}
      disabled={isLocked}
      value={answer?.kind === 'text' ? answer.text : ''}
      data-testid={`text-${path}`}
      onChange={event =>
        write(
          path,
          event.target.value === '' ? { kind: 'empty' } : { kind: 'text', text: event.target.value },
        )
      }
    />
  );
}
