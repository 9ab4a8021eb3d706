import { NOTIFY_ERRORS } from './errors';

it.each(Object.entries(NOTIFY_ERRORS))('%s says what is wrong and what to do', (_name, spec) => {
  expect(Object.values(NOTIFY_ERRORS).filter(({ code }) => code === spec.code)).toHaveLength(1);
  expect(spec.code).toMatch(/^NTF-\d{3}$/);
  expect(spec.remedy.length).toBeGreaterThan(20);
  expect(spec.message({ channel: 'sms', key: 'sms', state: 'sent', ref: 'token', fault: 'x' })).toContain(
    'sms',
  );
});
