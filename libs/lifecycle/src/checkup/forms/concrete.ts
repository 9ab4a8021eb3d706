import type { FormSection } from '../form';
import { cracks, members } from './cracks';
import { JGJ_CODE, looks, measure, MEMORY, option, over, PAGE_51, text, w } from './parts';

const MEMBERS = [
  option('beam', 0, '梁', 'beam'),
  option('column', 0, '柱', 'column'),
  option('slab', 0, '板', 'slab'),
  option('wall', 0, '剪力墙', 'shear wall'),
  option('cantilever', 0, '悬挑构件', 'cantilever'),
];

/** 上部承重结构 of reinforced concrete. */
export const concreteStructure = (): FormSection => ({
  id: 'superstructure',
  name: w('上部承重结构', 'load-bearing structure'),
  entries: [
    looks('concrete.columns', w('柱、剪力墙', 'columns and shear walls'), w('细微裂缝、麻面', 'fine cracks, rough faces'), w('压碎、露筋、错位', 'crushed, bare steel, displaced')),
    looks('concrete.beams', w('梁', 'beams'), w('细微裂缝', 'fine cracks'), w('跨中或支座明显裂缝、下挠', 'clear cracks at midspan or seats, sagging')),
    measure('concrete.deflection', w('梁、板挠度与跨度之比', 'deflection over span'), ['‰', 0, 100, 2], [over(6.67, 2, PAGE_51)], { hint: w('l0/150 即 6.67‰', 'l0/150 is 6.67 ‰') }),
    looks('concrete.slabs', w('楼板', 'slabs'), w('板底细裂、渗水痕迹', 'fine cracks, water marks'), w('贯通裂缝、露筋锈蚀', 'through cracks, rusting steel')),
    measure('concrete.tilt', w('柱、墙倾斜率', 'tilt of columns, walls'), ['%', 0, 30, 2], [over(1, 2, PAGE_51)]),
    measure('concrete.rustLoss', w('主筋截面锈损', 'section of main bars lost to rust'), ['%', 0, 100, 0], [over(15, 2, MEMORY)]),
    looks('concrete.altered', w('拆改承重结构', 'bearing structure altered'), w('开洞未核算', 'openings not checked'), w('截断梁柱、擅自加层', 'beams or columns cut, storeys added')),
    cracks(MEMBERS, [
      over(0.5, 2, JGJ_CODE, { item: 'member', is: ['beam', 'cantilever'] }),
      over(1, 2, JGJ_CODE, { item: 'member', is: ['slab'] }),
      over(1, 2, PAGE_51, { item: 'member', is: ['column', 'wall'] }),
    ]),
    members(MEMBERS, [
      option('spalled', 1, '保护层剥落', 'cover spalled'),
      option('bare', 1, '露筋', 'bare steel'),
      option('rusted', 2, '钢筋锈断', 'bars rusted through'),
      option('crushed', 2, '混凝土压碎', 'concrete crushed'),
    ]),
    text('superstructure.note', w('说明', 'note')),
  ],
}); // prettier-ignore
