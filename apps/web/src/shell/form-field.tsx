import type { ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  /** Shown behind: a unit, or what an empty field means. */
  readonly after?: string;
  readonly hint?: string;
  /** What the server had to say about it. */
  readonly fault?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A field with its name above, its unit behind and its fault below. */
export function FormField({ label, after, hint, fault, wide, children }: FieldProps) {
  return (
    <div className={wide === true ? 'form-field wide' : 'form-field'}>
      <span className="form-label">{label}</span>
      <span className="with-unit">
        {children}
        {after !== undefined && <span className="quiet">{after}</span>}
      </span>
      {hint !== undefined && <span className="quiet form-hint">{hint}</span>}
      {fault !== undefined && (
        <span className="field-fault" role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
