import type { RuleShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { TextKey, Words } from '../text/words';
import { fieldsOf, valueAt, type Field } from './condition-fields';

/** A parameter's value as it is shown: a word where it is one of few. */
export function fieldWords({ t }: Words, field: Field, value: unknown): string {
  if (value === undefined) return t('rule.default');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  if (field.kind !== 'number') return t(`${field.kind}.${text}` as TextKey);
  return field.unit === undefined ? text : `${text} ${t(field.unit)}`;
}

/** What a condition asks beside its limits. */
export function ParamWords({ condition }: Pick<RuleShape, 'condition'>) {
  const words = useWords();
  return (
    <dl className="facts rule-params">
      {fieldsOf(condition).map(field => (
        <div className="fact" key={field.path}>
          <dt>{words.t(field.label)}</dt>
          <dd className="num">{fieldWords(words, field, valueAt(condition, field.path))}</dd>
        </div>
      ))}
    </dl>
  );
}
