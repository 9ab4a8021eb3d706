import { invalid } from '@anmai/nest';
import { z } from 'zod';

/** Body of a PATCH: the fields to change. What they make of the whole thing is checked by its own schema. */
export const patchSchema = z.record(z.string(), z.unknown());

/** The thing with some fields replaced, checked as a whole, since fields depend on each other. */
export function patched<T extends z.ZodType>(schema: T, present: object, patch: object): z.infer<T> {
  const checked = schema.safeParse({ ...present, ...patch });
  if (checked.success) return checked.data;
  throw invalid(
    checked.error.issues.map(({ path, message }) => ({
      at: path.map(String).join('.') || '(body)',
      message,
    })),
  );
}
