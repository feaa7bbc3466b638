/** How a source's last job went: `held` when its deletions wait for somebody, `failed` when nothing came of it. */
export type Health = 'healthy' | 'partial' | 'held' | 'failed';

export interface Outcome {
  gatherErrors: number;
  /** Records that failed, of all records of the job. */
  failed: number;
  records: number;
  held: number;
}

export function healthOf({ gatherErrors, failed, records, held }: Outcome): Health {
  if (held > 0) return 'held';
  if (gatherErrors > 0 && records - failed <= 0) return 'failed';
  if (records > 0 && failed === records) return 'failed';
  return gatherErrors > 0 || failed > 0 ? 'partial' : 'healthy';
}
