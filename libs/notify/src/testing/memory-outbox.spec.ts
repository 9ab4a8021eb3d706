import { MemoryOutbox } from './memory-outbox';
import { notificationOutboxContract } from './notification-outbox.contract';

notificationOutboxContract('memory', () => ({
  open: async () => new MemoryOutbox(),
  reopen: async outbox => outbox,
}));
