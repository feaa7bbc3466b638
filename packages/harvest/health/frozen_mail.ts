import { logOf } from '../log/parts.ts';
import type { HarvestSite } from '../site.ts';
import type { Source } from '../source/source.repo.ts';
import { frozenReason } from './autofreeze.ts';
import { recipientsOf } from './recipients.ts';

/** Tells those who look after a source that it was frozen; once, since it has to be unfrozen first. */
export async function mailFrozen(site: HarvestSite, source: Source): Promise<void> {
  const { siteTitle, siteUrl, harvestAutofreeze } = site.config;
  const mail = {
    subject: `${siteTitle} - Harvest Source Frozen`,
    body: [
      `${source.title} (${source.name ?? source.id}) on ${siteUrl} is not harvested any more: ${frozenReason(harvestAutofreeze)}.`,
      '',
      `Health of the source: ${siteUrl}/harvest/health/${source.name ?? source.id}`,
      `When it is mended: portolan harvester source unfreeze ${source.name ?? source.id}`,
    ].join('\n'),
  };
  for (const { name, email } of await recipientsOf(site.db, source.owner_org, site.config))
    try {
      await site.mailer.send({ ...mail, to: { name, address: email } });
    } catch (error) {
      logOf(site.logger, 'queue').warn(
        { source: source.id, err: error },
        'the mail about a frozen source was not sent',
      );
    }
}
