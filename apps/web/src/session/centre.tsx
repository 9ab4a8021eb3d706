import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { LiveHub } from '../live/live-hub';
import type { ApiClient } from './api-client';

interface Centre {
  readonly api: ApiClient;
  readonly hub: LiveHub;
}

const CentreContext = createContext<Centre | null>(null);

/** Holds what lives as long as one log-in. */
export function CentreProvider({ api, children }: { readonly api: ApiClient; readonly children: ReactNode }) {
  const queries = useQueryClient();
  const centre = useMemo(() => ({ api, hub: new LiveHub(api, queries) }), [api, queries]);
  useEffect(() => {
    centre.hub.start();
    return () => centre.hub.stop();
  }, [centre]);
  return <CentreContext value={centre}>{children}</CentreContext>;
}

export function useCentre(): Centre {
  const centre = useContext(CentreContext);
  if (!centre) throw new Error('used outside of CentreProvider');
  return centre;
}

/** Asks the server to send the readings of these sensors live while the component is shown. */
export function useFollow(sensorIds: readonly string[]): void {
  const { hub } = useCentre();
  const list = sensorIds.join(',');
  useEffect(() => {
    hub.follow(list === '' ? [] : list.split(','));
    return () => hub.follow([]);
  }, [hub, list]);
}

export function useStreamState() {
  const { hub } = useCentre();
  return useSyncExternalStore(hub.subscribe, hub.streamState);
}
