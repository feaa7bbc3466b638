import {
  cleanXml,
  decodeXml,
  type Finding,
  isoNamespaces,
  UnreadableXml,
  validateRecord,
  withXml,
} from '@portolan/metadata';
import { profilesOf } from '../drivers/spatial/config.rules.ts';
import { parsedConfig } from '../source/source.repo.ts';
import { type HarvesterCli, HarvesterCliFailure } from './context.ts';

/** A harvested record that fails its validation profiles. */
export interface InvalidRecord {
  dataset: string;
  source: string;
  guid: string;
  object: string;
  findings: string[];
}

interface Row {
  id: string;
  guid: string;
  content: string;
  dataset: string;
  source: string;
  config: string | null;
}

const page = 100;
const types = ['csw', 'waf', 'single-doc', 'gemini-csw', 'gemini-waf', 'gemini-single'];

/** `spatial-validation file`: what a document fails, by the first profile that finds anything. */
export function documentFindings(bytes: Buffer, profiles: readonly string[]): string[] {
  const text = cleanXml(decodeXml(bytes));
  return text === undefined ? ['It is not XML'] : findingsOf(text, profiles);
}

function findingsOf(text: string, profiles: readonly string[]): string[] {
  try {
    return withXml(text, (document) => {
      const [record] = document.find('/gmd:MD_Metadata | /*/gmd:MD_Metadata', isoNamespaces);
      if (!record) return ['There is no gmd:MD_Metadata in it'];
      return validateRecord(document, profiles).map(told);
    });
  } catch (error) {
    if (error instanceof UnreadableXml) return [error.message];
    throw error;
  }
}

const told = ({ message, line }: Finding): string => (line === null ? message : `line ${line}: ${message}`);

/**
 * `spatial-validation report`: the current spatial records that do not validate, of one dataset or of all, a page read
 * at a time. @throws HarvesterCliFailure for an unknown dataset
 */
export async function* invalidRecords(
  { site }: Pick<HarvesterCli, 'site'>,
  dataset?: string,
): AsyncGenerator<InvalidRecord> {
  if (dataset !== undefined) {
    const found = await site.db.rows(`SELECT FROM package WHERE id = $1 OR name = $1`, [dataset]);
    if (found.length === 0) throw new HarvesterCliFailure(`Package ref "${dataset}" not recognised`);
  }
  for (let after = ''; ; ) {
    const rows = await site.db.rows<Row>(
      `SELECT o.id, o.guid, o.content, p.name AS dataset, coalesce(q.name, s.id) AS source, s.config
       FROM harvest_object o JOIN package p ON p.id = o.package_id AND p.state = 'active'
       JOIN harvest_source s ON s.id = o.harvest_source_id LEFT JOIN package q ON q.id = s.id
       WHERE o.current AND o.content IS NOT NULL AND s.type = ANY ($1) AND o.id > $2 AND ($3::text IS NULL OR $3 IN (p.id, p.name))
       ORDER BY o.id LIMIT ${page}`,
      [types, after, dataset ?? null],
    );
    for (const { id, content, config, ...row } of rows) {
      const findings = findingsOf(content, profilesOf(parsedConfig({ config }), site.config));
      if (findings.length > 0) yield { ...row, object: id, findings };
    }
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}
