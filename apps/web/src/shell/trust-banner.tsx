import { Button } from 'antd';
import type { Trust } from '../live/trust';
import { useCentre } from '../session/centre';
import { useWords } from '../text/language';
import { wallTime } from '../text/format';
import { spanText, type Words } from '../text/words';

function textOf(words: Words, trust: Trust): { title: string; detail: string } | null {
  const { t } = words;
  switch (trust.kind) {
    case 'live':
    case 'connecting':
      return null;
    case 'lost':
      return {
        title:
          trust.lastAt === null
            ? t('trust.lostNever')
            : t('trust.lost', { time: wallTime(trust.lastAt).time }),
        detail: t('trust.lostDetail', { n: trust.failures }),
      };
    case 'historyDown':
      return { title: t('trust.historyDown'), detail: t('trust.historyDownDetail') };
    case 'late':
      return { title: t('trust.late', { lag: spanText(words, trust.lagMs) }), detail: t('trust.lateDetail') };
    case 'partDown': {
      const parts = trust.parts.map(part => t(`part.${part}`)).join(words.lang === 'zh' ? '、' : ', ');
      return { title: t('trust.partDown', { parts }), detail: t('trust.partDownDetail') };
    }
  }
}

/** Says at once that the picture is not to be trusted, why, what is safe and what to do. */
export function TrustBanner({ trust }: { readonly trust: Trust }) {
  const words = useWords();
  const { hub } = useCentre();
  const text = textOf(words, trust);
  if (!text) return null;
  return (
    <div
      className="trust-banner"
      role="alert"
      data-testid={trust.kind === 'lost' ? 'stream-lost-banner' : 'trust-banner'}
      data-kind={trust.kind}
    >
      <b className="num">{text.title}</b>
      <span>{text.detail}</span>
      {trust.kind === 'lost' && (
        <Button size="small" onClick={hub.retry}>
          {words.t('trust.retry')}
        </Button>
      )}
    </div>
  );
}
