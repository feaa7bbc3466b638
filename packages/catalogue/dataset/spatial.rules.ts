import { type Config, invalid } from '@portolan/kernel';
import { keptExtras } from '@portolan/schema';

/**
 * The extra `spatial` is GeoJSON where the spatial extension is on. Source: ckanext-spatial, which quotes Python's
 * decoder.
 */
export function assertSpatial(data: Record<string, unknown>, config: Pick<Config, 'plugins'>): void {
  if (!config.plugins.includes('spatial_metadata')) return;
  const spatial = keptExtras(data).find(({ key }) => key === 'spatial')?.value;
  if (!spatial) return;
  try {
    JSON.parse(spatial);
  } catch (error) {
    throw invalid({ spatial: [`Error decoding JSON object: ${decoderMessage(spatial, error)}`] });
  }
}

function decoderMessage(text: string, error: unknown): string {
  const start = /^\s*/.exec(text)![0].length;
  const said = /position (\d+)/.exec(String(error))?.[1];
  const at = /^[[{"\-\dtfn]/.test(text.slice(start)) && said ? Number(said) : start;
  const lines = text.slice(0, at).split('\n');
  return `Expecting value: line ${lines.length} column ${lines.at(-1)!.length + 1} (char ${at})`;
}
