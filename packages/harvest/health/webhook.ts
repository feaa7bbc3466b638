import { createHmac } from 'node:crypto';
import type { JobRow } from '../job/job.repo.ts';
import type { HarvestSite } from '../site.ts';
import type { Source } from '../source/source.repo.ts';
import type { HealthChange } from './ended.job.ts';

const attempts = 3;

/**
 * Posts a change of a source's health as JSON to the configured address. `X-Portolan-Signature` is `t=SECONDS,v1=HEX`:
 * the HMAC-SHA256 of `SECONDS.BODY` by the configured secret.
 */
export async function postWebhook(
  site: HarvestSite,
  signal: AbortSignal,
  { source, job, before, after }: HealthChange & { source: Source; job: JobRow },
): Promise<void> {
  const { harvestWebhookUrl: url, harvestWebhookSecret: secret, siteUrl } = site.config;
  if (!url) return;
  const seconds = Math.floor(site.runtime.now() / 1000);
  const body = JSON.stringify({
    event: 'harvest_source.health',
    source: { id: source.id, name: source.name, title: source.title },
    job: job.id,
    before,
    after,
    report: `${siteUrl}/harvest/health/${source.name ?? source.id}.json`,
  });
  const headers = {
    'content-type': 'application/json',
    ...(secret ? { 'x-portolan-signature': `t=${seconds},v1=${signature(secret, seconds, body)}` } : {}),
  };
  for (let attempt = 1; ; attempt++) {
    const answer = await site.fetcher.fetch(url, { method: 'POST', headers, body, signal });
    answer.discard();
    if (answer.status < 300) return;
    if (attempt === attempts) throw new Error(`The webhook answered ${answer.status}`);
  }
}

export const signature = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
