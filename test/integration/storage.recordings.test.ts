import { existsSync, readFileSync } from 'node:fs';
import { guessLinkMediaType, guessMediaType, mungeFilename } from '@portolan/storage';
import { describe, expect, test } from 'vitest';

const folder = '../shared/recordings/recordings';
const files = ['files/names', 'files/uploads', 'resources/crud'];
const present = existsSync(folder);

interface Step {
  step: number;
  request: {
    path: string;
    json?: { url?: string; mimetype?: string };
    multipart?: { fields: [string, string][]; files: { field: string; filename: string }[] };
  };
  response: {
    status: number;
    json?: { result?: { url: string; mimetype: string | null; url_type: string | null } };
  };
}

function steps(): [string, Step][] {
  return files.flatMap((file) => {
    const { steps: recorded } = JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as {
      steps: Step[];
    };
    return recorded
      .filter(({ request, response }) => {
        const writes = /\/resource_(create|update)$/.test(request.path);
        return writes && response.status === 200;
      })
      .map((step): [string, Step] => [`${file} ${step.step}`, step]);
  });
}

describe.skipIf(!present)('as real CKAN recorded it (needs ../shared/recordings)', () => {
  const all = present ? steps() : [];
  const uploads = all.filter(([, { request }]) =>
    request.multipart?.files.some(({ field, filename }) => field === 'upload' && filename !== ''),
  );
  const links = all.filter(
    ([, { request, response }]) =>
      typeof request.json?.url === 'string' &&
      request.json.mimetype === undefined &&
      response.json?.result?.url_type === null,
  );

  test('there are recordings to compare with', () => {
    expect(uploads.length).toBeGreaterThan(50);
    expect(links.length).toBeGreaterThan(20);
  });

  test.each(uploads)('the name and the type of an upload: %s', (_, { request, response }) => {
    const { fields, files: parts } = request.multipart!;
    const { filename } = parts.find(({ field }) => field === 'upload')!;
    const { url, mimetype } = response.json!.result!;
    expect(mungeFilename(filename)).toBe(url.slice(url.lastIndexOf('/') + 1));
    const sent = new Map(fields);
    if (sent.has('mimetype')) return;
    const guess = guessLinkMediaType(sent.get('url') ?? '') ?? guessMediaType(mungeFilename(filename));
    expect(guess ?? null).toBe(mimetype);
  });

  test.each(links)('the type of a link: %s', (_, { request, response }) => {
    expect(guessLinkMediaType(request.json!.url!) ?? null).toBe(response.json!.result!.mimetype);
  });
});
