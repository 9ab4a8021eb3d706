import type { FormSection } from '../form';
import { looks, text, w } from './parts';

/**
 * 设施设备及管线 (郑州 [6][7]), as far as it touches the structure. Fire protection, gas and lifts have laws and
 * inspections of their own [25][26].
 */
export const SERVICES: FormSection = {
  id: 'services',
  name: w('设施设备及管线', 'installations and pipes'),
  entries: [
    looks('services.water', w('给排水管线', 'water and drains'), w('渗漏', 'leaks'), w('长期渗漏，浸泡基础或墙体', 'long leaks that soak foundation or walls')),
    looks('services.electric', w('电气线路', 'electric lines'), w('老化、私拉', 'aged, self-made'), w('裸露、过热痕迹', 'bare, signs of overheating')),
    looks('services.roofLoad', w('屋面设备、水箱、堆载', 'tanks, plant and loads on the roof'), w('新增未核算', 'added, not checked'), w('超载、支座损坏', 'overloaded, supports damaged')),
    looks('services.lightning', w('防雷装置', 'lightning protection'), w('锈蚀', 'rusty'), w('断开、缺失', 'broken or missing'), { required: false }),
    text('services.note', w('说明', 'note')),
  ],
}; // prettier-ignore
