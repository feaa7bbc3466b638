import type { DatasetDict } from '../../dataset_writer.ts';
import type { ObjectContext } from '../../driver.ts';

/** Adds the configuration's extras, with `{harvest_source_id}` and the like filled in. */
export function addDefaultExtras(
  dataset: DatasetDict,
  { config, source, jobId, object }: Pick<ObjectContext, 'config' | 'source' | 'jobId' | 'object'>,
): void {
  // The legacy form of a dataset has extras as an object.
  const given: unknown = dataset.extras ?? [];
  // What is no pair of key and value cannot be kept.
  let extras = Array.isArray(given)
    ? (given as { key: string; value: unknown }[]).filter((one) => typeof one === 'object' && one !== null)
    : Object.entries(given as Record<string, unknown>).map(([key, value]) => ({ key, value }));
  const defaults = config['default_extras'];
  if (typeof defaults === 'object' && defaults !== null) {
    const values: Record<string, string> = {
      dataset_id: dataset.id ?? '',
      harvest_source_id: source.id,
      harvest_source_url: source.url.replace(/^\/+|\/+$/g, ''),
      harvest_source_title: source.title,
      harvest_job_id: jobId,
      harvest_object_id: object.id,
    };
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
    for (const [key, value] of Object.entries(defaults)) {
      const at = extras.findIndex((extra) => extra.key === key);
      if (at >= 0 && config['override_extras'] !== true) continue;
      const said = { key, value: typeof value === 'string' ? fill(value) : value };
      // One that is there twice stays twice, and is refused as it would be without this.
      extras = at < 0 ? [...extras, said] : extras.with(at, said);
    }
  }
  dataset.extras = extras;
}
