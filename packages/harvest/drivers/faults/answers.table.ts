import { gzipSync } from 'node:zlib';
import { answering, type Page } from './feed.ts';

/** What a server may answer instead of a document, and what its report has to say. */
export interface BadAnswer {
  what: string;
  answer(good: string): Page;
  /** Of the message; what is no document at all is told of in each driver's own words. */
  says?: RegExp;
  /** Only where the document is XML. */
  xml?: true;
  /** Not where the document is a folder's page, which may be anything. */
  notFolder?: true;
  /** It takes its time. */
  slow?: true;
}

const entities = (...declared: string[]) => `<!DOCTYPE a [${declared.join('')}]>`;
const behindDeclaration = (good: string, head: string) => good.replace(/^(<\?xml[^>]*>)?/, `$1${head}`);
const laughs = entities(
  '<!ENTITY a "ha">',
  ...Array.from({ length: 12 }, (_, n) => {
    const [from, to] = [String.fromCharCode(97 + n), String.fromCharCode(98 + n)];
    return `<!ENTITY ${to} "${`&${from};`.repeat(10)}">`;
  }),
);
const mentioning = (entity: string) => (good: string) => good.replace(/<\/(?=[\w:]+>)/, `&${entity};</`);

const endless: Page = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(2 ** 18, 0x20)));
  };
  response.on('drain', more);
  more();
  return undefined;
};

/** Its beginning, and then a blank now and then. */
export const dripping =
  (good: string): Page =>
  (_request, response) => {
    response.writeHead(200).write(good.slice(0, 10));
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
    return undefined;
  };

const redirect = (location: string): Page => ({ status: 307, headers: { location }, body: '' });
const gzipped = (bytes: Buffer): Page => ({ headers: { 'content-encoding': 'gzip' }, body: bytes });

/** A gigabyte of blanks in a megabyte: what is compressed in parts is one text. */
const bomb = () => Buffer.concat(Array<Buffer>(256).fill(gzipSync(Buffer.alloc(2 ** 22, 0x20))));

export const badAnswers: readonly BadAnswer[] = [
  {
    what: 'a page of HTML with status 200',
    answer: () => ({
      headers: { 'content-type': 'text/html' },
      body: '<html><body><p>Sorry<br><a href="mailto:us@feed.test">us</a></body></html>',
    }),
  },
  { what: 'nothing', answer: () => '' },
  { what: 'half of it', answer: (good) => good.slice(0, good.length / 2), notFolder: true },
  { what: 'random bytes', answer: () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0xff]) },
  { what: 'a billion laughs', answer: (good) => mentioning('m')(behindDeclaration(good, laughs)), xml: true },
  ...['file:///etc/passwd', 'http://127.0.0.1:1/secret'].map(
    (address): BadAnswer => ({
      what: `an entity from ${address.split(':')[0]}`,
      answer: (good) => mentioning('s')(behindDeclaration(good, entities(`<!ENTITY s SYSTEM "${address}">`))),
      xml: true,
    }),
  ),
  {
    what: 'elements in elements for ever',
    answer: (good) => good.replace(/<\/(?=[\w:]+>)/, `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</`),
    xml: true,
  },
  {
    what: 'a connection that breaks off',
    answer: (good) => (_request, response) => {
      response.writeHead(200, { 'content-length': String(Buffer.byteLength(good)) });
      response.write(good.slice(0, 20), () => response.destroy());
      return undefined;
    },
    says: /connection error/,
  },
  {
    what: 'less than it announced',
    answer: (good) => (_request, response) => {
      response.writeHead(200, { 'content-length': String(Buffer.byteLength(good) + 50) });
      response.write(good, () => response.destroy());
      return undefined;
    },
    says: /connection error/,
  },
  {
    what: 'a byte now and then',
    answer: dripping,
    says: /timed out/,
    slow: true,
  },
  { what: 'a body without end', answer: () => endless, says: /too (large|big)/ },
  {
    what: 'a gigabyte, announced',
    answer: () => (_request, response) => {
      response.writeHead(200, { 'content-length': String(2 ** 30) }).write('<');
      return undefined;
    },
    says: /too (large|big)/,
  },
  { what: 'a bomb of gzip', answer: () => gzipped(bomb()), says: /too (large|big)/ },
  {
    what: 'what is no gzip and says so',
    answer: (good) => gzipped(Buffer.from(good)),
    says: /cannot be decoded/,
  },
  {
    what: 'gzip that breaks off',
    answer: (good) => gzipped(gzipSync(good).subarray(0, -12)),
    says: /cannot be decoded/,
  },
  {
    what: 'an address inside',
    answer: () => redirect('http://169.254.169.254/latest/meta-data/'),
    says: /URL not allowed/,
  },
  { what: 'a file', answer: () => redirect('file:///etc/passwd'), says: /URL not allowed/ },
  {
    what: 'itself again',
    answer: () => answering(({ url }) => redirect(url.pathname + url.search)),
    says: /redirects/,
  },
  { what: 'an error', answer: () => ({ status: 500, body: 'No' }), says: /500/ },
];
