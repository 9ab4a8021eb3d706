import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { AppError } from '@anmai/kernel';
import { MQTT_ERRORS } from './errors';

export interface TlsSettings {
  readonly port: number;
  /** PEM. */
  readonly cert: string | Buffer;
  /** PEM. */
  readonly key: string | Buffer;
  /** PEM. With it, a client certificate signed by this CA is a log-in: its common name is the device. */
  readonly clientCa?: string | Buffer;
}

export type OnSocket = (socket: Socket, certificateName: string | null) => void;

export function tcpListener(onSocket: OnSocket): Server {
  return createTcpServer({ noDelay: true }, socket => onSocket(socket, null));
}

/**
 * Sockets reach `onSocket` after the handshake, which has to be over within `handshakeTimeoutMs`. Throws
 * MQT-002.
 */
export function tlsListener(tls: TlsSettings, handshakeTimeoutMs: number, onSocket: OnSocket): Server {
  const { cert, key, clientCa } = tls;
  try {
    const server = createTlsServer({
      cert,
      key,
      minVersion: 'TLSv1.2',
      handshakeTimeout: handshakeTimeoutMs,
      ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false }),
    });
    server.on('secureConnection', socket => {
      socket.setNoDelay(true);
      onSocket(socket, clientCa === undefined ? null : certificateName(socket));
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  } catch (error) {
    throw new AppError(MQTT_ERRORS.tls, { reason: (error as Error).message }, error);
  }
}

/** Rejects with MQT-001. Returns the port, also when 0 was asked for. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      reject(new AppError(MQTT_ERRORS.listen, { host, port, reason: error.message }, error));
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export const close = (server: Server): Promise<void> =>
  new Promise(resolve => {
    if (server.listening) server.close(() => resolve());
    else resolve();
  });

/** Common name of a verified certificate, '' of one that is not, null without one. */
function certificateName(socket: TLSSocket): string | null {
  const { subject } = socket.getPeerCertificate();
  if ((subject as object | undefined) === undefined) return null;
  return socket.authorized ? ([subject.CN].flat()[0] ?? '') : '';
}
