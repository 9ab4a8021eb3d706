import type { FormGroup, FormOption, ItemLimit } from '../form';
import { provisional } from '../mark';
import { choice, group, measure, option, photos, position, text, w } from './parts';

/**
 * Repeated cracks: row ids stay from one check-up to the next. Width by gauge or scale, never from the photo alone;
 * without one "cannot be judged" is the answer.
 */
export const cracks = (members: readonly FormOption[], limits: readonly ItemLimit[]): FormGroup =>
  group(
    'cracks',
    w('裂缝', 'cracks'),
    w('裂缝', 'crack'),
    [
      choice('member', w('构件', 'member'), members),
      position('place'),
      text('where', w('位置描述（轴线、楼层）', 'where (axes, storey)')),
      choice('direction', w('走向', 'direction'), [
        option('vertical', 0, '竖向', 'vertical'),
        option('horizontal', 0, '水平', 'horizontal'),
        option('diagonal', 0, '斜向', 'diagonal'),
        option('map', 0, '网状', 'map-like'),
      ]),
      measure('width', w('最大宽度', 'greatest width'), ['mm', 0, 200, 2], limits, {
        required: true,
        hint: w(
          '用裂缝宽度尺或带刻度读数；不能量测时选“无法判断”',
          'by gauge; if it cannot be measured, say so',
        ),
      }),
      measure('length', w('长度', 'length'), ['m', 0, 100, 2], [], { required: true }),
      choice('through', w('是否贯通', 'goes through'), [
        option('no', 0, '否', 'no'),
        option('yes', 1, '贯通', 'yes'),
      ]),
      photos('photos', w('照片（含比例尺）', 'photos (with a scale)'), 1),
    ],
    {
      trend: {
        item: 'width',
        tolerance: 0.1,
        growthLevel: 1,
        mark: provisional('reading accuracy of a crack gauge; default of the form'),
      },
    },
  );

/** Repeated members that are worth a line of their own. */
export const members = (kinds: readonly FormOption[], states: readonly FormOption[]): FormGroup =>
  group('members', w('问题构件', 'members with defects'), w('构件', 'member'), [
    choice('kind', w('构件类型', 'kind'), kinds),
    position('place', { required: false }),
    text('where', w('位置描述（轴线、楼层）', 'where (axes, storey)'), { required: true }),
    choice('state', w('损伤', 'damage'), states, { multiple: true }),
    measure('loss', w('截面损失', 'loss of section'), ['%', 0, 100, 0]),
    photos('photos', w('照片', 'photos'), 1),
  ]);
