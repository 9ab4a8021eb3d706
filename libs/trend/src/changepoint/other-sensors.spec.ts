import { recordedColumn } from './testing/recorded-column';
import { reportedSteps } from './testing/step-score';

/** Whole recordings take their time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const LOGAN = 'drainage-logan-river';
const BATADAL = 'water-batadal-train/BATADAL_dataset03.csv';

/**
 * What the feature says where levels step for good reasons, over a year each. It is not meant for these: pumps switch,
 * floods rise within a quarter of an hour. The figures say whether a rule on them could be borne.
 */
it.each<[string, string, string, number, number]>([
  ['river stage, corrected, 5 cm', `${LOGAN}/Mendon2019.csv`, 'stage_cor', 5, 5],
  ['river stage, corrected, 5 cm', `${LOGAN}/WaterLab2019.csv`, 'stage_cor', 5, 21],
  ['river stage, raw, 5 cm', `${LOGAN}/WaterLab2019.csv`, 'stage', 5, 21],
  ['water temperature, raw, 3 degrees', `${LOGAN}/Mendon2019.csv`, 'temp', 3, 2],
  ['tank level that fills and empties, 1 m', BATADAL, 'L_T1', 1, 0],
  ['pressure behind a pump that switches, 1 m', BATADAL, 'P_J422', 1, 0],
  ['flow of a pump that switches, 5 L/s', BATADAL, 'F_PU1', 5, 347],
])('%s (%s %s, above %d): %d in a year', (_name, file, column, above, expected) => {
  expect(reportedSteps(recordedColumn(file, column), above).length).toBe(expected);
});
