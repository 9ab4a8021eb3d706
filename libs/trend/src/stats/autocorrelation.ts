/**
 * Correlation of an evenly spaced series with itself, `lagsMax` steps apart at most; index 0 is 1. The biased estimate
 * (each sum over n), as the tests of Hamed and Rao (1998) and Yue and Wang (2004) ask for. A constant series gives 0s.
 */
export function autocorrelation(values: ArrayLike<number>, lagsMax: number): number[] {
  const n = values.length;
  let sumOfAll = 0;
  let isConstant = true;
  for (let i = 0; i < n; i++) {
    sumOfAll += values[i]!;
    isConstant &&= values[i] === values[0];
  }
  const away = new Float64Array(values).map(value => (isConstant ? 0 : value - sumOfAll / n));
  let variance = 0;
  for (const each of away) variance += each * each;
  const result = [1];
  for (let lag = 1; lag <= Math.min(lagsMax, n - 1); lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += away[i]! * away[i - lag]!;
    result.push(variance > 0 ? sum / variance : 0);
  }
  return result;
}
