import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const REPLY_MS_MAX = 300_000;

/** A child process of the benchmark that answers each order with one message. */
export class Child<Order extends object, Reply> {
  private constructor(private readonly process: ChildProcess) {}

  /** Resolves with the first message of the child, which says that it is ready. `file`: beside this one when built. */
  static async start<Order extends object, Reply>(
    file: string,
  ): Promise<{ child: Child<Order, Reply>; hello: Reply }> {
    const path = fileURLToPath(new URL(`./${file}.js`, import.meta.url));
    const child = new Child<Order, Reply>(fork(path, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    return { child, hello: await child.reply() };
  }

  get pid(): number {
    return this.process.pid!;
  }

  async ask(order: Order): Promise<Reply> {
    const reply = this.reply();
    this.process.send(order);
    return reply;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }

  private reply(): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => done(() => reject(new Error('the child does not answer'))), REPLY_MS_MAX);
      const took = (message: unknown): void => done(() => resolve(message as Reply));
      const ended = (): void => done(() => reject(new Error('the child has ended')));
      const done = (then: () => void): void => {
        clearTimeout(late);
        this.process.off('message', took);
        this.process.off('exit', ended);
        then();
      };
      this.process.once('message', took);
      this.process.once('exit', ended);
    });
  }
}
