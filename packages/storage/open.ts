import type { Config } from '@portolan/kernel';
import { diskStore } from './disk/store.ts';
import type { ObjectStore } from './store.ts';

type StorageConfig = Pick<
  Config,
  's3Bucket' | 's3Url' | 's3Region' | 's3AccessKeyId' | 's3SecretAccessKey' | 'storagePath'
>;

/** The store that the configuration names: a bucket when there is one, else the folder. */
export async function openStore(config: StorageConfig): Promise<ObjectStore> {
  if (config.s3Bucket === undefined) return diskStore(config.storagePath);
  // Loaded only where it is used: the client weighs more than all the rest of a process.
  const { s3Store } = await import('./s3/store.ts');
  return s3Store({
    bucket: config.s3Bucket,
    region: config.s3Region,
    url: config.s3Url,
    accessKeyId: config.s3AccessKeyId,
    secretAccessKey: config.s3SecretAccessKey,
  });
}
