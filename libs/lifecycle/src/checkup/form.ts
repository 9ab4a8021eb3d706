import type { Mark, Words } from './mark';

/** One form a structure family (结构类型). */
export const STRUCTURE_FAMILIES = ['masonry', 'concrete', 'steel', 'timber', 'brickPrefab'] as const;
export type StructureFamily = (typeof STRUCTURE_FAMILIES)[number];

export const SECTION_IDS = ['ground', 'superstructure', 'envelope', 'services'] as const;
export type SectionId = (typeof SECTION_IDS)[number];

/** 0: nothing to say; 1: lower-level hazard (一般); 2: serious (严重). Not a grade of the building. */
export type FindingLevel = 0 | 1 | 2;

export interface FormRef {
  readonly id: string;
  readonly version: number;
}

/**
 * When something is asked. `item` names an item of the same row if there is one, else one outside of groups.
 * An item that is not answered, or cannot be judged, meets no condition but `not`.
 */
export type ShowIf =
  | { readonly item: string; readonly is: readonly string[] }
  | { readonly item: string; readonly above: number }
  | { readonly all: readonly ShowIf[] }
  | { readonly any: readonly ShowIf[] }
  | { readonly not: ShowIf };

interface Asked {
  /** Unique in the form, or in its group: letters, digits, dots and hyphens. */
  readonly id: string;
  readonly name: Words;
  readonly hint?: Words;
  /** 必检: a submission without an answer is refused; "cannot be judged" is an answer. */
  readonly required: boolean;
  readonly showIf?: ShowIf;
}

export interface FormOption {
  readonly code: string;
  readonly name: Words;
  readonly level: FindingLevel;
}
/** Reached when the value is above, or at least, `value`, in the unit of the item. */
export interface ItemLimit {
  readonly op: '>' | '>=';
  readonly value: number;
  readonly level: 1 | 2;
  readonly mark: Mark;
  /** The limit holds for these rows or answers only. */
  readonly onlyIf?: ShowIf;
}

export interface ChoiceItem extends Asked {
  readonly kind: 'choice';
  readonly multiple: boolean;
  readonly options: readonly FormOption[];
  readonly mark?: Mark;
}
export interface MeasureItem extends Asked {
  readonly kind: 'measure';
  /** As printed: mm, m, %, mm/月. */
  readonly unit: string;
  /** What can be typed at all: beyond it the phone asks again, and the server refuses. */
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  readonly limits: readonly ItemLimit[];
}
export interface TextItem extends Asked {
  readonly kind: 'text';
  readonly charsMax: number;
}
export interface PhotosItem extends Asked {
  readonly kind: 'photos';
  /** At least so many when it is asked and required. */
  readonly countMin: number;
  readonly countMax: number;
}
/** A point on the sketch of a floor. */
export interface PositionItem extends Asked {
  readonly kind: 'position';
}
export type FormItem = ChoiceItem | MeasureItem | TextItem | PhotosItem | PositionItem;

/** Repeated rows: members, cracks. Rows have ids that stay from one check-up to the next, so that trends can be seen. */
export interface FormGroup extends Asked {
  readonly kind: 'group';
  readonly rowName: Words;
  readonly rowsMax: number;
  readonly items: readonly FormItem[];
  /** The measure whose growth since the last check-up is shown and judged. */
  readonly trend?: {
    readonly item: string;
    readonly tolerance: number;
    readonly growthLevel: 1 | 2;
    readonly mark: Mark;
  };
}
export type FormEntry = FormItem | FormGroup;

export interface FormSection {
  readonly id: SectionId;
  readonly name: Words;
  readonly entries: readonly FormEntry[];
}

/**
 * So many kinds of findings of level 1, or the same kind at so many places, together weigh as one of level 2
 * (自查表, [33][34]).
 */
export interface CountingRule {
  readonly kindsMin: number;
  readonly placesMin: number;
  readonly mark: Mark;
}

/** A form as data. Never changed once published: another version is made. */
export interface CheckupForm extends FormRef {
  readonly family: StructureFamily;
  readonly name: Words;
  readonly sections: readonly FormSection[];
  readonly counting: CountingRule;
}

/** Every item with the group it stands in; in the order of the form. */
export function* itemsOf(
  form: CheckupForm,
): Generator<{ section: SectionId; group: FormGroup | null; item: FormItem }> {
  for (const section of form.sections) {
    for (const entry of section.entries) {
      if (entry.kind !== 'group') yield { section: section.id, group: null, item: entry };
      else for (const item of entry.items) yield { section: section.id, group: entry, item };
    }
  }
}
