/** What conversions of a gas need. */
export interface Gas {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly molarMassGPerMol: number;
  /** Lower explosive limit, %VOL; null: not known here, so %LEL of this gas is refused. */
  readonly lelVolPercent: number | null;
}

/** Litres that one mole of an ideal gas takes at 25 °C and 101.325 kPa. */
export const MOLAR_VOLUME_L = 24.45;

/** Only methane's explosive limit is a checked fact; a site that meets other fuels brings its own `Gas`. */
export const GASES: readonly Gas[] = [
  { id: 'CH4', zh: '甲烷', en: 'methane', molarMassGPerMol: 16.04, lelVolPercent: 5 },
  { id: 'H2S', zh: '硫化氢', en: 'hydrogen sulfide', molarMassGPerMol: 34.08, lelVolPercent: null },
  { id: 'CO', zh: '一氧化碳', en: 'carbon monoxide', molarMassGPerMol: 28.01, lelVolPercent: null },
  { id: 'CO2', zh: '二氧化碳', en: 'carbon dioxide', molarMassGPerMol: 44.01, lelVolPercent: null },
  { id: 'O2', zh: '氧气', en: 'oxygen', molarMassGPerMol: 32.0, lelVolPercent: null },
  { id: 'NH3', zh: '氨气', en: 'ammonia', molarMassGPerMol: 17.03, lelVolPercent: null },
];

const BY_ID = new Map(GASES.map(gas => [gas.id, gas]));

/** A gas by its formula, or null. */
export const findGas = (id: string): Gas | null => BY_ID.get(id) ?? null;
