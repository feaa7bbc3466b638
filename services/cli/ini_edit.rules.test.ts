import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editIni } from './ini_edit.rules.ts';

const file = `# A portal
[DEFAULT]
debug = false

[app:main]
ckan.site_url = http://old.test
#ckan.site_title = CKAN
ckan.plugins = activity
  harvest

[server:main]
port = 5000
`;
const edit = (options: Record<string, string>, section = 'app:main', mustExist = false) =>
  editIni(file, section, new Map(Object.entries(options)), mustExist);

describe('an ini file', () => {
  it.each<[string, Record<string, string>, string, string]>([
    [
      'an option',
      { 'ckan.site_url': 'http://new.test' },
      'ckan.site_url = http://new.test\n',
      'Edited option',
    ],
    ['one that is commented out', { 'ckan.site_title': 'Tea' }, '\nckan.site_title = Tea\n', 'Edited option'],
    [
      'one of several lines',
      { 'ckan.plugins': 'activity' },
      'ckan.plugins = activity\n\n[server',
      'Edited option',
    ],
    ['one that is new', { 'ckan.site_id': 'tea' }, '[app:main]\nckan.site_id = tea\n', 'Created option'],
  ])('gets %s', (_what, options, text, said) => {
    const { content, done } = edit(options);
    expect(content).toContain(text);
    expect(done).toEqual([`${said} ${Object.entries(options)[0]!.join(' = ')}`]);
  });

  it('gets a section that it lacks', () => {
    expect(edit({ a: 'b' }, 'tea').content).toBe(`${file.trimEnd()}\n[tea]\na = b\n`);
  });

  it.each([
    [{ 'no.such': 'x' }, 'app:main', 'Option no.such not found'],
    [{ a: 'b' }, 'tea', 'Section tea not found'],
  ])('is only edited where that is asked for', (options, section, message) => {
    expect(() => edit(options, section, true)).toThrow(message);
  });

  it('keeps every line that is not about the options', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z._]{0,12}$/),
        fc.stringMatching(/^\S?[ -~]{0,20}$/),
        (key, value) => {
          const { content } = edit({ [key]: value });
          for (const line of file.split('\n').filter((one) => !one.includes(key)))
            expect(content).toContain(line);
          expect(editIni(content, 'app:main', new Map([[key, value]])).content).toBe(content);
        },
      ),
    ));
});
