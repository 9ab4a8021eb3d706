import { useWords } from '../text/language';

/** Names that sites give their channels mostly; any other name may be typed. */
const USUAL = ['email', 'sms', 'wecom', 'dingtalk', 'feishu', 'webhook'];

/** Channels to choose from: the usual ones and those that messages were meant for. */
export function useChannels(seen: readonly string[]): { readonly value: string; readonly label: string }[] {
  const { named } = useWords();
  return [...new Set([...seen, ...USUAL])].map(value => {
    const name = named('channel', value);
    return { value, label: name === value ? value : `${name} ${value}` };
  });
}
