import type { DeviceShape, Iso, Role, RuleShape, SensorShape } from '../api-shapes';

/** GET /users/{username} */
export interface UserShape {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly orgId: string;
  readonly disabled: boolean;
  readonly lockedUntil: Iso | null;
  readonly createdAt: Iso;
  readonly version: number;
}

/** GET /orgs/{id}. `path`: ids of the ancestors and itself, root first. */
export interface OrgShape {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
  readonly version: number;
}

/** POST /devices/{id}/credentials: the only time that the password is shown. */
export interface NewCredentialShape {
  readonly username: string;
  readonly password: string;
}

/** POST /devices/{id}/commands: handed to the broker, which keeps it for a device that is away. */
export interface CommandReply {
  readonly topic: string;
  readonly sentAt: Iso;
}

export interface CredentialShape {
  readonly username: string;
  readonly createdAt: Iso;
  readonly revokedAt: Iso | null;
}

/** POST /registry/import: rows taken, by list. */
export interface ImportReply {
  readonly orgs: number;
  readonly assets: number;
  readonly devices: number;
  readonly sensors: number;
}

/** GET /rules/{id}/versions, newest first. */
export interface RuleVersionShape extends RuleShape {
  readonly at: Iso;
  readonly actor: string;
}

/** POST /quarantine/{id}/adopt */
export interface AdoptReply {
  readonly device: DeviceShape;
  readonly sensors: readonly SensorShape[];
}
