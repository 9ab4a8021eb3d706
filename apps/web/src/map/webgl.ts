/** Can this browser draw the map? Asked once; the answer does not change. */
export const hasWebgl = (() => {
  let known: boolean | null = null;
  return (): boolean => {
    known ??= probe();
    return known;
  };
})();

function probe(): boolean {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
