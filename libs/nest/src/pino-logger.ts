import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own lines through the platform's log, with Nest's `context` as a field. */
export class PinoNestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  // Nest tells at this level which module and route it maps: noise once it runs.
  log = (message: unknown, ...rest: unknown[]): void => this.pino.debug(fields(rest), text(message));
  debug = (message: unknown, ...rest: unknown[]): void => this.pino.debug(fields(rest), text(message));
  verbose = (message: unknown, ...rest: unknown[]): void => this.pino.trace(fields(rest), text(message));
  warn = (message: unknown, ...rest: unknown[]): void => this.pino.warn(fields(rest), text(message));
  error = (message: unknown, ...rest: unknown[]): void => this.pino.error(fields(rest), text(message));
  fatal = (message: unknown, ...rest: unknown[]): void => this.pino.fatal(fields(rest), text(message));
}

const text = (message: unknown): string => {
  if (typeof message === 'string') return message;
  return message instanceof Error ? message.message : (JSON.stringify(message) ?? '');
};

function fields(rest: readonly unknown[]): Record<string, unknown> {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
  };
}
