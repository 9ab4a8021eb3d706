/** Chinese words of the page of notifications. */
export const notifyZh = {
  'page.notify': '通知',
} as const;
