import { useWords } from '../text/language';
import type { TextKey } from '../text/words';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['j  ↓', 'help.next'],
  ['k  ↑', 'help.previous'],
  ['a', 'help.acknowledge'],
  ['s', 'help.shelve'],
  ['/', 'help.search'],
  ['g', 'help.top'],
  ['m', 'help.sound'],
  ['Esc', 'help.close'],
  ['?', 'help.help'],
];

/** The keys. A panel, not a dialog: work goes on beside it. */
export function Help() {
  const { t } = useWords();
  return (
    <aside className="help" aria-label={t('help.title')}>
      <h3>{t('help.title')}</h3>
      <dl className="facts">
        {KEYS.map(([keys, key]) => (
          <div key={key} className="fact">
            <dt>
              {keys.split('  ').map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(key)}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
