import type { FormSection } from '../form';
import { cracks, members } from './cracks';
import { looks, measure, MEMORY, option, over, SURVEY_34, text, w } from './parts';

const MEMBERS = [
  option('column', 0, '木柱', 'timber column'),
  option('beam', 0, '木梁、檩条', 'timber beam, purlin'),
  option('truss', 0, '木屋架', 'timber truss'),
  option('earthWall', 0, '土墙、石墙', 'earth or stone wall'),
  option('node', 0, '榫卯、节点', 'joint'),
];

/** 上部承重结构 of timber, of earth and timber, of stone and timber (木、土木、石木). */
export const timberStructure = (): FormSection => ({
  id: 'superstructure',
  name: w('上部承重结构', 'load-bearing structure'),
  entries: [
    looks('timber.columns', w('木柱', 'timber columns'), w('轻微干缩裂缝', 'slight drying cracks'), w('柱脚腐朽、劈裂、倾斜', 'rotten at the foot, split, leaning')),
    looks('timber.beams', w('木梁、檩条', 'beams and purlins'), w('轻微干缩裂缝', 'slight drying cracks'), w('下挠、断裂、虫蛀', 'sagging, broken, eaten by insects')),
    measure('timber.deflection', w('梁挠度与跨度之比', 'deflection over span'), ['‰', 0, 100, 2], [over(6.67, 2, MEMORY)], { hint: w('l0/150 即 6.67‰', 'l0/150 is 6.67 ‰') }),
    looks('timber.trusses', w('木屋架', 'trusses'), w('个别杆件开裂', 'single members cracked'), w('下挠、失稳、端节点劈裂', 'sagging, unstable, end joints split')),
    looks('timber.joints', w('榫卯、铁件', 'joints and irons'), w('松动、锈蚀', 'loose, rusty'), w('拔榫、断裂', 'pulled out, broken')),
    looks('timber.walls', w('土墙、石墙', 'earth and stone walls'), w('墙面剥落', 'face peels off'), w('墙脚掏空、外闪、通缝', 'undercut, bulging, cracked through')),
    looks('timber.pests', w('白蚁、虫蛀', 'termites, insects'), w('有痕迹', 'traces'), w('活动蚁害', 'alive')),
    cracks(MEMBERS, [over(1, 2, SURVEY_34, { item: 'member', is: ['earthWall'] })]),
    members(MEMBERS, [
      option('rotten', 2, '腐朽', 'rotten'),
      option('split', 2, '劈裂', 'split'),
      option('insects', 1, '虫蛀', 'insects'),
      option('loose', 1, '节点松动', 'joint loose'),
    ]),
    text('superstructure.note', w('说明', 'note')),
  ],
}); // prettier-ignore
