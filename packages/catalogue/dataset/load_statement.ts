/** Rows that belong to a dataset `p`: what is told of them, and the hash of each for `portolan.dataset_hash`. */
interface Part {
  name: string;
  told?: string;
  hash: string;
  from: string;
}

const list = (objects: string, order: string, some = '') =>
  `coalesce(json_agg(${objects} ORDER BY ${order})${some && ` FILTER (WHERE ${some})`}, '[]')`;

// Made as json: jsonb takes twice as long to build and is written as text again at once. OFFSET 0: else the planner,
// which expects hardly any groups, reads all of them for each dataset.
const parts: Part[] = [
  {
    name: 'organization',
    told: `(array_agg(to_json(o)) FILTER (WHERE o.state = 'active' AND o.is_organization))[1]`,
    hash: 'hash_record_extended(o.*, 6)',
    from: '"group" o WHERE o.id = p.owner_org',
  },
  {
    name: 'groups',
    told: list(
      `json_build_object('id', g.id, 'name', g.name, 'title', g.title, 'description', g.description,
        'image_url', g.image_url)`,
      `coalesce(nullif(g.title, ''), g.name), g.name`,
      `g.state = 'active' AND NOT g.is_organization`,
    ),
    hash: 'hash_record_extended(ROW(m.id, g.*), 5)',
    from: `member m CROSS JOIN LATERAL (SELECT * FROM "group" WHERE id = m.group_id OFFSET 0) g
      WHERE m.table_id = p.id AND m.table_name = 'package' AND m.state = 'active'`,
  },
  {
    name: 'tags',
    told: list(
      `json_build_object('id', t.id, 'name', t.name, 'vocabulary_id', t.vocabulary_id, 'vocabulary_name', v.name)`,
      't.name, t.vocabulary_id',
    ),
    hash: 'hash_record_extended(ROW(pt.id, t.*, v.name), 4)',
    from: `package_tag pt JOIN tag t ON t.id = pt.tag_id LEFT JOIN vocabulary v ON v.id = t.vocabulary_id
      WHERE pt.package_id = p.id AND pt.state = 'active'`,
  },
  {
    name: 'extras',
    told: list(`json_build_object('key', e.key, 'value', e.value)`, 'e.key'),
    hash: 'hash_record_extended(e.*, 2)',
    from: `package_extra e WHERE e.package_id = p.id AND e.state = 'active'`,
  },
  {
    name: 'resources',
    told: list('to_json(r)', 'r.position, r.id'),
    hash: 'hash_record_extended(r.*, 3)',
    from: `resource r WHERE r.package_id = p.id AND r.state = 'active'`,
  },
  {
    name: 'relationships_as_subject',
    told: list('to_json(s)', 's.id'),
    hash: 'hash_record_extended(s.*, 7)',
    from: `package_relationship s WHERE s.subject_package_id = p.id AND s.state = 'active'`,
  },
  {
    name: 'relationships_as_object',
    told: list('to_json(o)', 'o.id'),
    hash: 'hash_record_extended(o.*, 8)',
    from: `package_relationship o WHERE o.object_package_id = p.id AND o.state = 'active'`,
  },
  {
    name: 'harvest',
    told: `(array_agg(json_build_object('object_id', h.id, 'source_id', h.harvest_source_id,
      'source_title', hs.title) ORDER BY h.import_finished DESC NULLS LAST))[1]`,
    hash: 'hash_record_extended(ROW(h.id, h.harvest_source_id, h.import_finished, hs.title), 9)',
    from: `harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id
      WHERE h.package_id = p.id AND h.current`,
  },
  {
    name: 'collaborators',
    hash: 'hash_record_extended(c.*, 10)',
    from: 'package_member c WHERE c.package_id = p.id',
  },
];

const toldParts = parts.filter(({ told }) => told !== undefined);

/** Dataset `p` with its parts. One statement, so that all are of one snapshot; children by index. */
export const loadStatement = `
  SELECT to_json(p) AS own, json_build_object(
    ${toldParts.map(({ name, told, from }) => `'${name}', (SELECT ${told} FROM ${from})`).join(',\n')}) AS parts
  FROM package p`;

/** The same beside the hash of all that it reads, as `portolan.dataset_hash` has it. */
export const hashedLoadStatement = `
  SELECT to_json(p) AS own,
    json_build_object(${toldParts.map(({ name }) => `'${name}', of_${name}.told`).join(', ')}) AS parts,
    (hash_record_extended(p.*, 1) # ${parts.map(({ name }) => `coalesce(of_${name}.hash, 0)`).join(' # ')})::text AS hash
  FROM package p
    ${parts
      .map(
        ({ name, told = 'NULL', hash, from }) =>
          `CROSS JOIN LATERAL (SELECT ${told} AS told, bit_xor(${hash}) AS hash FROM ${from}) AS of_${name}`,
      )
      .join('\n')}`;
