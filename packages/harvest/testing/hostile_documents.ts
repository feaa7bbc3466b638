// Reads a hostile document as a harvester does, in a process of its own, and tells its parent what that took.
import { readDataJsonLimited } from '../drivers/dcat_json/read.ts';

/** Made in pieces: what is left over of a million small texts would be taken for the reader's. */
function list(count: number, item: (n: number) => string): string {
  let text = '[';
  for (let from = 0; from < count; from += 10_000) {
    const length = Math.min(10_000, count - from);
    text += `${from === 0 ? '' : ','}${Array.from({ length }, (_, n) => item(from + n)).join(',')}`;
  }
  return `${text}]`;
}

/** By name: a document that takes as much memory as can be had for its size. */
const documents: Record<string, () => string> = {
  'two million objects with keys of their own': () => list(2_000_000, (n) => `{"k${n}":1}`),
  'as many of them as are read': () => list(610_000, (n) => `{"k${n}":1}`),
  'objects inside objects, all with keys of their own': () => list(260_000, (n) => `{"k${n}":{"j${n}":{}}}`),
  'as many empty objects as are read': () => list(1_330_000, () => '{}'),
  'eight million short texts': () => list(7_990_000, (n) => `"${n.toString(36)}"`),
  'one object with a million keys': () => `[{${list(990_000, (n) => `"k${n}":1`).slice(1, -1)}}]`,
  'the same few keys in any order': () =>
    list(100_000, (n) => {
      const keys = [...'abcdefghij'].sort(
        (a, b) => ((a.charCodeAt(0) * n) % 97) - ((b.charCodeAt(0) * n) % 97),
      );
      return `{${keys.map((key) => `"${key}":1`).join(',')}}`;
    }),
  'fifty megabytes of records': () =>
    list(
      70_000,
      (n) => `{"identifier":"${n}","title":"Tea","description":"${'Leaves and 茶. '.repeat(45)}"}`,
    ),
};

const name = process.argv[2] ?? '';
const text = documents[name]?.() ?? '';
const before = process.resourceUsage().maxRSS;
const started = process.cpuUsage();
let told: string;
try {
  const page = await readDataJsonLimited({ seconds: 60, what: 'Document d' }, text);
  told = 'wrong' in page ? page.wrong : `${page.records.length} records`;
} catch (error) {
  told = (error as Error).message;
}
const { user, system } = process.cpuUsage(started);
const report = {
  told,
  characters: text.length,
  before: Math.round(before / 1024),
  most: Math.round(process.resourceUsage().maxRSS / 1024),
  seconds: (user + system) / 1e6,
};
if (process.send) process.send(report);
else console.log(JSON.stringify(report));
process.disconnect?.();
