import { z } from 'zod';
import { idSchema, nameSchema } from './text.schema';

export const PASSWORD_CHARS_MIN = 10;
/** Argon2 hashes any length; this only keeps a request from being used as work. */
export const PASSWORD_CHARS_MAX = 256;

export const roleSchema = z.enum(['admin', 'engineer', 'operator', 'inspector', 'viewer']);

/** A new password. Length counts, composition rules do not (NIST SP 800-63B). */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_CHARS_MIN, `must have at least ${PASSWORD_CHARS_MIN} characters`)
  .max(PASSWORD_CHARS_MAX)
  .refine(text => new Set(text).size >= 4, 'must have at least 4 different characters');

/** Loose on purpose: whether such a user can exist is not for a stranger to learn. */
export const loginSchema = z.strictObject({
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
});
export const refreshSchema = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().min(1).max(PASSWORD_CHARS_MAX),
  newPassword: newPasswordSchema,
});

export const userSchema = z
  .strictObject({
    username: idSchema,
    displayName: nameSchema,
    role: roleSchema,
    orgId: idSchema,
    password: newPasswordSchema,
  })
  .refine(user => !user.password.toLowerCase().includes(user.username), {
    message: 'must not hold the user name',
    path: ['password'],
  });

export const userPatchSchema = z
  .strictObject({
    displayName: nameSchema.optional(),
    role: roleSchema.optional(),
    orgId: idSchema.optional(),
    disabled: z.boolean().optional(),
    password: newPasswordSchema.optional(),
  })
  .refine(patch => Object.values(patch).some(value => value !== undefined), 'nothing to change');
