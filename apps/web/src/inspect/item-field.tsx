import { viewField, type AnswerValue, type FieldPath, type FormItem, type Lookup } from '@anmai/lifecycle';
import { useState } from 'react';
import { useWords } from '../text/language';
import { answerText } from './answer-text';
import { useWriting } from './checkup-context';
import { ChoiceInput, MeasureInput, TextInput } from './plain-inputs';
import { PhotoInput } from './photo-input';
import { PositionInput } from './position-input';

export interface ItemProps {
  readonly item: FormItem;
  readonly path: FieldPath;
  /** What a photo of it is a photo of: the item, or the crack. */
  readonly subject: string;
  readonly lookup: Lookup;
}

/** One question: its words, its answer, "cannot be judged" with a reason, what was found last time, what others wrote. */
export function ItemField({ item, path, subject, lookup }: ItemProps) {
  const { t, lang } = useWords();
  const { answers, last, write, isLocked } = useWriting();
  const answer = answers[path];
  const isCannot = answer?.kind === 'cannot';
  const before = last?.[path];
  return (
    <section className="field-item" data-testid={`item-${path}`} data-answered={answer !== undefined}>
      <h3>
        {item.name[lang]}
        {item.required && (
          <span className="must" title={t('inspect.required')}>
            *
          </span>
        )}
      </h3>
      {item.hint !== undefined && <p className="quiet">{item.hint[lang]}</p>}
      {!isCannot && <ItemInput item={item} path={path} subject={subject} lookup={lookup} />}
      {isCannot && (
        <label className="cannot-reason">
          {t('inspect.cannotWhy')}
          <textarea
            rows={2}
            value={answer.reason}
            maxLength={500}
            disabled={isLocked}
            data-testid={`cannot-why-${path}`}
            onChange={event => write(path, { kind: 'cannot', reason: event.target.value })}
          />
        </label>
      )}
      {before !== undefined && item.kind !== 'photos' && (
        <p className="field-last">
          {t('inspect.lastTime', { answer: answerText(item, before, { t, lang }) })}
        </p>
      )}
      <label className="cannot">
        <input
          type="checkbox"
          checked={isCannot}
          disabled={isLocked}
          data-testid={`cannot-${path}`}
          onChange={event =>
            write(path, event.target.checked ? { kind: 'cannot', reason: '' } : { kind: 'empty' })
          }
        />
        {t('inspect.cannot')}
      </label>
      <Conflict item={item} path={path} />
    </section>
  );
}

function ItemInput(props: ItemProps) {
  const { item, path, subject, lookup } = props;
  switch (item.kind) {
    case 'choice':
      return <ChoiceInput item={item} path={path} />;
    case 'measure':
      return <MeasureInput item={item} path={path} lookup={lookup} />;
    case 'text':
      return <TextInput item={item} path={path} />;
    case 'photos':
      return <PhotoInput item={item} path={path} subject={subject} />;
    case 'position':
      return <PositionInput path={path} />;
  }
}

/** Two devices said different things: both are shown, and one is chosen by a touch. */
function Conflict({ item, path }: { readonly item: FormItem; readonly path: FieldPath }) {
  const words = useWords();
  const { fields, write, isLocked } = useWriting();
  const [isHidden, hide] = useState(false);
  const field = fields[path];
  const view = field === undefined ? null : viewField(field);
  if (view === null || view.others.length === 0 || isHidden) return null;
  const values: readonly (readonly [string, AnswerValue])[] = [view.write, ...view.others].map(
    each => [each.by, each.value] as const,
  );
  return (
    <div className="field-conflict" role="alert" data-testid={`conflict-${path}`}>
      <b>{words.t('inspect.conflict')}</b>
      {values.map(([by, value], i) => (
        <button
          key={`${by}-${i}`}
          className="field-button"
          disabled={isLocked}
          onClick={() => {
            write(path, value);
            hide(true);
          }}
        >
          {by}: {answerText(item, value, words)}
        </button>
      ))}
    </div>
  );
}
