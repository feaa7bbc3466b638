// The process that a test kills: uploads without end and says so once the first part is under way.
import { diskStore, type S3Options } from '@portolan/storage';
import { s3Store } from '../../packages/storage/s3/store.ts';

const where: { folder: string } | { s3: S3Options } = JSON.parse(process.argv[2]!);
const store = 'folder' in where ? diskStore(where.folder) : s3Store(where.s3);

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; ; sent++) {
    yield new Uint8Array(2 ** 20);
    // By then the store has taken whole parts, not only filled its buffer.
    if (sent === 24) process.stdout.write('under way\n');
    if (sent >= 24) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await store.stage(endless());
