import { createServer, type AddressInfo } from 'node:net';
import { Aedes } from 'aedes';

/* The baseline: aedes as it comes, with nobody subscribed. It acknowledges and does nothing else. */
const broker = await Aedes.createBroker();
const server = createServer({ noDelay: true }, broker.handle);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));
