import { beforeAll, describe, expect, it } from 'vitest';
import { newName, newOrganization, send, succeed } from './client.ts';

let job: string;
beforeAll(async () => {
  const source = await succeed('harvest_source_create', {
    name: newName('source'),
    title: 'Records by hand',
    url: `http://records.test/${newName('feed')}`,
    source_type: 'ckan',
    owner_org: await newOrganization(),
  });
  job = (await succeed('harvest_job_create', { source_id: source.id, run: false })).id;
});

describe('the record that a dataset was harvested from', () => {
  it.each([
    ['<a>é</a>', 'application/xml; charset=utf-8', '<?xml version="1.0" encoding="UTF-8"?>\n<a>é</a>'],
    ['{"a": "é"}', 'application/json; charset=utf-8', '{"a": "é"}'],
    ['<script>alert(1)', 'text/html; charset=utf-8', '<script>alert(1)'],
  ])('%j is served as what it is, and no script of it runs', async (content, type, body) => {
    const { id } = await succeed('harvest_object_create', { job_id: job, guid: newName('record'), content });
    const answer = await send(`/harvest/object/${id}`);
    expect(await answer.text()).toBe(body);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': type,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is shown as a page of its text', async () => {
    const content = '<a onclick="b()">é</a>';
    const { id } = await succeed('harvest_object_create', { job_id: job, guid: newName('record'), content });
    const page = await (await send(`/harvest/object/${id}/html`)).text();
    expect(page).not.toContain(content);
    expect(page).toContain('é');
  });

  it('that nobody has is not found', async () => {
    const answer = await send('/harvest/object/none');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('No content found');
  });
});
