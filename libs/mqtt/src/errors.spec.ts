import { readdirSync, readFileSync } from 'node:fs';
import { MQTT_ERRORS } from './errors';

const source = readdirSync(import.meta.dirname)
  .filter(name => name.endsWith('.ts') && !name.endsWith('spec.ts') && name !== 'errors.ts')
  .map(name => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
  .join('\n');

it.each(Object.entries(MQTT_ERRORS))('%s has a code of its own, a remedy, and is raised', (name, spec) => {
  const same = Object.values(MQTT_ERRORS).filter(({ code }) => code === spec.code);
  expect(same).toHaveLength(1);
  expect(spec.code).toMatch(/^MQT-\d{3}$/);
  expect(spec.remedy.length).toBeGreaterThan(20);
  expect(source).toContain(`MQTT_ERRORS.${name}`);
});
