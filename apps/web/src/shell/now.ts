import { useEffect, useState } from 'react';

/** The time, anew every `everyMs`. For ages and clocks; nothing is decided by it. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
