import type { Sql } from '@portolan/db';
import type { Call, Site } from '../action/call.ts';
import { datasetLabels, type LabelledDataset } from '../authorisation/labels.ts';
import { loadDatasets } from '../dataset/load.ts';
import { presentDataset } from '../dataset/presenter.ts';
import { isoTime } from '../dataset/time.ts';
import { asciiJson } from '../index/ascii_json.ts';
import { documentEtag, documentForm } from '../index/document_form.ts';
import { anonymousEtag, hidesPersonalData } from '../personal/boundary.ts';
import type { Kind } from './cursor.rules.ts';

/** An object of the catalogue as it is now. */
export interface Present {
  /** Who holds one of them may see it; nobody sees it as present when it is deleted. */
  labels: string[];
  deleted: boolean;
  fields: Record<string, unknown>;
  /** JSON text, when it was asked for. */
  document: string | undefined;
}

interface DatasetRow extends LabelledDataset {
  name: string;
  type: string | null;
  metadata_modified: string | null;
  etag: string | null;
  document: string | null;
}

/** The datasets with these ids, those that do not exist left out: one statement, and one for stale documents. */
export async function presentDatasets(
  site: Site,
  sql: Sql,
  ids: string[],
  withDocuments: boolean,
): Promise<Map<string, Present>> {
  if (ids.length === 0) return new Map();
  const form = documentForm(site.config);
  const rows = await sql.prepared<DatasetRow>(
    'feed_datasets',
    `SELECT p.id, p.name, p.type, p.state, p.private, p.owner_org, p.creator_user_id, p.metadata_modified,
       d.etag, CASE WHEN $3 THEN d.document END AS document
     FROM package p LEFT JOIN portolan.dataset_document d ON d.package_id = p.id AND d.form = $2
       AND NOT EXISTS (SELECT FROM portolan.outbox o WHERE o.key = p.id)
     WHERE p.id = ANY($1)`,
    [ids, form, withDocuments],
  );
  const stale = rows.filter((row) => row.state !== 'deleted' && row.etag === null).map((row) => row.id);
  const built = new Map<string, string>();
  for (const stored of await loadDatasets(sql, stale))
    built.set(stored.id, asciiJson(presentDataset(stored, site.config)));
  return new Map(
    rows.map((row) => {
      const text = row.document ?? built.get(row.id);
      const etag = row.etag ?? (text === undefined ? null : documentEtag(form, text));
      const present: Present = {
        labels: datasetLabels(row, site.config.allowCollaborators),
        deleted: row.state === 'deleted',
        fields: {
          id: row.id,
          name: row.name,
          type: row.type,
          state: row.state,
          metadata_modified: isoTime(row.metadata_modified),
          // As package_show says it to anybody.
          etag: etag !== null && hidesPersonalData(site) ? anonymousEtag(etag) : etag,
        },
        document: withDocuments ? text : undefined,
      };
      return [row.id, present];
    }),
  );
}

interface GroupRow {
  id: string;
  name: string;
  type: string;
  state: string | null;
  etag: string;
  document: object;
}

/** The organisations and groups with these ids, those that do not exist left out; everybody may see them. */
export async function presentGroups(
  sql: Sql,
  ids: string[],
  withDocuments: boolean,
): Promise<Map<string, Present>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.prepared<GroupRow>(
    'feed_groups',
    `SELECT id, name, type, state, md5(document::text) AS etag, document FROM (
       SELECT g.id, g.name, g.type, g.state, jsonb_build_object('id', g.id, 'name', g.name, 'title', g.title,
         'description', g.description, 'image_url', g.image_url, 'type', g.type, 'state', g.state,
         'is_organization', g.is_organization, 'approval_status', g.approval_status, 'created', g.created,
         'extras', (SELECT coalesce(jsonb_agg(jsonb_build_object('key', e.key, 'value', e.value) ORDER BY e.key), '[]')
            FROM group_extra e WHERE e.group_id = g.id AND e.state = 'active'),
         'groups', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.name) ORDER BY a.name), '[]')
            FROM member m JOIN "group" a ON a.id = m.table_id
            WHERE m.group_id = g.id AND m.table_name = 'group' AND m.state = 'active' AND a.state = 'active')
       ) AS document FROM "group" g WHERE g.id = ANY($1)) AS described`,
    [ids],
  );
  return new Map(
    rows.map(({ document, id, name, type, state, etag }) => [
      id,
      {
        labels: ['public'],
        deleted: state !== 'active',
        fields: { id, name, type, state, etag },
        document: withDocuments ? asciiJson(document) : undefined,
      },
    ]),
  );
}

/** The objects that these name, by `kind` and `id`: a fixed number of statements, however many they are. */
export async function presentObjects(
  call: Call,
  named: { kind: string; id: string }[],
  withDocuments: boolean,
): Promise<(object: { kind: string; id: string }) => Present | undefined> {
  const of = (isDataset: boolean) => [
    ...new Set(named.filter(({ kind }) => (kind === 'dataset') === isDataset).map(({ id }) => id)),
  ];
  const datasets = await presentDatasets(call.site, call.sql, of(true), withDocuments);
  const groups = await presentGroups(call.sql, of(false), withDocuments);
  return ({ kind, id }) => (kind === 'dataset' ? datasets : groups).get(id);
}

/** Ids of one kind behind `after`, in the order of a walk; deleted ones are not passed. */
export async function idsBehind(sql: Sql, kind: Kind, after: string, limit: number): Promise<string[]> {
  const rows =
    kind === 'dataset'
      ? await sql.prepared<{ id: string }>(
          'feed_walk_datasets',
          `SELECT id FROM package WHERE id > $1 AND state <> 'deleted' ORDER BY id LIMIT $2`,
          [after, limit],
        )
      : await sql.prepared<{ id: string }>(
          'feed_walk_groups',
          `SELECT id FROM "group" WHERE id > $1 AND state = 'active' AND is_organization = $3 ORDER BY id LIMIT $2`,
          [after, limit, kind === 'organization'],
        );
  return rows.map((row) => row.id);
}
