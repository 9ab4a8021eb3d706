import type { IncomingMessage as HttpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';

const PATH = '/mqtt';
const SUBPROTOCOLS = ['mqtt', 'mqttv3.1'];
/**
 * One WebSocket message may hold several MQTT packets; a client that sends more at once is cut off by `ws`.
 */
const MESSAGE_BYTES_MAX = 1024 * 1024;

/** MQTT over WebSocket (MQTT 3.1.1, section 6): takes upgrades on `/mqtt`, hands out plain byte streams. */
export class WebSocketDoor {
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols: offered => SUBPROTOCOLS.find(name => offered.has(name)) ?? false,
  });

  constructor(
    private readonly onStream: (stream: Duplex, request: HttpRequest) => void,
    private readonly onTooLarge: (address: string) => void,
  ) {}

  handleUpgrade(request: HttpRequest, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?')[0] !== PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, webSocket => {
      const stream = createWebSocketStream(webSocket);
      webSocket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
          this.onTooLarge(request.socket.remoteAddress ?? '');
      });
      this.onStream(stream, request);
    });
  }
}
