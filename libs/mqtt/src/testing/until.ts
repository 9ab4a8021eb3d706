/** Waits until `check` holds; fails with `what` after `timeoutMs`. For events that nobody announces. */
export async function until(check: () => boolean, what: string, timeoutMs = 10_000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!check()) {
    if (performance.now() > endMs) throw new Error(`timed out waiting until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
