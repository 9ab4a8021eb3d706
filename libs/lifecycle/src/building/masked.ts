import type { BuildingFile, Party } from './file';

/** `13800001234` → `138****1234`; what is short shows its last two digits alone. */
export function maskedPhone(phone: string): string {
  const digits = [...phone];
  if (digits.length < 7) return '*'.repeat(Math.max(digits.length - 2, 0)) + digits.slice(-2).join('');
  return digits.slice(0, 3).join('') + '****' + digits.slice(-4).join('');
}

/** 王小明 → 王**: the family name lets one ask for the person, the rest is nobody's business. */
const maskedName = (name: string): string => {
  const [first, ...rest] = [...name];
  return first === undefined ? '' : first + '*'.repeat(Math.min(rest.length, 8));
};

function maskedParty(party: Party | null): Party | null {
  if (party === null) return null;
  const name = party.kind === 'person' ? maskedName(party.name) : party.name;
  return { ...party, name, phone: party.phone === null ? null : maskedPhone(party.phone) };
}

/** The file as it is shown to who may not see personal data. */
export const maskedFile = <T extends Pick<BuildingFile, 'owner' | 'dutyHolder' | 'manager'>>(file: T): T => ({
  ...file,
  owner: maskedParty(file.owner),
  dutyHolder: maskedParty(file.dutyHolder),
  manager: maskedParty(file.manager),
});
