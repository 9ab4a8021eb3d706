/** Where the telephone is, WGS 84. `at` by its own clock. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly accuracyM: number;
  readonly at: number;
}

/** A fix from longer ago says where somebody was, not where a photo was taken. */
export const PLACE_FRESH_MS = 5 * 60_000;

/** Follows the position while somebody looks; indoors the last fix from the door is better than none, and has its age. */
export class PlaceWatch {
  private place: Place | null = null;
  private watching: number | null = null;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.watching === null && 'geolocation' in navigator) {
      this.watching = navigator.geolocation.watchPosition(
        ({ coords, timestamp }) =>
          this.note({
            lat: coords.latitude,
            lon: coords.longitude,
            accuracyM: coords.accuracy,
            at: timestamp,
          }),
        () => undefined,
        { enableHighAccuracy: true, maximumAge: PLACE_FRESH_MS },
      );
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || this.watching === null) return;
      navigator.geolocation.clearWatch(this.watching);
      this.watching = null;
    };
  };

  get = (): Place | null => this.place;

  private note(place: Place): void {
    this.place = place;
    for (const listener of this.listeners) listener();
  }
}
