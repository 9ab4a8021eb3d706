import { Aedes } from 'aedes';
import type { Client, PublishPacket } from 'aedes';

/**
 * `authorizePublish` sets this topic on a message that is dealt with: acknowledge it, then go no further. An
 * empty topic cannot come from a client (aedes refuses it before).
 */
export const NO_FAN_OUT = '';

type Done = (error?: Error) => void;
/** aedes calls itself with (packet, client, done); its types name only the two-argument form. */
type PublishThree = (packet: PublishPacket, client: Client | Done | null, done?: Done) => void;

/** aedes, less the fan-out of messages that nobody subscribed to. */
export class Broker extends Aedes {
  override publish(packet: PublishPacket, client: Client | Done | null, done?: Done): void {
    if (packet.topic !== NO_FAN_OUT) {
      (super.publish as PublishThree).call(this, packet, client, done);
      return;
    }
    const finish = typeof client === 'function' ? client : done;
    finish?.();
  }
}
