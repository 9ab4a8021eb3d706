import { isShown, lookupIn, type FormSection } from '@anmai/lifecycle';
import { useWriting } from './checkup-context';
import { GroupField } from './group-field';
import { ItemField } from './item-field';

/** The questions of one section that are asked now, in the order of the form. */
export function SectionForm({ section }: { readonly section: FormSection }) {
  const { answers } = useWriting();
  const lookup = lookupIn(answers);
  return (
    <div className="field-entries">
      {section.entries
        .filter(entry => isShown(entry.showIf, lookup))
        .map(entry =>
          entry.kind === 'group' ? (
            <GroupField key={entry.id} group={entry} />
          ) : (
            <ItemField key={entry.id} item={entry} path={entry.id} subject={entry.name.zh} lookup={lookup} />
          ),
        )}
    </div>
  );
}
