import type { Parameter } from '@portolan/catalogue';

/** What harvest_source_create, _update and _patch take. */
export const sourceParameters: Record<string, Parameter> = {
  name: { type: 'text', required: true, meaning: 'Part of its address: a-z, 0-9, - and _.' },
  url: { type: 'text', required: true, meaning: 'Where the records are.' },
  source_type: { type: 'text', required: true, meaning: 'One of the types of harvesters_info_show.' },
  title: { type: 'text', meaning: 'Name to be shown.' },
  notes: { type: 'text', meaning: 'A few words.' },
  owner_org: { type: 'text', meaning: 'Organisation that harvested datasets go to.' },
  frequency: { type: 'text', meaning: 'MANUAL, MONTHLY, WEEKLY, BIWEEKLY, DAILY or ALWAYS.' },
  config: { type: 'text', meaning: 'Configuration of the type, as JSON text.' },
  private: { type: 'boolean', meaning: 'Shown to members of the organisation alone.' },
  state: { type: 'text', meaning: 'active or deleted.' },
  user_id: { type: 'text', meaning: 'Kept with a new source, for who looks at its row.' },
  publisher_id: { type: 'text', meaning: 'Likewise; the row has `owner_org` unless told otherwise.' },
  extras: { type: 'list', meaning: 'Further fields: objects with key and value.' },
};
