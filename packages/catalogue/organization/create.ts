import { invalidMessage } from '@portolan/kernel';
import type { Params, WriteCall } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { validatedParams } from '../action/validated_params.ts';
import { recordActivity } from '../activity/record.ts';
import { extrasAsSent } from './extras_as_sent.ts';
import { takeImage } from './image.ts';
import type { GroupExtra } from './parts.ts';
import { type GroupDict, presentRow } from './presenter.ts';
import { hasPublishers, storePublisherFields } from './publisher.ts';
import type { GroupKind } from './row.ts';
import { type GroupFields, newGroup } from './schema.ts';
import { showGroups, shownByDefault } from './show.ts';
import { insertGroup } from './store.ts';

/** What `*_create`, `*_update` and `*_patch` take. */
export const fieldParameters = (kind: GroupKind): Record<string, Parameter> => ({
  name: { type: 'text', required: true, meaning: 'Part of its address: a-z, 0-9, - and _.' },
  title: { type: 'text', meaning: 'Name to be shown.' },
  description: { type: 'text', meaning: 'A few words.' },
  image_url: { type: 'text', meaning: 'Address of a picture.' },
  image_upload: { type: 'file', meaning: 'Or the picture itself.' },
  clear_upload: { type: 'boolean', meaning: 'Take the picture away.' },
  type: { type: 'text', meaning: `Type of the ${kind}; it stays for ever.` },
  approval_status: { type: 'text', meaning: 'approved, pending or denied; has no effect.' },
  state: { type: 'text', meaning: 'active or deleted; its admins only.' },
  extras: { type: 'list', meaning: 'Further fields: objects with key and value.' },
  users: { type: 'list', meaning: 'Accounts with a role: objects with name and capacity.' },
  groups: { type: 'list', meaning: 'What stands above it: objects with name and capacity.' },
  packages: { type: 'list', meaning: 'Datasets of a group: objects with id.' },
  id: { type: 'text', meaning: 'A UUID; sysadmins only.' },
});

/** Makes an organisation or group, with the caller as its admin. @throws PortolanError `validation`, `integrity` */
export async function createGroup(call: WriteCall, kind: GroupKind, params: Params): Promise<GroupDict> {
  const organization = kind === 'organization';
  if (!organization && params['type'] === 'organization')
    throw invalidMessage('Trying to create an organization as a group');
  const sent = hasPublishers(call, kind) ? await storePublisherFields(call, params, undefined) : params;
  const input = {
    ...(organization ? { type: 'organization' } : {}),
    ...(await takeImage(call, 'group', sent)),
    is_organization: organization,
  };
  const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
  const context = { sysadmin, sql: call.sql, group: undefined };
  const fields = (await validatedParams(newGroup, input, context)) as GroupFields & { name: string };
  const { packages, ...rest } = fields;
  const group = await insertGroup(
    call.site,
    call.sql,
    {
      ...rest,
      ...(packages && !organization ? { packages } : {}),
      type: fields.type ?? 'group',
      is_organization: organization,
    },
    call.user?.id,
  );
  await recordActivity(call, { type: `new ${kind}`, object: group.id, data: { group: presentRow(group) } });
  const [dict] = await showGroups(call, [group], shownByDefault(call));
  return { ...dict!, extras: extrasAsSent(dict!['extras'] as GroupExtra[], input) };
}
