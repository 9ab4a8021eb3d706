import { invariant, type Millis } from '@anmai/kernel';
import { randomOf, type Random } from '../random';
import type { City } from './city';
import {
  cloudburst,
  crackOpening,
  deviceSilent,
  gasLeak,
  sensorStuck,
  waterBurst,
  type Staging,
} from './incident-kinds';
import type { Incident, IncidentKind } from './incident';
import { demoSecondsToMs } from './pace';
import { targetsOf, type Targets } from './targets';

/** After this the next round of incidents begins; every one of a round has ended by then. Seconds at demo pace. */
export const CYCLE_SECONDS = 900;

/** Start of each incident in the first round, in seconds after the start of the run, at demo pace. */
export const FIRST_STARTS: Readonly<Record<IncidentKind, number>> = {
  gasLeak: 8,
  waterBurst: 60,
  cloudburst: 90,
  deviceSilent: 100,
  sensorStuck: 110,
  crackOpening: 120,
};

/** Later rounds shift each incident by this much, so that nobody learns them by heart. */
const SHIFT_SECONDS = { min: 20, max: 340 };

/** The timetable of incidents, round after round, for as long as the city runs. Pure; rounds come on demand. */
export class IncidentSchedule {
  private readonly targets: Targets;
  private readonly cycleMs: number;

  constructor(
    private readonly city: City,
    readonly startAt: Millis,
  ) {
    this.targets = targetsOf(city.registry);
    this.cycleMs = demoSecondsToMs(CYCLE_SECONDS, city.pace);
  }

  /** 0 for the first round; negative before the start. */
  cycleAt(at: Millis): number {
    return Math.floor((at - this.startAt) / this.cycleMs);
  }

  /** Ascending by start. None before the start of the run. */
  cycle(index: number): readonly Incident[] {
    if (index < 0) return [];
    const random = randomOf(this.city.seed, 'incidents', index);
    const cycleStart = this.startAt + index * this.cycleMs;
    const staged = (kind: IncidentKind): Staging => {
      const shift = index === 0 ? 0 : random.between(SHIFT_SECONDS.min, SHIFT_SECONDS.max);
      const start = cycleStart + demoSecondsToMs(FIRST_STARTS[kind] + shift, this.city.pace);
      return { id: `r${index + 1}`, start, pace: this.city.pace };
    };
    const made = this.make(staged, random);
    const cycleEnd = cycleStart + this.cycleMs;
    invariant(
      made.every(each => each.span.to <= cycleEnd),
      `an incident of round ${index + 1} does not end in its round`,
    );
    return made.sort((a, b) => a.span.from - b.span.from);
  }

  private make(staged: (kind: IncidentKind) => Staging, random: Random): Incident[] {
    const { targets } = this;
    const silent = random.pick(targets.mains);
    const stuck = random.pick(targets.mains.filter(each => each.deviceId !== silent.deviceId));
    return [
      gasLeak(staged('gasLeak'), random.pick(targets.wells)),
      waterBurst(staged('waterBurst'), random.pick(targets.areas)),
      cloudburst(staged('cloudburst'), targets, random.pick(targets.underpasses), random),
      crackOpening(staged('crackOpening'), random.pick(targets.cracks)),
      deviceSilent(staged('deviceSilent'), silent),
      sensorStuck(staged('sensorStuck'), stuck),
    ];
  }
}
