import type { FormSection } from '../form';
import { cracks, members } from './cracks';
import { looks, LOW_53, measure, option, over, SURVEY_34, text, w } from './parts';

export const MASONRY_MEMBERS = [
  option('wall', 0, '承重墙', 'load-bearing wall'),
  option('column', 0, '砖柱', 'brick column'),
  option('seat', 0, '梁、屋架支座处', 'seat of a beam or truss'),
  option('slab', 0, '楼板、屋面板', 'slab'),
  option('lintel', 0, '过梁', 'lintel'),
];
export const MASONRY_LIMITS = [
  over(1, 2, SURVEY_34, {
    all: [
      { item: 'member', is: ['wall', 'column', 'seat'] },
      { item: 'direction', is: ['vertical'] },
    ],
  }),
];

/** 上部承重结构 of masonry. */
export const masonryStructure = (more: FormSection['entries'] = []): FormSection => ({
  id: 'superstructure',
  name: w('上部承重结构', 'load-bearing structure'),
  entries: [
    looks('masonry.walls', w('承重墙、柱', 'bearing walls and columns'), w('抹灰开裂、轻微风化', 'plaster cracked, slightly weathered'), w('墙体裂缝、外闪、酥碱', 'walls cracked, bulging, crumbled')),
    measure('masonry.sectionLoss', w('墙、柱风化截面损失', 'section lost by weathering'), ['%', 0, 100, 0], [over(15, 2, SURVEY_34)]),
    measure('masonry.tilt', w('墙、柱局部倾斜率', 'local tilt of walls, columns'), ['%', 0, 30, 2], [over(0.7, 2, LOW_53)]),
    looks('masonry.joints', w('纵横墙连接、圈梁构造柱', 'wall joints, ring beams, tie columns'), w('局部开裂', 'cracked in places'), w('脱开、通缝', 'separated, cracked through')),
    looks('masonry.floors', w('楼(屋)盖', 'floors and roof structure'), w('板缝、抹灰开裂', 'joints or plaster cracked'), w('下挠、露筋、支承不足', 'sagging, bare steel, short seats')),
    looks('masonry.altered', w('拆改承重结构', 'bearing structure altered'), w('开洞未核算', 'openings not checked'), w('拆除承重墙、擅自加层', 'bearing walls removed, storeys added')),
    ...more,
    cracks(MASONRY_MEMBERS, MASONRY_LIMITS),
    members(MASONRY_MEMBERS, [
      option('weathered', 1, '风化酥碱', 'weathered'),
      option('crushed', 2, '局部压碎', 'crushed'),
      option('bulging', 2, '外闪鼓凸', 'bulging'),
      option('damp', 1, '受潮', 'damp'),
    ]),
    text('superstructure.note', w('说明', 'note')),
  ],
}); // prettier-ignore

/** 砖混预制板: masonry with precast slabs, whose seats and joints are what fails first. */
export const brickPrefabStructure = (): FormSection =>
  masonryStructure([
    looks('prefab.joints', w('预制板板缝', 'joints between precast slabs'), w('板缝开裂', 'joints cracked'), w('错台、板间脱开', 'offset, slabs come apart')),
    measure('prefab.seatShortage', w('搁置长度不足', 'seat shorter than required by'), ['%', 0, 100, 0], [over(30, 2, SURVEY_34)]),
    looks('prefab.slabs', w('预制板板底', 'undersides of precast slabs'), w('纵向裂缝', 'cracked lengthwise'), w('露筋、锈胀、断裂', 'bare or rusted steel, broken')),
    looks('prefab.ties', w('板端拉结、圈梁', 'ties at slab ends, ring beams'), w('不明显', 'hardly seen'), w('缺失', 'missing')),
  ]); // prettier-ignore
