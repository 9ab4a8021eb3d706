import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { HatchDefinition } from './look/severity-mark';
import { Appearance } from './look/theme';
import { CentrePage } from './pages/centre-page';
import { LoginPage } from './pages/login-page';
import { NarrowPage } from './pages/narrow-page';
import { ApiClient } from './session/api-client';
import { ApiProblem } from './session/api-problem';
import { CentreProvider } from './session/centre';
import type { TokenRest } from './session/session';
import { CrashGuard } from './shell/crash-guard';
import { NARROW, useMedia } from './shell/media';

const TOKENS = 'anmai.session';
const RETRIES_MAX = 2;

/** Per tab, since each tab rotates its own refresh token. */
const rest: TokenRest = {
  read: () => sessionStorage.getItem(TOKENS),
  write: value =>
    value === null ? sessionStorage.removeItem(TOKENS) : sessionStorage.setItem(TOKENS, value),
};
const api = new ApiClient(rest);

/** What the server refuses it will refuse again; only faults of the way are worth another try. */
const retry = (failures: number, error: Error): boolean =>
  failures < RETRIES_MAX &&
  error instanceof ApiProblem &&
  (error.problem.status === 0 || error.problem.status >= 500);

const queries = new QueryClient({
  // `always`: a computer that thinks it is offline may still reach a server in its own network.
  defaultOptions: { queries: { retry, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

function Gate() {
  const open = useSyncExternalStore(api.session.subscribe, api.session.isOpen);
  const narrow = useMedia(NARROW);
  useEffect(() => {
    if (!open) queries.clear();
  }, [open]);
  if (!open) return <LoginPage api={api} ended={api.session.wasRefused()} />;
  return <CentreProvider api={api}>{narrow ? <NarrowPage /> : <CentrePage />}</CentreProvider>;
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Appearance>
        <HatchDefinition />
        <CrashGuard>
          <Gate />
        </CrashGuard>
      </Appearance>
    </QueryClientProvider>
  );
}
