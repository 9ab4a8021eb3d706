import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir } from '../support/server-process';

/** A folder on a disk of its own that can be filled and enlarged. Only root can make one. */
export class SmallDisk {
  readonly folder = newDataDir();

  constructor(megabytes: number) {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'anmai-test', this.folder);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Leaves so many bytes; others may write meanwhile and be faster. */
  fill(bytesLeft: number): void {
    try {
      writeFileSync(this.ballast, Buffer.alloc(Math.max(0, this.freeBytes - bytesLeft)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** As when somebody deletes what took the room. */
  unfill(): void {
    rmSync(this.ballast, { force: true });
  }

  enlarge(megabytes: number): void {
    run('mount', '-o', `remount,size=${megabytes}m`, this.folder);
  }

  unmount(): void {
    run('umount', '-l', this.folder);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
