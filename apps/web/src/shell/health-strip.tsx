import type { HealthShape } from '@anmai/wire';
import { LAG_MS_MAX, type PartName } from '../live/trust';
import { useHealth } from '../session/data';
import { useWords } from '../text/language';
import { countText } from '../text/format';
import { spanText, type Words } from '../text/words';
import { go, NOTHING } from './route';

const PARTS: readonly PartName[] = ['broker', 'journal', 'monitor', 'readings', 'records'];

interface StripProps {
  /** The figures are from before the stream was lost. */
  readonly doubtful: boolean;
  readonly onBlind: () => void;
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly title?: string;
  readonly notable?: boolean;
  readonly onClick?: () => void;
}

function Figure({ label, value, unit = '', title = '', notable = false, onClick }: FigureProps) {
  const inner = (
    <>
      <span className="quiet">{label}</span> <b className="num">{value}</b>
      {unit !== '' && <small className="quiet">{unit}</small>}
    </>
  );
  const className = notable ? 'figure notable' : 'figure';
  return onClick ? (
    <button type="button" className={className} title={title} onClick={onClick}>
      {inner}
    </button>
  ) : (
    <span className={className} title={title}>
      {inner}
    </span>
  );
}

/** A lag below a second is drawn as such: tenths that dance say nothing. */
const lagText = (words: Words, ms: number): string => (ms < 1_000 ? '< 1 s' : spanText(words, ms));

function Parts({ health }: { readonly health: HealthShape }) {
  const { t } = useWords();
  const odd = PARTS.filter(part => health.parts[part] !== 'up');
  const all = PARTS.map(part => `${t(`part.${part}`)} ${t(`partState.${health.parts[part]}`)}`).join('\n');
  if (odd.length === 0) {
    return (
      <span className="figure optional quiet" title={all}>
        {t('health.allUp')}
      </span>
    );
  }
  return (
    <>
      {odd.map(part => (
        <span
          key={part}
          className="figure notable"
          title={all}
          data-part={part}
          data-state={health.parts[part]}
        >
          {t(`part.${part}`)} <b>{t(`partState.${health.parts[part]}`)}</b>
        </span>
      ))}
    </>
  );
}

/** Can I trust the picture? Quiet while all is well; what is not stands out hatched, not green or red. */
export function HealthStrip({ doubtful, onBlind }: StripProps) {
  const words = useWords();
  const { t } = words;
  const health = useHealth().data;
  if (!health) {
    return (
      <div className="health-strip" data-testid="health-strip">
        <span className="figure quiet">{t('health.unknown')}</span>
      </div>
    );
  }
  const open = (page: 'devices' | 'rules' | 'quarantine') => () => go({ page, ...NOTHING });
  return (
    <div
      className={doubtful ? 'health-strip stale' : 'health-strip'}
      data-testid="health-strip"
      aria-label={t('health.title')}
    >
      <Figure
        label={t('health.rate')}
        value={countText(health.messagesPerSecond)}
        unit={t('health.ratePer')}
      />
      <Figure
        label={t('health.lag')}
        value={lagText(words, health.monitorLagMs)}
        title={t('health.archiver', { lag: lagText(words, health.archiverLagMs) })}
        notable={health.monitorLagMs > LAG_MS_MAX}
      />
      <Parts health={health} />
      <Figure
        label={t('health.offline')}
        value={countText(health.devicesOffline)}
        title={t('health.of', { n: health.devicesOnline + health.devicesOffline })}
        notable={health.devicesOffline > 0}
        onClick={open('devices')}
      />
      <Figure
        label={t('health.blind')}
        value={countText(health.sensorsBlind)}
        notable={health.sensorsBlind > 0}
        onClick={onBlind}
      />
      {health.rulesUnusable > 0 && (
        <Figure
          label={t('health.rulesUnusable')}
          value={countText(health.rulesUnusable)}
          title={t('health.rulesUnusableWhy')}
          notable
          onClick={open('rules')}
        />
      )}
      {health.quarantined > 0 && (
        <Figure
          label={t('health.quarantined')}
          value={countText(health.quarantined)}
          onClick={open('quarantine')}
        />
      )}
    </div>
  );
}
