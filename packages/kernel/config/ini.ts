/** A setting as it stands in a file, with the line to point at. */
export interface IniSetting {
  key: string;
  value: string;
  line: number;
}

/**
 * Reads a `ckan.ini` as Python's configparser does: section `[app:main]` (settings before any section count
 * too), `=` or `:`, indented continuation lines, whole-line comments, `%(here)s` and `%(other key)s`.
 */
export function parseIni(content: string, here: string): IniSetting[] {
  const settings: IniSetting[] = [];
  let section = 'app:main';
  let last: IniSetting | undefined;
  for (const [index, raw] of content.split(/\r?\n/).entries()) {
    const line = raw.trimEnd();
    if (/^\s*([#;].*)?$/.test(line)) continue;
    if (/^\s/.test(line) && last) {
      last.value += `\n${line.trim()}`;
      continue;
    }
    const header = /^\[(.+)\]$/.exec(line);
    if (header) {
      section = header[1] ?? '';
      last = undefined;
      continue;
    }
    if (section !== 'app:main' && section !== 'DEFAULT') continue;
    const at = line.search(/[=:]/);
    if (at < 0) continue;
    last = { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim(), line: index + 1 };
    settings.push(last);
  }
  const values = new Map(settings.map(({ key, value }) => [key, value]));
  values.set('here', here);
  for (const setting of settings)
    setting.value = setting.value.replace(/%\(([^)]+)\)s/g, (whole, key) => values.get(key) ?? whole);
  return settings;
}
