import { expect, it } from 'vitest';
import { ownServices } from './open_site.ts';

const none = { datastoreUrl: undefined, redisUrl: undefined, opensearchUrl: undefined, queueHost: undefined };
const own = (config: object) =>
  ownServices({ ...none, databaseUrl: 'postgresql://ckan@db/ckan', queuePort: 6379, ...config } as Parameters<
    typeof ownServices
  >[0]);

it('knows where the portal’s own services listen', () => {
  expect(own({})).toEqual(['db:5432']);
  expect(
    own({
      databaseUrl: 'postgresql:///ckan?host=/run/postgresql',
      datastoreUrl: 'postgresql://store:5433/data',
      redisUrl: 'rediss://queue/1',
      opensearchUrl: 'https://user:hush@search',
      queueHost: 'other',
      queuePort: 6380,
    }),
  ).toEqual(['store:5433', 'queue:6379', 'search:443', 'other:6380']);
});
