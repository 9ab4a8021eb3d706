import { journalContract } from '@anmai/journal/testing/journal.contract';
import { MemoryJournal } from './memory-journal';

journalContract('memory', () => ({
  open: async bytesMax => new MemoryJournal<string>(bytesMax),
  // Memory cannot outlive itself: the same object stands for what a disk would have kept.
  reopen: async journal => journal,
}));
