import { randomUUID } from 'node:crypto';
import { ask, must, type Server } from './client.ts';

/** Who calls: their part in the organisation that owns the datasets, or in the datasets. */
export const callers = [
  'anonymous',
  'stranger',
  'member',
  'editor',
  'admin',
  'other_admin',
  'collaborating_member',
  'collaborating_editor',
  'collaborating_admin',
  'creator',
  'sysadmin',
  'deleted',
  'pending',
] as const;
export type Caller = (typeof callers)[number];

export const states = ['public', 'private', 'draft', 'deleted'] as const;
export type State = (typeof states)[number];

export interface Dataset {
  id: string;
  name: string;
  resource: string;
  view: string;
  activity: string;
}

/** Everything that the calls of the matrix are about, on one server; spare things are made anew when they are used up. */
export interface World {
  server: Server;
  /** What the names of this world have in common. */
  suffix: string;
  tokens: Record<Caller, string | null>;
  /** Names of the accounts; those of nobody are of nobody. */
  users: Record<Caller, string>;
  organization: string;
  otherOrganization: string;
  /** Public, of the organisation: the other end of relationships. */
  peer: string;
  vocabulary: string;
  datasets: Record<State, Dataset>;
  spare: {
    organization: string;
    group: string;
    user: string;
    vocabulary: string;
    tag: string;
    token: string;
    /** A harvest source of `organization`, and its job that was never run. */
    source: string;
    source_name: string;
    job: string;
  };
  name(what: string): string;
  renewDataset(state: State): Promise<void>;
  renewSpares(): Promise<void>;
}

const roles = { member: 'member', editor: 'editor', admin: 'admin' } as const;

/** `collaborators`: whether the server has them switched on; without them those callers are nobody special. */
export async function makeWorld(server: Server, { collaborators = true } = {}): Promise<World> {
  const suffix = randomUUID().slice(0, 8);
  let made = 0;
  const name = (what: string) => `${what.replaceAll('_', '-')}-${suffix}-${made++}`;
  const users = {} as World['users'];
  const tokens = {} as World['tokens'];
  const account = async (what: string) => {
    const user = name(what);
    await must(server, 'user_create', {
      name: user,
      email: `${user}@example.org`,
      password: 'a long password',
    });
    return user;
  };
  for (const caller of callers) {
    users[caller] = name(caller);
    tokens[caller] = null;
    if (caller === 'anonymous') continue;
    users[caller] = await account(caller);
    const { token } = await must(server, 'api_token_create', { user: users[caller], name: 'matrix' });
    tokens[caller] = token;
  }
  users.sysadmin = (await must(server, 'api_token_list', { user_id: 'admin' })) && 'admin';
  tokens.sysadmin = server.token;
  const people = (extra: string[] = []) => [
    ...Object.entries(roles).map(([caller, capacity]) => ({ name: users[caller as Caller], capacity })),
    ...extra.map((user) => ({ name: user, capacity: 'editor' })),
  ];
  const organization = name('org');
  await must(server, 'organization_create', {
    name: organization,
    title: 'Tea',
    users: people([users.creator]),
  });
  const otherOrganization = name('other');
  await must(server, 'organization_create', {
    name: otherOrganization,
    users: [{ name: users.other_admin, capacity: 'admin' }],
  });
  const peer = name('peer');
  await must(server, 'package_create', { name: peer, owner_org: organization });
  const vocabulary = name('vocabulary');
  await must(server, 'vocabulary_create', { name: vocabulary, tags: [] });

  const datasets = {} as World['datasets'];
  async function renewDataset(state: State): Promise<void> {
    const membership = { id: organization, username: users.creator };
    await must(server, 'organization_member_create', { ...membership, role: 'editor' });
    const dataset = await must(
      server,
      'package_create',
      {
        name: name(state),
        owner_org: organization,
        private: state !== 'public',
        resources: [{ name: 'One', url: 'http://example.org/one.png', format: 'PNG' }],
      },
      tokens.creator ?? '',
    );
    await must(server, 'organization_member_delete', membership);
    const resource = dataset.resources[0].id;
    const collaborate = (capacity: 'member' | 'editor' | 'admin') =>
      must(server, 'package_collaborator_create', {
        id: dataset.id,
        user_id: users[`collaborating_${capacity}`],
        capacity,
      });
    const [view] = await Promise.all([
      must(server, 'resource_view_create', {
        resource_id: resource,
        title: 'Picture',
        view_type: 'image_view',
      }),
      ...(collaborators ? (['member', 'editor', 'admin'] as const) : []).map(collaborate),
    ]);
    // Two changes that follow each other, so that there is a difference to show.
    await must(server, 'package_patch', { id: dataset.id, notes: 'Once' });
    const after = state === 'draft' || state === 'deleted' ? { state } : { notes: 'Twice' };
    await must(server, 'package_patch', { id: dataset.id, ...after });
    const [activity] = await must(server, 'package_activity_list', { id: dataset.id, limit: 1 });
    datasets[state] = {
      id: dataset.id,
      name: dataset.name,
      resource,
      view: view.id,
      activity: activity.id,
    };
  }

  /** Each by itself, so all are made at once. */
  const spares: (() => Promise<Partial<World['spare']>>)[] = [
    async () => {
      const organization = name('spare-org');
      await must(server, 'organization_create', { name: organization, users: people() });
      return { organization };
    },
    async () => {
      const group = name('spare-group');
      await must(server, 'group_create', { name: group, users: people() });
      return { group };
    },
    async () => {
      const user = await account('victim');
      const { token } = await must(server, 'api_token_create', { user, name: 'spare' });
      const { jti } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
      return { user, token: jti };
    },
    async () => {
      const { id: vocabulary } = await must(server, 'vocabulary_create', { name: name('words'), tags: [] });
      const tag = await must(server, 'tag_create', { name: name('tag'), vocabulary_id: vocabulary });
      return { vocabulary, tag: tag.id };
    },
    async () => {
      const feed = await must(server, 'harvest_source_create', {
        name: name('source'),
        title: 'Source',
        url: `http://${name('source')}.invalid/`,
        source_type: 'ckan',
        owner_org: organization,
      });
      const job = await must(server, 'harvest_job_create', { source_id: feed.id, run: false });
      return { source: feed.id, source_name: feed.name, job: job.id };
    },
  ];
  const spare = {} as World['spare'];
  async function renewSpares(): Promise<void> {
    Object.assign(spare, ...(await Promise.all(spares.map((make) => make()))));
  }

  for (const state of states) await renewDataset(state);
  await renewSpares();
  await must(server, 'user_delete', { id: users.deleted });
  await ask(server, 'user_patch', { id: users.pending, state: 'pending' }, server.token);
  return {
    server,
    suffix,
    tokens,
    users,
    organization,
    otherOrganization,
    peer,
    vocabulary,
    datasets,
    spare,
    name,
    renewDataset,
    renewSpares,
  };
}
