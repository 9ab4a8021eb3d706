import { Select } from 'antd';
import { useUsers } from './notify-data';

interface SelectProps {
  readonly value: readonly string[];
  readonly label: string;
  readonly isFaulty?: boolean;
  readonly onChange: (usernames: string[]) => void;
}

/** Persons by user name: chosen from the accounts by whoever may see them, typed by all others. */
export function PeopleSelect({ value, label, isFaulty, onChange }: SelectProps) {
  const users = useUsers().data?.items ?? [];
  return (
    <Select<string[]>
      mode="tags"
      className="people-select"
      aria-label={label}
      status={isFaulty === true ? 'error' : ''}
      tokenSeparators={[',', '，', ' ']}
      showSearch={{ optionFilterProp: 'label' }}
      value={[...value]}
      onChange={onChange}
      options={users.map(user => ({ value: user.username, label: `${user.displayName} ${user.username}` }))}
    />
  );
}
