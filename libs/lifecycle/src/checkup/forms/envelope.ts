import type { FormSection } from '../form';
import { looks, photos, text, w } from './parts';

const FALLS = w('空鼓、脱落，有坠落危险', 'loose or falling: can hit people');

/** 围护系统: outer wall, roof, parapet. */
export const ENVELOPE: FormSection = {
  id: 'envelope',
  name: w('围护系统', 'envelope'),
  entries: [
    looks('envelope.facade', w('外墙及饰面', 'outer wall and its facing'), w('开裂、渗水', 'cracked, lets water in'), FALLS),
    looks('envelope.parapet', w('女儿墙、栏板', 'parapets and balustrades'), w('轻微开裂', 'slightly cracked'), w('倾斜、松动，有坠落危险', 'leans or is loose: can fall')),
    looks('envelope.canopy', w('雨篷、挑檐、阳台', 'canopies, eaves, balconies'), w('板底开裂、锈迹', 'cracked below, rust stains'), w('根部开裂、下挠', 'cracked at the root, sagging')),
    looks('envelope.roof', w('屋面', 'roof'), w('局部渗漏', 'leaks in places'), w('严重渗漏、塌陷', 'leaks badly, caved in')),
    looks('envelope.attachments', w('附着物（广告牌、空调架、防盗窗）', 'attachments (signs, racks, grilles)'), w('锈蚀', 'rusty'), w('锚固松脱，有坠落危险', 'anchors loose: can fall')),
    photos('envelope.photos', w('问题部位照片', 'photos of what is wrong'), 1, {
      showIf: {
        any: ['facade', 'parapet', 'canopy', 'roof', 'attachments'].map(item => ({
          item: `envelope.${item}`,
          is: ['slight', 'serious'],
        })),
      },
    }),
    text('envelope.note', w('说明', 'note')),
  ],
}; // prettier-ignore
