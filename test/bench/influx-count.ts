/** Points of a measurement by one of its fields, over all time; 0 while there is no such measurement. */
export async function countPoints(
  url: string,
  database: string,
  from: string,
  field: string,
): Promise<number> {
  const q = `SELECT count("${field}") FROM ${from}`;
  const reply = await fetch(`${url}/query?${new URLSearchParams({ db: database, q }).toString()}`);
  const { results } = (await reply.json()) as {
    results?: { series?: { values: (string | number)[][] }[]; error?: string }[];
  };
  const error = results?.[0]?.error;
  if (error !== undefined && !error.includes('not found')) throw new Error(error);
  return Number(results?.[0]?.series?.[0]?.values[0]?.[1] ?? 0);
}
