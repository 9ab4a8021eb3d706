/** Two tones, three times: heard over talk in a control room, short enough not to drown it. */
const TONES: readonly { readonly hz: number; readonly atS: number }[] = [0, 0.5, 1].flatMap(atS => [
  { hz: 880, atS },
  { hz: 660, atS: atS + 0.18 },
]);
const TONE_S = 0.16;
const VOLUME = 0.25;

/** Makes the sound of a new red. Browsers stay silent until the user has clicked once: see `ready`. */
export class Beeper {
  private context: AudioContext | null = null;

  /** Call from a click or a key. True: may sound from now on. */
  async wake(): Promise<boolean> {
    if (typeof AudioContext === 'undefined') return false;
    this.context ??= new AudioContext();
    await this.context.resume().catch(() => undefined);
    return this.ready();
  }

  ready(): boolean {
    return this.context?.state === 'running';
  }

  beep(): void {
    const context = this.context;
    if (!context || !this.ready()) return;
    for (const { hz, atS } of TONES) {
      const tone = new OscillatorNode(context, { frequency: hz });
      const gain = new GainNode(context, { gain: VOLUME });
      tone.connect(gain).connect(context.destination);
      tone.start(context.currentTime + atS);
      tone.stop(context.currentTime + atS + TONE_S);
    }
  }
}
