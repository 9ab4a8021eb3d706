import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { median } from '../report';
import type { Detector } from './detect';
import { cellsOf, feedPath, feedText, type Series } from './feed';
import { scoreFile, scoreOfCorpus, type FileScore, type Window } from './nab-score';

const FOLDER = 'general-nab';

interface NabFile {
  readonly name: string;
  readonly times: readonly string[];
  readonly series: Series;
  readonly windows: readonly Window[];
}

export interface NabResult {
  readonly score: number;
  readonly found: number;
  readonly windows: number;
  readonly falseRows: number;
  /** The same detections by the scorer that comes with the data; null: no python3 here. */
  readonly byReference: number | null;
}

/** A detection is the row at which an alarm begins; what `always` flags is every row. */
export function scoreNab(detector: Detector): NabResult {
  const files = nabFiles();
  const detections = new Map<string, readonly string[]>();
  const scores: FileScore[] = files.map(({ name, times, series, windows }) => {
    const rowOf = new Map(series.at.map((at, row) => [at, row]));
    const flagged = detector(series).map(({ from }) => rowOf.get(from)!);
    detections.set(
      name,
      flagged.map(row => times[row]!),
    );
    return scoreFile(times.length, flagged, windows);
  });
  return {
    score: scoreOfCorpus(scores),
    found: scores.reduce((sum, { found }) => sum + found, 0),
    windows: scores.reduce((sum, { windows }) => sum + windows, 0),
    falseRows: scores.reduce((sum, { falseRows }) => sum + falseRows, 0),
    byReference: referenceScore(detections),
  };
}

const instant = (time: string): number => Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`);

function nabFiles(): readonly NabFile[] {
  const names = JSON.parse(feedText(`${FOLDER}/files.json`)) as string[];
  const labels = JSON.parse(feedText(`${FOLDER}/labels/combined_windows.json`)) as Record<
    string,
    [string, string][]
  >;
  return names.map(name => {
    const rows = cellsOf(`${FOLDER}/data/${name}`).slice(1);
    const times = rows.map(row => row[0]!);
    const at = times.map(instant);
    const everyMs = median(at.slice(1).map((each, i) => each - at[i]!));
    const rowAt = (time: string): number => at.indexOf(instant(time));
    return {
      name,
      times,
      series: { at, values: rows.map(row => Number(row[1])), everyMs },
      windows: labels[name]!.map(([from, to]): Window => [rowAt(from), rowAt(to)]),
    };
  });
}

function referenceScore(detections: ReadonlyMap<string, readonly string[]>): number | null {
  const scorer = feedPath(`${FOLDER}/nab_score.py`);
  const folder = mkdtempSync(join(tmpdir(), 'anmai-nab-'));
  try {
    const file = join(folder, 'detections.json');
    writeFileSync(file, JSON.stringify(Object.fromEntries(detections)));
    const list = feedPath(`${FOLDER}/files.json`);
    const run = spawnSync('python3', [scorer, dirname(scorer), file, list], { encoding: 'utf8' });
    if (run.status !== 0) return null;
    return (JSON.parse(run.stdout) as { standard: { score: number } }).standard.score;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
