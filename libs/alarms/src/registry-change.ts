import type { Asset, Device, Org, Sensor } from '@anmai/catalog';
import type { Rule } from './rule';

/** A log-in of a device as the gateway needs it. Never the secret itself. */
export interface CredentialValue {
  readonly username: string;
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string;
  readonly deviceId: string;
  readonly revoked: boolean;
}

export type RegistryKind = 'org' | 'asset' | 'device' | 'sensor' | 'rule' | 'credential';

/** One change of registry or rules as the journal carries it, so that a replay applies it at the same place. */
export type RegistryChange = { readonly id: string } & (
  | { readonly kind: 'org'; readonly op: 'put'; readonly value: Org & { readonly path: readonly string[] } }
  | { readonly kind: 'asset'; readonly op: 'put'; readonly value: Asset }
  | { readonly kind: 'device'; readonly op: 'put'; readonly value: Device }
  | { readonly kind: 'sensor'; readonly op: 'put'; readonly value: Sensor }
  | { readonly kind: 'rule'; readonly op: 'put'; readonly value: Rule }
  | { readonly kind: 'credential'; readonly op: 'put'; readonly value: CredentialValue }
  | { readonly kind: RegistryKind; readonly op: 'delete'; readonly value: null }
);
