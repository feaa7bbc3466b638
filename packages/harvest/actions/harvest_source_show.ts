import {
  asciiJson,
  datasetLabels,
  findDataset,
  JsonText,
  loadDataset,
  mayRead,
  maySeePersonalData,
  notAuthorised,
  presentDataset,
  readAction,
  type StoredDataset,
} from '@portolan/catalogue';
import { missingValue, notFound } from '@portolan/kernel';
import { maySeeSecrets } from '../authorisation/source_rules.ts';
import { presentSource, sourceStatus } from '../source/source.presenter.ts';

export const harvestSourceShow = readAction<StoredDataset>({
  name: 'harvest_source_show',
  namesPeople: (call, _params, stored) => maySeePersonalData(call, () => stored),
  summary: 'A harvest source with its configuration, its number of datasets and its newest job.',
  parameters: {
    id: { type: 'text', meaning: 'Id or name of the source.' },
    url: { type: 'text', meaning: 'Or its address; the first source that has it.' },
  },
  async authorise(call, params) {
    let reference = params['id'];
    if (!reference && typeof params['url'] === 'string') {
      const [found] = await call.sql.rows<{ id: string }>(
        `SELECT id FROM harvest_source WHERE url = $1 ORDER BY created, id LIMIT 1`,
        [params['url']],
      );
      if (!found) throw notFound();
      reference = found.id;
    }
    if (!reference) throw missingValue('name_or_id');
    const row =
      typeof reference === 'string' && !reference.includes('\0')
        ? await findDataset(call.sql, reference)
        : undefined;
    const stored = row && (await loadDataset(call.sql, row.id));
    if (!stored) throw notFound();
    if (!(await mayRead(call, datasetLabels(stored, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${stored.id}`);
    return stored;
  },
  async handle(call, _params, stored) {
    const [row] = await call.sql.rows<{
      active: boolean | null;
      frozen: boolean | null;
      frozen_reason: string | null;
    }>(
      `SELECT s.active, t.frozen, t.frozen_reason FROM harvest_source s
       LEFT JOIN portolan.harvest_source_state t ON t.source_id = s.id WHERE s.id = $1`,
      [stored.id],
    );
    const active = row?.active ?? stored.state === 'active';
    if (stored.type !== 'harvest')
      return new JsonText(asciiJson({ ...presentDataset(stored, call.site.config), active }));
    const status = await sourceStatus(call.sql, stored.id);
    const source = presentSource(stored, { status, active, secrets: await maySeeSecrets(call, stored) });
    // CKAN knows no frozen sources: only of them is it said.
    return row?.frozen ? { ...source, frozen: true, frozen_reason: row.frozen_reason } : source;
  },
});
