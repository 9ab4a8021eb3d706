import { Button, Input } from 'antd';
import { useState } from 'react';
import type { BookingShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { Download } from './download';
import { fenText } from './fen-text';
import { useBookings, useMoneyRules, useMoneyWrite } from './money-data';
import { codeName } from './money-page';

/** The newest bookings; what was wrong is reversed, never edited. */
export function BookingList() {
  const { t } = useWords();
  const query = useBookings();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  return (
    <section>
      <div className="money-actions">
        <Download path="/money/export.xlsx" name="bookings.xlsx" label={t('money.exportXlsx')} />
        <Download path="/money/export.csv" name="bookings.csv" label={t('money.exportCsv')} />
      </div>
      {query.data.items.length === 0 && <Empty title={t('money.noBookings')} />}
      {query.data.items.length > 0 && (
        <table className="plain kpi-table money-table">
          <thead>
            <tr>
              <th>{t('money.at')}</th>
              <th>{t('money.potName')}</th>
              <th>{t('money.what')}</th>
              <th className="right">{t('money.amount')}</th>
              <th>{t('money.text')}</th>
              <th>{t('money.actor')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {query.data.items.map(booking => (
              <Row key={booking.id} booking={booking} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ booking }: { readonly booking: BookingShape }) {
  const words = useWords();
  const { t, lang } = words;
  const rules = useMoneyRules().data;
  const isTakenBack = booking.reversedBy !== null;
  return (
    <tr className={isTakenBack ? 'money-reversed' : ''} data-testid="booking-row">
      <td className="num">{fullTime(booking.at)}</td>
      <td>{t(`money.potShort.${booking.pot}` as TextKey)}</td>
      <td>
        {t(`money.kind.${booking.kind}` as TextKey)} · {codeName(rules, lang, booking.pot, booking.code)}
      </td>
      <td className="num right">{fenText(words, booking.amountFen)}</td>
      <td>{booking.text}</td>
      <td>{booking.actor}</td>
      <td>
        {isTakenBack ? t('money.reversed') : booking.kind !== 'reversal' && <Reverse id={booking.id} />}
      </td>
    </tr>
  );
}

function Reverse({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [text, setText] = useState<string | null>(null);
  const write = useMoneyWrite(() => setText(null));
  if (text === null) {
    return (
      <Button type="link" size="small" onClick={() => setText('')}>
        {t('money.reverse')}
      </Button>
    );
  }
  const path = `bookings/${encodeURIComponent(id)}/reverse`;
  return (
    <span className="money-inline">
      <Input
        size="small"
        autoFocus
        value={text}
        placeholder={t('money.why')}
        onChange={event => setText(event.target.value)}
      />
      <Button
        size="small"
        disabled={text.trim() === ''}
        onClick={() => write.mutate({ path, body: { text } })}
      >
        {t('money.reverse')}
      </Button>
      {write.isError && <ProblemNote error={write.error} />}
    </span>
  );
}
