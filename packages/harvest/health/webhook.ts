import { createHmac } from 'node:crypto';
import { spacedTime } from '../job/job.presenter.ts';
import type { HarvestSite } from '../site.ts';
import { findSource } from '../source/source.repo.ts';
import type { Health } from './health.rules.ts';

/** A change of a source's health. */
export interface HealthEvent {
  source: string;
  /** The job that brought it about. */
  job: string;
  /** Nothing for a source that was never harvested. */
  before: Health | null;
  after: Health;
  /** Timestamp of the change. */
  since: string;
}

/**
 * Posts a change of a source's health as JSON to the configured address. `X-Portolan-Signature` is `t=SECONDS,v1=HEX`:
 * the HMAC-SHA256 of `SECONDS.BODY` by the configured secret.
 * @throws when it was not taken: it is posted again later, behind newer ones maybe, which `since` tells
 */
export async function postWebhook(
  site: Pick<HarvestSite, 'db' | 'config' | 'fetcher' | 'runtime'>,
  signal: AbortSignal,
  { source: sourceId, job, before, after, since }: HealthEvent,
): Promise<void> {
  const { harvestWebhookUrl: url, harvestWebhookSecret: secret, siteUrl } = site.config;
  const source = await findSource(site.db, sourceId);
  if (!url || !source) return;
  const seconds = Math.floor(site.runtime.now() / 1000);
  const body = JSON.stringify({
    event: 'harvest_source.health',
    source: { id: source.id, name: source.name, title: source.title },
    job,
    before,
    after,
    since: spacedTime(since),
    report: `${siteUrl}/harvest/health/${source.name ?? source.id}.json`,
  });
  const headers = {
    'content-type': 'application/json',
    ...(secret ? { 'x-portolan-signature': `t=${seconds},v1=${signature(secret, seconds, body)}` } : {}),
  };
  const answer = await site.fetcher.fetch(url, { method: 'POST', headers, body, signal });
  answer.discard();
  if (answer.status >= 300) throw new Error(`The webhook answered ${answer.status}`);
}

export const signature = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
