import { Upload } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let test: TestSite;
const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');
const gif = Buffer.from('GIF89a');

async function upload(filename: string, bytes: Uint8Array, type = 'image/png'): Promise<Upload> {
  const staged = await test.site.files.stage(
    (async function* () {
      yield bytes;
    })(),
  );
  return new Upload(filename, type, staged);
}
async function kept(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of test.site.files.list('storage/uploads/')) keys.push(key);
  return keys;
}

/** The name of a picture that the action's answer tells. */
const pictureAfter = async (action: string, params: Record<string, unknown>): Promise<string> =>
  ((await test.must(action, params)) as { image_url: string }).image_url;

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

  it.each([
    [{ clear_upload: 'true' }, ''],
    [{ clear_upload: 'true', image_url: 'http://pictures.example/a.png' }, 'http://pictures.example/a.png'],
    [{ clear_upload: 'true', image_url: '' }, ''],
    [{ clear_upload: 'false' }, 'before.png'],
    [{ image_url: 'after.png' }, 'after.png'],
  ])('changed with %j is %j', async (sent, image_url) => {
    await test.must('organization_patch', { id: 'pictured', image_url: 'before.png' });
    expect(await test.must('organization_patch', { id: 'pictured', ...sent })).toMatchObject({ image_url });
  });

  it.each([
    ['a.png', gif, 'image/png', 'a.gif'],
    ['a.jpeg', png, 'image/jpeg', 'a.png'],
    ['a.unheard-of', png, 'image/gif', 'a.png'],
    ['a.png', png, 'text/plain', 'a.png'],
  ])('%s has the extension of what it really is', async (filename, bytes, type, end) => {
    const image_upload = await upload(filename, bytes, type);
    expect(await test.must('organization_patch', { id: 'pictured', image_upload })).toMatchObject({
      image_url: `2031-05-06-070809.123000${end}`,
    });
  });

  const refused = (type: string) => ({ image_upload: [`Unsupported upload type: ${type}`] });
  it.each([
    ['page.html', 'text/css', png, refused('text/html')],
    ['page.png', 'text/html', png, refused('text/html')],
    ['picture.svg', 'image/svg+xml', png, refused('image/svg+xml')],
    ['page.png', 'image/png', Buffer.from('<script>alert(1)</script>'), refused('text/html')],
    ['text.png', 'image/png', Buffer.from('not an image'), refused('text/plain')],
    ['bytes.png', 'image/png', Buffer.alloc(9), refused('application/octet-stream')],
    ['empty.png', 'image/png', Buffer.alloc(0), refused('application/x-empty')],
    ['large.html', 'text/html', Buffer.alloc(2 ** 20 + 1), refused('text/html')],
    [
      'large.png',
      'image/png',
      Buffer.concat([png, Buffer.alloc(2 ** 20)]),
      { upload: ['File upload too large'] },
    ],
  ])('%s, sent as %s, is refused and not kept', async (filename, type, bytes, error) => {
    test.set({ 'ckan.max_image_size': '1' });
    const before = await kept();
    const image_upload = await upload(filename, bytes, type);
    const answer = await test.call('organization_create', test.admin, { name: 'refused', image_upload });
    test.set({});
    expect(answer).toEqual({ error, status: 409 });
    expect(await kept()).toEqual(before);
  });

  it('may be of the types that the portal is set to', async () => {
    const webp = Buffer.from('RIFF$\0\0\0WEBPVP8 \0\0\0\0');
    const sent = async () => ({ id: 'pictured', image_upload: await upload('a.webp', webp, 'image/webp') });
    const patch = async () => test.call('organization_patch', test.admin, await sent());
    test.set({ 'ckan.upload.group.mimetypes': '*' });
    const any = await patch();
    test.set({ 'ckan.upload.group.mimetypes': '*', 'ckan.upload.group.types': 'video' });
    const otherType = await patch();
    test.set({ 'ckan.upload.group.mimetypes': '', 'ckan.upload.group.types': '' });
    const none = await patch();
    test.set({});
    expect(any).toMatchObject({ result: { image_url: '2031-05-06-070809.123000a.webp' } });
    expect(otherType).toMatchObject({ error: refused('image/webp') });
    expect(none).toMatchObject({ error: { image_upload: ['No uploads allowed for object type group'] } });
  });

  const replaced = [
    ['another picture', async () => ({ image_upload: await upload('new.png', png) })],
    ['the address of one elsewhere', async () => ({ image_url: 'http://pictures.example/a.png' })],
    ['nothing', async () => ({ clear_upload: 'true' })],
  ] as const;
  const owners = [
    ['organization', 'group', { name: 'owner' }],
    ['group', 'group', { name: 'owner-group' }],
    ['user', 'user', { name: 'owner', email: 'owner@example.org', password: 'correct horse' }],
  ] as const;
  const cases = owners.flatMap((owner) => replaced.map((change) => [...owner, ...change] as const));
  it.each(cases)(
    'of %s (a %s, %j) is removed when %s takes its place',
    async (type, kind, fields, _, change) => {
      test.clock.now += 1000;
      const name = `${fields.name}-${test.clock.now}`;
      const email = { email: `${name}@example.org` };
      const image_upload = await upload('old.png', png);
      const image = await pictureAfter(`${type}_create`, { ...fields, ...email, name, image_upload });
      const old = `storage/uploads/${kind}/${image}`;
      expect(await kept()).toContain(old);
      test.clock.now += 1000;
      const now = await pictureAfter(`${type}_patch`, { id: name, ...(await change()) });
      const left = await kept();
      expect(left).not.toContain(old);
      if (now.endsWith('new.png')) expect(left).toContain(`storage/uploads/${kind}/${now}`);
    },
  );

  it.each(['organization', 'group'])('of a deleted %s stays until it is purged', async (type) => {
    test.clock.now += 1000;
    const image_upload = await upload('last.png', png);
    const image = await pictureAfter(`${type}_create`, { name: `gone-${type}`, image_upload });
    const file = `storage/uploads/group/${image}`;
    await test.must(`${type}_delete`, { id: `gone-${type}` });
    expect(await kept()).toContain(file);
    await test.must(`${type}_purge`, { id: `gone-${type}` });
    expect(await kept()).not.toContain(file);
  });

  it('that another names too stays', async () => {
    test.clock.now += 1000;
    const image_upload = await upload('shared.png', png);
    const image_url = await pictureAfter('organization_create', { name: 'first-owner', image_upload });
    await test.must('organization_create', { name: 'second-owner', image_url });
    await test.must('organization_patch', { id: 'second-owner', clear_upload: 'true' });
    expect(await kept()).toContain(`storage/uploads/group/${image_url}`);
    await test.must('organization_purge', { id: 'first-owner' });
    expect(await kept()).not.toContain(`storage/uploads/group/${image_url}`);
  });

  it('stays when the change that replaces it is refused', async () => {
    test.clock.now += 1000;
    const image_upload = await upload('firm.png', png);
    const image_url = await pictureAfter('organization_create', { name: 'firm', image_upload });
    test.clock.now += 1000;
    const answer = await test.call('organization_patch', test.admin, {
      id: 'firm',
      name: 'pictured',
      image_upload: await upload('new.png', png),
    });
    expect(answer).toMatchObject({ status: 409 });
    expect(await kept()).toContain(`storage/uploads/group/${image_url}`);
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
