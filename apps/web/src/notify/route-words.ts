import type { OrgShape } from '@anmai/wire';
import { spanText, type Words } from '../text/words';
import type { Audience, Rota, Route, Tier } from './notify-data';

export interface RouteNames {
  readonly orgs: readonly OrgShape[];
  readonly rotas: readonly Rota[];
}
export const orgName = (orgs: readonly OrgShape[], id: string): string =>
  orgs.find(org => org.id === id)?.name ?? id;

/** Whom one tier means: `值班表 运行中心，权属单位的工程师`. */
export function audienceWords({ t }: Words, audience: Audience, { rotas }: RouteNames): string {
  switch (audience.kind) {
    case 'rota':
      return t('audienceOf.rota', { name: rotas.find(rota => rota.id === audience.rotaId)?.name ?? audience.rotaId });
    case 'recipient':
      return audience.recipientId;
    case 'role':
      return t(audience.of === 'owner' ? 'audienceOf.owner' : 'audienceOf.line', { role: roleWord(t, audience.role) });
  }
} // prettier-ignore

const ROLES = ['viewer', 'inspector', 'operator', 'engineer', 'admin'] as const;
const roleWord = (t: Words['t'], role: string): string => {
  const known = ROLES.find(each => each === role);
  return known === undefined ? role : t(`role.${known}`);
};

/** `立即` or `10 分 无人确认后`, and whom. */
export function tierWords(words: Words, tier: Tier, index: number, names: RouteNames): string {
  const { t } = words;
  const when =
    index === 0 ? t('tier.first') : t('tier.after', { span: spanText(words, tier.afterSeconds * 1_000) });
  return `${when} ${tier.audiences.map(each => audienceWords(words, each, names)).join(t('list.and'))}`;
}

/** Why a route cannot be saved; null: it can. */
export function routeFault(route: Route): 'org' | 'audience' | null {
  if (route.orgId === '') return 'org';
  const isEmpty = (audience: Audience): boolean =>
    audience.kind === 'rota'
      ? audience.rotaId === ''
      : audience.kind === 'recipient' && audience.recipientId.trim() === '';
  const lacks = route.tiers.some(tier => tier.audiences.length === 0 || tier.audiences.some(isEmpty));
  return lacks ? 'audience' : null;
}

/** An id that is not taken yet: `route-3`. */
export function freeId(stem: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let n = taken.length + 1;
  while (ids.has(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

/** The list with that item in the place of the one of its id, or at the end. */
export const withItem = <T extends { readonly id: string }>(items: readonly T[], item: T): T[] =>
  items.some(({ id }) => id === item.id)
    ? items.map(each => (each.id === item.id ? item : each))
    : [...items, item];
