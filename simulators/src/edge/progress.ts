import cliProgress from 'cli-progress';

export interface Progress {
  /** Rows played so far. */
  at(rows: number): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/** A bar when someone looks on (stderr is a terminal); otherwise a line every 5 s. */
export function progressOf(totalRows: number, log: (line: string) => void): Progress {
  return process.stderr.isTTY ? bar(totalRows) : lines(totalRows, log);
}

function bar(totalRows: number): Progress {
  const format = '{bar} {percentage}% {value}/{total} rows, {eta_formatted} left';
  const shown = new cliProgress.SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    etaBuffer: 200,
  });
  shown.start(totalRows, 0);
  return { at: rows => shown.update(rows), stop: () => shown.stop() };
}

function lines(totalRows: number, log: (line: string) => void): Progress {
  let done = 0;
  const tell = (): void => {
    log(`${done} of ${totalRows} rows, ${Math.floor((done / totalRows) * 100)} %`);
  };
  const timer = setInterval(tell, LINE_EVERY_MS);
  return { at: rows => (done = rows), stop: () => clearInterval(timer) };
}
