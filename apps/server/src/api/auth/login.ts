import { AppError, type Clock, type Millis } from '@anmai/kernel';
import { RetryLaterError } from '@anmai/nest';
import type { Records, UserRecord } from '@anmai/postgres';
import type { Logger } from 'pino';
import { API_ERRORS } from '../errors';
import { AddressLimit, LOCK_POLICY, UnknownNameLocks } from './login-limits';
import type { PasswordHasher } from './password-hasher';

/**
 * Checks user name and password. An unknown name, a barred account and a wrong password get the same reply after
 * the same work; a lock comes after as many attempts whether the name exists or not.
 */
export class Login {
  private readonly addresses = new AddressLimit();
  private readonly strangers = new UnknownNameLocks();

  constructor(
    private readonly records: Pick<Records, 'users' | 'audit'>,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Resolves for the right password. Rejects with AUT-005 (wrong), AUT-006 (locked) or AUT-007 (too many). */
  async check(username: string, password: string, address: string): Promise<void> {
    const waitMs = this.addresses.take(address, this.clock.now());
    if (waitMs > 0) throw new RetryLaterError(API_ERRORS.tooManyLogins, Math.ceil(waitMs / 1_000));
    const user = await this.records.users.get(username, null);
    this.refuseLocked(
      user === null ? this.strangers.lockedUntil(username, this.clock.now()) : user.lockedUntil,
    );
    const isRight = await this.isRight(user, password);
    if (!isRight || user === null || user.disabled) return this.refuse(user, username, address);
    await this.records.users.noteLogin(username, this.clock.now());
    await this.note(username, 'auth.login', address);
  }

  /** The same check for someone who is logged in and confirms it. Rejects with AUT-010 (wrong) or AUT-006 (locked). */
  async confirm(username: string, password: string): Promise<void> {
    const user = await this.records.users.get(username, null);
    this.refuseLocked(user?.lockedUntil ?? null);
    if (await this.isRight(user, password)) return;
    await this.records.users.noteLoginFailure(username, this.clock.now(), LOCK_POLICY);
    throw new AppError(API_ERRORS.wrongPassword);
  }

  private isRight(user: UserRecord | null, password: string): Promise<boolean> {
    if (user === null) return this.hasher.matchesNobody(password);
    return this.hasher.matches(user.passwordHash, password);
  }

  private async refuse(user: UserRecord | null, username: string, address: string): Promise<never> {
    const now = this.clock.now();
    const lockedUntil =
      user === null
        ? this.strangers.noteFailure(username, now)
        : await this.records.users.noteLoginFailure(username, now, LOCK_POLICY);
    this.log.warn({ username, address, locked: lockedUntil !== null }, 'log-in refused');
    if (user !== null && lockedUntil !== null) await this.note(username, 'auth.locked', address);
    throw new AppError(API_ERRORS.badLogin);
  }

  private refuseLocked(lockedUntil: Millis | null): void {
    const leftMs = (lockedUntil ?? 0) - this.clock.now();
    if (leftMs > 0) throw new RetryLaterError(API_ERRORS.locked, Math.ceil(leftMs / 1_000));
  }

  private async note(username: string, action: string, address: string): Promise<void> {
    const subject = `user/${username}`;
    await this.records.audit.append({ actor: username, action, subject, detail: { address } });
  }
}
