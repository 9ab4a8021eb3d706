import type { z } from 'zod';

/** A reply whose schema the compiler holds against its type. */
export type Reply<T> = z.ZodType<T>;
