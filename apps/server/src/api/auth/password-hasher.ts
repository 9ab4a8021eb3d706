import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@anmai/kernel';
import { API_ERRORS } from '../errors';

/** OWASP's first choice for argon2id (the algorithm is this library's default): 19 MiB, 2 passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Passwords under work or waiting at once at most: each takes 19 MiB and tens of milliseconds. */
const WORK_MAX = 32;

/** Argon2id over passwords, off the main thread, with a bound on how much of it goes on at once. */
export class PasswordHasher {
  private working = 0;
  private decoy: Promise<string> | null = null;

  /** Text for the records. Rejects with AUT-011 when too busy. */
  hash(password: string): Promise<string> {
    return this.bounded(() => hash(plain(password), COST));
  }

  /** Rejects with AUT-011 when too busy. A hash that is none counts as wrong. */
  matches(passwordHash: string, password: string): Promise<boolean> {
    return this.bounded(() => verify(passwordHash, plain(password)).catch(() => false));
  }

  /** As much work as a real check, for a user that does not exist: the time must not tell. Never true. */
  async matchesNobody(password: string): Promise<false> {
    this.decoy ??= hash('nobody has this password', COST);
    await this.matches(await this.decoy, password);
    return false;
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.working >= WORK_MAX) throw new AppError(API_ERRORS.loginBusy);
    this.working += 1;
    try {
      return await work();
    } finally {
      this.working -= 1;
    }
  }
}

/** The same letters typed on two keyboards are the same password (NIST SP 800-63B). */
const plain = (password: string): string => password.normalize('NFKC');
