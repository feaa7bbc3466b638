// The whole configuration: every setting a service reads, and no other.
import { activity } from './declarations/activity.ts';
import { authorisation } from './declarations/authorisation.ts';
import { dataset } from './declarations/dataset.ts';
import { fetch } from './declarations/fetch.ts';
import { harvest } from './declarations/harvest.ts';
import { harvestRecord } from './declarations/harvest_record.ts';
import { http } from './declarations/http.ts';
import { mail } from './declarations/mail.ts';
import { organization } from './declarations/organization.ts';
import { parts } from './declarations/parts.ts';
import { process } from './declarations/process.ts';
import { search } from './declarations/search.ts';
import { site } from './declarations/site.ts';
import { token } from './declarations/token.ts';

export const declarations = {
  ...parts,
  ...process,
  ...site,
  ...token,
  ...authorisation,
  ...http,
  ...search,
  ...dataset,
  ...organization,
  ...activity,
  ...mail,
  ...harvest,
  ...harvestRecord,
  ...fetch,
};
