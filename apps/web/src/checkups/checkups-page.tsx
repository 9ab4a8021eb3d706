import { Segmented } from 'antd';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import type { Route } from '../shell/route';
import { useWords } from '../text/language';
import { CheckupList } from './checkup-list';
import { CheckupView } from './checkup-view';
import { DuePane } from './due-pane';
import { RoundPane } from './round-pane';
import { showCheckups } from './show-checkups';
import '../look/checkup.css';

const VIEWS = ['due', 'records', 'rounds'] as const;
type View = (typeof VIEWS)[number];
const isView = (text: string | undefined): text is View => VIEWS.some(view => view === text);

/** What is due, what was found, and the rounds of the year. */
export function CheckupsPage({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const me = useMe().data;
  const { view = 'due' } = route;
  const views = VIEWS.filter(each => each !== 'rounds' || mayEngineer(me?.role));
  return (
    <main className="pane page checkups-page" data-testid="checkups-page">
      <div className="page-head">
        <h2>{t('page.checkups')}</h2>
        <Segmented<string>
          size="small"
          value={isView(view) ? view : ''}
          onChange={showCheckups}
          options={views.map(value => ({ value, label: t(`chk.${value}`) }))}
        />
      </div>
      {view === 'due' && <DuePane />}
      {view === 'records' && <CheckupList />}
      {view === 'rounds' && <RoundPane />}
      {!isView(view) && <CheckupView key={view} id={view} />}
    </main>
  );
}
