import type { Parameter } from '../action/declaration.ts';

/** What user_update and user_patch take. */
export const changedUserParameters: Record<string, Parameter> = {
  id: { type: 'text', required: true, meaning: 'Id or name of the account.' },
  name: { type: 'text', meaning: 'Another name; of a pending account, or by a sysadmin.' },
  email: { type: 'text', meaning: 'Address; of active accounts only one may have it.' },
  password: { type: 'text', meaning: 'At least 8 characters; empty changes nothing.' },
  fullname: { type: 'text', meaning: 'Name to be shown.' },
  about: { type: 'text', meaning: 'A few words, without links.' },
  image_url: { type: 'text', meaning: 'Address of a picture.' },
  image_upload: { type: 'file', meaning: 'Or the picture itself.' },
  clear_upload: { type: 'boolean', meaning: 'Take the picture away.' },
  activity_streams_email_notifications: { type: 'boolean', meaning: 'Whether news come by mail.' },
  reset_key: { type: 'text', meaning: 'Key of the last reset mail, in place of a login.' },
  sysadmin: { type: 'boolean', meaning: 'Sysadmins only.' },
  state: { type: 'text', meaning: 'active, pending or deleted; sysadmins only.' },
  password_hash: { type: 'text', meaning: 'Instead of a password; sysadmins only.' },
  plugin_extras: { type: 'object', meaning: 'What plugins keep beside it; sysadmins only.' },
};
