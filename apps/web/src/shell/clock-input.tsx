import { Input } from 'antd';
import { useState } from 'react';
import { fromWall, toWall } from '../plans/city-time';
import { minuteOf } from '../notify/day-time';
import { useWords } from '../text/language';

interface ClockProps {
  /** `08:00` */
  readonly value: string;
  readonly label: string;
  readonly onChange: (clock: string) => void;
}

/** A time of day of 24 hours. Browsers show their own field by 12 hours in some languages. Told when it is whole. */
export function ClockInput({ value, label, onChange }: ClockProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const isWhole = minuteOf(text) !== null;
  return (
    <Input
      size="small"
      className="clock-input num"
      inputMode="numeric"
      maxLength={5}
      placeholder="08:00"
      aria-label={label}
      status={isWhole ? '' : 'error'}
      value={text}
      onBlur={() => setTyped(null)}
      onChange={event => {
        const next = event.target.value.replace('：', ':');
        setTyped(next);
        if (minuteOf(next) !== null) onChange(next);
      }}
    />
  );
}

interface WallProps {
  /** An instant; null: not chosen. */
  readonly at: number | null;
  readonly label: string;
  readonly onChange: (at: number) => void;
}

/** A day and a time of it, in the city's time wherever the page is looked at. */
export function WallInput({ at, label, onChange }: WallProps) {
  const { t } = useWords();
  const [day = '', clock = '00:00'] = at === null ? [] : toWall(at).split('T');
  const set = (nextDay: string, nextClock: string): void => {
    const next = fromWall(`${nextDay}T${nextClock}`);
    if (next !== null) onChange(next);
  };
  return (
    <span className="with-unit">
      <input
        type="date"
        className="wall num"
        aria-label={t('wall.day', { label })}
        value={day}
        onChange={event => set(event.target.value, clock)}
      />
      <ClockInput value={clock} label={t('wall.clock', { label })} onChange={next => set(day, next)} />
    </span>
  );
}
