import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let test: TestSite;
beforeAll(async () => {
  test = await testSite();
});

const task = { entity_id: 'e', entity_type: 'dataset', task_type: 'scan', key: 'k' };

describe('task_status', () => {
  it('is made once, changed by what is sent, and deleted', async () => {
    const rows = (await Promise.all(
      [1, 2, 3].map(() => test.must('task_status_update', { ...task, value: 'v', error: 'none' })),
    )) as { id: string }[];
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    expect(await test.must('task_status_update', { ...task, state: 'done' })).toMatchObject({
      value: 'v',
      error: 'none',
      state: 'done',
    });
    expect(
      await test.must('task_status_show', { entity_id: 'e', task_type: 'scan', key: 'k' }),
    ).toMatchObject({
      id: rows[0]!.id,
    });
    await test.must('task_status_delete', { id: rows[0]!.id });
    expect(await test.call('task_status_show', undefined, { id: rows[0]!.id })).toMatchObject({
      status: 404,
    });
  });

  it('of several is written for all or for none', async () => {
    const wrong = await test.call('task_status_update_many', test.admin, {
      data: [{ ...task, key: 'first', value: '1' }, { key: 'x' }],
    });
    expect(wrong).toEqual({
      error: { entity_id: ['Missing value'], entity_type: ['Missing value'], task_type: ['Missing value'] },
      status: 409,
    });
    expect(
      await test.call('task_status_show', undefined, { entity_id: 'e', task_type: 'scan', key: 'first' }),
    ).toMatchObject({ status: 404 });
  });

  it.each([[undefined], ['x'], [[1]], [[null]]])(
    'of several given as %j is the client’s error',
    async (data) => {
      expect(await test.call('task_status_update_many', test.admin, { data })).toMatchObject({ status: 409 });
    },
  );

  it('with a wrong time is the client’s error', async () => {
    expect(
      await test.call('task_status_update', test.admin, { ...task, value: 'v', last_updated: 'x' }),
    ).toEqual({
      error: { last_updated: ['Date format incorrect'] },
      status: 409,
    });
  });
});

describe('term_translation', () => {
  it('has one row of a term and a language', async () => {
    const put = (term_translation: string) =>
      test.must('term_translation_update', { term: 'river', term_translation, lang_code: 'de' });
    await Promise.all([put('Fluss'), put('Strom')]);
    await put('Fluss');
    expect(await test.must('term_translation_show', { terms: 'river' })).toEqual([
      { term: 'river', term_translation: 'Fluss', lang_code: 'de' },
    ]);
  });

  it('of several counts them', async () => {
    const data = [
      { term: 'lake', term_translation: 'See', lang_code: 'de' },
      { term: 'river', term_translation: 'fleuve', lang_code: 'fr' },
    ];
    expect(await test.must('term_translation_update_many', { data })).toEqual({ success: '2 rows updated' });
    expect(
      await test.must('term_translation_show', { terms: ['river', 'lake'], lang_codes: ['fr', 'de'] }),
    ).toHaveLength(3);
  });
});

describe('config_option', () => {
  it.each([
    ['sqlalchemy.url', 'sqlalchemy.url'],
    ['SECRET_KEY', 'SECRET_KEY'],
    ['api_token.jwt.encode.secret', 'api_token.jwt.encode.secret'],
  ])('%s is neither shown nor changed', async (key) => {
    expect(await test.call('config_option_show', test.admin, { key })).toMatchObject({ status: 409 });
    expect(
      await test.call('config_option_update', test.admin, { [key]: 'x', 'ckan.site_about': 'y' }),
    ).toEqual({
      error: { message: `Configuration option(s) '${key}' can not be updated` },
      status: 409,
    });
    expect(await test.must('config_option_show', { key: 'ckan.site_about' })).toBe('');
  });

  it('is shown as it was last changed, and told to every process', async () => {
    const control = () =>
      test.site.db.rows<{ epoch: number; settings: object }>('SELECT epoch, settings FROM portolan.control');
    const [before] = await control();
    expect(
      await test.must('config_option_update', { 'ckan.site_title': 5, 'ckan.site_about': null }),
    ).toEqual({
      'ckan.site_title': '5',
    });
    expect(await test.must('config_option_show', { key: 'ckan.site_title' })).toBe('5');
    const [after] = await control();
    expect(after).toEqual({ epoch: before!.epoch + 1, settings: { 'ckan.site_title': '5' } });
  });

  it('that no process could start with is refused', async () => {
    expect(
      await test.call('config_option_update', test.admin, { 'ckan.site_url': 'nonsense' }),
    ).toMatchObject({
      status: 409,
      error: { 'ckan.site_url': [expect.any(String)] },
    });
  });
});

describe('job actions', () => {
  it('list, show, cancel and clear what waits', async () => {
    await test.site.db.rows(
      `INSERT INTO portolan.job (queue, name, key, max_attempts)
       VALUES ('one', 'dump', 'a', 1), ('two', 'dump', 'b', 1), ('two', 'dump', 'c', 1)`,
    );
    const jobs = (await test.must('job_list')) as { id: string; queue: string; title: string }[];
    expect(jobs.map((job) => [job.queue, job.title])).toEqual([
      ['one', 'dump a'],
      ['two', 'dump b'],
      ['two', 'dump c'],
    ]);
    expect(await test.must('job_list', { queues: ['one'], ids_only: true })).toEqual([jobs[0]!.id]);
    expect(await test.must('job_show', { id: jobs[1]!.id })).toEqual(jobs[1]);
    await test.must('job_cancel', { id: jobs[1]!.id });
    expect(await test.call('job_cancel', test.admin, { id: jobs[1]!.id })).toMatchObject({ status: 404 });
    expect(await test.must('job_clear')).toEqual(['one', 'two']);
    expect(await test.must('job_list')).toEqual([]);
    expect(await test.call('job_show', test.admin, { id: 'x' })).toMatchObject({ status: 404 });
  });
});
