import { fileStoreContract } from './file-store.contract';
import { MemoryFileStore } from './memory-file-store';

fileStoreContract('memory', async () => new MemoryFileStore());
