import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { invalid, type Fault } from './problem';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
type Checked =
  { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
interface Schema {
  readonly '~standard': { validate(value: unknown): Checked | Promise<Checked> };
}

/**
 * Checks a body, query or path value against the schema given to its decorator (`@Body({ schema })`), and hands the
 * parsed value on. Nest's own pipe joins all faults into one string; ours keeps where each one is.
 */
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const schema = (metadata as { schema?: Schema }).schema;
    if (schema === undefined) return value;
    const checked = await schema['~standard'].validate(value ?? (metadata.type === 'query' ? {} : value));
    if (checked.issues === undefined) return checked.value;
    throw invalid(checked.issues.map(issue => faultOf(issue, metadata)));
  }
}

function faultOf(issue: Issue, metadata: ArgumentMetadata): Fault {
  const path = (issue.path ?? []).map(step => String(typeof step === 'object' ? step.key : step));
  if (metadata.data !== undefined) path.unshift(metadata.data);
  return { at: path.join('.') || `(${metadata.type})`, message: issue.message };
}
