/** Share of each companion's own variance that is added to it: companions that say the same share the coefficient. */
const RIDGE_SHARE = 1e-3;
const VARIANCE_MIN = 1e-12;

/**
 * Coefficients of the linear relation, from the covariances of the companions (first) and of the value (last row and
 * column). A companion that never moved gets 0.
 */
export function coefficientsOf(covariance: readonly (readonly number[])[]): readonly number[] {
  const size = covariance.length - 1;
  const moves = Array.from({ length: size }, (_, i) => covariance[i]![i]! > VARIANCE_MIN);
  const rows = Array.from({ length: size }, (_, i) => {
    const own = covariance[i]![i]!;
    return Array.from({ length: size + 1 }, (_column, j) => {
      const isSolved = moves[i]! && (j === size || moves[j]!);
      if (i === j) return moves[i]! ? own * (1 + RIDGE_SHARE) : 1;
      return isSolved ? covariance[i]![j]! : 0;
    });
  });
  eliminate(rows);
  return substituted(rows);
}

/** Gauss without pivoting: the matrix is symmetric and its diagonal dominates by the ridge. In place. */
function eliminate(rows: number[][]): void {
  for (let i = 0; i < rows.length; i++) {
    for (let k = i + 1; k < rows.length; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= rows.length; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
}

function substituted(rows: readonly (readonly number[])[]): readonly number[] {
  const size = rows.length;
  const out = Array.from({ length: size }, () => 0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = rows[i]![size]!;
    for (let j = i + 1; j < size; j++) rest -= rows[i]![j]! * out[j]!;
    out[i] = rest / rows[i]![i]!;
  }
  return out;
}
