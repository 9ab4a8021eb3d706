import { AppError } from '@anmai/kernel';
import { SIMULATOR_ERRORS } from '../edge/errors';
import type { RunOptions } from '../edge/run';
import type { CliContext } from './context';
import type { ConnectionFlags } from './options';

/** The flags of the connection as options of a run. Rejects with SIM-005 when a password is missing. */
export function runOptions(
  flags: ConnectionFlags & { readonly provision: boolean },
  context: CliContext,
): RunOptions {
  const { http, mqtt, user, password, gateway = null, deviceLogin = null } = flags;
  const needsHttp =
    flags.provision || (gateway === null && deviceLogin === null && flags.credentials === undefined);
  if (needsHttp && password === undefined) {
    const faults = `the password of ${user} is needed: --password, or ANMAI_ADMIN_PASSWORD in the environment`;
    throw new AppError(SIMULATOR_ERRORS.badOption, { faults });
  }
  return {
    http: password === undefined ? null : http,
    mqtt,
    username: user,
    password: password ?? '',
    gateway,
    deviceLogin,
    credentialsFile: flags.credentials ?? null,
    connectsMax: flags.connects,
    inflightMax: flags.inflight,
    signal: context.signal,
    log: context.log,
  };
}
