import type { notifyZh } from './notify-zh';

/** English words of the page of notifications. */
export const notifyEn: Readonly<Record<keyof typeof notifyZh, string>> = {
  'page.notify': 'Notifications',
};
