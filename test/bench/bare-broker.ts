import { Child } from './child';
import { anyDevices, Load } from './load';

/** A bare aedes with the load connected to it: the baseline. */
export interface BareBroker {
  readonly load: Load;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startBareBroker(connections: number): Promise<BareBroker> {
  const { child, hello } = await Child.start<never, { port: number }>('bare-broker-process');
  const load = await Load.open(hello.port, anyDevices(connections));
  return {
    load,
    pid: child.pid,
    stop: async () => {
      await load.stop();
      await child.stop();
    },
  };
}
