/** A part this short is sorted: cheaper than to part it further. */
const SORTED_AT_ONCE = 32;

/**
 * The value that stands at place `k` when `values[from..to)` are sorted; moves them so that no lower one lies behind it and
 * no higher one before it (Hoare 1961). In place: for lists of one's own. Linear on average, without chance: the
 * pivot is the middle one of three.
 */
export function select(values: Float64Array, k: number, from = 0, to = values.length): number {
  let left = from;
  let right = to - 1;
  while (right - left >= SORTED_AT_ONCE) {
    const pivot = pivotOf(values, left, right);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return values[k]!;
  }
  sortPart(values, left, right);
  return values[k]!;
}

/** By insertion: few wrong guesses for the processor, and at once done where it is in order already. */
function sortPart(values: Float64Array, left: number, right: number): void {
  for (let i = left + 1; i <= right; i++) {
    const value = values[i]!;
    let j = i;
    for (; j > left && values[j - 1]! > value; j--) values[j] = values[j - 1]!;
    values[j] = value;
  }
}

function pivotOf(values: Float64Array, left: number, right: number): number {
  const a = values[left]!;
  const b = values[(left + right) >> 1]!;
  const c = values[right]!;
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}
