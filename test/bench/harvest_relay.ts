// The index relay in a process of its own, as where the services run apart: DATABASE_URL FOLDER.
import { runRelay } from '@portolan/catalogue';
import { benchSite } from './harvest_site.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const site = benchSite(url, folder);
const stop = new AbortController();
process.once('disconnect', () => stop.abort());
await runRelay(site, stop.signal);
await site.db.close();
