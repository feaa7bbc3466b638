import { Upload } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let test: TestSite;
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64)]);

async function upload(filename: string, bytes: Uint8Array): Promise<Upload> {
  const staged = await test.site.files.stage(
    (async function* () {
      yield bytes;
    })(),
  );
  return new Upload(filename, 'image/png', staged);
}
async function kept(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of test.site.files.list('storage/uploads/')) keys.push(key);
  return keys;
}

beforeAll(async () => {
  test = await testSite();
});

describe('a picture', () => {
  it('is kept under the time and its own name, and shown by its address', async () => {
    const image_upload = await upload('Lögo 1.png', png);
    const made = await test.must('organization_create', { name: 'pictured', image_upload });
    expect(made).toMatchObject({
      image_url: '2031-05-06-070809.123000Logo-1.png',
      image_display_url: 'http://localhost:5000/uploads/group/2031-05-06-070809.123000Logo-1.png',
    });
    expect(await kept()).toEqual(['storage/uploads/group/2031-05-06-070809.123000Logo-1.png']);
  });

  it('goes when it is cleared', async () => {
    expect(await test.must('organization_patch', { id: 'pictured', clear_upload: 'true' })).toMatchObject({
      image_url: '',
    });
  });

  it.each([
    ['page.html', png, 'Unsupported upload type: text/html'],
    [
      'page.png',
      Buffer.from('<script>alert(1)</script>'),
      'Unsupported upload type: application/octet-stream',
    ],
    ['empty.png', Buffer.alloc(0), 'Unsupported upload type: image/png'],
    ['large.png', Buffer.concat([png, Buffer.alloc(2 ** 20)]), 'File upload too large'],
  ])('%s is refused and not kept', async (filename, bytes, message) => {
    test.set({ 'ckan.max_image_size': '1' });
    const before = await kept();
    const image_upload = await upload(filename, bytes);
    expect(await test.call('organization_create', test.admin, { name: 'refused', image_upload })).toEqual({
      error: { image_upload: [message] },
      status: 409,
    });
    expect(await kept()).toEqual(before);
    test.set({});
  });

  it('is taken away again when the rest is refused', async () => {
    const before = await kept();
    test.clock.now += 1000;
    const image_upload = await upload('again.png', png);
    expect(
      await test.call('organization_create', test.admin, { name: 'pictured', image_upload }),
    ).toMatchObject({
      status: 409,
    });
    expect(await kept()).toEqual(before);
  });
});
