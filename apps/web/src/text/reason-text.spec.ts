import { reasonsText, reasonText } from './reason-text';
import { words } from './words';

it.each([
  ['back to normal', '恢复正常'],
  ['the time of the shelving is over', '搁置到期'],
  ['window w1 is over', '停用窗口 w1 结束'],
  ['al-7 hides it no longer', '原因报警 al-7 不再抑制它'],
  ['泵停: hidden by al-7', '泵停（原因报警 al-7）'],
  ['rose to orange, above what was put aside', '升至橙级，超过搁置或抑制的级别'],
  ['shelved by li with the alarm before: 检修', '沿用上一条报警的搁置（li：检修）'],
  ['whatever else', 'whatever else'],
])('says %s in Chinese', (reason, expected) => expect(reasonText(words('zh'), reason)).toBe(expected));

it('says all that a close waits for', () =>
  expect(
    reasonsText(
      words('zh'),
      'refused as it stands: the condition is still on; 0 of 3 normal readings in a row; nobody has confirmed that it is over',
    ),
  ).toBe('报警条件仍在；连续正常读数 0 / 3；没有人确认已经消除'));
