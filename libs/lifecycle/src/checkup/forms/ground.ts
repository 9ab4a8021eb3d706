import type { FormSection } from '../form';
import { choice, looks, measure, MEMORY, option, over, photos, text, TILT_2, TILT_3, w } from './parts';

/** 地基基础与周边环境: the same for every family. */
export const GROUND: FormSection = {
  id: 'ground',
  name: w('地基基础与周边环境', 'ground, foundation and surroundings'),
  entries: [
    measure('storeys', w('地上层数', 'storeys above ground'), ['层', 1, 120, 0], [], { required: true }),
    looks(
      'ground.settlement',
      w('地基沉降迹象', 'signs of settlement'),
      w('轻微：散水、地坪开裂', 'slight: apron or floor cracked'),
      w('明显：墙体斜裂、门窗变形、持续发展', 'clear: diagonal cracks, doors jam, still going on'),
    ),
    measure(
      'ground.settlementRate',
      w('沉降速率', 'rate of settlement'),
      ['mm/月', 0, 500, 1],
      [over(4, 2, MEMORY)],
      { hint: w('有连续两个月观测时填写', 'where it was observed over two months') },
    ),
    measure(
      'ground.tilt',
      w('整体倾斜率', 'overall tilt'),
      ['%', 0, 30, 2],
      [over(3, 2, TILT_3), over(2, 2, TILT_2, { item: 'storeys', above: 2 })],
    ),
    looks(
      'ground.foundation',
      w('基础外露部分', 'visible parts of the foundation'),
      w('轻微风化、局部受潮', 'slightly weathered, damp in places'),
      w('酥碱、断裂、外露悬空', 'crumbled, broken or undercut'),
    ),
    choice(
      'ground.surroundings',
      w('周边环境影响', 'influence of the surroundings'),
      [
        option('none', 0, '无不利影响', 'none'),
        option('excavation', 2, '相邻基坑、地下工程施工', 'pit or underground works next door'),
        option('water', 1, '管道渗漏、长期积水浸泡', 'leaking pipes, standing water'),
        option('slope', 2, '临坡、挡墙变形', 'slope or retaining wall that moves'),
        option('vibration', 1, '振动、重载交通', 'vibration, heavy traffic'),
      ],
      { multiple: true },
    ),
    photos('ground.photos', w('四周外观照片', 'photos from all sides'), 1),
    text('ground.note', w('说明', 'note')),
  ],
};
