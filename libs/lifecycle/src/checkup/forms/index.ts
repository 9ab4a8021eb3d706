import type { CheckupForm, FormSection, StructureFamily } from '../form';
import { provisional, type Words } from '../mark';
import { concreteStructure } from './concrete';
import { ENVELOPE } from './envelope';
import { GROUND } from './ground';
import { brickPrefabStructure, masonryStructure } from './masonry';
import { w } from './parts';
import { SERVICES } from './services';
import { steelStructure } from './steel';
import { timberStructure } from './timber';

export const FAMILY_WORDS: Readonly<Record<StructureFamily, Words>> = {
  masonry: w('砌体结构', 'masonry'),
  concrete: w('混凝土结构', 'reinforced concrete'),
  steel: w('钢结构', 'steel'),
  timber: w('木、土木、石木结构', 'timber, earth or stone and timber'),
  brickPrefab: w('砖混（预制板）', 'brick with precast slabs'),
};

const STRUCTURE: Readonly<Record<StructureFamily, () => FormSection>> = {
  masonry: () => masonryStructure(),
  concrete: concreteStructure,
  steel: steelStructure,
  timber: timberStructure,
  brickPrefab: brickPrefabStructure,
};

const COUNTING = {
  kindsMin: 3,
  placesMin: 3,
  mark: provisional('厦门自查表 [33] and 排查 lists [34]: secondary copies'),
};

function formOf(family: StructureFamily): CheckupForm {
  const { zh, en } = FAMILY_WORDS[family];
  return {
    id: `checkup-${family.toLowerCase()}`,
    version: 1,
    family,
    name: w(`房屋安全体检表（${zh}）`, `building check-up (${en})`),
    sections: [GROUND, STRUCTURE[family](), ENVELOPE, SERVICES],
    counting: COUNTING,
  };
}

/** The forms that a new platform starts with, one a family. */
export const CHECKUP_FORMS: Readonly<Record<StructureFamily, CheckupForm>> = {
  masonry: formOf('masonry'),
  concrete: formOf('concrete'),
  steel: formOf('steel'),
  timber: formOf('timber'),
  brickPrefab: formOf('brickPrefab'),
};
