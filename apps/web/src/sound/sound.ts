import { useCallback, useEffect, useState } from 'react';
import { useCentre } from '../session/centre';
import { soundSetting } from '../shell/settings';
import { useStored } from '../shell/stored';
import { Beeper } from './beeper';

export type SoundState = 'on' | 'off' | 'waiting';

const beeper = new Beeper();

/** The sound switch. `waiting`: wanted, but the browser stays silent until the next click. */
export function useSound(): { state: SoundState; toggle: () => void } {
  const { hub } = useCentre();
  const [wanted, setWanted] = useStored(soundSetting);
  const [ready, setReady] = useState(beeper.ready());

  useEffect(() => {
    if (wanted === 'off' || ready) return;
    const wake = (event: Event): void => {
      // The switch itself decides what its click means.
      const onSwitch = event.target instanceof Element && event.target.closest('[data-sound]') !== null;
      const isKey = event instanceof KeyboardEvent && event.key === 'm';
      if (!onSwitch && !isKey) void beeper.wake().then(setReady);
    };
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    return () => {
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
    };
  }, [wanted, ready]);

  useEffect(() => (wanted === 'on' ? hub.onNewRed(() => beeper.beep()) : undefined), [hub, wanted]);

  const toggle = useCallback((): void => {
    if (wanted === 'on' && ready) return setWanted('off');
    setWanted('on');
    void beeper.wake().then(running => {
      setReady(running);
      // So that the operator hears what to listen for, and that the loudspeaker works.
      if (running) beeper.beep();
    });
  }, [wanted, ready, setWanted]);

  return { state: wanted === 'off' ? 'off' : ready ? 'on' : 'waiting', toggle };
}
