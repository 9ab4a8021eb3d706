import { AppError } from '@anmai/kernel';
import { NOTIFY_ERRORS } from '../errors';

/** Where a template stands decides how values are escaped in it. */
export type TemplatePlace = 'url' | 'json' | 'form' | 'header';

export interface TemplateValues {
  readonly to: string;
  readonly text: string;
  readonly id: string;
  /** The value of a secret by its name. */
  readonly secret: (ref: string) => string;
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const KNOWN = /^(?:to|text|id|secret:[A-Za-z0-9_.-]+)$/;

const ESCAPES: Readonly<Record<TemplatePlace, (value: string) => string>> = {
  url: encodeURIComponent,
  form: encodeURIComponent,
  json: value => JSON.stringify(value).slice(1, -1),
  // A line break would begin a header of its own.
  header: value => value.replace(/[^\x20-\x7e]/g, ''),
};

/** The names of the secrets that a template asks for; NTF-002 when it cannot be used. */
export function templateSecrets(template: string, channel: string): readonly string[] {
  const names = [...template.matchAll(PLACEHOLDER)].map(match => match[1] ?? '');
  const unknown = names.find(name => !KNOWN.test(name));
  const fault =
    unknown !== undefined
      ? 'it has a placeholder of another name'
      : /\{\{|\}\}/.test(template.replace(PLACEHOLDER, ''))
        ? 'braces are not closed'
        : null;
  if (fault !== null) throw new AppError(NOTIFY_ERRORS.badTemplate, { channel, fault });
  return names.filter(name => name.startsWith('secret:')).map(name => name.slice('secret:'.length));
}

/** The template with its values, each escaped for the place. */
export function fill(template: string, place: TemplatePlace, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (_whole, name: string) => {
    if (name.startsWith('secret:')) return ESCAPES[place](values.secret(name.slice('secret:'.length)));
    const value = name === 'to' ? values.to : name === 'text' ? values.text : values.id;
    return ESCAPES[place](value);
  });
}
