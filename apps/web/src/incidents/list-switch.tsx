import { Segmented } from 'antd';
import { showList, type ListName } from '../shell/route';
import { useWords } from '../text/language';

/** Incidents first; every single alarm is one click away. */
export function ListSwitch({ list }: { readonly list: ListName }) {
  const { t } = useWords();
  return (
    <>
      <h2 className="unseen">{t(list === 'alarms' ? 'list.title' : 'incident.title')}</h2>
      <Segmented<ListName>
        className="list-switch"
        value={list}
        onChange={showList}
        options={[
          { value: 'incidents', label: t('incident.title') },
          { value: 'alarms', label: t('list.title') },
        ]}
      />
    </>
  );
}
