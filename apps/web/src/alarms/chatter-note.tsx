import type { AlarmShape } from '@anmai/wire';
import { useMemo } from 'react';
import { useAlarmSettings, useAlarms } from '../session/data';
import { useNow } from '../shell/now';
import { chooseAlarm } from '../shell/route';
import { shortTime } from '../text/format';
import { useWords } from '../text/language';
import { chatterLines } from './chatter-lines';

const MINUTE_MS = 60_000;

/** The other occurrences of a line that stands for many, each a step away. */
export function ChatterNote({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  const { alarms } = useAlarms();
  const now = useNow(MINUTE_MS);
  const chatter = useAlarmSettings().data?.chatter;
  const { runs } = useMemo(() => chatterLines(alarms, now, chatter), [alarms, now, chatter]);
  const run = [...runs.values()].find(each => each.some(({ id }) => id === alarm.id));
  if (run === undefined) return null;
  return (
    <p className="life-note" data-kind="chatter">
      <b>{t('life.chatter', { n: run.length })}</b>{' '}
      {run
        .filter(({ id }) => id !== alarm.id)
        .map(({ id, raisedAt }) => (
          <button key={id} type="button" className="link num" onClick={() => chooseAlarm(id)}>
            {shortTime(raisedAt, now)}
          </button>
        ))}
    </p>
  );
}
