import { request } from 'node:http';
import { startApiBed, type ApiBed } from './testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

/** The answer to a body of which only the first bytes are sent. */
function answerBeforeBody(path: string, authorization?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'text/csv',
      'content-length': 15_000_000,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const sending = request(new URL(path, bed.url), { method: 'POST', headers }, reply => {
      resolve(reply.statusCode ?? 0);
      sending.destroy();
    });
    sending.on('error', reject);
    sending.write('id,name\n');
  });
}

it.each(['/api/v1/registry/import', '/api/v1/buildings/imports'])(
  'looks at the sender before it takes a large body: %s',
  async path => {
    expect(await answerBeforeBody(path)).toBe(401);
    expect(await answerBeforeBody(path, 'Bearer nonsense')).toBe(401);
    expect(await answerBeforeBody(path, `Bearer ${await bed.token('vera')}`)).toBe(403);
  },
);
