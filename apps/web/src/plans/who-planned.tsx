import { useQuery } from '@tanstack/react-query';
import type { AuditShape, Page } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { useMe } from '../session/data';
import { mayReadAudit } from '../session/permissions';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';

const DEEDS_MAX = 5;

/** Who planned a window and who changed it, from the trail; for those who may read the trail. */
export function WhoPlanned({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { api } = useCentre();
  const may = mayReadAudit(useMe().data?.role);
  const query = useQuery({
    queryKey: ['audit', 'serviceWindow', id],
    enabled: may,
    queryFn: ({ signal }) =>
      api.get<Page<AuditShape>>('/audit', { subject: `serviceWindow/${id}`, limit: DEEDS_MAX }, signal),
  });
  if (!may) return <p className="quiet">{t('window.whoElse')}</p>;
  return (
    <ul className="who-planned num" data-testid="who-planned">
      {query.data?.items.map(({ seq, at, actor, action }) => (
        <li key={seq} className="quiet">
          {fullTime(at)} <b>{actor}</b>{' '}
          {t(action.endsWith('.created') ? 'window.whoPlanned' : 'window.whoChanged')}
        </li>
      ))}
    </ul>
  );
}
