import type { FormSection } from '../form';
import { cracks, members } from './cracks';
import { looks, measure, MEMORY, option, over, text, w } from './parts';

const MEMBERS = [
  option('beam', 0, '钢梁', 'beam'),
  option('column', 0, '钢柱', 'column'),
  option('truss', 0, '屋架、网架', 'truss, space frame'),
  option('brace', 0, '支撑', 'brace'),
  option('node', 0, '节点', 'joint'),
];

/** 上部承重结构 of steel. */
export const steelStructure = (): FormSection => ({
  id: 'superstructure',
  name: w('上部承重结构', 'load-bearing structure'),
  entries: [
    looks('steel.members', w('梁、柱、屋架', 'beams, columns, trusses'), w('局部锈蚀、漆膜脱落', 'rust in places, paint gone'), w('弯曲、失稳、断裂', 'bent, buckled, broken')),
    measure('steel.rustLoss', w('截面锈损', 'section lost to rust'), ['%', 0, 100, 0], [over(10, 2, MEMORY)]),
    measure('steel.deflection', w('梁、板挠度与跨度之比', 'deflection over span'), ['‰', 0, 100, 2], [over(4, 2, MEMORY)], { hint: w('l0/250 即 4‰', 'l0/250 is 4 ‰') }),
    looks('steel.joints', w('焊缝、螺栓连接', 'welds and bolts'), w('局部锈蚀、个别松动', 'rusty, single ones loose'), w('开裂、脱落、缺失', 'cracked, off, missing')),
    looks('steel.bracing', w('支撑系统', 'bracing'), w('个别变形', 'single ones bent'), w('缺失、失效', 'missing, of no use')),
    looks('steel.fire', w('防火涂层', 'fire coating'), w('局部脱落', 'off in places'), w('大面积缺失', 'missing over large areas'), { required: false }),
    cracks(MEMBERS, [over(0, 2, MEMORY, { item: 'member', is: ['beam', 'column', 'truss', 'node'] })]),
    members(MEMBERS, [
      option('rusted', 1, '锈蚀', 'rusted'),
      option('bent', 2, '弯曲变形', 'bent'),
      option('loose', 1, '连接松动', 'joint loose'),
      option('broken', 2, '断裂', 'broken'),
    ]),
    text('superstructure.note', w('说明', 'note')),
  ],
}); // prettier-ignore
