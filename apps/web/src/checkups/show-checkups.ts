import { go, NOTHING } from '../shell/route';

/** A part of the page, or one check-up by its id. */
export const showCheckups = (view: string): void => go({ page: 'checkups', ...NOTHING, view });
